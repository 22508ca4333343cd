"""The paper of a record, and of a form with nothing in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from leadapp.core.errors import Refusal
from leadapp.core.paths import resources
from leadapp.core.words import Words
from leadapp.forms.session import FormSession
from leadapp.kinds import KINDS
from leadapp.papers.filled_form import render_form
from leadapp.papers.form_input import FormPaper, PaperNode
from leadapp.papers.press import open_press
from leadapp.services.desk import Desk, family_of
from leadapp.services.printing.copies import give_copies
from leadapp.services.printing.nodes import form_words, nodes_of
from leadapp.services.reread import finished, is_emptied, session_of
from leadapp.services.shelf import FormSource
from leadapp.store.queries import StoredRecord


@dataclass(frozen=True, slots=True)
class PrintedForm:
    """A PDF and what to call it; the name holds no person."""

    pdf: bytes
    name: str


def filled(desk: Desk, stored: StoredRecord) -> PrintedForm:
    """Return the paper of a record. Reader lane; say ``printed`` before handing it out."""
    desk.require("print", stored.kind or "*", family_of(stored.ring))
    if is_emptied(stored):
        raise Refusal("services.record_emptied")
    source = desk.shelf.source(stored.form, stored.definition_hash)
    session = session_of(desk, stored)
    words = form_words()
    nodes = nodes_of(session, files=lambda one: desk.reader.blob(stored.ring, one.name))
    paper = replace(
        _paper(desk, source, words, family_of(stored.ring), nodes),
        form_version=stored.form_version,
        record_lines=_record_lines(words, stored, finished(desk, stored)),
        problems=tuple(words.of(problem) for problem in stored.problems),
        has_names=_has_names(source),
    )
    return _printed(paper, words, f"{source.form}-{stored.record[:8]}.pdf")


def blank(desk: Desk, source: FormSource) -> PrintedForm:
    """Return the form with nothing in it, every question shown. Reader lane."""
    family = source.family(desk.side) or "shared"
    session = FormSession(
        desk.shelf.definition(source.form, source.hash),
        clock=desk.clock,
        ids=desk.ids,
        lookup=desk.lookup(family),
        answers={},
        as_of=desk.clock.now(),
    )
    give_copies(session)
    words = form_words()
    nodes = nodes_of(session, blank=True, words=words)
    paper = replace(_paper(desk, source, words, family, nodes), blank=True)
    return _printed(paper, words, f"{source.form}-blank.pdf")


def _paper(
    desk: Desk, source: FormSource, words: Words, family: str, nodes: tuple[PaperNode, ...]
) -> FormPaper:
    """Return what the paper of any form says, written or blank."""
    return FormPaper(
        program_name=desk.device.county,
        title=source.title,
        form_version=source.version,
        copy="internal",
        printed_by=desk.name,
        printed_at=desk.clock.now(),
        nodes=nodes,
        has_names=False,
        part2=family == "care",
        watermark=words.say("papers.made_up") if desk.device.made_up else None,
    )


def printed(desk: Desk, stored: StoredRecord) -> None:
    """Log that a record's paper was made. Writer lane."""
    desk.note("print", stored.ring, stored.record)


def _printed(paper: FormPaper, words: Words, name: str) -> PrintedForm:
    return PrintedForm(render_form(paper, open_press(resources(), words)), name)


def _has_names(source: FormSource) -> bool:
    """Return whether the form may name people: naloxone forms and lists never do."""
    kind = KINDS.get(source.kind)
    return kind is None or not set(kind.rings) <= {"law", "supply", "shared"} or kind.protected


def _record_lines(words: Words, stored: StoredRecord, moment: datetime) -> tuple[str, ...]:
    day = f"{moment:%b} {moment.day}, {moment.year}"
    lines = [words.say("services.record_line", {"record": stored.record[:8], "day": day})]
    second = [words.say("services.record_void_line")] if stored.voided else []
    paper = from_paper(words, stored)
    second += [paper] if paper else []
    return (*lines, *([". ".join(second)] if second else []))


def from_paper(words: Words, stored: StoredRecord) -> str:
    """Return that a record was typed from paper, and from which; "" where it was not."""
    if stored.about.get("_late") != "1":
        return ""
    number = stored.about.get("_paper", "")
    if number:
        return words.say("services.typed_from_paper_number", {"number": number})
    return words.say("services.typed_from_paper")
