"""A path that is typed, before anybody looks whether it is there."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from leadapp.ui.kit.file_line import FileLine


@pytest.fixture
def line(qtbot: QtBot) -> FileLine:
    made = FileLine("folder", "Choose the folder")
    qtbot.addWidget(made)
    return made


def test_a_path_does_not_depend_on_where_the_program_was_started(
    line: FileLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    line.set_value("stick")

    assert line.value() == tmp_path / "stick"


def test_a_tilde_stands_for_the_own_folder_only_where_somebody_has_that_name(
    line: FileLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "ada"))
    line.set_value("~/stick")
    assert line.value() == tmp_path / "ada" / "stick"

    line.set_value("~nobody-has-this-name/stick")

    assert line.value() == tmp_path / "~nobody-has-this-name" / "stick"
