"""The keys of the Forms page in the registry."""

from __future__ import annotations

from collections.abc import Callable

from leadapp.ui.forms_page.page import FormsPage
from leadapp.ui.shell.actions import Actions
from leadapp.ui.words import tr


def add_forms_actions(actions: Actions, current: Callable[[], object]) -> None:
    """Add them once; ``current`` gives the page in view (``shell.current_page``)."""

    def print_here() -> None:
        page = current()
        if isinstance(page, FormsPage):
            page.print_here()

    actions.add(
        "forms_print",
        tr("Print the record"),
        print_here,
        keys="Ctrl+P",
        context="forms",
        icon="printer",
    )
