"""What ``leadapp forms``, ``print`` and ``export`` do at an open desk, and say."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterator
from pathlib import Path

from leadapp.core.errors import Refusal
from leadapp.core.files import write_whole
from leadapp.core.ids import RecordId
from leadapp.core.problems import Problem, Value
from leadapp.core.words import Words
from leadapp.services import browsing, exporting, forms_in_use, printing
from leadapp.services.desk import Desk
from leadapp.services.forms_in_use import Candidate, Change

Line = Callable[[Path, Problem], str]
"""Says a problem of a file with its place."""


def forms(desk: Desk, options: Namespace, said: Words, line: Line) -> Iterator[str]:
    """Yield what the act says; a form that is not good is refused once all is said."""
    match options.act:
        case "list":
            yield from _listed(desk, said)
        case "add":
            yield from _added(desk, options.file, said, line)
        case "approve":
            source = forms_in_use.approve(
                desk,
                _waiting(desk, options.form),
                options.why,
                rings=options.rings,
                was=_earlier(options.was),
            )
            yield f"{source.title}, version {source.version}, is in use."
        case _:
            forms_in_use.retire(desk, options.form, options.why)
            yield f"{options.form} is not in use any more. Its records stay."


def print_paper(desk: Desk, options: Namespace) -> str:
    """Write a record's paper, or the blank paper of a form."""
    if desk.shelf.knows(options.what):
        paper = printing.blank(desk, desk.shelf.source(options.what))
    else:
        stored = browsing.record(desk, RecordId(options.what))
        browsing.viewed(desk, stored)
        paper = printing.filled(desk, stored)
        printing.printed(desk, stored)
    write_whole(options.output.absolute(), paper.pdf)
    return f"Wrote {options.output}."


def export(desk: Desk, options: Namespace) -> Iterator[str]:
    """Write a form's tables, and what each file is."""
    made = exporting.gather(desk, options.form)
    written = exporting.files(made, options.output.suffix)
    exporting.exported(desk, made)
    for tail, data in written.items():
        file = options.output.with_stem(options.output.stem + tail)
        write_whole(file.absolute(), data)
        yield f"Wrote {file}."
    yield f"{made.records:,} records. They are readable to anyone who has the files."


def _listed(desk: Desk, said: Words) -> Iterator[str]:
    for source in desk.shelf:
        where = " ".join(dict.fromkeys(source.families.values()))
        yield f"{source.form:<20} {source.version:<12} {where:<14} {source.title}"
    for problem in forms_in_use.problems(desk):
        yield f"Check: {said.of(problem)}"
    if any_waits := _waits(desk):
        yield from (
            f"{one.source.form} {one.source.version} waits." for one in any_waits if one.source
        )


def _waits(desk: Desk) -> list[Candidate]:
    try:
        return forms_in_use.waiting(desk)
    except Refusal:  # only who may approve sees what waits
        return []


def _added(desk: Desk, file: Path, said: Words, line: Line) -> Iterator[str]:
    candidate = forms_in_use.add(desk, file)
    for problem in candidate.problems:
        yield line(file, problem)
    for change in candidate.changes:
        yield _change(change, said, candidate.answered)
    kept = forms_in_use.keep(desk, candidate)
    if kept.source is not None:
        ring = " Name its ring with --rings." if kept.needs_ring else ""
        yield f"{kept.source.form} waits. Approve it with --why and a reason.{ring}"


def _change(change: Change, said: Words, answered: int) -> str:
    values: dict[str, Value] = {
        "question": change.label or change.key,
        "choice": change.choice,
        "aspect": change.aspect,
        "old": change.old,
        "new": change.new,
        "perhaps": change.perhaps,
        "records": answered,
    }
    sentence = said.say(f"services.change_{change.effect}", values)
    hint = said.say("services.change_perhaps", values) if change.perhaps else ""
    return f"{change.what.capitalize()}: {change.key}. {sentence} {hint}".rstrip()


def _waiting(desk: Desk, form: str) -> Candidate:
    found = [one for one in forms_in_use.waiting(desk) if one.source and one.source.form == form]
    if not found:
        raise Refusal("services.no_form_waits", form=form)
    return found[-1]


def _earlier(words: list[str]) -> dict[str, str]:
    found = {}
    for word in words:
        new, equals, old = word.partition("=")
        if not (new and equals and old):
            raise Refusal("cli.mapping_not_read", word=word)
        found[new] = old
    return found
