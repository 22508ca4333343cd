"""What is printed of a form's groups and questions, in the order of the form."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from leadapp.core.attachments import Attachment, read_attachment, read_signed_on_paper
from leadapp.core.paths import resources
from leadapp.core.text import fold
from leadapp.core.words import Words, load_words
from leadapp.forms.markdown import plain
from leadapp.forms.media import taken
from leadapp.forms.offers import Offer
from leadapp.forms.ranges import steps
from leadapp.forms.session import FormSession, Item, State
from leadapp.forms.skipping import skip_rule
from leadapp.papers.form_input import PaperGroup, PaperNode, PaperQuestion, PaperRepeat

PAGE_COLUMNS = 4
"""Grid columns of the page, where a question stands in no group."""
FULL_WIDTH = 12
LONG_TEXT = 60
MOST_BOXES = 40
"""A list longer than this prints the chosen answer, not a box for each."""
_RECORD_ID = re.compile(r"[A-Za-z0-9_-]{22}")
_COPIES = re.compile(r"\[[^\[\]]*\]")
_SELECTS = frozenset({"select", "select1", "rank"})
Fetch = Callable[[Attachment], bytes | None]
"""Gives the bytes of an attached file, ``None`` where it is not here."""


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
    words = words or form_words()
    asking = _Asking(session, words) if blank else None
    items = session.items(everything=blank)
    return tuple(_nodes(_Printing(session, words, asking, files), items, PAGE_COLUMNS))


def form_words() -> Words:
    """Return the sentences of papers."""
    return load_words(resources() / "words")


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
