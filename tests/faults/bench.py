"""Runs the tests of the fault table and says what came of each row."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from xml.etree import ElementTree

from tests.faults.table import FAULTS, Fault

Outcome = tuple[str, float, str]
"""What came of a test, the seconds it took, and the figures it told."""
_NOT_RUN: Outcome = ("not run", 0.0, "")
_LAST = 200_000
"""Bytes of what the tests said that are kept, for whoever must find out why."""
_TESTS = Path(__file__).resolve().parent.parent


def lines(kills: int, seed: int) -> Iterator[str]:
    """Run every test once, then give a line for each fault, and one of sums.

    What the tests said lies in ``leadapp-faults.log`` in the system's folder for such files.
    """
    began = time.monotonic()
    ran = _run(kills, seed)
    marks: dict[str, int] = {}
    for one in FAULTS:
        mark = _mark(one, ran)
        marks[mark] = marks.get(mark, 0) + 1
        seconds = sum(ran[name][1] for name in one.tests if name in ran)
        lacks = f"  ({one.lacks})" if one.lacks else ""
        yield f"{one.number:>3}  {mark:<8} {seconds:6.1f} s  {one.what}{lacks}"
        yield from (
            f"         {ran[name][2]}" for name in one.tests if name in ran and ran[name][2]
        )
        if mark not in ("borne", "not here"):
            yield from (f"         {name}: {ran.get(name, _NOT_RUN)[0]}" for name in one.tests)
    sums = ", ".join(f"{count} {mark}" for mark, count in sorted(marks.items()))
    yield f"{len(FAULTS)} faults: {sums}; {len(ran)} tests, {time.monotonic() - began:.0f} s"


def _mark(one: Fault, ran: Mapping[str, Outcome]) -> str:
    if not one.tests:
        return "not here"
    outcomes = {ran.get(name, _NOT_RUN)[0] for name in one.tests}
    if "failed" in outcomes or "not run" in outcomes:
        return "WRONG"
    return "borne" if outcomes == {"passed"} else "in part"


def _run(kills: int, seed: int) -> dict[str, Outcome]:
    """Return, by test, what came of it and how long it took; cases of one test count together."""
    names = list(dict.fromkeys(name for one in FAULTS for name in one.tests))
    with tempfile.TemporaryDirectory(prefix="leadapp-bench-") as folder:
        report = Path(folder) / "report.xml"
        command = [
            *(sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "worksteal"),
            *("-p", "no:randomly", "-p", "no:cacheprovider", "-o", "timeout=580"),
            f"--junitxml={report}",
            *(str(_TESTS / name) for name in names),
        ]
        wanted = {"LEADAPP_FAULTS": "1", "LEADAPP_KILLS": str(kills), "LEADAPP_SEED": str(seed)}
        with (Path(folder) / "said").open("w+b") as said:
            subprocess.run(
                command, env=os.environ | wanted, cwd=_TESTS.parent, stdout=said, check=False
            )
            said.seek(0)
            kept = said.read()[-_LAST:].decode("utf-8", "replace")
        (Path(tempfile.gettempdir()) / "leadapp-faults.log").write_text(kept, "utf-8")
        return dict(_outcomes(report, names)) if report.exists() else {}


def _outcomes(report: Path, names: Iterable[str]) -> Iterator[tuple[str, Outcome]]:
    found: dict[tuple[str, str], Outcome] = {}
    for case in ElementTree.parse(report).iter("testcase"):  # noqa: S314 - just written by us
        key = case.get("classname", ""), re.sub(r"\[.*\]$", "", case.get("name", ""))
        outcome = "passed"
        for word, mark in (("failure", "failed"), ("error", "failed"), ("skipped", "skipped")):
            if case.find(word) is not None:
                outcome = mark
        before, seconds, told = found.get(key, ("passed", 0.0, ""))
        told = next((one.get("value", "") for one in case.iter("property")), told)
        worst = outcome if before == "passed" else before if outcome != "failed" else outcome
        found[key] = worst, seconds + float(case.get("time", "0")), told
    for name in names:
        file, test = name.split("::")
        key = "tests." + file.removesuffix(".py").replace("/", "."), test
        if key in found:
            yield name, found[key]
