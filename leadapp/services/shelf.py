"""The forms in use: where their definitions come from and which ring they write to.

Forms are records of ``shared`` (form id ``_form``): the workbook as the county
approved it. A definition is read from it when first asked for and kept; older
versions stay, so that any record opens in the version that made it.
"""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from leadapp.core.errors import LeadappError, Refusal
from leadapp.core.ids import FormId, IdSource, RecordId, UserId
from leadapp.core.paths import shipped_forms
from leadapp.forms.model import Definition
from leadapp.forms.reading import load_definition
from leadapp.forms.reading.loading import Convert, form_file
from leadapp.services.converting import apart
from leadapp.store.writing import RecordWrite

FORM_RECORDS = FormId("_form")
FORMS_CACHE = "forms"
"""The folder inside a cache that keeps what reading a workbook once gave."""


@dataclass(frozen=True, slots=True)
class FormSource:
    """One version of a form as it was approved. ``rings`` is the form's own attribute."""

    form: FormId
    version: str
    hash: str
    kind: str
    rings: str
    title: str
    source: bytes
    source_type: str
    in_use: bool
    lists: Mapping[str, bytes] = field(default_factory=dict, hash=False)
    """The lists attached to it, by file name."""
    approved_at: str = ""
    """The moment it was put in use, ISO; "" for what came with the program."""

    @property
    def families(self) -> dict[str, str]:
        """Return the ring family for each side: ``{"law": "law", "office": "supply"}``."""
        return read_rings(self.rings)

    def family(self, side: str) -> str | None:
        """Return the ring family that ``side`` (law or office) writes this form to."""
        return self.families.get(side)

    def answers(self) -> dict[str, str]:
        """Return the answers of the ``_form`` record that keeps this version."""
        return {
            "form": self.form,
            "version": self.version,
            "hash": self.hash,
            "kind": self.kind,
            "rings": self.rings,
            "title": self.title,
            "source": base64.b64encode(self.source).decode("ascii"),
            "source_type": self.source_type,
            "state": "in_use" if self.in_use else "retired",
            "lists": _lists_as_text(self.lists),
            "approved_at": self.approved_at,
        }


def read_rings(text: str) -> dict[str, str]:
    """Read a form's ring attribute: ``law:law office:supply``, or one family for both sides."""
    found: dict[str, str] = {}
    for token in text.split():
        side, colon, family = token.partition(":")
        if colon:
            found[side] = family
        else:
            found.setdefault("law", side)
            found.setdefault("office", side)
    return found


def later(source: FormSource) -> tuple[float, str]:
    """Return what orders versions by their approval, the same on every computer."""
    moment = datetime.fromisoformat(source.approved_at).timestamp() if source.approved_at else 0.0
    return moment, source.hash


def _by_hash(sources: Iterable[FormSource]) -> dict[str, FormSource]:
    """Return each text once; what two computers kept of one text is in use if either says so."""
    found: dict[str, FormSource] = {}
    for source in sources:
        known = found.get(source.hash)
        if known is None or (source.in_use, later(source)) > (known.in_use, later(known)):
            found[source.hash] = source
    return found


def source_of(answers: Mapping[str, str]) -> FormSource:
    """Return the source kept in a ``_form`` record's answers."""
    return FormSource(
        form=FormId(answers["form"]),
        version=answers["version"],
        hash=answers["hash"],
        kind=answers["kind"],
        rings=answers["rings"],
        title=answers["title"],
        source=base64.b64decode(answers["source"]),
        source_type=answers["source_type"],
        in_use=answers["state"] == "in_use",
        lists=_lists_of_text(answers.get("lists", "")),
        approved_at=answers.get("approved_at", ""),
    )


def _lists_as_text(lists: Mapping[str, bytes]) -> str:
    if not lists:
        return ""
    return json.dumps({name: base64.b64encode(data).decode() for name, data in lists.items()})


def _lists_of_text(text: str) -> dict[str, bytes]:
    return {name: base64.b64decode(data) for name, data in json.loads(text or "{}").items()}


def shipped_sources(cache: Path) -> list[FormSource]:
    """Return the forms the program ships with; the first time this takes some seconds."""
    folders = sorted(path for path in shipped_forms().iterdir() if path.is_dir())
    with apart() as convert:
        return [_shipped_source(form_file(one), one.name, cache, convert) for one in folders]


def _shipped_source(file: Path, form: str, cache: Path, convert: Convert) -> FormSource:
    data = file.read_bytes()
    name = f"{form}{file.suffix}"
    definition = load_definition(data, name=name, cache=cache, convert=convert)
    return source_from(definition, data, file.suffix)


def source_from(
    definition: Definition,
    data: bytes,
    source_type: str,
    *,
    lists: Mapping[str, bytes] | None = None,
    approved_at: str = "",
) -> FormSource:
    """Return a form that has just been read as one to put in use."""
    return FormSource(
        form=FormId(definition.id),
        version=definition.version,
        hash=definition.hash,
        kind=definition.kind,
        rings=definition.rings,
        title=definition.title,
        source=data,
        source_type=source_type,
        in_use=True,
        lists=dict(lists or {}),
        approved_at=approved_at,
    )


def form_writes(
    sources: Iterable[FormSource], *, ids: IdSource, author: UserId, at: datetime
) -> list[RecordWrite]:
    """Return the ``_form`` records that put ``sources`` in use."""
    return [
        RecordWrite(
            record=RecordId(ids()),
            form=FORM_RECORDS,
            form_version="1",
            op="save",
            values=source.answers(),
            author=author,
            at=at,
        )
        for source in sources
    ]


class Shelf:
    """All versions of all forms this desk knows; safe to ask from any lane.

    Where the version in use cannot be read any more, the last one before it that can be
    stands in for it, and ``broken`` says why.
    """

    def __init__(self, cache: Path, sources: Iterable[FormSource]) -> None:
        self._cache = cache
        self._sources = _by_hash(sources)
        self._definitions: dict[str, Definition] = {}
        self._broken: dict[str, LeadappError] = {}
        self._lock = threading.Lock()

    @property
    def cache(self) -> Path:
        """Return the folder that keeps what reading a workbook once gave."""
        return self._cache

    def __iter__(self) -> Iterator[FormSource]:
        """Return the forms in use, by title."""
        used = {
            source.form: self.source(source.form) for source in self.versions() if source.in_use
        }
        return iter(sorted(used.values(), key=lambda source: source.title))

    def versions(self) -> tuple[FormSource, ...]:
        """Return every version of every form, also those not in use any more."""
        return tuple(self._sources.values())

    def broken(self) -> list[tuple[FormSource, LeadappError]]:
        """Return the versions in use that could not be read, and why."""
        return [
            (self._sources[name], why)
            for name, why in list(self._broken.items())
            if name in self._sources and self._sources[name].in_use
        ]

    def learn(self, sources: Iterable[FormSource]) -> None:
        """Go by these versions from now on: new ones, and a new word on old ones."""
        self._sources = {**self._sources, **_by_hash(sources)}

    def source(self, form: str, definition_hash: str = "") -> FormSource:
        """Return the version with ``definition_hash``; without one, the version in use.

        Never another one instead: what only that version asks would be lost from sight, and
        from the record where somebody corrects it.
        """
        if definition_hash in self._sources:
            return self._sources[definition_hash]
        if definition_hash:
            raise Refusal("services.form_version_not_here", form=form)
        versions = [source for source in self.versions() if source.form == form]
        used = [source for source in versions if source.in_use]
        if not used:
            raise Refusal("services.no_such_form", form=form)
        good = [source for source in used if source.hash not in self._broken]
        if good:
            return max(good, key=later)
        before = [source for source in versions if source.hash not in self._broken]
        if before:
            return replace(max(before, key=later), in_use=True)
        return used[0]

    def knows(self, form: str) -> bool:
        """Return whether a version of ``form`` is in use."""
        return any(source.form == form and source.in_use for source in self.versions())

    def definition(
        self, form: str, definition_hash: str = "", convert: Convert | None = None
    ) -> Definition:
        """Return the definition, read on first use (some 10 ms when cached, else a second).

        ``convert`` is given by who reads many at once.
        """
        source = self.source(form, definition_hash)
        with self._lock:
            known = self._definitions.get(source.hash)
            if known is None:
                try:
                    known = self._read(source, convert)
                except LeadappError as error:
                    self._broken[source.hash] = error
                    raise
                self._definitions[source.hash] = known
        return known

    def _read(self, source: FormSource, convert: Convert | None) -> Definition:
        if convert is not None:
            return self._load(source, convert)
        with apart() as own:
            return self._load(source, own)

    def _load(self, source: FormSource, convert: Convert) -> Definition:
        return load_definition(
            source.source,
            name=f"{source.form}{source.source_type}",
            attached=source.lists,
            cache=self._cache,
            convert=convert,
        )

    def keys(self, source: FormSource) -> Mapping[str, str]:
        """Return question name -> answer key, for questions outside repeats."""
        definition = self.definition(source.form, source.hash)
        return {
            node.name: node.key
            for node in definition.data.walk()
            if node.key and not node.children and node.names not in definition.repeated
        }
