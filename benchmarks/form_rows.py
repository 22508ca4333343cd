"""What forms cost without the window: opened, read for the first time, recomputed at each key."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterator
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


def long_form() -> bytes:
    """Return a form of 500 questions in sections, with rules, sums and cascading relevance."""
    lines = [
        "## survey",
        "| type | name | label | relevant | constraint | calculation | required |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for group in range(QUESTIONS // GROUP):
        lines.append(f"| begin group | g{group} | Section {group + 1} | | | | |")
        lines += [_question(group * GROUP + n) for n in range(GROUP)]
        lines.append("| end group | | | | | | |")
    lines += [
        "## choices",
        "| list_name | name | label |",
        "| --- | --- | --- |",
        *(f"| yn | {name} | {name.capitalize()} |" for name in ("yes", "no", "unknown")),
        "## settings",
        "| form_title | form_id | version |",
        "| --- | --- | --- |",
        "| Long form | long_form | 1 |",
    ]
    return "\n".join(lines).encode()


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
    for data, what in ((shipped, "cit_contact"), (long_form(), "500 questions")):
        with tempfile.TemporaryDirectory() as folder:
            cache = Path(folder)

            def cold(data: bytes = data) -> None:
                session_of(load_definition(data, name="form.md")).items()

            def warm(data: bytes = data, cache: Path = cache) -> None:
                definition = load_definition(data, name="form.md", cache=cache)
                session_of(definition).items()

            yield Row(f"open a new form, {what}", median_ms(cold, 3, warm=0), 1_500)
            yield Row(f"open a cached form, {what}", median_ms(warm, 5), 300)


def keys() -> Iterator[Row]:
    """Type into a form of 500 questions: what one key changes is computed and read."""
    session = session_of(load_definition(long_form(), name="form.md"))
    for n in range(0, QUESTIONS, GROUP):
        session.set_answer(f"g{n // GROUP}/q{n}", "yes")
    text = [once_ms(partial(_key, session, "g20/q201", "x" * n)) for n in range(1, 60)]
    yield Row("key to recompute, a text of 500 questions", statistics.median(text), 16)
    chain = [once_ms(partial(_key, session, "g0/q4", str(n))) for n in range(1, 60)]
    follow = len(session.set_answer("g0/q4", "7"))
    note = f"{follow} answers follow from it"
    yield Row("key to recompute, a number", statistics.median(chain), 16, note=note)
    turned = [once_ms(partial(_key, session, "g25/q250", ("no", "yes")[n % 2])) for n in range(60)]
    follow = len(session.set_answer("g25/q250", "no"))
    note = f"{follow} questions show or hide"
    yield Row("choice to recompute", statistics.median(turned), 16, note=note)


def _key(session: FormSession, key: str, text: str) -> None:
    for changed in session.set_answer(key, text):
        session.state(changed)
