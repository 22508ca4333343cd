"""The token file is the only place with colours, and all that is drawn follows it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QLabel

from leadapp.core import paths
from leadapp.core.errors import Bug, Damage
from leadapp.ui.kit.label import Label
from leadapp.ui.theme import Density, Theme, density_of, load_tokens, set_density
from leadapp.ui.theme.stylesheet import make_stylesheet

_LITERAL = re.compile(
    r"""["'#]\#?[0-9a-fA-F]{6}["']|["']#[0-9a-fA-F]{3,8}\b|\brgba?\(|QColor\(\s*\d|GlobalColor\.(?!transparent)"""
)


def test_no_colour_is_written_outside_the_token_file() -> None:
    root = Path(__file__).resolve().parent.parent.parent / "leadapp" / "ui"
    found = [
        f"{file.name}: {line.strip()}"
        for file in root.rglob("*.py")
        for line in file.read_text("utf-8").splitlines()
        if _LITERAL.search(line)
    ]
    assert found == []


def test_the_literal_check_finds_a_literal() -> None:
    assert _LITERAL.search('QColor("#ff0000")')
    assert _LITERAL.search("Qt.GlobalColor.red")


def test_a_token_file_that_lacks_a_colour_is_damage(tmp_path: Path) -> None:
    whole = (paths.resources() / "tokens.toml").read_text("utf-8")
    short = tmp_path / "tokens.toml"
    short.write_text(re.sub(r'\npart2 = "[^"]+".*', "", whole), "utf-8")
    with pytest.raises(Damage) as caught:
        load_tokens(short)
    assert caught.value.code == "ui.tokens_unreadable"


def test_the_style_sheet_names_only_tokens_there_are(look: Theme) -> None:
    sheet = make_stylesheet(look.tokens.light)
    assert "@" not in sheet
    assert "font-size" not in sheet


def test_night_changes_palette_and_labels_and_day_brings_them_back(look: Theme) -> None:
    label = Label("Saved", tone="ok")
    look.set_night(True)
    night = label.palette().color(QPalette.ColorRole.WindowText).name()
    assert night == look.tokens.night.ok
    assert QApplication.palette().color(QPalette.ColorRole.Window).name() == look.tokens.night.bg
    look.set_night(False)
    assert label.palette().color(QPalette.ColorRole.WindowText).name() == look.tokens.light.ok


def test_text_size_steps_through_its_four_sizes_and_stops_at_the_ends(look: Theme) -> None:
    seen = []
    for _ in range(5):
        look.step_text_size(1)
        seen.append(look.text_percent)
    assert seen == [115, 130, 150, 150, 150]
    look.step_text_size(0)
    assert look.text_percent == 100


def test_larger_text_makes_an_existing_label_larger(look: Theme) -> None:
    label = Label("Due work")
    before = label.font().pixelSize()
    look.set_text_size(150)
    assert label.font().pixelSize() == round(before * 1.5)


def test_a_marked_widget_gives_its_density_to_all_inside(look: Theme) -> None:
    outer = QLabel()
    inner = QLabel(outer)
    assert density_of(inner) is Density.OFFICE
    set_density(outer, Density.PATROL)
    assert density_of(inner) is Density.PATROL
    assert look.measures(inner).control == 44


def test_an_icon_keeps_the_colour_it_was_asked_for(look: Theme) -> None:
    image = look.pixmap("check", "err", 24, 1.0).toImage()
    wanted = look.colour("err")
    solid = [
        image.pixelColor(x, y)
        for x in range(24)
        for y in range(24)
        if image.pixelColor(x, y).alpha() == 255
    ]
    assert solid
    assert all(abs(pixel.red() - wanted.red()) <= 2 for pixel in solid)


def test_an_icon_that_is_not_there_is_our_fault(look: Theme) -> None:
    with pytest.raises(Bug):
        look.pixmap("no-such-icon", "text", 16)


def test_every_icon_the_code_names_is_in_the_resources() -> None:
    root = Path(__file__).resolve().parent.parent.parent
    named = set()
    for file in (root / "leadapp" / "ui").rglob("*.py"):
        text = file.read_text("utf-8")
        named |= set(re.findall(r'\bicon(?:=|: str = )"([a-z0-9-]+)"', text))
        named |= set(re.findall(r'\bIcon(?:Button)?\(\s*"([a-z0-9-]+)"', text))
    have = {file.stem for file in (root / "resources" / "icons").glob("*.svg")}
    assert named
    assert named - have == set()
