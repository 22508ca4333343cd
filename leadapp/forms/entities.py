"""What a finished form says of an entry of a local list: made, changed, and with which properties.

ODK's Entities (2022.1 to 2024.1): one list a form, its values where ``save_to`` says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from leadapp.forms.model import Definition
from leadapp.forms.renaming import to_present

_TRUE = frozenset({"1", "true", "true()", "yes"})


@dataclass(frozen=True, slots=True)
class EntitySave:
    """One record's word on one entry of a list. A blank property is no word on it."""

    list_name: str
    entity: str
    creates: bool
    """Whether it makes the entry where there is none yet: a create or an upsert."""
    label: str
    properties: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Places:
    """Where a form keeps what it says of an entity."""

    entity: str
    dataset: str
    properties: tuple[tuple[str, str], ...]


def entity_of(definition: Definition, answers: Mapping[str, str]) -> EntitySave | None:
    """Return what a record says of a list, by its typed and calculated answers together."""
    places = _places(definition)
    if places is None:
        return None
    said = to_present(definition, answers)
    creates = said.get(f"{places.entity}/@create", "").strip().lower() in _TRUE
    updates = said.get(f"{places.entity}/@update", "").strip().lower() in _TRUE
    entity = said.get(f"{places.entity}/@id", "").strip()
    if not entity or not (creates or updates):
        return None
    return EntitySave(
        list_name=said.get(f"{places.entity}/@dataset", "") or places.dataset,
        entity=entity,
        creates=creates,
        label=said.get(f"{places.entity}/label", ""),
        properties={
            name: said[key] for name, key in places.properties if said.get(key, "").strip()
        },
    )


def _places(definition: Definition) -> _Places | None:
    found = definition.kept.get("entity", False)
    if found is False:
        found = definition.kept["entity"] = _find(definition)
    assert found is None or isinstance(found, _Places)  # noqa: S101 - made one line above
    return found


def _find(definition: Definition) -> _Places | None:
    dataset = next(
        (
            node
            for node in definition.data.walk()
            if node.name == "@dataset" and node.names[-3:-1] == ("meta", "entity")
        ),
        None,
    )
    if dataset is None or dataset.names in definition.repeated:
        return None
    properties = tuple(
        (node.bind.saveto, node.key)
        for node in definition.data.walk()
        if node.bind.saveto and node.names not in definition.repeated
    )
    return _Places(dataset.key.rpartition("/")[0], dataset.default, properties)
