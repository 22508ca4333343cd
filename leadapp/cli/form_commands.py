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
        case "choose":
            chosen = forms_in_use.choose(
                desk, options.form, _approved(desk, options.form, options.version), options.why
            )
            yield f"{chosen.title}, version {chosen.version}, is used. The others are retired."
        case "send-back":
            waits = _waiting(desk, options.form)
            if waits.record is not None:
                forms_in_use.send_back(desk, waits.record, options.why)
            yield f"{options.form} waits no longer. What is in use stays in use."
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
    records = "1 record" if made.records == 1 else f"{made.records:,} records"
    yield f"{records}, readable to anyone who has the files."


def _listed(desk: Desk, said: Words) -> Iterator[str]:
    yield f"{'Form':<20} {'Version':<12} {'Ring':<14} Title"
    for source in desk.shelf:
        where = " ".join(dict.fromkeys(source.families.values()))
        yield f"{source.form:<20} {source.version:<12} {where:<14} {source.title}"
    for problem in forms_in_use.problems(desk):
        yield f"Check: {said.of(problem)}"
    for one in _waits(desk):
        if one.source is not None:
            yield f"{one.source.form} {one.source.version} waits to be approved: {one.source.title}"


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
    if candidate.against is not None and not candidate.changes and not candidate.blocked:
        yield "No question, rule or choice is different from the version in use."
    kept = forms_in_use.keep(desk, candidate)
    if kept.source is not None:
        form = kept.source.form
        ring = " --rings RINGS" if kept.needs_ring else ""
        yield f"{form} {kept.source.version} waits. To use it: forms DIR approve {form} --why WORDS{ring}"
    if kept.needs_ring:
        yield "It does not say who reads its records: --rings care, law, shared, or by side."


def _change(change: Change, said: Words, answered: int) -> str:
    values: dict[str, Value] = {
        "question": change.label or change.key,
        "choice": change.choice,
        "aspect": change.aspect,
        "old": change.old,
        "new": change.new,
        "perhaps": change.perhaps,
        "key": change.key,
        "records": answered,
    }
    sentence = said.say(f"services.change_{change.effect}", values)
    hint = said.say("services.change_perhaps", values) if change.perhaps else ""
    name = f"{change.label} ({change.key})" if change.label else change.key
    return f"{change.what.capitalize()}: {name}. {sentence} {hint}".rstrip()


def _approved(desk: Desk, form: str, version: str) -> str:
    """Return the hash of an approved version; of two of one name, its first letters tell."""
    found = [
        one.source.hash
        for one in forms_in_use.lines(desk)
        if one.source.form == form
        and one.state == "in_use"
        and (one.source.version == version or one.source.hash.startswith(version))
    ]
    if len(found) != 1:
        raise Refusal("services.no_such_version", form=form, version=version)
    return found[0]


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
