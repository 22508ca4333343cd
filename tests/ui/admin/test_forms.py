"""Forms under Admin by keys: loaded, mended, tried, compared, approved, sent back, retired."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton, QWidget

from leadapp.core.ids import FormId
from leadapp.core.paths import shipped_forms
from leadapp.journal.rings import SHARED
from leadapp.papers.reading import text_of_pages
from leadapp.services import forms_in_use, printing
from leadapp.services.filling import submit
from leadapp.services.printing import PrintedForm
from leadapp.store.queries import RecordQuery
from leadapp.store.writing import RecordWrite
from leadapp.ui.admin.forms import FormsSection
from leadapp.ui.admin.forms_panel import FormPanel
from leadapp.ui.admin.forms_preview import PreviewPage
from leadapp.ui.admin.page import AdminPage
from leadapp.ui.kit.label import Label
from leadapp.ui.kit.notice import Notice
from tests.services.test_forms_in_use import CHANGED, VISIT
from tests.ui.front import ADA, TYLER, Window

CTRL = Qt.KeyboardModifier.ControlModifier
S, N = Qt.Key.Key_S, Qt.Key.Key_N
NOTE = (shipped_forms() / "contact_note" / "form.md").read_text("utf-8")
VERSION = next(
    line.split("|")[3].strip() for line in NOTE.splitlines() if "| contact_note |" in line
)
IN_CARE = VISIT.replace(
    "| form_title | form_id | version |\n| --- | --- | --- |\n| Visit | visit | 1 |",
    "| form_title | form_id | version | attribute::leadapp:ring |\n| --- | --- | --- | --- |\n"
    "| Visit | visit | 1 | care |",
)
Pick = Callable[..., None]


@pytest.fixture
def pick(monkeypatch: pytest.MonkeyPatch) -> Pick:
    """Return what lets the next file dialog answer with these files."""

    def answers(*files: Path) -> None:
        found = [str(one) for one in files]
        monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: (found, ""))

    return answers


def forms_of(window: Window, user: str = TYLER) -> FormsSection:
    window.unlock(user)
    page = window.app.shell.go("admin")
    assert isinstance(page, AdminPage)
    page.show_section("forms")
    section = page.section()
    assert isinstance(section, FormsSection)
    window.wait(lambda: section.panel is not None)
    return section


def file_of(tmp_path: Path, text: str, name: str = "visit.md") -> Path:
    file = tmp_path / name
    file.write_text(text, "utf-8")
    return file


def load(window: Window, section: FormsSection, pick: Pick, *files: Path) -> FormPanel:
    """Ctrl+N, and wait until the last of the files is shown."""
    before = section.panel
    pick(*files)
    section.table.setFocus()
    window.press(N, CTRL)
    window.wait(lambda: section.panel is not None and section.panel is not before)
    window.wait(lambda: not section.working.isVisible())
    return panel_of(section)


def panel_of(section: FormsSection) -> FormPanel:
    assert section.panel is not None
    return section.panel


def said(widget: QWidget) -> str:
    return " ".join(one.text() for one in widget.findChildren(Label) if one.isVisible())


def press(window: Window, inside: QWidget, words: str) -> None:
    button = next(
        one for one in inside.findChildren(QPushButton) if one.text() == words and one.isVisible()
    )
    button.setFocus()
    window.press(Qt.Key.Key_Return)


def approve(window: Window, section: FormsSection, why: str = "Asked for") -> None:
    panel = panel_of(section)
    assert panel.why is not None
    panel.why.setFocus()
    window.type(why)
    window.press(S, CTRL)
    window.wait(lambda: section.panel is not panel and section.panel is not None)


def state_of(section: FormsSection, form: str) -> list[str]:
    return [
        f"{one.source.version} {one.state}"
        for one in section._known.lines  # what it heard: no lane but the reader may ask
        if one.source.form == form
    ]


def test_the_list_says_who_uses_a_form_and_how_many_records_it_has(window: Window) -> None:
    section = forms_of(window)
    rows = [section.table.paged.row(at) for at in range(section.table.paged.rowCount())]
    note = next(row for row in rows if row is not None and row.cells[0].text == "Contact note")
    assert [cell.text for cell in note.cells[1:]] == [
        "Case manager, coordinator", VERSION, "0", "In use",
    ]  # fmt: skip


def test_a_form_is_loaded_and_approved_by_keys(window: Window, tmp_path: Path, pick: Pick) -> None:
    section = forms_of(window)
    load(window, section, pick, file_of(tmp_path, IN_CARE))
    assert state_of(section, "visit") == ["1 waits"]
    window.press(S, CTRL)  # the reason is missing: it is asked for, nothing is approved
    field = panel_of(section).why_field
    assert field is not None
    assert field.error
    approve(window, section)
    assert state_of(section, "visit") == ["1 in_use"]
    assert section.desk.shelf.knows("visit")


def test_a_bad_form_stops_no_other_and_shows_the_row_it_is_about(
    window: Window, tmp_path: Path, pick: Pick
) -> None:
    section = forms_of(window)
    bad = file_of(tmp_path, VISIT.replace("${sky}", "${skye}"), "bad.md")
    load(window, section, pick, bad, file_of(tmp_path, IN_CARE))
    window.wait(lambda: state_of(section, "visit") == ["1 waits"])
    window.wait(lambda: panel_of(section).line is not None)
    assert section.table.go_to(f"file:{bad}")
    window.wait(lambda: panel_of(section).line is None)
    panel = panel_of(section)
    assert panel.checks is not None
    line = panel.checks.lines[0]
    assert "names skye" in said(line)
    assert line.link is not None
    line.link.setFocus()
    window.press(Qt.Key.Key_Return)
    window.wait(lambda: line.cells is not None)
    cells = line.cells
    assert cells is not None
    assert "name: remark" in cells.accessibleName()
    window.wait(lambda: "${skye} = 'rain'" in said(cells))


def test_a_mended_file_is_read_again(window: Window, tmp_path: Path, pick: Pick) -> None:
    section = forms_of(window)
    file = file_of(tmp_path, IN_CARE.replace("${sky}", "${skye}"))
    load(window, section, pick, file)
    assert state_of(section, "visit") == []
    file.write_text(IN_CARE, "utf-8")
    window.press(S, CTRL)
    window.wait(lambda: state_of(section, "visit") == ["1 waits"])
    window.wait(lambda: panel_of(section).line is not None)


def test_a_form_that_lacks_what_its_kind_needs_says_its_name_and_a_row_to_add(
    window: Window, tmp_path: Path, pick: Pick
) -> None:
    section = forms_of(window)
    lines = [line for line in NOTE.splitlines() if "| made |" not in line]
    panel = load(window, section, pick, file_of(tmp_path, "\n".join(lines), "note.md"))
    words = said(panel)
    assert "needs a question called made" in words
    assert "name made | label" in words
    assert f"Version {VERSION} stays in use" in words


def test_files_are_dropped_in_and_a_list_comes_with_its_form(
    window: Window, tmp_path: Path
) -> None:
    section = forms_of(window)
    before = section.panel
    towns = file_of(tmp_path, "name,label\nalder,Alder\n", "towns.csv")
    text = IN_CARE.replace("| text | town |", "| select_one_from_file towns.csv | town |")
    urls = [QUrl.fromLocalFile(str(one)) for one in (towns, file_of(tmp_path, text))]
    data = QMimeData()
    data.setUrls(urls)
    event = QDropEvent(
        QPointF(QPoint(5, 5)), Qt.DropAction.CopyAction, data,
        Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    section.dropEvent(event)
    window.wait(lambda: section.panel is not before and section.panel is not None)
    window.wait(lambda: not section.working.isVisible())
    assert state_of(section, "visit") == ["1 waits"]
    candidate = panel_of(section).candidate
    assert candidate.source is not None
    assert set(candidate.source.lists) == {"towns.csv"}


def test_trying_a_form_saves_nothing_and_says_so(
    window: Window, tmp_path: Path, pick: Pick
) -> None:
    section = forms_of(window)
    panel = load(window, section, pick, file_of(tmp_path, IN_CARE))
    press(window, panel, "Try it")
    page = window.app.shell.current_page()
    assert isinstance(page, PreviewPage)
    window.press(S, CTRL)
    window.wait(lambda: bool(page.summary.items))  # the town is needed
    window.wait(lambda: QApplication.focusWidget() is not None)
    page.view.focus_first()
    window.type("Alder")
    window.press(S, CTRL)
    window.wait(page.trouble.isVisible)
    assert "Nothing was saved" in said(page.trouble)
    window.press(Qt.Key.Key_Escape)
    window.wait(lambda: isinstance(window.app.shell.current_page(), AdminPage))
    window.wait(lambda: not window.app.work._under_way)
    assert section.desk.drafts.mine(section.desk.user) == []
    assert section.desk.reader.count(RecordQuery(forms=(FormId("visit"),))) == 0
    assert state_of(section, "visit") == ["1 waits"]


def test_a_form_that_waits_is_printed_as_it_will_be(
    window: Window, tmp_path: Path, pick: Pick
) -> None:
    section = forms_of(window)
    load(window, section, pick, file_of(tmp_path, IN_CARE))
    approve(window, section)
    panel = load(window, section, pick, file_of(tmp_path, CHANGED))
    papers: list[PrintedForm] = []
    section.pdf_wanted.disconnect()  # no printer here
    section.pdf_wanted.connect(papers.append)
    press(window, panel, "Print blank")
    window.wait(lambda: bool(papers))
    assert "Weather" in "".join(text_of_pages(papers[0].pdf))
    assert "Weather" not in "".join(
        text_of_pages(printing.blank(section.desk, section.desk.shelf.source("visit")).pdf)
    )


def test_a_form_from_elsewhere_gets_its_ring_from_who_approves_it(
    window: Window, tmp_path: Path, pick: Pick
) -> None:
    section = forms_of(window)
    panel = load(window, section, pick, file_of(tmp_path, VISIT))
    assert panel.ring is not None
    assert panel.ring_field is not None
    assert panel.why is not None
    panel.why.setText("Used by the clinic")
    window.press(S, CTRL)
    assert panel.ring_field.error
    window.press(Qt.Key.Key_1)
    window.press(S, CTRL)
    window.wait(lambda: section.desk.shelf.knows("visit"))
    assert section.desk.shelf.source("visit").families == {"law": "care", "office": "care"}


def test_a_question_that_has_another_name_keeps_its_answers(
    window: Window, tmp_path: Path, pick: Pick
) -> None:
    section = forms_of(window)
    load(window, section, pick, file_of(tmp_path, IN_CARE))
    approve(window, section)
    submit(section.desk, "visit", {"town": "Alder", "sky": "rain", "remark": "Wet"})
    panel = load(window, section, pick, file_of(tmp_path, CHANGED))
    assert panel.changes is not None
    assert "Day" in said(panel.changes)
    assert "1 records were written before" in said(panel.changes)
    box = panel.changes.boxes["sky"]
    box.setFocus()
    for _ in range(5):
        if box.currentText() == "Weather":
            break
        window.press(Qt.Key.Key_Down)
        box = panel.changes.boxes["sky"]
    window.wait(lambda: panel.was == {"weather": "sky"})
    window.wait(lambda: "Answers follow" in said(panel))
    approve(window, section)
    saved = submit(section.desk, "visit", {"town": "Birch", "weather": "snow"})
    stored = section.desk.reader.find(saved.record)
    assert stored is not None
    assert stored.answers["sky"] == "snow"


def test_a_form_is_sent_back_and_the_toast_brings_it_again(
    window: Window, tmp_path: Path, pick: Pick
) -> None:
    section = forms_of(window)
    panel = load(window, section, pick, file_of(tmp_path, IN_CARE))
    press(window, panel, "Send back")
    window.wait(lambda: state_of(section, "visit") == [])
    window.wait(lambda: window.app.shell.toast.can_undo)
    window.press(Qt.Key.Key_Z, CTRL)
    window.wait(lambda: state_of(section, "visit") == ["1 waits"])


def test_a_form_is_retired_when_asked_twice_and_used_again(
    window: Window, tmp_path: Path, pick: Pick
) -> None:
    section = forms_of(window)
    load(window, section, pick, file_of(tmp_path, IN_CARE))
    approve(window, section)
    panel = panel_of(section)
    press(window, panel, "Retire")
    assert window.focused().accessibleName() == "Keep in use"
    window.press(Qt.Key.Key_Escape)
    window.wait(lambda: window.focused().accessibleName() == "Retire")
    window.press(Qt.Key.Key_Return)
    window.press(Qt.Key.Key_Tab)
    press(window, panel, "Retire it")  # without a reason it is asked for
    assert state_of(section, "visit") == ["1 in_use"]
    window.type("No one asks any more")
    press(window, panel, "Retire it")
    window.wait(lambda: state_of(section, "visit") == ["1 retired"])
    window.wait(lambda: panel_of(section) is not panel)
    assert not section.desk.shelf.knows("visit")
    approve(window, section, "Asked again")
    assert state_of(section, "visit") == ["1 in_use"]


def test_a_form_is_saved_as_a_workbook_to_change(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    section = forms_of(window)
    target = tmp_path / "mine.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    press(window, panel_of(section), "Save file")
    window.wait(target.exists)
    found = forms_in_use.examine(target)
    assert found.source is not None
    assert found.source.title == "Agency"
    assert not found.blocked


def test_a_deputy_or_an_administrator_sees_no_forms_here(window: Window) -> None:
    window.unlock(ADA)
    page = window.app.shell.go("admin")
    assert isinstance(page, AdminPage)
    assert not page.findChildren(FormsSection)


def test_banners_say_which_form_was_approved_twice(
    window: Window, tmp_path: Path, pick: Pick
) -> None:
    section = forms_of(window)
    load(window, section, pick, file_of(tmp_path, IN_CARE))
    approve(window, section)
    record = next(one.record for one in section._known.lines if one.source.form == "visit")
    load(window, section, pick, file_of(tmp_path, CHANGED))
    approve(window, section)
    # As if another computer had approved the first again, not knowing of the second.
    desk = section.desk
    said_there = {"state": "in_use"}
    form, moment = FormId("_form"), desk.clock.now()
    write = RecordWrite(record, form, "1", "save", said_there, desk.user, moment)
    desk.archive.write(SHARED, [write])
    section.reload()
    window.wait(section.banners.isVisible)
    notice = section.banners.findChildren(Notice)[0]
    assert "approved on two computers" in said(notice)
    press(window, notice, "Look at both")
    window.wait(lambda: "used now" in said(panel_of(section)))
    other = next(one for one in section._known.lines if one.record == record)
    assert not other.shown
    section.table.go_to(record)
    window.wait(lambda: "not used now" in said(panel_of(section)))
    approve(window, section, "The sheriff prefers it")
    assert state_of(section, "visit") == ["1 in_use", "2 retired"]
    assert desk.shelf.source("visit").version == "1"
    window.wait(lambda: not section.banners.isVisible())
