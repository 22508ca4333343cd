"""Pictures of forms from elsewhere, in our window and on paper, for people to look at.

``LEADAPP_CORPUS=folder python tools/foreign_forms.py`` reads three rich forms of that
collection, which is not part of the program, and writes PNG files into ``build/shots``.
"""

from __future__ import annotations

import os
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QImage  # noqa: E402 - the path comes first
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from leadapp.core.clock import SteppingClock  # noqa: E402
from leadapp.core.ids import new_id  # noqa: E402
from leadapp.core.paths import resources  # noqa: E402
from leadapp.core.words import load_words  # noqa: E402
from leadapp.forms.model import Definition  # noqa: E402
from leadapp.forms.reading.loading import load_definition  # noqa: E402
from leadapp.forms.session import FormSession  # noqa: E402
from leadapp.papers.filled_form import render_form  # noqa: E402
from leadapp.papers.form_input import FormPaper  # noqa: E402
from leadapp.papers.press import open_press  # noqa: E402
from leadapp.services.previewing import draw_page, page_sizes  # noqa: E402
from leadapp.services.printing import nodes_of  # noqa: E402
from leadapp.ui.admin.forms_preview import PreviewDoor  # noqa: E402
from leadapp.ui.entry.page import EntryPage, Outside  # noqa: E402
from leadapp.ui.shell.shell import Shell  # noqa: E402
from leadapp.ui.theme import Theme  # noqa: E402
from leadapp.ui.work import Work  # noqa: E402

HOME = ROOT / "build" / "shots"
FORMS = ("all-widgets", "fieldlist-updates", "likert_test")
NOW = datetime(2026, 11, 3, 9, 5, tzinfo=timezone(timedelta(hours=-7)))
SIZE = (1366, 690)
MOST = 6
"""Pictures of one form, so that all of them are looked at."""


def main() -> None:
    """Take the pictures, where there is a collection."""
    corpus = os.environ.get("LEADAPP_CORPUS", "")
    folder = Path(corpus) / "files" / "collect" / "forms"
    if not corpus or not folder.is_dir():
        print("LEADAPP_CORPUS names no collection of forms: no pictures of foreign forms.")
        return
    HOME.mkdir(parents=True, exist_ok=True)
    app = QApplication(sys.argv[:1])
    look = Theme(app)
    look.apply()
    for name in FORMS:
        definition = load_definition(folder / f"{name}.xml")
        on_screen(definition, name)
        on_paper(definition, name)


def on_screen(definition: Definition, name: str) -> None:
    """Save the form's first screens."""
    work = Work(print)
    clock = SteppingClock(NOW)
    session = FormSession(definition, clock=clock, ids=new_id)
    door = PreviewDoor(session, clock, "foreign", definition.title)
    shell = Shell()
    words = load_words(resources() / "words")
    page = EntryPage(door, Outside(work, words, shell.say, lambda: False))
    shell.resize(*SIZE)
    shell.show()
    shell.open_page(page)
    for number in range(1, MOST + 1):
        QTest.qWait(150)
        save(shell.grab().toImage(), f"foreign-{name}-{number}")
        if not further(page):
            break
    shell.close()
    work.stop()


def further(page: EntryPage) -> bool:
    """Scroll on, else go to the next section; False at the end."""
    bar = page.view.page.verticalScrollBar()
    if bar.value() < bar.maximum():
        bar.setValue(bar.value() + bar.pageStep())
        return True
    return page.view.step_section(1)


def on_paper(definition: Definition, name: str) -> None:
    """Save the first pages of the blank form."""
    words = load_words(resources() / "words")
    session = FormSession(definition, clock=SteppingClock(NOW), ids=new_id)
    nodes = nodes_of(session, blank=True, words=words)
    paper = FormPaper(
        "Alder County", definition.title, definition.version, "internal", "N. Ellison", NOW, nodes,
        blank=True,
    )  # fmt: skip
    pdf = render_form(paper, open_press(resources(), words))
    for number in range(min(MOST, len(page_sizes(pdf)))):
        drawn = draw_page(pdf, number, 1.5)
        kind = QImage.Format.Format_RGBA8888
        image = QImage(drawn.rgba, drawn.width, drawn.height, drawn.width * 4, kind)
        save(image, f"foreign-{name}-paper-{number + 1}")


def save(image: QImage, name: str) -> None:
    """Write a picture."""
    file = HOME / f"{name}.png"
    image.save(str(file))
    print(file.relative_to(ROOT))


if __name__ == "__main__":
    main()
