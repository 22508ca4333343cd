"""The record's shape: elements, attributes, repeats with their templates."""

from __future__ import annotations

from leadapp.forms import xml
from leadapp.forms.model import DataNode
from leadapp.forms.naming import Names
from leadapp.forms.rows import RowIndex
from leadapp.forms.xform_binds import Binds


class DataReader:
    """Reads the first instance."""

    def __init__(self, binds: Binds, repeats: frozenset[Names], rows: RowIndex) -> None:
        self._binds = binds
        self._repeats = repeats
        self._rows = rows

    def read(self, record: xml.Element) -> DataNode:
        """Return the shape of the whole record."""
        return self._node(record, (xml.local(record),))

    def _node(self, element: xml.Element, names: Names) -> DataNode:
        groups: dict[str, list[xml.Element]] = {}
        for inner in xml.children(element):
            groups.setdefault(xml.local(inner), []).append(inner)
        inside: list[DataNode] = []
        for name, elements in groups.items():
            below = (*names, name)
            if below in self._repeats:
                inside.append(self._repeat(elements, below))
            else:
                inside.extend(self._node(inner, below) for inner in elements[:1])
        key = "/".join(names[1:])
        return DataNode(
            names=names,
            default="" if inside else (element.text or "").strip(),
            bind=self._binds.at(names),
            children=tuple(inside),
            attributes=self._attributes(element, names),
            prefix=element.prefix or "",
            namespace=xml.namespace(element),
            row=self._rows.row(key),
        )

    def _attributes(self, element: xml.Element, names: Names) -> tuple[DataNode, ...]:
        found: list[DataNode] = []
        for name, value in element.attrib.items():
            if xml.is_javarosa(name):
                continue
            place = (*names, f"@{xml.local_name(name)}")
            found.append(DataNode(names=place, default=str(value), bind=self._binds.at(place)))
        return tuple(found)

    def _repeat(self, elements: list[xml.Element], names: Names) -> DataNode:
        templates = [e for e in elements if e.get(f"{{{xml.JAVAROSA}}}template") is not None]
        initial = [e for e in elements if e not in templates]
        shape = self._node(templates[0] if templates else elements[0], names)
        return DataNode(
            names=names,
            bind=shape.bind,
            children=shape.children,
            attributes=shape.attributes,
            is_repeat=True,
            initial=tuple(self._node(e, names) for e in initial),
            prefix=shape.prefix,
            namespace=shape.namespace,
            row=shape.row,
        )
