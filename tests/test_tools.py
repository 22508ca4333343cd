"""What the set-up and the try-out decide by themselves."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest

from tools import run, setup


@pytest.mark.parametrize(
    ("day", "month"),
    [
        (date(2026, 11, 22), "2026-10"),
        (date(2026, 1, 1), "2025-12"),
        (date(2024, 3, 31), "2024-02"),
    ],
)
def test_the_report_is_of_the_month_before(day, month):
    assert run.last_month(day) == month


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems have a screen")
def test_a_screen_is_what_the_desktop_names(monkeypatch):
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert not run.has_screen()
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert run.has_screen()


def test_the_python_that_runs_this_is_served():
    assert setup.usable(sys.executable) is not None


def test_a_python_that_is_too_old_is_not_used(tmp_path: Path):
    old = tmp_path / "python3.9"
    old.write_text("#!/bin/sh\necho 3 9\n", "utf-8")
    old.chmod(0o755)
    assert setup.usable(str(old)) is None


def test_a_library_that_is_not_there_is_told_apart():
    assert not setup.can_load("libno-such-thing.so.99")
