"""The keys of form pages in the registry, so that F1 and the palette know them.

Undo is the window's own action: with the focus in a form it means the form's.
"""

from __future__ import annotations

from collections.abc import Callable

from leadapp.ui.entry.page import EntryPage
from leadapp.ui.shell.actions import Actions
from leadapp.ui.words import tr

CONTEXT = "entry"


def add_entry_actions(actions: Actions, current: Callable[[], object]) -> None:
    """Add them once; ``current`` gives the page in view (``shell.current_page``)."""

    def do(what: Callable[[EntryPage], object]) -> Callable[[], None]:
        def act() -> None:
            page = current()
            if isinstance(page, EntryPage):
                what(page)

        return act

    for name, words, keys, icon, what in (
        ("next_problem", tr("Next thing to fix"), "F8", "circle-alert", EntryPage.next_problem),
        (
            "previous_problem",
            tr("Previous thing to fix"),
            "Shift+F8",
            "circle-alert",
            lambda page: page.next_problem(-1),
        ),
        (
            "next_section",
            tr("Next section"),
            "Ctrl+PgDown",
            "chevron-down",
            EntryPage.next_section,
        ),
        (
            "previous_section",
            tr("Previous section"),
            "Ctrl+PgUp",
            "chevron-up",
            EntryPage.previous_section,
        ),
        ("add_row", tr("Add row"), "Ctrl+R", "plus", lambda page: page.copies.add_here()),
        ("copy_row", tr("Copy row"), "Ctrl+D", "copy", lambda page: page.copies.copy_here()),
        (
            "remove_row",
            tr("Remove row"),
            "Ctrl+Del",
            "trash-2",
            lambda page: page.copies.remove_here(),
        ),
        (
            "from_paper",
            tr("Type from paper: the paper's order and number"),
            "Ctrl+Shift+T",
            "keyboard",
            EntryPage.toggle_paper,
        ),
        ("why", tr("Why is this asked?"), "Shift+F1", "circle-help", EntryPage.tell_why),
        ("redo", tr("Redo"), ("Ctrl+Y", "Ctrl+Shift+Z"), "redo-2", EntryPage.redo),
        (
            "later",
            tr("What may be answered later today"),
            (),
            "clock",
            lambda page: page.later.toggle(),
        ),
        (
            "form_language",
            tr("Ask in the form's next language"),
            (),
            "languages",
            EntryPage.next_language,
        ),
    ):
        actions.add(f"entry_{name}", words, do(what), keys=keys, context=CONTEXT, icon=icon)
