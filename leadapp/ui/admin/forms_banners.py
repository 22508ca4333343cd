"""What a coordinator must know of the forms in use, above the list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from leadapp.core.problems import Problem
from leadapp.core.words import Words
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.notice import Notice
from leadapp.ui.theme import theme
from leadapp.ui.words import tr


class Banners(QWidget):
    """``show_problems``: forms that cannot be read here, forms approved on two computers."""

    form_wanted = Signal(str)
    """Go to this form."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme().px(8))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.hide()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show these in place of those before."""
        while item := self._column.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for problem in problems:
            self._column.addWidget(self._banner(problem))
        self.setVisible(bool(problems))

    def _banner(self, problem: Problem) -> Notice:
        if problem.code != "services.form_approved_twice":
            return Notice("warn", self._words.of(problem))
        look = Button(tr("Look at both"), icon="chevron-right", small=True)
        form = problem.place.file or ""
        look.clicked.connect(lambda: self.form_wanted.emit(form))
        title = tr("{form} was approved on two computers", form=problem.values["form"])
        text = tr(
            "Version {shown} is used, version {others} is approved too. Choose which one is used.",
            shown=problem.values["shown"],
            others=problem.values["others"],
        )
        return Notice("warn", title, text, actions=(look,))
