"""Charts: in proportion, in words, and the same picture on screen."""

from __future__ import annotations

import pytest
from reportlab.graphics.shapes import Rect
from reportlab.lib.colors import HexColor

from leadapp.papers.charts import BarChart, BarFigure, ChartPicture, draw_chart
from leadapp.papers.press import Press
from tests.papers.made_up import BY_MONTH, ENDINGS


def bars(picture: ChartPicture) -> list[Rect]:
    """Return the bars or columns of a chart."""
    return [shape for shape in picture.drawing.contents if isinstance(shape, Rect)]


def test_bars_are_as_long_as_their_numbers(press: Press) -> None:
    drawn = bars(draw_chart(ENDINGS, press.inks, 250))
    for bar, shape in zip(ENDINGS.bars, drawn, strict=True):
        assert bar.value is not None
        assert shape.width / drawn[0].width == pytest.approx(bar.value / 21)


def test_columns_are_as_tall_as_their_numbers(press: Press) -> None:
    drawn = bars(draw_chart(BY_MONTH, press.inks, 250))
    heights = [shape.height for shape in drawn]
    values = [column.value or 0 for column in BY_MONTH.columns]
    assert [h / heights[0] for h in heights] == pytest.approx([v / values[0] for v in values])


def test_what_is_not_recorded_is_grey(press: Press) -> None:
    drawn = bars(draw_chart(ENDINGS, press.inks, 250))
    assert drawn[-1].fillColor == HexColor(press.inks.bar3)
    assert drawn[0].fillColor == HexColor(press.inks.bar1)


def test_a_chart_of_zeros_has_no_bars_and_says_zero(press: Press) -> None:
    chart = BarChart("None", "0 contacts", (BarFigure("Home", 0, "0"),))
    picture = draw_chart(chart, press.inks, 250)
    assert bars(picture) == []
    assert picture.alt == "None. 0 contacts: Home 0."


def test_a_long_label_is_wrapped_inside_the_chart(press: Press) -> None:
    long = "Left at home with a family member who agreed to stay the night"
    picture = draw_chart(BarChart("T", "", (BarFigure(long, 3, "3"),)), press.inks, 250)
    assert picture.drawing.height > 30
    assert all(b.x >= 0 and b.x + b.width <= 250 for b in bars(picture))
