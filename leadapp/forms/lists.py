"""CSV lists that are attached to a form, as trees that expressions walk."""

from __future__ import annotations

import csv
import io
import re

from leadapp.core.errors import Refusal
from leadapp.forms.tree import Node

LARGEST = 20_000_000
MOST_ROWS = 100_000
_NOT_IN_A_NAME = re.compile(r"[^\w.\-]")


def list_from_csv(data: bytes, file: str) -> Node:
    """Return ``root/item/column`` for each row; Refusal when the file is not such a list."""
    if len(data) > LARGEST:
        raise Refusal("forms.list_too_large", file=file, most=LARGEST)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as cause:
        raise Refusal("forms.list_not_utf8", file=file) from cause
    document = Node("", kind="document")
    root = document.add(Node("root"))
    first = text.splitlines()[0] if text else ""
    separator = max(",;\t|", key=first.count)
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        header = [_NOT_IN_A_NAME.sub("_", name.strip()) for name in next(rows, [])]
        for number, row in enumerate(rows):
            if number >= MOST_ROWS:
                raise Refusal("forms.list_too_long", file=file, most=MOST_ROWS)
            if not any(row):
                continue
            item = root.add(Node("item"))
            for name, value in zip(header, row, strict=False):
                item.add(Node(name, value=value))
    except csv.Error as cause:
        raise Refusal("forms.list_unreadable", file=file) from cause
    return document
