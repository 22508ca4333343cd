"""What each command does. Output goes to stdout, progress and refusals to stderr."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Callable
from functools import partial
from pathlib import Path

from leadapp.cli import form_commands
from leadapp.cli.desks import desk_of
from leadapp.cli.progress import Progress
from leadapp.cli.stock_commands import write_stock
from leadapp.core import paths
from leadapp.core.clock import SystemClock
from leadapp.core.encoding import read_json
from leadapp.core.errors import Damage, Refusal
from leadapp.core.files import write_whole
from leadapp.core.ids import RecordId, RingId
from leadapp.core.problems import Problem, Severity
from leadapp.core.words import Words, load_words
from leadapp.measures.periods import named
from leadapp.services import (
    access_log,
    backups,
    browsing,
    demo,
    filling,
    forms_in_use,
    printing,
    reporting,
    showing,
    verifying,
)
from leadapp.services.reread import is_emptied

GOOD, REFUSED = 0, 1


def words() -> Words:
    """Return the sentences of the command line: English."""
    return load_words(paths.resources() / "words")


def make_demo(options: Namespace) -> int:
    """Make the made-up county and say who may open it."""
    plan = demo.Plan(
        people=options.people,
        contacts=options.contacts,
        months=options.months,
        seed=options.seed,
    )
    try:
        with Progress(sys.stderr) as progress:
            made = demo.make(options.folder, plan, clock=SystemClock(), progress=progress.show)
    except KeyboardInterrupt as cause:
        raise Refusal("cli.demo_stopped", folder=str(options.folder)) from cause
    print(f"Made {made.county} in {options.folder}: {made.records:,} records up to {made.until}.")
    print(f"Passwords are in {options.folder / 'passwords'}.")
    return GOOD


def report(options: Namespace) -> int:
    """Write a report's PDF, print its figures, or both."""
    if options.output is None and not options.json:
        raise Refusal("cli.nothing_to_write")
    if options.publication and (options.json or options.funder):
        raise Refusal("cli.publication_is_a_pdf")
    with desk_of(options) as desk:
        made = reporting.run_report(desk, options.report, options.period)
        if options.publication:
            made = reporting.published(desk, made)
        elif options.funder is not None:
            made = reporting.for_funder(made, options.funder)
        if options.json:
            print(json.dumps(made.data, indent=1, ensure_ascii=False))
        if options.output is not None:
            paper = reporting.print_paper(desk, made)
            reporting.release(desk, made, "export", reviewed=options.publication)
            write_whole(options.output.absolute(), paper.pdf)
            print(f"Wrote {options.output}.", file=sys.stderr if options.json else sys.stdout)
    return GOOD


def submit(options: Namespace) -> int:
    """Finish a form with given answers and print the record's id."""
    try:
        given = read_json(_read(options.answers))
    except Damage as cause:
        raise Refusal("cli.answers_not_a_table", file=options.answers.name) from cause
    if isinstance(given, dict) and isinstance(given.get("answers"), dict):
        given = given["answers"]
    if not isinstance(given, dict) or not all(isinstance(text, str) for text in given.values()):
        raise Refusal("cli.answers_not_a_table", file=options.answers.name)
    with desk_of(options) as desk:
        saved = filling.submit(desk, options.form, given)
    print(saved.record)
    for warning in saved.warnings:
        print(f"  {warning.place.path or ''} {words().of(warning)}".rstrip(), file=sys.stderr)
    return GOOD


def show(options: Namespace) -> int:
    """Print a record as text, as JSON, or as its paper."""
    with desk_of(options) as desk:
        seen = browsing.record(desk, RecordId(options.record))
        browsing.viewed(desk, seen)
        if options.output is not None:
            paper = printing.filled(desk, seen)
            printing.printed(desk, seen)
            write_whole(options.output.absolute(), paper.pdf)
        if options.json:
            print(json.dumps(browsing.as_data(seen), indent=1, ensure_ascii=False))
        elif options.output is None:
            print(browsing.as_text(seen))
            if is_emptied(seen):
                print(words().say("cli.record_emptied"))
    return GOOD


def check(options: Namespace) -> int:
    """Say what is wrong with form files; refused when one cannot be used."""
    said = words()
    blocked = False
    for file in options.files:
        found = forms_in_use.check_file(file)
        if not found:
            print(f"{file}: checked, nothing to mend.")
        for problem in found:
            blocked = blocked or problem.blocks
            print(_line(said, file, problem))
    return REFUSED if blocked else GOOD


def stock(options: Namespace) -> int:
    """Write a paper or an export of the naloxone stock."""
    with desk_of(options) as desk:
        said = write_stock(desk, options)
    print(said)
    return GOOD


def forms(options: Namespace) -> int:
    """List the forms in use, add, approve or retire one."""
    said = words()
    with desk_of(options) as desk:
        for line in form_commands.forms(desk, options, said, partial(_line, said)):
            print(line)
    return GOOD


def print_paper(options: Namespace) -> int:
    """Write a record's paper or a form's."""
    with desk_of(options) as desk:
        print(form_commands.print_paper(desk, options))
    return GOOD


def export(options: Namespace) -> int:
    """Write a form's records as tables."""
    with desk_of(options) as desk:
        for line in form_commands.export(desk, options):
            print(line)
    return GOOD


def convert(options: Namespace) -> int:
    """Convert a form's file."""
    forms_in_use.convert_file(options.source, options.target)
    print(f"Wrote {options.target}.")
    return GOOD


def log(options: Namespace) -> int:
    """Print the accesses of a period, or write them as a paper."""
    with desk_of(options) as desk:
        names = showing.user_names(desk)
        found = access_log.access_log(desk, RingId(options.ring), named(options.period), names)
        if options.output is not None:
            paper = access_log.paper(desk, found)
            access_log.was_printed(desk, found)
            write_whole(options.output.absolute(), paper.pdf)
        else:
            access_log.was_read(desk, found)
    if options.output is not None:
        print(f"Wrote {options.output}: {len(found.lines):,} lines.")
        return GOOD
    for line in found.lines:
        at = line.at.isoformat(sep=" ", timespec="seconds")
        print("\t".join((at, line.who, line.act, line.record, line.why)))
    return GOOD


def verify(options: Namespace) -> int:
    """Check everything that can be checked without another copy."""
    said = words()
    with desk_of(options) as desk:
        result = verifying.verify(desk)
    for problem in result.problems:
        print(said.of(problem))
    print(result.line)
    return REFUSED if any(problem.blocks for problem in result.problems) else GOOD


def backup(options: Namespace) -> int:
    """Write a backup and say where."""
    with desk_of(options) as desk:
        made = backups.back_up(desk, options.output)
    print(f"Wrote {made}.")
    return GOOD


def restore(options: Namespace) -> int:
    """Put a backup back; what was there is moved aside."""
    result = backups.restore(options.backup, options.folder, clock=SystemClock())
    if result.moved_aside is not None:
        print(f"What was there is now in {result.moved_aside}.")
    print(f"Restored to {options.folder}. Unlock to merge what each part holds.")
    return GOOD


def _line(said: Words, file: Path, problem: Problem) -> str:
    place = problem.place
    where = [str(file)]
    if place.sheet:
        where.append(f"sheet {place.sheet}")
    if place.row:
        where.append(f"row {place.row}")
    if place.column:
        where.append(f"column {place.column}")
    marks = {Severity.ERROR: "", Severity.WARNING: "Check: ", Severity.NOTE: "Note: "}
    return f"{', '.join(where)}: {marks[problem.severity]}{said.of(problem)}"


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as cause:
        raise Refusal("cli.cannot_read", file=str(file)) from cause


BY_NAME: dict[str, Callable[[Namespace], int]] = {
    "demo": make_demo,
    "report": report,
    "submit": submit,
    "show": show,
    "check": check,
    "forms": forms,
    "print": print_paper,
    "export": export,
    "convert": convert,
    "stock": stock,
    "log": log,
    "verify": verify,
    "backup": backup,
    "restore": restore,
}
