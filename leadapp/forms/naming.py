"""Paths as names: ``/data/orx:meta/@id`` is ``("data", "meta", "@id")``."""

from __future__ import annotations

import re

Names = tuple[str, ...]

_PREDICATE = re.compile(r"\[[^\]]*\]")


def names_of(path: str, around: Names = ()) -> Names:
    """Return the names ``path`` leads to (predicates and prefixes cut), from ``around``."""
    bare = _PREDICATE.sub("", path.strip()).replace("current()", ".")
    names: list[str] = [] if bare.startswith("/") else list(around)
    for word in bare.split("/"):
        if word == "..":
            if names:
                names.pop()
        elif word not in ("", "."):
            mark = "@" if word.startswith("@") else ""
            names.append(mark + word.removeprefix("@").rpartition(":")[2])
    return tuple(names)


def common(left: Names, right: Names) -> int:
    """Return how many leading names two paths share."""
    shared = 0
    for a, b in zip(left, right, strict=False):
        if a != b:
            break
        shared += 1
    return shared
