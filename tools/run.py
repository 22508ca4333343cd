"""Show the program at work on a made-up county: the window, or without a screen a report.

With a screen the window opens on the county. Without one the month's report is made
the same way the window would, and the place of its PDF is printed.
"""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PLACE = ROOT / "build" / "run"
COUNTY = PLACE / "county"
PAPERS = PLACE / "papers"
PASSWORDS = COUNTY / "passwords"


def main() -> int:
    """Make the county once, then open the window or print the report."""
    if not county_is_made():
        print("Making a made-up county in", COUNTY, flush=True)
        leadapp("demo", str(COUNTY))
    print(f"Made-up people and their passwords: {PASSWORDS}/<user>.txt", flush=True)
    if has_screen():
        leadapp("--program", str(COUNTY))
    else:
        print("No screen here, so the monthly report is made without a window.", flush=True)
        print("PDF:", monthly_report(last_month(date.today())))
    return 0


def county_is_made() -> bool:
    """Return whether an earlier run finished making the county."""
    return (PASSWORDS / "coordinator.txt").is_file()


def has_screen() -> bool:
    """Return whether a window can be shown here."""
    if sys.platform in ("darwin", "win32"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def last_month(day: date) -> str:
    """Return the month before ``day`` as ``YYYY-MM``."""
    return f"{day.replace(day=1) - timedelta(days=1):%Y-%m}"


def monthly_report(period: str) -> Path:
    """Make the coordinator's report of ``period`` and return its PDF."""
    PAPERS.mkdir(parents=True, exist_ok=True)
    paper = PAPERS / f"monthly-{period}.pdf"
    leadapp(
        "report",
        str(COUNTY),
        "monthly",
        "--period",
        period,
        "-o",
        str(paper),
        "--user",
        "coordinator",
        "--password-file",
        str(PASSWORDS / "coordinator.txt"),
    )
    return paper


def leadapp(*words: str) -> None:
    """Run one command of the program."""
    subprocess.run([sys.executable, "-m", "leadapp", *words], cwd=ROOT, check=True)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except subprocess.CalledProcessError as failed:
        sys.exit(failed.returncode)
