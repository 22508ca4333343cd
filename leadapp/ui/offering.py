"""A page's own actions put into the window's registry, so that F1 and Ctrl+K know them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from leadapp.ui.shell.page import Page
from leadapp.ui.shell.shell import Shell


@dataclass(frozen=True, slots=True)
class Offer:
    """One action of a page."""

    name: str
    words: str
    do: Callable[[], object]
    keys: str = ""
    icon: str = "chevron-right"


def offer(page: Page, *offers: Offer) -> None:
    """Give the actions to the page now shown; again each time it is, since pages come and go."""
    shell = page.window()
    if not isinstance(shell, Shell):
        return
    context = page.name.partition(":")[0]
    for one in offers:
        if shell.actions_.has(one.name):
            shell.actions_.drop(one.name)
        shell.actions_.add(
            one.name, one.words, one.do, keys=one.keys, icon=one.icon, context=context
        )
