"""What a PDF holds: its text in order, its logical tree, its embedded figures.

A file may come from a stranger: what is not as this program writes it is Damage.
"""

from __future__ import annotations

import ctypes
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any  # PDFium's handles have no types

import pikepdf
import pypdfium2.raw as pdfium
from pypdfium2 import PdfDocument, PdfiumError

from leadapp.core.encoding import read_json
from leadapp.core.errors import Damage
from leadapp.papers.figures_json import FORMAT, VERSION
from leadapp.papers.finish import FIGURES_NAME
from leadapp.papers.preview import PDFIUM

_MOST_BYTES = 20_000_000
_LINE_END_HYPHEN = ("\x02", "\ufffe")
"""What PDFium gives for a hyphen at the end of a line."""


@dataclass(frozen=True, slots=True)
class Element:
    """An element of a page's logical tree."""

    kind: str
    alt: str
    scope: str
    kids: tuple[Element, ...]

    def walk(self) -> Iterator[Element]:
        """Yield this element and all under it, in reading order."""
        yield self
        for kid in self.kids:
            yield from kid.walk()


def text_of_pages(pdf: bytes) -> tuple[str, ...]:
    """Return the text of each page in reading order."""
    with PDFIUM:
        document = _open(pdf)
        try:
            return tuple(_text(document, number) for number in range(len(document)))
        finally:
            document.close()


def _open(pdf: bytes) -> PdfDocument:
    try:
        return PdfDocument(pdf)
    except PdfiumError as cause:
        raise Damage("papers.not_a_pdf") from cause


def _text(document: PdfDocument, number: int) -> str:
    page = document[number]
    text_page = page.get_textpage()
    found: str = text_page.get_text_bounded()
    text_page.close()
    page.close()
    for mark in _LINE_END_HYPHEN:
        found = found.replace(mark, "-")
    return found


def structure(pdf: bytes) -> tuple[tuple[Element, ...], ...]:
    """Return the logical tree of each page: the elements that have something on it."""
    with PDFIUM:
        document = _open(pdf)
        try:
            return tuple(_page_tree(document, number) for number in range(len(document)))
        finally:
            document.close()


def _page_tree(document: PdfDocument, number: int) -> tuple[Element, ...]:
    page = document[number]
    tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
    if not tree:
        page.close()
        return ()
    count = pdfium.FPDF_StructTree_CountChildren(tree)
    found = [_element(pdfium.FPDF_StructTree_GetChildAtIndex(tree, at)) for at in range(count)]
    pdfium.FPDF_StructTree_Close(tree)
    page.close()
    return tuple(each for each in found if each is not None)


def _element(handle: Any) -> Element | None:
    if not handle:
        return None
    count = pdfium.FPDF_StructElement_CountChildren(handle)
    kids = (_element(pdfium.FPDF_StructElement_GetChildAtIndex(handle, at)) for at in range(count))
    return Element(
        _string(pdfium.FPDF_StructElement_GetType, handle),
        _string(pdfium.FPDF_StructElement_GetAltText, handle),
        _scope(handle),
        tuple(kid for kid in kids if kid is not None),
    )


def _string(ask: Callable[..., int], handle: Any, *more: Any) -> str:
    size = ask(handle, *more, None, 0)
    if not size:
        return ""
    buffer = ctypes.create_string_buffer(size)
    ask(handle, *more, buffer, size)
    return buffer.raw.decode("utf-16-le").rstrip("\0")


def _scope(handle: Any) -> str:
    for at in range(max(0, pdfium.FPDF_StructElement_GetAttributeCount(handle))):
        attribute = pdfium.FPDF_StructElement_GetAttributeAtIndex(handle, at)
        value = pdfium.FPDF_StructElement_Attr_GetValue(attribute, b"Scope")
        if value:
            return _name(value)
    return ""


def _name(value: Any) -> str:
    size = ctypes.c_ulong(0)
    pdfium.FPDF_StructElement_Attr_GetStringValue(value, None, 0, size)
    buffer = ctypes.create_string_buffer(size.value)
    pdfium.FPDF_StructElement_Attr_GetStringValue(value, buffer, size.value, size)
    return buffer.raw.decode("utf-16-le").rstrip("\0")


def figures_of(pdf: bytes) -> dict[str, Any]:
    """Return the figures embedded in a report; Damage when there are none to rely on.

    The values are as ``docs/report-figures.schema.json`` says.
    """
    table = read_json(_embedded(pdf))
    if not isinstance(table, dict) or table.get("format") != FORMAT:
        raise Damage("papers.no_figures")
    if table.get("version") != VERSION:
        raise Damage("papers.figures_newer", version=str(table.get("version")))
    values = table.get("values")
    if not isinstance(values, list) or not all(_is_value(value) for value in values):
        raise Damage("papers.figures_odd")
    return table


def _embedded(pdf: bytes) -> bytes:
    try:
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            spec = opened.attachments.get(FIGURES_NAME)
            data = b"" if spec is None else spec.get_file().read_bytes()
    except (pikepdf.PdfError, pikepdf.PasswordError) as cause:
        raise Damage("papers.not_a_pdf") from cause
    if not data or len(data) > _MOST_BYTES:
        raise Damage("papers.no_figures")
    return data


def _is_value(value: object) -> bool:
    if not isinstance(value, dict):
        return False
    texts = ("measure", "unit", "group", "column", "starts", "ends", "shown")
    number = value.get("value")
    is_number = number is None or (isinstance(number, int | float) and not isinstance(number, bool))
    return is_number and all(isinstance(value.get(key), str) for key in texts)
