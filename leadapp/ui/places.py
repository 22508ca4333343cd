"""The places of the window and the pages in them: what each person finds where.

Loaded while somebody types a password: the pages stand on every service there is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from leadapp.services.desk import Desk
from leadapp.ui.admin.page import AdminPage
from leadapp.ui.role_words import roles_words
from leadapp.ui.shell import Place
from leadapp.ui.words import tr

if TYPE_CHECKING:
    from leadapp.ui.application import Application


def load() -> None:
    """Do nothing more: importing this module has loaded the pages."""


def person_words(desk: Desk) -> str:
    """Return what stands under the name of who is signed in."""
    return roles_words(desk.roles)


def first_place(_desk: Desk) -> str:
    """Return where this person begins."""
    return "admin"


def furnish(app: Application) -> None:
    """Put every place into the navigation, once."""

    def make_admin() -> AdminPage:
        return AdminPage(_desk_of(app), work=app.work, words=app.words, say=app.shell.say)

    app.shell.add_place(Place("admin", tr("Admin"), "sliders-horizontal", make_admin, apart=True))


def welcome(app: Application, desk: Desk) -> None:
    """Fit the window to who has unlocked."""


def _desk_of(app: Application) -> Desk:
    desk = app.desk
    if desk is None:
        raise RuntimeError
    return desk
