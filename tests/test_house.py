"""What must be complete or agree across the whole project, whatever package it is in."""

from __future__ import annotations

import ast
import re
import string
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

import leadapp
from leadapp.core.words import load_words

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "leadapp"
WORDS = ROOT / "resources" / "words"
TOLD_TO_PEOPLE = {"Problem", "Refusal", "Damage"}
CODE = re.compile(r"[a-z]+(\.[a-z][a-z0-9_]*)+")
NEVER_SAID = re.compile(r"\b(please|sorry|oops|invalid|error occurred|passphrase)\b", re.IGNORECASE)


def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def pins() -> dict[str, str]:
    lines = (ROOT / "requirements.lock").read_text("utf-8").splitlines()
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", "\n".join(lines), re.MULTILINE))


def packages() -> set[str]:
    return {file.parent.name for file in PACKAGE.glob("*/__init__.py")}


def codes_in(tree: ast.Module) -> Iterator[str]:
    """Yield the codes handed to Problem, Refusal and Damage, also through a constant's name."""
    constants = {
        target.id: node.value.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and called(node.func) in TOLD_TO_PEOPLE:
            named = [word.value for word in node.keywords if word.arg == "code"]
            for given in (node.args[:1] or named)[:1]:
                yield from texts(given, constants)


def called(function: ast.expr) -> str:
    match function:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def texts(given: ast.expr, constants: dict) -> Iterator[str]:
    match given:
        case ast.Constant(value=str(text)):
            yield text
        case ast.Name(id=name) if isinstance(constants.get(name), str):
            yield constants[name]
        case ast.IfExp(body=one, orelse=other):
            yield from texts(one, constants)
            yield from texts(other, constants)


def codes_used() -> dict[str, str]:
    return {
        code: str(file.relative_to(ROOT))
        for file in sorted(PACKAGE.rglob("*.py"))
        for code in codes_in(ast.parse(file.read_text("utf-8")))
    }


def test_codes_are_found_where_they_are_given():
    source = """
WORN = "forms.worn_out"
raise Refusal("core.disk_full", folder=1)
Problem(code="forms.no_sheet")
errors.Damage("store.bad" if x else WORN)
"""
    assert set(codes_in(ast.parse(source))) == {
        "core.disk_full",
        "forms.no_sheet",
        "store.bad",
        "forms.worn_out",
    }


def test_every_code_shown_to_people_has_a_sentence():
    said = load_words(WORDS).codes()
    assert {code: file for code, file in codes_used().items() if code not in said} == {}


def test_every_code_begins_with_the_package_that_gives_it():
    strays = {
        code: file
        for code, file in codes_used().items()
        if not CODE.fullmatch(code) or code.split(".")[0] not in packages()
    }
    assert strays == {}


def sentences() -> list[tuple[str, str]]:
    said = load_words(WORDS)
    return [(code, said._sentences[code]) for code in sorted(said.codes())]


def test_sentences_can_be_filled_and_are_plain():
    wrong = [
        code
        for code, sentence in sentences()
        if not sentence.strip()
        or NEVER_SAID.search(sentence)
        or any(
            name == "" or (name or "").isdigit()
            for _, name, _, _ in string.Formatter().parse(sentence)
        )
    ]
    assert wrong == []


def contracts() -> dict[str, dict]:
    return {each["id"]: each for each in project()["tool"]["importlinter"]["contracts"]}


def test_every_package_has_a_layer_and_no_package_can_be_forgotten():
    layers = contracts()["layers"]
    named = set(re.findall(r"[a-z]\w*", " ".join(layers["layers"])))
    assert layers["exhaustive"] is True
    assert packages() <= named


@pytest.mark.parametrize(
    ("contract", "owner", "thing"),
    [
        ("owner-database", "store", "sqlcipher3"),
        ("owner-database", "store", "sqlite_utils"),
        ("owner-crypto", "vault", "cryptography"),
        ("owner-crypto", "vault", "pyrage"),
        ("owner-pdf", "papers", "reportlab"),
        ("owner-pdf", "papers", "pikepdf"),
        ("owner-pdf", "papers", "pypdfium2"),
        ("owner-forms", "forms", "pyxform"),
        ("owner-forms", "forms", "lxml"),
        ("owner-forms", "forms", "openpyxl"),
        ("owner-qt", "ui", "PySide6"),
        ("owner-world", "targets", "socket"),
    ],
)
def test_each_outside_thing_has_one_owner(contract, owner, thing):
    rule = contracts()[contract]
    assert thing in rule["forbidden_modules"]
    assert rule["source_modules"] == ["leadapp"]
    assert {line.split(".")[1].split(" ")[0] for line in rule["ignore_imports"]} == {owner}


def test_the_version_stands_in_one_place_and_has_news():
    assert "version" in project()["project"]["dynamic"]
    assert project()["tool"]["hatch"]["version"]["path"] == "leadapp/__init__.py"
    newest = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert newest is not None
    assert newest[1] == leadapp.__version__


def test_the_lock_names_no_host_and_hashes_everything():
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    assert "://" not in lock
    assert not re.search(r"^\s*--(?!hash=sha256:)", lock, re.MULTILINE)
    blocks = re.split(r"\n(?=[a-z])", lock)[1:]
    assert len(blocks) == len(pins())
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_the_lock_holds_every_declared_dependency():
    declared = [*project()["project"]["dependencies"], *extra("test")]
    names = {re.split(r"[<>=!~; \[]", line)[0].lower() for line in declared}
    assert names <= set(pins())


def extra(name: str) -> list[str]:
    return project()["project"]["optional-dependencies"][name]


def test_pins_that_have_a_reason_hold():
    locked = pins()
    assert locked["pyside6-essentials"].startswith("6.11.")
    assert locked["shiboken6"] == locked["pyside6-essentials"]
    assert locked["sqlcipher3"] == "0.6.4"
    assert (locked["pyxform"], locked["openpyxl"], locked["xlrd"]) == ("4.5.0", "3.1.5", "2.0.1")


def test_calls_into_qt_do_not_lose_references(qtbot):
    """The reason PySide6 stays below 6.12: there each call that returns nothing cost one."""
    widget = QWidget()
    qtbot.addWidget(widget)
    before = sys.getrefcount(None)
    for _ in range(1000):
        widget.update()
    assert abs(sys.getrefcount(None) - before) < 50


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "docs/architecture.md"])
def test_links_between_our_pages_lead_somewhere(name):
    page = ROOT / name
    # Pictures are made by `make shots` and are not looked for here.
    links = re.findall(r"(?<!!)\[[^\]]*\]\((?!https?:|#)([^)#]+)", page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_readme_names_every_command_of_the_makefile():
    goals = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    readme = (ROOT / "README.md").read_text("utf-8") + (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    assert [goal for goal in goals if goal != "help" and f"make {goal}" not in readme] == []


def test_every_decision_has_its_four_parts():
    wanted = ["Context", "Decision", "Consequences", "What else was considered"]
    pages = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    assert pages
    wrong = [
        page.name
        for page in pages
        if re.findall(r"^## (.+)$", page.read_text("utf-8"), re.MULTILINE) != wanted
    ]
    assert wrong == []
