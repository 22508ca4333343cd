"""Signatures and files as answers."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from leadapp.core.attachments import read_attachment, read_signed_on_paper
from leadapp.core.errors import Refusal
from leadapp.forms.media import PDF, PICTURES
from leadapp.forms.reading import read_markdown_form
from leadapp.ui.entry import pictures
from leadapp.ui.entry.file_editor import FileEditor
from leadapp.ui.entry.file_window import FileWindow
from leadapp.ui.entry.signature_editor import SignatureEditor
from tests.ui.entry.conftest import Filled, Open

FORM = read_markdown_form("""
| survey |
| | type | name | label | appearance | required |
| | text | name | Name | | |
| | image | sign | Signature | signature | yes |
| | image | photo | Photo | | |
| | file | letter | Letter | | |
""")
BOTH = (*PICTURES, PDF)


@pytest.fixture
def form(open_form: Open) -> Filled:
    return open_form(FORM)


def signature(form: Filled) -> SignatureEditor:
    row = form.page.view.row("sign")
    assert row is not None
    assert isinstance(row.editor, SignatureEditor)
    return row.editor


def file_editor(form: Filled, key: str) -> FileEditor:
    row = form.page.view.row(key)
    assert row is not None
    assert isinstance(row.editor, FileEditor)
    return row.editor


def stroke(form: Filled, *points: tuple[int, int]) -> None:
    pad = signature(form).pad
    first, *rest = [QPoint(*point) for point in points]
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=first)
    for point in rest:
        QTest.mouseMove(pad, point)
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(*points[-1]))


def ink(image: QImage) -> int:
    return sum(
        image.pixelColor(x, y).lightness() < 128
        for x in range(0, image.width(), 4)
        for y in range(0, image.height(), 4)
    )


def png(folder: Path, name: str = "scan.png", width: int = 40, height: int = 30) -> Path:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    path = folder / name
    path.write_bytes(pictures.written(image, "PNG"))
    return path


def test_a_drawn_signature_is_an_answer_and_each_stroke_can_be_undone(
    form: Filled, qtbot: QtBot
) -> None:
    stroke(form, (60, 60), (160, 30), (200, 90))
    first = form.session.value("sign")
    assert read_attachment(first) is not None
    stroke(form, (80, 20), (80, 100))
    assert form.session.value("sign") != first
    form.page.undo()
    assert form.session.value("sign") == first
    form.page.undo()
    assert form.session.value("sign") == ""
    assert signature(form).pad.is_blank
    form.page.redo()
    qtbot.waitUntil(lambda: not signature(form).pad.is_blank)
    assert ink(signature(form).pad.picture()) > 0


def test_a_signature_is_cleared_by_keys(form: Filled) -> None:
    stroke(form, (60, 60), (160, 30))
    signature(form).pad.setFocus()
    QTest.keyClick(signature(form).pad, Qt.Key.Key_Delete)
    assert form.session.value("sign") == ""


def test_signed_on_paper_is_ticked_by_keys_with_the_day(form: Filled) -> None:
    form.go_to("name")
    form.tab(2)
    assert form.focus() in signature(form).paper.chips
    form.press(Qt.Key.Key_Space)
    assert read_signed_on_paper(form.session.value("sign")) == "2026-11-22"
    signature(form).day.setFocus()
    form.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    form.keys("nov 3")
    assert read_signed_on_paper(form.session.value("sign")) == "2026-11-03"
    assert not signature(form).pad.isEnabled()


def test_a_needed_signature_stops_finishing(form: Filled) -> None:
    form.page.finish()
    assert [fix.key for fix in form.page.summary.items] == ["sign"]


def test_a_picked_picture_is_kept_and_removed(form: Filled, qtbot: QtBot, tmp_path: Path) -> None:
    editor = file_editor(form, "photo")
    editor.take(str(png(tmp_path)))
    qtbot.waitUntil(lambda: bool(form.session.value("photo")))
    kept = read_attachment(form.session.value("photo"))
    assert kept is not None
    assert (kept.file, kept.type) == ("scan.jpg", "image/jpeg")
    editor.holder.remove.click()
    assert form.session.value("photo") == ""


def test_a_file_is_dropped(form: Filled, qtbot: QtBot, tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(png(tmp_path)))])
    holder = file_editor(form, "letter").holder
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    drop = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, buttons, keys)
    holder.dropEvent(drop)
    qtbot.waitUntil(lambda: bool(form.session.value("letter")))


def test_an_attached_file_opens_in_our_own_window(
    form: Filled, qtbot: QtBot, tmp_path: Path
) -> None:
    editor = file_editor(form, "photo")
    editor.take(str(png(tmp_path)))
    qtbot.waitUntil(lambda: bool(form.session.value("photo")))
    editor.holder.open.click()
    window = next(w for w in form.shell.findChildren(FileWindow))
    qtbot.waitUntil(lambda: len(window.sheets) == 1)
    window.zoom(2.0)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not form.shell.findChildren(FileWindow))


def test_what_is_wrong_with_a_file_is_said_and_nothing_attached(
    form: Filled, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("no picture")
    editor = file_editor(form, "photo")
    editor.take(str(path))
    qtbot.waitUntil(lambda: "not a picture" in editor.holder.said)
    assert form.session.value("photo") == ""


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"MZ\x90\x00", "run.exe", "forms.file_not_taken"),
        (b"%PDF-1.7 nothing", "letter.pdf", "forms.file_unreadable"),
        (b"\x89PNG\r\n\x1a\nbroken", "scan.png", "forms.file_unreadable"),
        (b"%PDF-1.7", "scan.png", "forms.file_is_another"),
        (b"%PDF-" + bytes(13 << 20), "big.pdf", "forms.file_too_large"),
    ],
)
def test_what_a_file_is_decides_not_its_name(data: bytes, name: str, code: str) -> None:
    with pytest.raises(Refusal) as caught:
        pictures.prepared(data, name, BOTH)
    assert caught.value.code == code


def test_a_picture_larger_than_useful_is_made_smaller(look: object, tmp_path: Path) -> None:
    path = png(tmp_path, width=4000, height=1000)
    ready = pictures.read_file(path, PICTURES)
    image = QImage.fromData(ready.data)
    assert (image.width(), image.height()) == (2400, 600)
