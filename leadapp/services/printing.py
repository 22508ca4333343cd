"""Printing one form: a record as it stands, or the form with nothing in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from leadapp.core.attachments import Attachment, read_attachment, read_signed_on_paper
from leadapp.core.errors import Refusal
from leadapp.core.paths import resources
from leadapp.core.text import fold
from leadapp.core.words import Words, load_words
from leadapp.forms.markdown import plain
from leadapp.forms.media import taken
from leadapp.forms.offers import Offer
from leadapp.forms.ranges import steps
from leadapp.forms.session import FormSession, Item, State
from leadapp.forms.skipping import skip_rule
from leadapp.kinds import KINDS
from leadapp.papers.filled_form import render_form
from leadapp.papers.form_input import FormPaper, PaperGroup, PaperNode, PaperQuestion, PaperRepeat
from leadapp.papers.press import open_press
from leadapp.services.desk import Desk, family_of
from leadapp.services.reread import finished, is_emptied, session_of
from leadapp.services.shelf import FormSource
from leadapp.store.queries import StoredRecord

FULL_WIDTH = 12
PAGE_COLUMNS = 4
"""Grid columns of the page, where a question stands in no group."""
LONG_TEXT = 60
MOST_BOXES = 40
"""A list longer than this prints the chosen answer, not a box for each."""
_DEEPEST = 3
"""Repeats in repeats that get copies on blank paper."""
_RECORD_ID = re.compile(r"[A-Za-z0-9_-]{22}")
_COPIES = re.compile(r"\[[^\[\]]*\]")
_SELECTS = frozenset({"select", "select1", "rank"})
Fetch = Callable[[Attachment], bytes | None]
"""Gives the bytes of an attached file, ``None`` where it is not here."""


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
    words = _words()
    paper = FormPaper(
        program_name=desk.device.county,
        title=source.title,
        form_version=stored.form_version,
        copy="internal",
        printed_by=desk.name,
        printed_at=desk.clock.now(),
        nodes=nodes_of(session, files=lambda one: desk.reader.blob(stored.ring, one.name)),
        record_lines=_record_lines(words, stored, finished(desk, stored)),
        problems=tuple(words.of(problem) for problem in stored.problems),
        has_names=_has_names(source),
        part2=_is_part2(family_of(stored.ring)),
        watermark=_watermark(desk, words),
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
    words = _words()
    paper = FormPaper(
        program_name=desk.device.county,
        title=source.title,
        form_version=source.version,
        copy="internal",
        printed_by=desk.name,
        printed_at=desk.clock.now(),
        nodes=nodes_of(session, blank=True, words=words),
        has_names=False,
        part2=_is_part2(family),
        blank=True,
        watermark=_watermark(desk, words),
    )
    return _printed(paper, words, f"{source.form}-blank.pdf")


def give_copies(session: FormSession) -> None:
    """Give every repeat of a blank form copies to write in: one where it holds another, else two."""
    for _ in range(_DEEPEST):
        for repeat in _repeats(session.items(everything=True)):
            if not repeat.children:
                session.add_copy(repeat.key)
    for repeat in _repeats(session.items(everything=True)):
        if len(repeat.children) == 1 and not any(_repeats(repeat.children)):
            session.add_copy(repeat.key)


def _repeats(items: tuple[Item, ...]) -> list[Item]:
    """Return every repeat, the inner ones after those around them."""
    own = [item for item in items if item.kind == "repeat"]
    return own + [inner for item in items for inner in _repeats(item.children)]


def printed(desk: Desk, stored: StoredRecord) -> None:
    """Log that a record's paper was made. Writer lane."""
    desk.note("print", stored.ring, stored.record)


def _words() -> Words:
    return load_words(resources() / "words")


def _printed(paper: FormPaper, words: Words, name: str) -> PrintedForm:
    return PrintedForm(render_form(paper, open_press(resources(), words)), name)


def _watermark(desk: Desk, words: Words) -> str | None:
    return words.say("papers.made_up") if desk.device.made_up else None


def _has_names(source: FormSource) -> bool:
    """Return whether the form may name people: naloxone forms and lists never do."""
    kind = KINDS.get(source.kind)
    return kind is None or not set(kind.rings) <= {"law", "supply", "shared"} or kind.protected


def _is_part2(family: str) -> bool:
    return family == "care"


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


def nodes_of(
    session: FormSession,
    *,
    blank: bool = False,
    words: Words | None = None,
    files: Fetch = lambda _attachment: None,
) -> tuple[PaperNode, ...]:
    """Return what is printed of a form: what shows, or everything with when it is asked.

    ``files`` gives the bytes of a picture that is to be printed.
    """
    words = words or _words()
    asking = _Asking(session, words) if blank else None
    items = session.items(everything=blank)
    return tuple(_nodes(_Printing(session, words, asking, files), items, PAGE_COLUMNS))


@dataclass(frozen=True, slots=True)
class _Printing:
    session: FormSession
    words: Words
    asking: _Asking | None
    files: Fetch


@dataclass(frozen=True, slots=True)
class _Asking:
    """What a blank paper says beside the questions."""

    session: FormSession
    words: Words

    def when(self, key: str) -> str:
        """Return in words when what stands at ``key`` is asked, "" where it always is."""
        definition = self.session.definition
        if "#" in key:  # a heading that stands for nothing in the record
            return ""
        bare = _COPIES.sub("", key).split("/")
        rule = skip_rule(definition, (definition.data.name, *bare))
        if rule is None:
            return ""
        if not rule.conditions:
            return self.words.say("services.asked_sometimes")
        said = [
            self.words.say(
                f"services.asked_{one.says}", {"question": one.question, "answer": one.answer}
            )
            for one in rule.conditions
        ]
        joined = f" {self.words.say(f'services.asked_{rule.joined_by}')} ".join(said)
        return self.words.say("services.asked_if", {"conditions": joined})


def _nodes(printing: _Printing, items: tuple[Item, ...], columns: int) -> Iterator[PaperNode]:
    session, asking = printing.session, printing.asking
    for item in items:
        when = asking.when(item.key) if asking and item.key else ""
        inner = item.control.columns
        if item.kind == "question":
            yield _question(printing, session.state(item.key), when, columns)
        elif item.kind == "repeat":
            copies = tuple(tuple(_nodes(printing, copy.children, inner)) for copy in item.children)
            yield PaperRepeat(plain(session.state(item.key).label), copies, when)
        else:
            label = plain(session.state(item.key).label) if item.key else ""
            yield PaperGroup(label, tuple(_nodes(printing, item.children, inner)), when)


def _question(printing: _Printing, state: State, when: str, columns: int) -> PaperQuestion:
    blank = printing.asking is not None
    chosen = set() if blank else {offer.name for offer in state.chosen()}
    offers = _offers(state)
    boxes = bool(offers) and len(offers) <= MOST_BOXES
    chosen |= {state.value} if state.kind == "range" and not blank else set()
    asks = not (blank and state.readonly)
    asked = PaperQuestion(
        label=plain(state.label),
        value="" if boxes or blank else _said(state, printing.words),
        hint=plain(state.hint),
        choices=tuple((_choice(one, blank=blank), one.name in chosen) for one in offers)
        if boxes
        else (),
        width=_width(state, columns),
        multiline=len(state.value) > LONG_TEXT or (blank and _is_long(state)),
        required=state.required,
        skip_note=when,
        code=_COPIES.sub("", state.key).rpartition("/")[2] if blank and asks else "",
        asks=asks,
    )
    return _with_file(printing, state, asked) if state.kind == "upload" else asked


def _with_file(printing: _Printing, state: State, asked: PaperQuestion) -> PaperQuestion:
    """Return a question for a file or a signature: its picture, its name, or room for it."""
    signs = state.control is not None and "signature" in state.control.appearance
    if printing.asking is not None:
        control = state.control
        takes = control is not None and taken(control.mediatype) and not signs
        attach = printing.words.say("services.attach_to_paper") if takes else ""
        hint = "\n".join(part for part in (asked.hint, attach) if part)
        return replace(asked, signs=signs, hint=hint)
    attachment = read_attachment(state.value)
    picture = attachment is not None and attachment.is_image
    data = printing.files(attachment) if attachment is not None and picture else None
    drawn = signs and attachment is not None
    said = printing.words.say("services.signed_on_screen") if drawn else asked.value
    return replace(asked, value=said, signs=signs, multiline=False, picture=data or b"")


def _offers(state: State) -> tuple[Offer, ...]:
    """Return what gets a box: choices, or the values of a short range."""
    if state.kind == "range" and state.control is not None:
        return tuple(Offer(step, step) for step in steps(state.control))
    return state.choices if state.kind in _SELECTS else ()


def _choice(offer: Offer, *, blank: bool) -> str:
    """Return a choice's words; on blank paper with its code, where the words do not give it.

    The number of a record is no code: nobody types it in.
    """
    label = plain(offer.label)
    given = offer.name == label or offer.name.lower() == fold(label).replace(" ", "_")
    if not blank or given or _RECORD_ID.fullmatch(offer.name):
        return label
    return f"{label} [{offer.name}]"


def _is_long(state: State) -> bool:
    return state.control is not None and "multiline" in state.control.appearance


def _said(state: State, words: Words) -> str:
    """Return the answer in words: labels for choices, moments as people write them."""
    if state.kind in _SELECTS:
        return ", ".join(plain(offer.label) for offer in state.chosen())
    if state.kind == "upload":
        return _attached_words(state.value, words)
    try:
        if state.type == "dateTime" and state.value:
            moment = datetime.fromisoformat(state.value)
            return f"{moment:%b} {moment.day}, {moment.year} {moment:%H:%M}"
        if state.type == "date" and state.value:
            day = datetime.fromisoformat(state.value)
            return f"{day:%b} {day.day}, {day.year}"
    except ValueError:
        return state.value
    return state.value


def _attached_words(value: str, words: Words) -> str:
    """Return a file's name, or when the paper was signed."""
    day = read_signed_on_paper(value)
    if day is not None:
        signed = date.fromisoformat(day)
        shown = f"{signed:%b} {signed.day}, {signed.year}"
        return words.say("services.signed_on_paper", {"day": shown})
    attachment = read_attachment(value)
    return value if attachment is None else attachment.file


def _width(state: State, columns: int) -> int:
    """Return the question's width of 12, from its share of its group's ``columns``."""
    control = state.control
    if control is None or not control.width or columns <= 0:
        return FULL_WIDTH
    return max(1, min(FULL_WIDTH, round(FULL_WIDTH * control.width / columns)))
