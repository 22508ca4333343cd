"""The keys of forms stand in the registry once, without clashes."""

from __future__ import annotations

from leadapp.ui.entry.page_actions import add_entry_actions
from tests.ui.entry.conftest import Open


def test_form_keys_are_listed_and_work_while_a_form_is_shown(open_form: Open) -> None:
    form = open_form("lead_intake")
    actions = form.shell.actions_
    add_entry_actions(actions, form.shell.current_page)
    assert actions.clashes() == []
    actions.enter("entry")
    actions.get("entry_next_section").trigger()
    assert form.page.view.here == 1
