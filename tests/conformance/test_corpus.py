"""The engine against other projects' cases, where they are at hand (``LEADAPP_CORPUS``)."""

from __future__ import annotations

import contextlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from leadapp.core.errors import Refusal
from leadapp.forms.model import Definition
from leadapp.forms.reading import (
    load_definition,
    read_markdown,
    read_markdown_form,
    read_spreadsheet,
    write_markdown,
    write_spreadsheet,
)
from leadapp.forms.reading.converting import convert_workbook
from leadapp.ui.theme import Theme
from tests.conformance.showing import paper_of, widgets_of

CORPUS = os.environ.get("LEADAPP_CORPUS", "")
pytestmark = pytest.mark.skipif(
    not CORPUS, reason="set LEADAPP_CORPUS to the folder with the conformance cases"
)
ROOT = Path(__file__).parents[2]


def run(*arguments: str) -> str:
    runner = Path(CORPUS) / "run_corpus.py"
    command = [sys.executable, str(runner), arguments[0], "tests.conformance.adapter:Adapter"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [*command, *arguments[1:], "--show", "20"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    return done.stdout


def share(output: str) -> float:
    match = re.search(r"(\d+) passed, (\d+) failed", output)
    assert match is not None, output
    good, bad = int(match[1]), int(match[2])
    return good / (good + bad)


def test_expressions() -> None:
    output = run("xpath", "--whole-days")
    assert share(output) >= 0.98, output


def test_scenarios() -> None:
    output = run("scenarios")
    assert share(output) >= 0.95, output


def test_form_files_load() -> None:
    output = run("load")
    assert share(output) >= 0.97, output


def test_markdown_forms() -> None:
    output = run("markdown")
    match = re.search(r"loaded (\d+)/(\d+), invalid forms refused (\d+)/(\d+)", output)
    assert match is not None, output
    loaded, valid, refused, wrong = map(int, match.groups())
    assert loaded / valid >= 0.98, output
    assert refused == wrong, output


def test_forms_are_rendered_to_widgets_and_to_paper(qapp: QApplication) -> None:
    if qapp.findChild(Theme) is None:
        Theme(qapp).apply()
    shown = 0
    for definition in definitions():
        assert widgets_of(definition) >= 0
        for blank in (True, False):
            assert paper_of(definition, blank=blank).startswith(b"%PDF")
        shown += 1
    assert shown > 300


def definitions() -> Iterator[Definition]:
    """Yield every form of the corpus that loads."""
    for file in sorted((Path(CORPUS) / "files").rglob("*.xml")):
        with contextlib.suppress(Refusal):
            yield load_definition(file)
    cases = (Path(CORPUS) / "markdown_forms.jsonl").read_text("utf-8").splitlines()
    for case in map(json.loads, cases):
        if case["valid"]:
            with contextlib.suppress(Refusal):
                yield read_markdown_form(case["md"])


def test_workbooks_convert_there_and_back_to_the_same_form() -> None:
    cases = (Path(CORPUS) / "markdown_forms.jsonl").read_text("utf-8").splitlines()
    for case in map(json.loads, cases):
        if case["valid"]:
            workbook = read_markdown(case["md"])
            through = read_spreadsheet(write_spreadsheet(workbook))
            text = write_markdown(through)
            assert text == write_markdown(workbook)
            made = {
                convert_workbook(one, "form.md").xform
                for one in (workbook, through, read_markdown(text))
            }
            assert len(made) == 1, case["id"]
