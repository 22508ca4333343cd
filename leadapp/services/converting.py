"""Workbooks turned into XForms in a process of their own.

pyxform takes half a second to import and holds the interpreter while it works; the
window would stutter. The process is started for the first workbook that is not in the
cache, and ends with the work.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager

from leadapp.core.errors import LeadappError, Refusal
from leadapp.core.problems import Problem
from leadapp.forms.reading import Converted, convert
from leadapp.forms.reading.loading import Convert

Outcome = tuple[Converted | None, str, dict[str, str | int | float | None], tuple[Problem, ...]]


@contextmanager
def apart() -> Iterator[Convert]:
    """Give a converter whose process starts with the first workbook and ends with the block."""
    with ExitStack() as stack:
        started: list[ProcessPoolExecutor] = []

        def convert_there(data: bytes, suffix: str, name: str) -> Converted:
            if not started:
                context = multiprocessing.get_context("spawn")
                pool = ProcessPoolExecutor(max_workers=1, mp_context=context)
                started.append(stack.enter_context(pool))
            return _result(started[0], data, suffix, name)

        yield convert_there


def _result(pool: ProcessPoolExecutor, data: bytes, suffix: str, name: str) -> Converted:
    try:
        made, code, values, problems = pool.submit(_converted, data, suffix, name).result()
    except BrokenProcessPool as cause:
        raise Refusal("services.form_not_converted", form=name) from cause
    if made is None:
        raise Refusal(code, problems=problems, **values)
    return made


def _converted(data: bytes, suffix: str, name: str) -> Outcome:
    """Convert, and give a refusal back as values: exceptions with codes do not travel."""
    try:
        return convert(data, suffix, name), "", {}, ()
    except LeadappError as error:
        problems = error.problems if isinstance(error, Refusal) else ()
        return None, error.code, error.values, problems
