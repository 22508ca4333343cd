"""Reading papers that may come from a stranger."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pikepdf
import pytest

from leadapp.core.encoding import canonical_json
from leadapp.core.errors import Damage
from leadapp.papers.press import Press
from leadapp.papers.reading import figures_of, structure, text_of_pages
from leadapp.papers.record_list import ListColumn, ListPaper, render_list


def with_figures(data: bytes) -> bytes:
    """Return an empty PDF with ``data`` as its embedded figures."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.attachments["figures.json"] = data
        pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"{", "core.not_json"),
        (b"[]", "papers.no_figures"),
        (canonical_json({"format": "other"}), "papers.no_figures"),
        (canonical_json({"format": "leadapp-figures", "version": 2}), "papers.figures_newer"),
        (
            canonical_json({"format": "leadapp-figures", "version": 1, "values": [{"value": "9"}]}),
            "papers.figures_odd",
        ),
        (canonical_json({"format": "leadapp-figures", "version": 1}), "papers.figures_odd"),
    ],
)
def test_odd_figures_are_damage(data: bytes, code: str) -> None:
    with pytest.raises(Damage) as caught:
        figures_of(with_figures(data))
    assert caught.value.code == code


@pytest.mark.parametrize("read", [figures_of, text_of_pages, structure])
def test_what_is_no_pdf_is_damage(read) -> None:
    with pytest.raises(Damage) as caught:
        read(b"%PDF-1.7 but then nothing")
    assert caught.value.code == "papers.not_a_pdf"


def test_a_paper_without_figures_says_so(press: Press) -> None:
    printed = datetime(2025, 11, 3, tzinfo=UTC)
    paper = ListPaper("A", "B", "internal", (ListColumn("C"),), (("d",),), "E", printed)
    with pytest.raises(Damage) as caught:
        figures_of(render_list(paper, press))
    assert caught.value.code == "papers.no_figures"
