"""The token file as frozen values: colours of light and night, sizes, densities.

Pure: no Qt. Papers read the same file by themselves.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

from leadapp.core.errors import Damage


@dataclass(frozen=True, slots=True)
class Colours:
    """Every colour of one mode, as ``#rrggbb`` (``scrim`` is ``#aarrggbb``)."""

    bg: str
    surface: str
    sunken: str
    raised: str
    line: str
    line_strong: str
    scroll: str
    text: str
    text2: str
    hint: str
    primary: str
    primary_hover: str
    primary_down: str
    primary_edge: str
    on_primary: str
    link: str
    tint: str
    tint2: str
    row_hover: str
    row_sel: str
    nav: str
    nav_sel: str
    nav_hover: str
    nav_text: str
    nav_dim: str
    nav_mark: str
    nav_count: str
    nav_count_text: str
    focus: str
    focus_gap: str
    ok: str
    ok_bg: str
    ok_line: str
    warn: str
    warn_bg: str
    warn_line: str
    warn_icon: str
    err: str
    err_bg: str
    err_line: str
    part2: str
    part2_bg: str
    part2_line: str
    neutral: str
    neutral_bg: str
    disabled: str
    disabled_bg: str
    chart1: str
    chart2: str
    chart3: str
    chart4: str
    toast: str
    toast_text: str
    toast_link: str
    toast_ok: str
    logo: str
    logo_ink: str
    scrim: str

    def of(self, name: str) -> str:
        """Return the colour called ``name``."""
        found: str = getattr(self, name)
        return found


@dataclass(frozen=True, slots=True)
class TypeSizes:
    """Text sizes in pixels at 100 %."""

    cap: int
    caption: int
    label: int
    body: int
    card_title: int
    pane_title: int
    page_title: int
    figure_small: int
    figure: int


@dataclass(frozen=True, slots=True)
class Measures:
    """Heights and text sizes of one density, in pixels at 100 %."""

    control: int
    button_small: int
    row: int
    row_two_lines: int
    target_gap: int
    body: int
    label: int


@dataclass(frozen=True, slots=True)
class Space:
    """Distances between things."""

    card: int
    card_gap: int
    field_across: int
    field_down: int
    label_gap: int


@dataclass(frozen=True, slots=True)
class Radius:
    """Corner radii."""

    control: int
    card: int
    palette: int


@dataclass(frozen=True, slots=True)
class Ring:
    """The focus ring: pen width, distance from the control, gap inside it."""

    width: float
    outside: float
    gap: float


@dataclass(frozen=True, slots=True)
class ShellSizes:
    """Sizes of the window frame."""

    nav: int
    rail: int
    rail_below: int
    drawer_below: int
    top_bar: int
    status_bar: int
    smallest_width: int
    smallest_height: int


@dataclass(frozen=True, slots=True)
class Tokens:
    """The whole file, but what only papers use."""

    light: Colours
    night: Colours
    type: TypeSizes
    office: Measures
    patrol: Measures
    space: Space
    radius: Radius
    ring: Ring
    shell: ShellSizes


def load_tokens(file: Path) -> Tokens:
    """Read ``resources/tokens.toml``."""
    try:
        table = tomllib.loads(file.read_text("utf-8"))
        space = {f.name: table["space"][f.name] for f in fields(Space)}
        return Tokens(
            light=Colours(**table["light"]),
            night=Colours(**table["night"]),
            type=TypeSizes(**table["type"]),
            office=Measures(**table["density"]["office"]),
            patrol=Measures(**table["density"]["patrol"]),
            space=Space(**space),
            radius=Radius(**table["radius"]),
            ring=Ring(**table["ring"]),
            shell=ShellSizes(**table["shell"]),
        )
    except (OSError, KeyError, TypeError, tomllib.TOMLDecodeError) as error:
        raise Damage("ui.tokens_unreadable", file=file.name) from error
