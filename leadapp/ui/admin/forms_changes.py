"""What a form changes against the version in use, and which old question a new one is."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from leadapp.core.words import Words
from leadapp.services.forms_in_use import Candidate, Change
from leadapp.ui.admin.forms_words import change_words, group_of
from leadapp.ui.kit.choice import Choice
from leadapp.ui.kit.combo import Combo
from leadapp.ui.kit.field import Field, Icon
from leadapp.ui.kit.label import Label
from leadapp.ui.theme import theme
from leadapp.ui.words import tr

MOST = 60
_NO_LONGER = ""
_ICONS = {
    "added": ("plus", "ok"),
    "removed": ("minus", "err"),
    "changed": ("pencil", "warn_icon"),
    "renamed": ("arrow-right", "link"),
}


class Changes(QWidget):
    """``Changes(candidate, words)``; ``named`` when a removed question is said to be a new one."""

    named = Signal(object)
    """What is said of names now: present key -> earlier key."""

    def __init__(
        self,
        candidate: Candidate,
        words: Words,
        was: Mapping[str, str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words, self._was = words, dict(was)
        self._all = candidate.changes
        self.boxes: dict[str, Combo] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(9))
        against = candidate.against
        if against is None:
            return
        heading = tr("What changed since {version}", version=against.version)
        column.addWidget(Label(heading, role="label", wrap=True))
        if not candidate.changes:
            text = tr("No question, rule or choice changed: only hints, layout or other languages.")
            column.addWidget(Label(text, role="table", tone="text2", wrap=True))
        for change in candidate.changes[:MOST]:
            column.addWidget(self._line(change, candidate))
        more = len(candidate.changes) - MOST
        if more > 0:
            text = tr("And {count} more changes", count=more)
            column.addWidget(Label(text, role="table", tone="text2"))

    def _line(self, change: Change, candidate: Candidate) -> QWidget:
        look = theme()
        widget = QWidget()
        row = QHBoxLayout(widget)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(8))
        row.addWidget(Icon(*_ICONS[change.what], 18), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(look.px(1))
        row.addLayout(column, 1)
        group = group_of(change, candidate.definition)
        name = change.label or change.key
        title = tr("{question}, in {group}", question=name, group=group) if group else name
        column.addWidget(Label(title, role="table", bold=True, wrap=True))
        said = change_words(change, self._words, candidate.answered)
        column.addWidget(Label(said, role="caption", tone="text2", wrap=True))
        gone = change.what == "removed" and not change.choice
        if gone or (change.what == "renamed" and change.key in self._was):
            self._ask_name(change, column)
        widget.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        return widget

    def _ask_name(self, change: Change, column: QVBoxLayout) -> None:
        """Offer the new questions: one of them may be this one under another name."""
        old = change.old if change.what == "renamed" else change.key
        added = [one for one in self._all if one.what == "added" and not one.choice]
        here = change if change.what == "renamed" else None
        offered = [one for one in (here, *added) if one is not None]
        if not offered:
            return
        labels = [Choice(one.key, one.label or one.key) for one in offered]
        box = Combo([Choice(_NO_LONGER, tr("Asked no more")), *labels], filter_by_typing=False)
        box.set_value(here.key if here is not None else _NO_LONGER)
        box.changed.connect(lambda new: self._said(old, str(new or "")))
        hint = ""
        if change.perhaps:
            likely = next(
                (one.label or one.key for one in offered if one.key == change.perhaps), ""
            )
            hint = tr("Perhaps \u201c{question}\u201d?", question=likely) if likely else ""
        name = tr("This question is now")
        column.addWidget(Field(name, box, hint=hint))
        self.boxes[old] = box

    def _said(self, old: str, new: str) -> None:
        said = {key: name for key, name in self._was.items() if name != old and key != new}
        self.named.emit(said | ({new: old} if new else {}))
