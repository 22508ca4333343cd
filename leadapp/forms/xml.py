"""XML read safely: no entities, no network, no huge trees. The only door to lxml."""

from __future__ import annotations

from typing import Any

from lxml import etree

from leadapp.core.errors import Refusal
from leadapp.forms.tree import Node

LARGEST = 20_000_000
"""Bytes of XML that are read; the largest form seen in the wild has 4 million."""

Element = Any  # lxml ships no type hints

JAVAROSA = "http://openrosa.org/javarosa"
LEADAPP = "https://leadapp.example/xforms"
ENTITIES = "http://www.opendatakit.org/xforms/entities"
ODK = "http://www.opendatakit.org/xforms"


def read_xml(data: bytes | str) -> Element:
    """Return the root element of ``data``; Refusal when it is not well-formed or not safe."""
    raw = data.encode() if isinstance(data, str) else data
    if len(raw) > LARGEST:
        raise Refusal("forms.xml_too_large", size=len(raw), most=LARGEST)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        encoding="utf-8" if isinstance(data, str) else None,
    )
    try:
        root = etree.fromstring(raw.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError) as cause:
        line, column = getattr(cause, "position", (None, None))
        raise Refusal("forms.xml_unreadable", line=line, column=column) from cause
    document = root.getroottree().docinfo.internalDTD
    if document is not None and next(iter(document.iterentities()), None) is not None:
        raise Refusal("forms.xml_entities")
    return root


def local(element: Element) -> str:
    """Return the name of ``element`` without its namespace."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def namespace(element: Element) -> str:
    """Return the namespace of ``element``, or nothing."""
    return (etree.QName(element).namespace or "") if isinstance(element.tag, str) else ""


def children(element: Element, *names: str) -> list[Element]:
    """Return the child elements called ``names`` (all without names)."""
    return [child for child in element if (not names and local(child)) or local(child) in names]


def child(element: Element, *names: str) -> Element | None:
    """Return the first child element called one of ``names``."""
    return next(iter(children(element, *names)), None)


def attribute(element: Element, name: str, space: str = "") -> str:
    """Return an attribute's text, blank where there is none."""
    return element.get(f"{{{space}}}{name}" if space else name) or ""


def to_tree(element: Element) -> Node:
    """Return ``element`` as the only child of a document node."""
    document = Node("", kind="document")
    document.add(to_node(element))
    return document


def to_node(element: Element) -> Node:
    """Return ``element`` and all below it as nodes."""
    node = Node(
        local(element),
        value=element.text or "",
        namespace=namespace(element),
        prefix=element.prefix or "",
    )
    for name, value in element.attrib.items():
        qualified = etree.QName(name)
        node.attributes.append(
            Node(
                qualified.localname,
                node,
                str(value),
                kind="attribute",
                namespace=qualified.namespace or "",
            )
        )
    for inner in element:
        if not local(inner):
            continue
        made = node.add(to_node(inner))
        made.tail = inner.tail or ""
    return node


def local_name(name: str | bytes) -> str:
    """Return an attribute's name without its namespace."""
    return str(etree.QName(name).localname)


def is_javarosa(name: str | bytes) -> bool:
    """Return whether an attribute belongs to the JavaRosa namespace."""
    return bool(etree.QName(name).namespace == JAVAROSA)
