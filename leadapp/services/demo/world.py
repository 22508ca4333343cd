"""What both sides of the made-up county work with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from leadapp.core.ids import UserId
from leadapp.services.demo.agenda import Agenda
from leadapp.services.demo.book import Book
from leadapp.services.demo.chance import Chance
from leadapp.services.demo.shared_lists import Lists
from leadapp.services.demo.stock import Stock


@dataclass(slots=True)
class World:
    """The county as it goes: its chance, its agenda, its book, its shelves, its people."""

    chance: Chance
    agenda: Agenda
    book: Book
    lists: Lists
    stock: Stock
    users: dict[str, UserId]
    end: datetime
    counted: Callable[[], None] = field(default=lambda: None)
    """Called for each contact and each person, for the progress line."""

    def of(self, most: str, else_: str, share: float) -> UserId:
        """Return who writes: ``most``, or in ``share`` of cases the other."""
        return self.users[else_ if self.chance.yes(share) else most]
