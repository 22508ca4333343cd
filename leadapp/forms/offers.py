"""What a question offers to choose from: its own choices, a list of the form, one of the program.

A list that is the same whatever is answered is put together once a session and language,
with its words folded for searching: one of 50,000 streets answers each key in milliseconds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from leadapp.core.errors import Refusal
from leadapp.core.text import fold
from leadapp.forms.expressions.compiler import Expression
from leadapp.forms.expressions.environment import LookupPending
from leadapp.forms.live import LiveNode
from leadapp.forms.model import Control, Itemset, Text
from leadapp.forms.surroundings import Surroundings
from leadapp.forms.tree import Node

SHOWN_ROWS = 200
"""Rows of a list of the program that are offered before a search."""
_COLUMN = re.compile(r"(jr:itext\(\s*)?([A-Za-z_][\w.\-]*)(?(1)\s*\))")


@dataclass(frozen=True, slots=True)
class Offer:
    """A choice as it is offered now."""

    name: str
    label: str
    image: str = ""


@dataclass(frozen=True, slots=True)
class Prepared:
    """Offers that no answer changes, with the folded words a search looks into."""

    offers: tuple[Offer, ...]
    folded: tuple[str, ...]

    def matching(self, search: str | None, limit: int) -> tuple[Offer, ...]:
        """Return the offers that hold ``search``, at most ``limit`` (0: all)."""
        if not search:
            return self.offers[:limit] if limit else self.offers
        wanted, found = fold(search), []
        for offer, words in zip(self.offers, self.folded, strict=True):
            if wanted in words:
                found.append(offer)
                if limit and len(found) == limit:
                    break
        return tuple(found)


def offers_of(
    env: Surroundings, control: Control, node: LiveNode, search: str | None, limit: int
) -> tuple[tuple[Offer, ...], bool]:
    """Return what is offered, and whether a list is still on its way."""
    if not control.is_question:
        return (), False
    if _is_fixed(env, control):
        return _prepared(env, control, node).matching(search, limit), False
    offers, pending = _own_choices(env, control, node), False
    if control.itemset is not None:
        itemset = control.itemset
        try:
            if not itemset.is_filtered and not env.is_own_list(itemset.list_name):
                return tuple(_looked_up(env, control, itemset, node.value, search, limit)), False
            offers.extend(_listed(env, itemset, node))
        except LookupPending:
            pending = True
        except Refusal:
            pending = False  # a list that cannot be asked offers nothing; the checker says why
    found = _prepare(offers) if search else Prepared(tuple(offers), ())
    return found.matching(search, limit), pending


def _is_fixed(env: Surroundings, control: Control) -> bool:
    """Return whether the offers follow from the form and the language alone."""
    texts = (text for one in control.choices for text in (one.label, *one.media.values()))
    if not all(_says_no_answer(text) for text in texts):
        return False
    itemset = control.itemset
    if itemset is None:
        return bool(control.choices)
    plain = itemset.nodes.source.lstrip().startswith("instance(") and not itemset.is_filtered
    return plain and env.is_own_list(itemset.list_name) and env.has_fixed_texts


def _says_no_answer(text: Text | None) -> bool:
    return text is None or not text.expressions()


def _prepared(env: Surroundings, control: Control, node: LiveNode) -> Prepared:
    kept = env.prepared.get((control.names, env.language))
    if isinstance(kept, Prepared):
        return kept
    offers = _own_choices(env, control, node)
    if control.itemset is not None:
        with suppress(Refusal):  # a list that cannot be asked offers nothing; the checker says why
            offers.extend(_listed(env, control.itemset, node))
    made = _prepare(offers)
    env.prepared[control.names, env.language] = made
    return made


def _prepare(offers: Sequence[Offer]) -> Prepared:
    # A sign no one types keeps a search from running from the label into the name.
    return Prepared(tuple(offers), tuple(f"{fold(o.label)}\n{fold(o.name)}" for o in offers))


def _own_choices(env: Surroundings, control: Control, node: LiveNode) -> list[Offer]:
    return [
        Offer(
            choice.name, env.words(choice.label, node), env.words(choice.media.get("image"), node)
        )
        for choice in control.choices
    ]


def _looked_up(
    env: Surroundings,
    control: Control,
    itemset: Itemset,
    value: str,
    search: str | None,
    limit: int,
) -> list[Offer]:
    """Return the best rows of a list of the program, with those chosen already."""
    rows = env.searched(itemset.list_name, search or "", limit or SHOWN_ROWS) or ()
    offers = {row.name: Offer(row.name, row.label) for row in rows}
    for word in value.split() if control.kind in ("select", "rank") else [value]:
        if word and word not in offers and search is None:
            row = env.row(itemset.list_name, word)
            if row is not None:
                offers[word] = Offer(row.name, row.label)
    return list(offers.values())


def _listed(env: Surroundings, itemset: Itemset, node: LiveNode) -> list[Offer]:
    items: Sequence[Node] = itemset.nodes.nodes(node, env)
    value, label = _reader(env, itemset.value), _reader(env, itemset.label)
    return [Offer(value(item), label(item), _image(item)) for item in items]


def _reader(env: Surroundings, column: Expression) -> Callable[[Node], str]:
    """Return what reads a column of an item; nearly always it is a bare name, or its translation."""
    found = _COLUMN.fullmatch(column.source.strip())
    if found is None:
        return lambda item: column.text(item, env)
    translated, name = bool(found[1]), found[2]
    if translated:
        return lambda item: env.translation(_cell(item, name))
    return lambda item: _cell(item, name)


def _cell(item: Node, name: str) -> str:
    for cell in item.children:
        if cell.name == name:
            return cell.value
    return ""


def _image(item: Node) -> str:
    return _cell(item, "image")
