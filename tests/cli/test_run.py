"""What a command's end says to the shell."""

from __future__ import annotations

import argparse
import subprocess
import sys
from argparse import Namespace

import pytest

from leadapp.cli import run
from leadapp.cli.arguments import parser
from leadapp.cli.commands import BY_NAME
from leadapp.cli.passwords import read_password
from leadapp.core.errors import Damage, Refusal
from leadapp.core.problems import Place, Problem
from leadapp.main import main


def ending(monkeypatch, error):
    def fail(options):
        raise error

    monkeypatch.setitem(BY_NAME, "verify", fail)
    return run.run(Namespace(command="verify"))


def test_a_refusal_is_a_sentence_and_its_problems_by_question(monkeypatch, capsys):
    problem = Problem("services.reason_needed", place=Place(path="scene/where"))
    error = Refusal("services.answers_to_fix", problems=(problem,), count=1)
    assert ending(monkeypatch, error) == 1
    first, second = capsys.readouterr().err.splitlines()
    assert first.endswith(".") or first[-1].isdigit()
    assert second.split()[0] == "scene/where"
    assert "reason" in second


def test_damage_is_told_too(monkeypatch, capsys):
    assert ending(monkeypatch, Damage("services.no_signing_key")) == 1
    assert "Restore a backup" in capsys.readouterr().err


@pytest.mark.parametrize(("error", "code"), [(KeyboardInterrupt(), 1), (BrokenPipeError(), 0)])
def test_being_cut_off_is_no_traceback(monkeypatch, error, code):
    assert ending(monkeypatch, error) == code


def test_a_mistake_of_ours_is_not_hidden(monkeypatch):
    with pytest.raises(ZeroDivisionError):
        ending(monkeypatch, ZeroDivisionError())


def test_only_the_first_line_of_a_password_file_counts(tmp_path):
    file = tmp_path / "password.txt"
    file.write_text("tall trees lean gently\nsecond line\n", "utf-8")
    assert read_password(file) == "tall trees lean gently"


def test_no_one_at_the_prompt_is_refused(monkeypatch):
    def closed(prompt):
        raise EOFError

    monkeypatch.setattr("getpass.getpass", closed)
    with pytest.raises(Refusal, match=r"cli\.no_password"):
        read_password(None)


def test_a_password_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(Refusal, match=r"cli\.cannot_read"):
        read_password(tmp_path / "none.txt")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere Qt needs no variable to find it")
def test_a_window_without_a_screen_is_refused_in_words(monkeypatch, capsys):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert main([]) == 1
    assert capsys.readouterr().err.startswith("There is no screen here")


def test_a_password_may_come_from_a_pipe_without_a_warning(tmp_path):
    said = subprocess.run(
        [sys.executable, "-c", "from leadapp.cli.passwords import read_password;"
         "print(read_password(None))"],
        input="seven quiet lanterns hum\n", capture_output=True, text=True, check=True,
        start_new_session=True,
    )  # fmt: skip
    assert said.stdout.endswith("seven quiet lanterns hum\n")
    assert "Warning: Password" not in said.stderr
    assert "GetPassWarning" not in said.stderr


def explained(top: argparse.ArgumentParser) -> list[tuple[str, bool]]:
    """Return every argument of a command and of what is below it, and whether a word says what it is."""
    found: list[tuple[str, bool]] = []
    for action in top._actions:
        if isinstance(action, argparse._SubParsersAction):
            for command in action.choices.values():
                found += explained(command)
        else:
            found.append((f"{top.prog} {action.dest}", bool(action.help)))
    return found


@pytest.mark.parametrize(
    "command", ["backup", "bundle", "demo", "device", "join", "redact", "sync"]
)
def test_every_argument_of_what_a_coordinator_does_is_explained(command):
    commands = next(one for one in parser()._actions if isinstance(one, argparse._SubParsersAction))
    silent = [name for name, said in explained(commands.choices[command]) if not said]
    assert silent == []
