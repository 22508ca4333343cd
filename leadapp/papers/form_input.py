"""A form to print, filled or blank: groups, questions and repeats in words.

Values only: whoever holds the form session decides what is shown and says it in
the language of the form.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from leadapp.papers.report_input import Copy


@dataclass(frozen=True, slots=True)
class PaperQuestion:
    """A question with its answer, ``width`` of 12 columns wide."""

    label: str
    value: str = ""
    hint: str = ""
    choices: tuple[tuple[str, bool], ...] = ()
    """Label and whether it is chosen; each gets a box to tick."""
    width: int = 12
    multiline: bool = False
    required: bool = False
    skip_note: str = ""
    """When the question is asked, where that depends: for a blank form."""
    code: str = ""
    """What the question is called when a filled paper is keyed in: for a blank form."""
    asks: bool = True
    """Whether there is something to answer; a note has only words."""
    picture: bytes = b""
    """A PNG or JPEG that is the answer, printed small; ``value`` says in words what it is."""
    signs: bool = False
    """Whether one signs here."""


@dataclass(frozen=True, slots=True)
class PaperGroup:
    """A section; without a label its children only begin on a new line."""

    label: str
    children: tuple[PaperNode, ...]
    skip_note: str = ""


@dataclass(frozen=True, slots=True)
class PaperRepeat:
    """Things of one sort, each a copy of the same questions."""

    label: str
    copies: tuple[tuple[PaperNode, ...], ...]
    skip_note: str = ""


PaperNode = PaperQuestion | PaperGroup | PaperRepeat


@dataclass(frozen=True, slots=True)
class FormPaper:
    """A record on paper, or its form with nothing in it (``blank``)."""

    program_name: str
    title: str
    form_version: str
    copy: Copy
    printed_by: str
    printed_at: datetime
    nodes: tuple[PaperNode, ...]
    record_lines: tuple[str, ...] = ()
    """At most two lines beside the title: which record, when finished and by whom."""
    problems: tuple[str, ...] = ()
    """What is open in the record: conflicts, answers that wait, broken checks."""
    has_names: bool = True
    part2: bool = False
    """Whether the disclosure notice of 42 CFR part 2 stands on each page."""
    blank: bool = False
    watermark: str | None = None
