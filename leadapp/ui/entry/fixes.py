"""The error summary in a pane of its own: many things to fix never push the form away."""

from __future__ import annotations

from leadapp.ui.kit.error_summary import ErrorSummary
from leadapp.ui.kit.scroll import Scroll
from leadapp.ui.theme import theme

_PART = 4
"""At most one in so many parts of the page's height."""


class FixesPane(Scroll):
    """As high as the summary needs, up to a part of the page; then it scrolls."""

    def __init__(self, summary: ErrorSummary) -> None:
        super().__init__(stretch=False)
        self._summary = summary
        self.body.addWidget(summary)
        self.hide()

    def fit(self, page_height: int) -> None:
        """Take the height the summary needs now; none while there is nothing to fix."""
        shown = bool(self._summary.items)
        self.setVisible(shown)
        if shown:
            layout = self._summary.layout()
            width = max(self.viewport().width(), theme().px(200))
            needed = layout.heightForWidth(width) if layout is not None else 0
            needed = max(needed, self._summary.minimumSizeHint().height())
            most = max(theme().px(44), page_height // _PART)
            self.setFixedHeight(min(needed, most) + 2)
