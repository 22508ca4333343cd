"""Markdown of form texts: bold, italic and line breaks as rich text; links stay plain. Pure."""

from __future__ import annotations

import html
import re

_BOLD = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_ITALIC = re.compile(r"(?<![\w*])(\*|_)(?=\S)(.+?)(?<=\S)\1(?![\w*])")
_HEADING = re.compile(r"^#{1,6}\s+(.*)$", re.MULTILINE)
_LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")


def rich(text: str) -> str:
    """Return ``text`` as the small HTML a label shows; everything else is escaped."""
    safe = html.escape(text, quote=False)
    safe = _HEADING.sub(r"<b>\1</b>", safe)
    safe = _BOLD.sub(r"<b>\2</b>", safe)
    safe = _ITALIC.sub(r"<i>\2</i>", safe)
    safe = _LINK.sub(r"\1 (\2)", safe)
    return safe.replace("\n", "<br>")


def plain(text: str) -> str:
    """Return ``text`` without its marks, for labels, names and announcements."""
    bare = _HEADING.sub(r"\1", text)
    bare = _BOLD.sub(r"\2", bare)
    bare = _ITALIC.sub(r"\2", bare)
    return _LINK.sub(r"\1 (\2)", bare)
