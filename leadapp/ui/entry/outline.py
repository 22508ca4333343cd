"""A form as sections, cards and runs of questions: what stands where, before any widget. Pure.

A group of questions is a card; a group of groups is a column of cards; a top-level group of
a long form is a section. What may be answered later today is kept apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from leadapp.forms.model import Control, Definition
from leadapp.forms.session import FormSession
from leadapp.forms.state import Item
from leadapp.ui.entry.spans import TWELVE, twelfths

_MANY = 100
"""Questions from which a form of several groups is asked a section at a time."""
_TABLE_COLUMNS = range(2, 6)
_TABLE_KINDS = frozenset({"input", "select1"})
_LONG = frozenset({"multiline", "label"})


@dataclass(frozen=True, slots=True)
class Run:
    """Questions side by side on one card; ``title`` is the group's, at its first run."""

    items: tuple[Item, ...]
    columns: int
    title: str = ""
    """Key of the group whose label is the title."""
    protected: bool = False


@dataclass(frozen=True, slots=True)
class Rows:
    """A repeat."""

    item: Item
    protected: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A group: its parts in order, and how wide it stands."""

    key: str
    span: int
    parts: tuple[Run | Rows | Block, ...]
    protected: bool = False
    later: bool = False

    def runs(self) -> Iterator[Run]:
        """Yield every run of questions in it."""
        for part in self.parts:
            if isinstance(part, Run):
                yield part
            elif isinstance(part, Block):
                yield from part.runs()


@dataclass(frozen=True, slots=True)
class Part:
    """A section: one group, or all of a short form. ``key`` is the group's."""

    key: str
    blocks: tuple[Block, ...]
    protected: bool = False
    later: tuple[Block, ...] = field(default=())


def outline(session: FormSession, *, flow: bool = False) -> tuple[Part, ...]:
    """Return the sections of the form; a short form is one.

    As a ``flow`` it is one too, in the order of the paper, with nothing kept for later.
    """
    definition = session.definition
    blocks = _top_blocks(definition, session.items(everything=True))
    if flow:
        return (Part("", tuple(blocks)),)
    now = tuple(block for block in blocks if not block.later)
    later = tuple(block for block in blocks if block.later)
    if not _in_sections(definition, now):
        return (Part("", now, later=later),)
    parts = [Part(block.key, (block,), block.protected) for block in now]
    if later:
        parts[-1] = Part(parts[-1].key, parts[-1].blocks, parts[-1].protected, later)
    return tuple(parts)


def is_table(item: Item) -> bool:
    """Return whether a repeat has few and short questions, so that its copies are lines."""
    inner = item.control.children
    if len(inner) not in _TABLE_COLUMNS:
        return False
    return all(
        child.kind in _TABLE_KINDS and not (_LONG & set(child.appearance)) for child in inner
    )


def block_of(definition: Definition, item: Item, columns: int) -> Block:
    """Return the block of a group, or of a copy of a repeat."""
    control = item.control
    copy = item.kind == "copy"
    span = TWELVE if copy else twelfths(control.width, columns)
    protected = _says(definition, control, "protected")
    parts = _parts(definition, item.children, control.columns, item.key, protected=protected)
    later = not copy and _later(definition, control)
    return Block(item.key, span, parts, protected=protected, later=later)


def _top_blocks(definition: Definition, items: Sequence[Item]) -> list[Block]:
    blocks: list[Block] = []
    loose: list[Item] = []
    for item in items:
        if item.kind == "question":
            loose.append(item)
            continue
        if loose:
            blocks.append(_loose(loose))
            loose = []
        if item.kind == "group":
            blocks.append(block_of(definition, item, 4))
        else:
            span = twelfths(item.control.width, 4)
            rows = Rows(item, _says(definition, item.control, "protected"))
            later = _later(definition, item.control)
            blocks.append(Block(item.key, span, (rows,), rows.protected, later))
    if loose:
        blocks.append(_loose(loose))
    return blocks


def _loose(items: Sequence[Item]) -> Block:
    return Block("", TWELVE, (Run(tuple(items), 4),))


def _parts(
    definition: Definition, items: Sequence[Item], columns: int, key: str, *, protected: bool
) -> tuple[Run | Rows | Block, ...]:
    parts: list[Run | Rows | Block] = []
    run: list[Item] = []
    for item in (*items, None):
        if item is not None and item.kind == "question":
            run.append(item)
            continue
        if run:
            title = key if not any(isinstance(part, Run) for part in parts) else ""
            parts.append(Run(tuple(run), columns, title, protected))
            run = []
        if item is None:
            break
        own = protected or _says(definition, item.control, "protected")
        if item.kind == "repeat":
            parts.append(Rows(item, own))
        else:
            inner = block_of(definition, item, columns)
            parts.append(inner)
    return tuple(parts)


def _in_sections(definition: Definition, blocks: Sequence[Block]) -> bool:
    if len(blocks) < 3:
        return False
    if "pages" in definition.body_class:
        return True
    count = sum(control.is_question for top in definition.body for control in top.walk())
    return count > _MANY


def _later(definition: Definition, control: Control) -> bool:
    node = definition.at.get(control.names)
    return node is not None and node.bind.later


def _says(definition: Definition, control: Control, name: str) -> bool:
    node = definition.at.get(control.names)
    if node is None:
        return False
    return node.bind.extra.get(name, "").strip().lower() in ("yes", "true", "1", "true()")
