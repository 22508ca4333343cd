"""What can go wrong, by whose turn it is to act.

* ``Refusal``: the person can mend it. Nothing was changed.
* ``Damage``: data is not as it was written. Nothing was changed.
* ``Bug``: ours. Anything else that escapes is a bug too.

An error carries a code and values for the sentence, never a sentence and never
what a record holds. ``core.words`` turns it into words.
"""

from __future__ import annotations

from leadapp.core.problems import Problem, Value


class LeadappError(Exception):
    """Base of the three; ``code`` names the sentence, ``values`` fill it."""

    def __init__(self, code: str, **values: Value) -> None:
        super().__init__(code)
        self.code = code
        self.values: dict[str, Value] = values

    @property
    def problem(self) -> Problem:
        """Return the same thing as a Problem, for lists that mix both."""
        return Problem(self.code, self.values)


class Refusal(LeadappError):
    """Asked for something that cannot be done as asked; says what to do instead."""

    def __init__(self, code: str, *, problems: tuple[Problem, ...] = (), **values: Value) -> None:
        super().__init__(code, **values)
        self.problems = problems
        """Everything found at once, where a person has several things to mend."""


class Damage(LeadappError):
    """A file or an entry is not as it was written."""


class Bug(LeadappError):
    """The program contradicts itself."""
