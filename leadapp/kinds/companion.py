"""A further record that a finished form makes, planned as a value before anything is written.

Rules plan companions; ``services`` decides whether the person may make them and writes them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from leadapp.core.ids import FormId, RecordId


@dataclass(frozen=True, slots=True)
class CompanionPlan:
    """One record to write beside a submission, the same or into a wider ring.

    ``record`` is derived from the record that asks for it, so that planning and
    writing twice gives one record. ``answers`` are keyed by question name; whoever
    writes them puts each at its path in the form in use.
    """

    record: RecordId
    form: FormId
    ring_family: str
    answers: Mapping[str, str]
    why: str
    """A code, ``<package>.<words>``, that names the sentence shown before finishing."""
