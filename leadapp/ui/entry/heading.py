"""What a form's page puts into the top bar: badges, needed answers, language, Undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from leadapp.ui.kit.badge import Badge
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.label import Label
from leadapp.ui.words import tr


class Heading:
    """``Heading(languages, corrects=..., part2=..., undo=..., turn=...)``."""

    def __init__(
        self,
        languages: Sequence[str],
        *,
        corrects: bool,
        part2: bool,
        undo: Callable[[], None],
        turn: Callable[[], None],
    ) -> None:
        self._languages = list(languages)
        self.badges: list[QWidget] = [
            Badge(tr("Correction"), tone="warn", icon="pencil")
            if corrects
            else Badge(tr("Draft"), icon="file-pen")
        ]
        if part2:
            self.badges.append(Badge(tr("Part 2"), tone="part2", icon="shield"))
        self.needed = Label("", bold=True)
        self.undo = Button(tr("Undo"), icon="undo-2", key="Ctrl+Z", small=True)
        self.undo.clicked.connect(undo)
        self.actions: list[QWidget] = [self.needed, self.undo]
        self._language = Button("", icon="languages", small=True)
        self._language.clicked.connect(turn)
        if len(self._languages) > 1:
            self.actions.insert(1, self._language)

    def after(self, language: str) -> str:
        """Return the language that comes after ``language``; the same where there is one only."""
        if len(self._languages) < 2:
            return language
        here = self._languages.index(language) if language in self._languages else 0
        return self._languages[(here + 1) % len(self._languages)]

    def show_language(self, language: str) -> None:
        """Offer the next language by its own name."""
        name, _bracket, code = self.after(language).partition(" (")
        self._language.set_words(name)
        self._language.setToolTip(code.removesuffix(")"))
