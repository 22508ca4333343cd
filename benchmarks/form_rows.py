"""What forms cost without the window: opened, read for the first time, recomputed at each key."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from benchmarks.county import NOW
from benchmarks.timing import Row, median_ms, once_ms
from leadapp.core.clock import SteppingClock
from leadapp.core.ids import new_id
from leadapp.core.paths import shipped_forms
from leadapp.forms.model import Definition
from leadapp.forms.reading import load_definition
from leadapp.forms.session import FormSession

QUESTIONS = 500
GROUP = 10
SHIPPED = "cit_contact"
LIST, COPIES = 50_000, 300
_WORDS = ("Alder", "Mill", "Birch", "Creek", "Depot", "Elm", "Ford")


def long_form(questions: int = QUESTIONS) -> bytes:
    """Return a form in sections, with rules, sums and cascading relevance."""
    lines = [
        "## survey",
        "| type | name | label | relevant | constraint | calculation | required |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for group in range(questions // GROUP):
        lines.append(f"| begin group | g{group} | Section {group + 1} | | | | |")
        lines += [_question(group * GROUP + n) for n in range(GROUP)]
        lines.append("| end group | | | | | | |")
    yes_no = (f"| yn | {name} | {name.capitalize()} |" for name in ("yes", "no", "unknown"))
    return "\n".join([*lines, *_choices(yes_no), *_settings("long_form")]).encode()


def _choices(rows: Iterable[str]) -> list[str]:
    return ["## choices", "| list_name | name | label |", "| --- | --- | --- |", *rows]


def _settings(form: str) -> list[str]:
    return [
        "## settings",
        "| form_title | form_id | version |",
        "| --- | --- | --- |",
        f"| Long form | {form} | 1 |",
    ]


def _question(n: int) -> str:
    """Return a line: of ten questions one sums, two depend on the section's first, one is a text."""
    first = f"q{n // GROUP * GROUP}"
    match n % GROUP:
        case 0:
            return f"| select_one yn | q{n} | Question {n} | | | | yes |"
        case 1:
            return f"| text | q{n} | Question {n} | | | | |"
        case 2 | 3:
            return f"| integer | q{n} | Question {n} | ${{{first}}} = 'yes' | . >= 0 | | |"
        case 9:
            terms = " + ".join(f"coalesce(${{q{m}}}, 0)" for m in (n - 7, n - 6, n - 5))
            before = f" + coalesce(${{q{n - GROUP}}}, 0)" if n > GROUP else ""
            return f"| calculate | q{n} | | | | {terms}{before} | |"
        case 4:
            return f"| integer | q{n} | Question {n} | | . >= 0 and . < 1000 | | |"
        case _:
            return f"| text | q{n} | Question {n} | ${{{first}}} != 'no' | | | |"


def session_of(definition: Definition) -> FormSession:
    """Begin a form."""
    return FormSession(definition, clock=SteppingClock(NOW), ids=new_id)


def opening() -> Iterator[Row]:
    """Open forms that were read before, and that were not."""
    shipped = (shipped_forms() / SHIPPED / "form.md").read_bytes()
    long = ((long_form(many), f"{many:,} questions") for many in (60, QUESTIONS, 2_000))
    for data, what in ((shipped, "cit_contact"), *long):
        budgeted = what != "2,000 questions"
        with tempfile.TemporaryDirectory() as folder:
            cache = Path(folder)

            def cold(data: bytes = data) -> None:
                session_of(load_definition(data, name="form.md")).items()

            def warm(data: bytes = data, cache: Path = cache) -> None:
                definition = load_definition(data, name="form.md", cache=cache)
                session_of(definition).items()

            yield Row(
                f"open a new form, {what}", median_ms(cold, 3, warm=0), 1_500 if budgeted else None
            )
            yield Row(f"open a cached form, {what}", median_ms(warm, 5), 300 if budgeted else None)


def keys() -> Iterator[Row]:
    """Type into forms of three lengths: what one key changes is computed and read."""
    for questions in (60, QUESTIONS, 2_000):
        budget = 16 if questions <= QUESTIONS else None
        yield from _typed(questions, budget)
    yield from _searched()
    yield from _repeated()


def _typed(questions: int, budget: float | None) -> Iterator[Row]:
    session = session_of(load_definition(long_form(questions), name="form.md"))
    for n in range(0, questions, GROUP):
        session.set_answer(f"g{n // GROUP}/q{n}", "yes")
    middle = questions // GROUP // 2
    what = f"{questions:,} questions"
    start = once_ms(lambda: session_of(session.definition).items())
    yield Row(f"a form begun, {what}", start, 300 if budget else None)
    plain = f"g{middle}/q{middle * GROUP + 1}"
    text = [once_ms(partial(_key, session, plain, "x" * n)) for n in range(1, 60)]
    yield Row(f"key to recompute, a text, {what}", statistics.median(text), budget)
    chain = [once_ms(partial(_key, session, "g0/q4", str(n))) for n in range(1, 60)]
    follow = len(session.set_answer("g0/q4", "7"))
    note = f"{follow} answers follow from it; slowest {max(chain):.1f}"
    yield Row(f"key to recompute, a number, {what}", statistics.median(chain), budget, note=note)
    steers = f"g{middle}/q{middle * GROUP}"
    turned = [once_ms(partial(_key, session, steers, ("no", "yes")[n % 2])) for n in range(60)]
    follow = len(session.set_answer(steers, "no"))
    note = f"{follow} questions show or hide; slowest {max(turned):.1f}"
    yield Row(f"choice to recompute, {what}", statistics.median(turned), budget, note=note)


def _searched() -> Iterator[Row]:
    """Search an attached list of 50,000 choices, a key at a time."""
    lines = [
        "## survey",
        "| type | name | label | appearance |",
        "| --- | --- | --- | --- |",
        "| select_one_from_file streets.csv | street | Street | autocomplete |",
        *_settings("streets"),
    ]
    streets = (f"s{n},{_WORDS[n % 7]} {_WORDS[n // 7 % 7]} Street {n}" for n in range(LIST))
    attached = {"streets.csv": "\n".join(["name,label", *streets]).encode()}
    data = "\n".join(lines).encode()
    session = session_of(load_definition(data, name="form.md", attached=attached))
    what = f"a list of {LIST:,} choices"
    begun = once_ms(lambda: session.state("street"))
    yield Row(f"{what} shown for the first time", begun, 300)
    words = ("alder creek street 4", "mill 77", "str", "zzz")
    typed = [word[:n] for word in words for n in range(1, len(word) + 1)]
    took = [once_ms(partial(session.search_choices, "street", text)) for text in typed]
    note = f"{len(took)} keys, slowest {max(took):.1f}"
    yield Row(f"{what} searched, each key", statistics.median(took), 100, note=note)


def _repeated() -> Iterator[Row]:
    """Fill 300 copies of a repeat whose sums stand outside it."""
    lines = [
        "## survey",
        "| type | name | label | relevant | calculation |",
        "| --- | --- | --- | --- | --- |",
        "| begin repeat | member | Member | | |",
        "| text | name | Name | | |",
        "| integer | age | Age | | |",
        "| integer | visits | Visits | ${age} > 17 | |",
        "| end repeat | | | | |",
        "| calculate | all | | | sum(${visits}) |",
        "| calculate | grown | | | count(${member}[./age > 17]) |",
    ]
    data = "\n".join([*lines, *_settings("household")]).encode()
    session = session_of(load_definition(data, name="form.md"))
    added: list[float] = []
    while len(session.copies("member")) < COPIES:
        added.append(once_ms(partial(session.add_copy, "member")))
        copy = session.copies("member")[-1]
        session.set_answer(f"{copy}/age", "40")
        session.set_answer(f"{copy}/visits", "2")
    yield Row(f"copy {COPIES} of a repeat added", statistics.median(added[-10:]), 100)
    copy = session.copies("member")[COPIES // 2]
    took = [once_ms(partial(_key, session, f"{copy}/visits", str(n))) for n in range(30)]
    yield Row(f"key in one of {COPIES} copies", max(took), 16, note="two sums follow from it")


def _key(session: FormSession, key: str, text: str) -> None:
    for changed in session.set_answer(key, text):
        session.state(changed)
