"""Forms: whether one can be used, what a change means, and putting a version in use.

    candidate = add(desk, file)             # read and checked, not in use, nothing written
    candidate.problems, candidate.changes   # what is wrong; what is different, and old answers
    keep(desk, candidate)                   # waits for who may approve; ``waiting`` finds it
    approve(desk, candidate, "Asks about the weather", was={"scene/sky": "scene/weather"})

A record is read, printed and exported in the version that made it, for ever: putting a
version in use changes no record. Drafts are finished in the version they were begun in.

Two computers that approve different versions without knowing of each other both keep theirs:
``rivals`` names them, the one approved last is used everywhere, and ``choose`` settles it.
"""

from leadapp.forms.differences import Change
from leadapp.services.forms_in_use.candidates import Candidate, add, beside, compare, examine
from leadapp.services.forms_in_use.deciding import (
    approve,
    choose,
    decide,
    keep,
    retire,
    send_back,
    take_back,
)
from leadapp.services.forms_in_use.files import (
    Cells,
    as_workbook,
    cells_of,
    check_file,
    convert_file,
)
from leadapp.services.forms_in_use.listing import (
    FormLine,
    Rivals,
    again,
    lines,
    problems,
    rivals,
    waiting,
    waits_for,
    writers,
)

__all__ = [
    "Candidate",
    "Cells",
    "Change",
    "FormLine",
    "Rivals",
    "add",
    "again",
    "approve",
    "as_workbook",
    "beside",
    "cells_of",
    "check_file",
    "choose",
    "compare",
    "convert_file",
    "decide",
    "examine",
    "keep",
    "lines",
    "problems",
    "retire",
    "rivals",
    "send_back",
    "take_back",
    "waiting",
    "waits_for",
    "writers",
]
