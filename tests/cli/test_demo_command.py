"""`leadapp demo`: small, through the command line."""

from __future__ import annotations

import platformdirs
import pytest

from leadapp.main import main
from leadapp.services import demo

SMALL = ("--people", "4", "--contacts", "6", "--months", "1", "--seed", "2")


@pytest.fixture
def elsewhere(tmp_path, made_county, monkeypatch):
    """Keep state out of the person's own folders."""
    monkeypatch.setattr(platformdirs, "user_state_dir", lambda *_, **__: str(tmp_path / "state"))
    monkeypatch.setattr(platformdirs, "user_cache_dir", lambda *_, **__: str(made_county.cache))
    return tmp_path


def test_a_county_is_made_and_can_be_opened(elsewhere, capsys):
    folder = elsewhere / "county"
    assert main(["demo", str(folder), *SMALL]) == 0
    said = capsys.readouterr().out
    assert "Alder County" in said
    password = folder / "passwords" / "coordinator.txt"
    assert str(password.parent) in said
    words = ["verify", str(folder), "--user", "coordinator", "--password-file", str(password)]
    assert main(words) == 0


def test_a_folder_in_use_is_refused_with_a_sentence(elsewhere, capsys):
    (elsewhere / "mine.txt").write_text("mine")
    assert main(["demo", str(elsewhere), *SMALL]) == 1
    assert "new folder" in capsys.readouterr().err
    assert (elsewhere / "mine.txt").read_text() == "mine"


def test_stopped_by_the_keyboard_it_says_so_and_is_refused_afterwards(
    elsewhere, monkeypatch, capsys
):
    folder = elsewhere / "county"

    def stop(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(demo.making, "_live", stop)
    assert main(["demo", str(folder), *SMALL]) == 1
    assert "Stopped" in capsys.readouterr().err
    monkeypatch.undo()
    assert main(["demo", str(folder), *SMALL]) == 1
    assert "Delete the folder" in capsys.readouterr().err
