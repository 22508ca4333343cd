"""Sentences for codes: what a Problem or an error says to a person.

``resources/words/<language>/*.toml`` hold one table of ``code = "sentence"`` a
package; ``{name}`` in a sentence is filled from the values. Where the language
lacks a sentence, English serves.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

from leadapp.core.errors import LeadappError
from leadapp.core.problems import Problem, Value


class Words:
    """All sentences of one language."""

    def __init__(self, sentences: Mapping[str, str]) -> None:
        self._sentences = dict(sentences)

    def say(self, code: str, values: Mapping[str, Value] | None = None) -> str:
        """Return the sentence for ``code``; the bare code where no sentence was written."""
        sentence = self._sentences.get(code)
        if sentence is None:
            return code
        return sentence.format_map(_Blank(values or {}))

    def of(self, found: Problem | LeadappError) -> str:
        """Return the sentence of a problem or an error."""
        return self.say(found.code, found.values)

    def codes(self) -> frozenset[str]:
        """Return every code that has a sentence."""
        return frozenset(self._sentences)


class _Blank(dict[str, Value]):
    """Fills what is missing with nothing: a sentence is shown rather than a traceback."""

    def __missing__(self, key: str) -> str:
        return ""


def load_words(folder: Path, language: str = "en") -> Words:
    """Read the sentences of ``language`` from ``folder`` (``resources/words``)."""
    sentences: dict[str, str] = {}
    for wanted in dict.fromkeys(("en", language)):
        for file in sorted((folder / wanted).glob("*.toml")):
            sentences.update(_flat(tomllib.loads(file.read_text("utf-8"))))
    return Words(sentences)


def _flat(table: Mapping[str, object], prefix: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in table.items():
        name = f"{prefix}{key}"
        if isinstance(value, str):
            found[name] = value
        elif isinstance(value, Mapping):
            found.update(_flat(value, f"{name}."))
    return found
