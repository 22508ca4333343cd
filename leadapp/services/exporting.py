"""A form's records as tables for a spreadsheet or a statistician: what leaves the program in clear.

One table holds a row for each record, with the questions of every version of the form;
each repeat is a table of its own, tied to its record by number; a dictionary says what each
column means. Only records in rings this person may export from are in it, void ones are
not, and that it was made is logged before anything is handed out. The mark of a self-made
code is in none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from leadapp.core.attachments import read_attachment, read_signed_on_paper
from leadapp.core.errors import LeadappError, Refusal
from leadapp.core.ids import FormId, RingId
from leadapp.forms.checking.kind_needs import written_types
from leadapp.forms.differences import choices_of, text_of
from leadapp.forms.model import DataNode, Definition
from leadapp.forms.table_out import OutTable, write_csv, write_tables
from leadapp.naloxone.marks import QUESTION as MARK
from leadapp.services.desk import Desk, family_of
from leadapp.services.shelf import FormSource
from leadapp.staff.rights import Reach
from leadapp.store.queries import RecordQuery, StoredRecord
from leadapp.store.writing import Access

ABOUT_RECORD = ("record", "version", "finished", "author", "ring", "late", "paper")
ABOUT_COPY = ("record", "copy", "within", "number")
DICTIONARY = "dictionary"
_DICTIONARY_HEADER = ("table", "column", "question", "type", "choices", "versions")
_PAGE = 500
_COPY = re.compile(r"([^/\[\]]+)\[([^\[\]]*)\]")
_COPIES = re.compile(r"\[[^\[\]]*\]")


@dataclass(slots=True)
class _Column:
    label: str
    type: str
    choices: dict[str, str]
    versions: list[str]


@dataclass(slots=True)
class _Sheet:
    """A table in the making: columns by stored key, rows by what ties them."""

    columns: dict[str, _Column] = field(default_factory=dict)
    rows: list[tuple[tuple[str, ...], Mapping[str, str]]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Exported:
    """What was read, ready to be written. ``tables`` begin with the records'."""

    form: str
    tables: tuple[OutTable, ...]
    counts: Mapping[RingId, int]

    @property
    def records(self) -> int:
        """Return how many records are in it."""
        return sum(self.counts.values())


def gather(desk: Desk, form: str) -> Exported:
    """Return the tables of ``form``; refuses where nothing may be exported. Reader lane.

    Say ``exported`` before the tables are handed out.
    """
    versions = [source for source in desk.shelf.versions() if source.form == form]
    if not versions:
        raise Refusal("services.no_such_form", form=form)
    rings = _rings(desk, {source.kind for source in versions})
    if not rings:
        raise Refusal("services.not_allowed", action="export", kind=form)
    sheets = {"": _Sheet()}
    for source in _newest_first(versions):
        _add_version(desk, source, sheets)
    names = _user_names(desk)
    counts: dict[RingId, int] = {}
    for ring, reach in rings.items():
        for stored in _records(desk, FormId(form), ring, reach):
            _add_record(stored, sheets, names.get(stored.author, ""))
            counts[ring] = counts.get(ring, 0) + 1
    if not counts:
        raise Refusal("services.nothing_to_export", form=form)
    tables = tuple(_table(form, name, sheet) for name, sheet in sheets.items())
    return Exported(form, (*tables, _dictionary(form, sheets)), counts)


def exported(desk: Desk, made: Exported) -> None:
    """Log what is taken out, a line a ring; refuses when it cannot be logged. Writer lane."""
    care = RingId("care")
    for ring, count in made.counts.items():
        access = Access(
            desk.user, "export", desk.clock.now(), detail=f"{made.form}: {count} from {ring}"
        )
        desk.archive.note_access(care if care in desk.rings else ring, access)


def files(made: Exported, suffix: str) -> dict[str, bytes]:
    """Return what is added to the file's name -> bytes: one .xlsx, or a .csv for each table."""
    match suffix.lower():
        case ".xlsx":
            return {"": write_tables(made.tables)}
        case ".csv":
            return {
                "" if table.name == made.form else f"-{table.name}": write_csv(table)
                for table in made.tables
            }
        case _:
            raise Refusal("services.cannot_export", suffix=suffix)


# -- what may be read ------------------------------------------------------------------------


def _rings(desk: Desk, kinds: set[str]) -> dict[RingId, Reach]:
    """Return the rings with how far this person's right to export reaches in each.

    Where versions of the form are of several kinds, the strictest counts.
    """
    found: dict[RingId, Reach] = {}
    for ring in desk.rings:
        family = family_of(ring)
        reach = min(desk.reach("export", kind or "*", family) for kind in kinds)
        if family != "sys" and reach is not Reach.NONE:
            found[ring] = reach
    return found


def _records(desk: Desk, form: FormId, ring: RingId, reach: Reach) -> Iterator[StoredRecord]:
    author = desk.user if reach is Reach.OWN else None
    offset = 0
    while True:
        query = RecordQuery(forms=(form,), rings=(ring,), author=author, offset=offset, limit=_PAGE)
        lines = desk.reader.records(query)
        for line in lines:
            stored = desk.reader.record(ring, line.record)
            if stored is not None and not stored.voided:
                yield stored
        if len(lines) < _PAGE:
            return
        offset += _PAGE


def _user_names(desk: Desk) -> dict[str, str]:
    rows = desk.reader.rows("SELECT record_id, name FROM user", {})
    return {str(user): str(name) for user, name in rows} | {desk.user: desk.name}


def _newest_first(versions: list[FormSource]) -> list[FormSource]:
    return sorted(versions, key=lambda one: (one.in_use, one.approved_at), reverse=True)


# -- columns ---------------------------------------------------------------------------------


def _add_version(desk: Desk, source: FormSource, sheets: dict[str, _Sheet]) -> None:
    """Add what this version asks; a question known already only gains the version."""
    try:
        definition = desk.shelf.definition(source.form, source.hash)
    except LeadappError:  # cannot be read here: its answers still come, by their keys
        return
    for node in definition.data.walk():
        if not node.key or node.children or node.is_repeat or node.name.startswith("@"):
            continue
        if node.name == MARK:
            continue
        within = _repeat_of(definition, node)
        column = sheets.setdefault(within, _Sheet()).columns.setdefault(
            node.bind.was or node.key, _column(definition, node)
        )
        column.versions.append(source.version)


def _repeat_of(definition: Definition, node: DataNode) -> str:
    """Return the key of the innermost repeat around ``node``, "" outside."""
    for length in range(len(node.names) - 1, 0, -1):
        if node.names[:length] in definition.repeats:
            return "/".join(node.names[1:length])
    return ""


def _column(definition: Definition, node: DataNode) -> _Column:
    control = definition.controls.get(node.names)
    return _Column(
        label=text_of(definition, control.label) if control is not None else "",
        type=" or ".join(sorted(written_types(node, control))),
        choices=choices_of(definition, control),
        versions=[],
    )


# -- rows ------------------------------------------------------------------------------------


def _add_record(stored: StoredRecord, sheets: dict[str, _Sheet], author: str) -> None:
    about = (
        stored.record,
        stored.form_version,
        stored.finished_at,
        author,
        stored.ring,
        stored.about.get("_late", ""),
        stored.about.get("_paper", ""),
    )
    plain: dict[str, str] = {}
    copies: dict[str, dict[str, str]] = {}
    for key, text in {**stored.answers, **stored.calculated}.items():
        steps = _COPY.findall(key)
        if not steps:
            plain[key] = text
        elif not key.endswith("]"):
            place = key[: key.rindex("]") + 1]
            copies.setdefault(place, {})[key] = text
    removed = {place for place, one in copies.items() if one.get(f"{place}/_removed") == "1"}
    _put(sheets, "", about, plain)
    for place, values in sorted(copies.items(), key=lambda one: _order(one[0], copies)):
        if not any(place == gone or place.startswith(f"{gone}/") for gone in removed):
            tie = (stored.record, place, _around(place), values.get(f"{place}/_order", ""))
            answers = {_COPIES.sub("", key): text for key, text in values.items()}
            _put(sheets, _COPIES.sub("", place), tie, answers)


def _around(place: str) -> str:
    """Return the copy that this copy lies in, "" for one that lies in the record itself."""
    before = place[: place.rindex("[")]
    return before[: before.rindex("]") + 1] if "]" in before else ""


def _order(place: str, copies: Mapping[str, Mapping[str, str]]) -> tuple[str, float, str]:
    text = copies[place].get(f"{place}/_order", "")
    number = float(text) if text.replace(".", "", 1).isdigit() else 0.0
    return _COPIES.sub("", place), number, place


def _put(
    sheets: dict[str, _Sheet], name: str, tie: tuple[str, ...], values: Mapping[str, str]
) -> None:
    sheet = sheets.setdefault(name, _Sheet())
    said = {
        key: _outside(text)
        for key, text in values.items()
        if not key.rpartition("/")[2].startswith("_") and key.rpartition("/")[2] != MARK
    }
    for key in said:
        sheet.columns.setdefault(key, _Column("", "", {}, []))
    sheet.rows.append((tie, said))


def _outside(text: str) -> str:
    """Return an answer as it leaves: a file by its name and hash, a signed paper by its day."""
    attachment = read_attachment(text)
    if attachment is not None:
        return attachment.in_words
    day = read_signed_on_paper(text)
    return text if day is None else f"signed on paper {day}"


# -- tables ----------------------------------------------------------------------------------


def _table(form: str, name: str, sheet: _Sheet) -> OutTable:
    about = ABOUT_COPY if name else ABOUT_RECORD
    keys = tuple(sheet.columns)
    return OutTable(
        _name(form, name),
        (*(f"_{word}" for word in about), *keys),
        [(*tie, *(values.get(key, "") for key in keys)) for tie, values in sheet.rows],
    )


def _name(form: str, repeat: str) -> str:
    return repeat.replace("/", ".") or form


def _dictionary(form: str, sheets: Mapping[str, _Sheet]) -> OutTable:
    rows = [
        (
            _name(form, name),
            key,
            column.label,
            column.type,
            "; ".join(f"{choice} = {label}" for choice, label in column.choices.items()),
            ", ".join(dict.fromkeys(column.versions)),
        )
        for name, sheet in sheets.items()
        for key, column in sheet.columns.items()
    ]
    return OutTable(DICTIONARY, _DICTIONARY_HEADER, rows)
