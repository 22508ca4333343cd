"""The part of JSON Schema that the kept schema uses, checked word for word."""

from __future__ import annotations

import re
from typing import Any  # JSON is of any type by nature

_TYPES: dict[str, Any] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "null": type(None),
}
_KNOWN = {
    "$schema", "$defs", "$ref", "title", "description", "type", "properties", "required",
    "additionalProperties", "items", "const", "enum", "pattern", "minimum",
}  # fmt: skip


def faults(value: Any, schema: dict[str, Any], root: dict[str, Any], at: str = "$") -> list[str]:
    """Return where ``value`` is not as ``schema`` says; empty when it is."""
    unknown = set(schema) - _KNOWN
    if unknown:
        return [f"{at}: the schema uses {unknown}, which this check does not know"]
    if "$ref" in schema:
        return faults(value, root["$defs"][schema["$ref"].rpartition("/")[2]], root, at)
    wanted = schema.get("type", [])
    kinds = [wanted] if isinstance(wanted, str) else wanted
    if kinds and not any(isinstance(value, _TYPES[kind]) for kind in kinds):
        return [f"{at}: not {wanted}"]
    found = _value_faults(value, schema, at)
    if isinstance(value, dict):
        found += _object_faults(value, schema, root, at)
    if isinstance(value, list):
        for number, each in enumerate(value):
            found += faults(each, schema.get("items", {}), root, f"{at}[{number}]")
    return found


def _value_faults(value: Any, schema: dict[str, Any], at: str) -> list[str]:
    found = []
    if "const" in schema and value != schema["const"]:
        found.append(f"{at}: not {schema['const']}")
    if "enum" in schema and value not in schema["enum"]:
        found.append(f"{at}: not one of {schema['enum']}")
    if "pattern" in schema and not re.search(schema["pattern"], value):
        found.append(f"{at}: not like {schema['pattern']}")
    if "minimum" in schema and value < schema["minimum"]:
        found.append(f"{at}: under {schema['minimum']}")
    return found


def _object_faults(
    value: dict[str, Any], schema: dict[str, Any], root: dict[str, Any], at: str
) -> list[str]:
    known = schema.get("properties", {})
    found = [f"{at}: lacks {name}" for name in schema.get("required", []) if name not in value]
    if schema.get("additionalProperties") is False:
        found += [f"{at}: {name} is not known" for name in value if name not in known]
    for name in set(known) & set(value):
        found += faults(value[name], known[name], root, f"{at}.{name}")
    return found
