"""Which form to start: a short menu, by arrows, letters and Enter."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QMenu, QWidget

from leadapp.services.shelf import FormSource
from leadapp.ui.words import tr


def ask_form(parent: QWidget, forms: Sequence[FormSource], start: Callable[[str], None]) -> None:
    """Show the forms this person may write; ``start`` gets the one chosen."""
    menu = QMenu(parent)
    menu.setAccessibleName(tr("Start a form"))
    for source in forms:
        action = menu.addAction(source.title.replace("&", "&&"))
        action.triggered.connect(lambda _on=False, form=source.form: start(form))
    menu.aboutToHide.connect(menu.deleteLater)
    if menu.actions():
        menu.setActiveAction(menu.actions()[0])
    menu.popup(parent.mapToGlobal(parent.rect().center()))
