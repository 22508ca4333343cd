"""Every pair of colours that carries meaning is far enough apart, by day, by night, on paper."""

from __future__ import annotations

import tomllib

import pytest

from leadapp.core import paths
from leadapp.ui.theme import Theme
from leadapp.ui.theme.contrast import contrast

TEXT, EDGE = 4.5, 3.0
_PAIRS = [
    ("text", "surface", TEXT),
    ("text", "bg", TEXT),
    ("text", "sunken", TEXT),
    ("text", "raised", TEXT),
    ("text", "row_sel", TEXT),
    ("text", "row_hover", TEXT),
    ("text", "tint", TEXT),
    ("text", "tint2", TEXT),
    ("text2", "surface", TEXT),
    ("text2", "bg", TEXT),
    ("text2", "sunken", TEXT),
    ("text2", "row_sel", TEXT),
    ("hint", "surface", TEXT),
    ("hint", "bg", TEXT),
    ("hint", "sunken", TEXT),
    ("ok", "ok_bg", TEXT),
    ("ok", "surface", TEXT),
    ("warn", "warn_bg", TEXT),
    ("warn", "surface", TEXT),
    ("err", "err_bg", TEXT),
    ("err", "surface", TEXT),
    ("err", "row_sel", TEXT),
    ("err", "sunken", TEXT),
    ("part2", "part2_bg", TEXT),
    ("part2", "surface", TEXT),
    ("neutral", "neutral_bg", TEXT),
    ("on_primary", "primary", TEXT),
    ("on_primary", "primary_hover", TEXT),
    ("on_primary", "primary_down", TEXT),
    ("link", "surface", TEXT),
    ("link", "bg", TEXT),
    ("link", "tint", TEXT),
    ("nav_text", "nav", TEXT),
    ("nav_text", "nav_sel", TEXT),
    ("nav_text", "nav_hover", TEXT),
    ("nav_dim", "nav", TEXT),
    ("nav_dim", "nav_hover", TEXT),
    ("nav_count_text", "nav_count", TEXT),
    ("disabled", "disabled_bg", TEXT),
    ("toast_text", "toast", TEXT),
    ("toast_link", "toast", TEXT),
    ("toast_ok", "toast", EDGE),
    ("nav_mark", "nav_sel", EDGE),
    ("line_strong", "surface", EDGE),
    ("line_strong", "bg", EDGE),
    ("focus", "surface", EDGE),
    ("focus", "bg", EDGE),
    ("focus", "nav", EDGE),
    ("primary_edge", "surface", EDGE),
    ("warn_icon", "warn_bg", EDGE),
    ("err_line", "surface", EDGE),
]
_LOW_BY_DESIGN = {("focus", "nav", "light")}


@pytest.mark.parametrize("mode", ["light", "night"])
@pytest.mark.parametrize(("ink", "ground", "least"), _PAIRS)
def test_a_pair_can_be_told_apart(
    look: Theme, mode: str, ink: str, ground: str, least: float
) -> None:
    colours = look.tokens.light if mode == "light" else look.tokens.night
    if (ink, ground, mode) in _LOW_BY_DESIGN:
        # There the ring's light gap line is what is seen.
        ink, least = "focus_gap", EDGE
    assert contrast(colours.of(ink), colours.of(ground)) >= least


@pytest.mark.parametrize(
    ("ink", "least"),
    [("ink", TEXT), ("ink2", TEXT), ("head", TEXT), ("bar1", EDGE), ("bar2", EDGE), ("bar3", EDGE)],
)
def test_ink_can_be_read_on_paper(ink: str, least: float) -> None:
    table = tomllib.loads((paths.resources() / "tokens.toml").read_text("utf-8"))
    assert contrast(table["print"][ink], table["print"]["paper"]) >= least


def test_the_formula_gives_the_known_ends() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#123456", "#123456") == pytest.approx(1.0)
