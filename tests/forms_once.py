"""Forms read once a run: what a workbook says does not change from one desk to the next.

Every desk reads some twenty forms when it opens, 10 ms each where a cache knows their
workbooks and half a second where it is new; tests open thousands of desks. A form is known by
its whole contents, so a changed one is read. What is new is converted in a process of its own,
as ever, but in one for the whole run: each takes half a second to begin. Who tests the reading
itself, or an empty cache, asks for ``forms_read_anew``.
"""

from __future__ import annotations

import functools
import multiprocessing
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from pathlib import Path

import pytest

from leadapp.forms.model import Definition
from leadapp.forms.reading import load_definition
from leadapp.forms.reading.loading import Convert
from leadapp.services import converting, shelf

CACHE = Path(tempfile.gettempdir()) / "leadapp-test-forms"
"""What converting the shipped forms gave, kept from run to run; any program may be given it."""
_CONVERTED = CACHE / shelf.FORMS_CACHE
_HALF_WRITTEN = "*.new"
"""How files are called that another worker is just writing."""
Load = Callable[..., Definition]


def _once() -> Load:
    """Return what loads as ``load_definition`` does, and remembers it."""
    known: dict[tuple[object, ...], Definition] = {}

    def load(
        source: bytes,
        *,
        name: str,
        cache: Path,
        convert: Convert,
        attached: Mapping[str, bytes] | None = None,
    ) -> Definition:
        if cache == _CONVERTED:
            cache.mkdir(parents=True, exist_ok=True)
        elif not cache.exists():  # what a test starts as a process of its own will look there
            shipped()
            shutil.copytree(_CONVERTED, cache, ignore=shutil.ignore_patterns(_HALF_WRITTEN))
        contents = (source, name, tuple(sorted((attached or {}).items())))
        if contents not in known:
            known[contents] = load_definition(
                source, name=name, attached=attached, cache=cache, convert=convert
            )
        return known[contents]

    @functools.cache
    def shipped() -> None:
        _CONVERTED.mkdir(parents=True, exist_ok=True)
        shelf.shipped_sources(_CONVERTED)

    return load


@pytest.fixture(autouse=True, scope="session")
def _forms_read_once() -> Iterator[None]:
    # Its process starts with the first form that is converted.
    pool = ProcessPoolExecutor(max_workers=1, mp_context=multiprocessing.get_context("spawn"))
    with pytest.MonkeyPatch.context() as patch, pool:
        patch.setattr(shelf, "load_definition", _once())
        patch.setattr(converting, "ProcessPoolExecutor", lambda **_: nullcontext(pool))
        yield


@pytest.fixture
def forms_read_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have this test read every form as if it were the first on this computer."""
    monkeypatch.setattr(shelf, "load_definition", load_definition)
    monkeypatch.setattr(converting, "ProcessPoolExecutor", ProcessPoolExecutor)
