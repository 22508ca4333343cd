"""For whom a report is: whole within the program, exact for one funder, or for everybody."""

from __future__ import annotations

from dataclasses import dataclass

from leadapp.core.errors import Refusal
from leadapp.core.text import tidy
from leadapp.papers.report_input import Copy

COPIES: tuple[Copy, ...] = ("internal", "submission", "publication")


@dataclass(frozen=True, slots=True)
class CopyOf:
    """Which copy of a report; a submission names its one funder."""

    sort: Copy = "internal"
    funder: str = ""

    @property
    def is_published(self) -> bool:
        """Return whether anybody may read it."""
        return self.sort == "publication"


INTERNAL = CopyOf()
PUBLICATION = CopyOf("publication")


def submission(funder: str) -> CopyOf:
    """Return which copy one funder gets, exact; Refusal when none is named."""
    name = tidy(funder)
    if not name:
        raise Refusal("services.submission_for_whom")
    return CopyOf("submission", name)


def cell(measure: str, groups: tuple[str, ...] = ()) -> str:
    """Return the name of a number: of a measure, or of some of its groups together."""
    return f"{measure}|{' '.join(groups)}" if groups else measure
