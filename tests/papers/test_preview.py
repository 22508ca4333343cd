"""Pages as pixels."""

from __future__ import annotations

import pytest

from leadapp.core.errors import Damage
from leadapp.papers.press import Press
from leadapp.papers.preview import Preview
from leadapp.papers.report import render_report
from tests.papers.made_up import october


def test_a_page_has_the_size_asked_for_and_its_colours_in_rgb_order(press: Press) -> None:
    rendered = render_report(october(), press)
    with Preview(rendered.pdf) as preview:
        assert preview.size(0) == (612, 792)
        raster = preview.draw(0, 1.5)
    assert (raster.width, raster.height) == (918, 1188)
    assert len(raster.rgba) == 918 * 1188 * 4
    rule = raster.rgba[(int(73.5 * 1.5) * 918 + 450) * 4 :][:4]
    assert rule == bytes.fromhex(press.inks.head[1:]) + b"\xff"


def test_what_is_no_pdf_is_refused() -> None:
    with pytest.raises(Damage) as caught:
        Preview(b"not a document")
    assert caught.value.code == "papers.not_a_pdf"
