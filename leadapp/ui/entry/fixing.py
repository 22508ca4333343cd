"""What is not right in a form, gathered over it: told as it changes, all of it when one finishes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal

from leadapp.core.problems import Problem
from leadapp.ui.entry.fixes import FixesPane
from leadapp.ui.entry.form_view import FormView
from leadapp.ui.entry.question import problem_words
from leadapp.ui.entry.reason import REASON_KEY, ReasonCard
from leadapp.ui.entry.tabbing import tab_stops
from leadapp.ui.kit.error_summary import ErrorSummary, ToFix


class Fixing(QObject):
    """``Fixing(view, summary, reason)``; its ``pane`` stands over the form."""

    changed = Signal()
    """The summary says something else now."""

    def __init__(self, view: FormView, summary: ErrorSummary, reason: ReasonCard | None) -> None:
        super().__init__(view)
        self._view, self._summary, self._reason = view, summary, reason
        self.pane = FixesPane(summary)
        summary.chosen.connect(self.go_to)
        if reason is not None:
            reason.changed.connect(self.show)

    def show(self) -> None:
        """Say what was said at the questions."""
        fixes: list[ToFix] = []
        if self._reason is not None and self._reason.field.error:
            missing = self._reason.to_fix()
            fixes = [missing] if missing else []
        self._summarize([*fixes, *self._view.to_fix()])

    def show_all(self, problems: Sequence[Problem], missing: ToFix | None) -> None:
        """Say everything that stands in the way, aloud, with the focus on the first of it."""
        said = self._view.to_fix()
        known = {fix.key for fix in said}
        rest = [self._fix(problem) for problem in problems if problem.blocks]
        fixes = [*said, *(fix for fix in rest if fix.key not in known)]
        if missing is not None:
            fixes.insert(0, missing)
        self._summarize(fixes, aloud=True)
        links = [link for link in tab_stops([self._summary]) if link.isVisible()]
        if links:
            links[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def go_to(self, key: str) -> None:
        """Go to what is to be mended."""
        if key == REASON_KEY and self._reason is not None:
            self._reason.box.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self._view.go_to(key):
            self._view.focus_first()

    def _summarize(self, fixes: list[ToFix], *, aloud: bool = False) -> None:
        self._summary.show_problems(fixes, aloud=aloud)
        self.changed.emit()

    def _fix(self, problem: Problem) -> ToFix:
        label = str(problem.values.get("label") or "")
        words = problem_words(problem, self._view.setting)
        return ToFix(problem.place.path or "", label, words)
