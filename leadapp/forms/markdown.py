"""Markdown of form texts: bold, italic and line breaks as rich text; links stay plain. Pure.

Forms from elsewhere carry a little HTML as well: what says the same as Markdown is read as
such, other tags are left out and entities are letters.
"""

from __future__ import annotations

import html
import re

_BOLD = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_ITALIC = re.compile(r"(?<![\w*])(\*|_)(?=\S)(.+?)(?<=\S)\1(?![\w*])")
_HEADING = re.compile(r"^#{1,6}\s+(.*)$", re.MULTILINE)
_LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
_LINE_END = re.compile(r"<br\s*/?>|</(?:p|div|h[1-6])>", re.IGNORECASE)
_STRONG = re.compile(r"</?(?:b|strong)>", re.IGNORECASE)
_SLANTED = re.compile(r"</?(?:i|em)>", re.IGNORECASE)
_OTHER = re.compile(
    r"</?(?:a|big|center|div|font|h[1-6]|p|small|span|sub|sup|u)(?:\s[^<>]*)?/?>", re.IGNORECASE
)
_ESCAPED = {"\\*": "\ue000", "\\_": "\ue001", "\\#": "\ue002"}
"""Marks that are meant as letters, and what stands for them while marks are read."""


def rich(text: str) -> str:
    """Return ``text`` as the small HTML a label shows; everything else is escaped."""
    safe = html.escape(_read(text), quote=False)
    safe = _HEADING.sub(r"<b>\1</b>", safe)
    safe = _BOLD.sub(r"<b>\2</b>", safe)
    safe = _ITALIC.sub(r"<i>\2</i>", safe)
    safe = _LINK.sub(r"\1 (\2)", safe)
    return _unescaped(safe).replace("\n", "<br>")


def plain(text: str) -> str:
    """Return ``text`` without its marks, for labels, names and announcements."""
    bare = _HEADING.sub(r"\1", _read(text))
    bare = _BOLD.sub(r"\2", bare)
    bare = _ITALIC.sub(r"\2", bare)
    return _unescaped(_LINK.sub(r"\1 (\2)", bare))


def _read(text: str) -> str:
    """Return ``text`` with HTML as Markdown or letters, and escaped marks set aside."""
    if "<" in text:
        text = _OTHER.sub("", _LINE_END.sub("\n", text))
        text = _SLANTED.sub("*", _STRONG.sub("**", text))
    if "&" in text:
        text = html.unescape(text).replace("\xa0", " ")
    if "\\" in text:
        for mark, stand_in in _ESCAPED.items():
            text = text.replace(mark, stand_in)
    return text


def _unescaped(text: str) -> str:
    for mark, stand_in in _ESCAPED.items():
        text = text.replace(stand_in, mark[1])
    return text
