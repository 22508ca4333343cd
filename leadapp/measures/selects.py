"""Whether a measure's SQL is one plain SELECT, judged by its text.

A county may add measures of its own; ``store`` runs them read-only and time-limited
besides. What is refused here is refused with a sentence instead of an engine's error.
"""

from __future__ import annotations

import re

from leadapp.core.problems import Problem

_STRING_OR_COMMENT = re.compile(r"'(?:[^']|'')*'|--[^\n]*|/\*.*?\*/", re.DOTALL)
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_PARAMETER = re.compile(r"[:@$]([A-Za-z_][A-Za-z0-9_]*)")
_OTHER_FILE = re.compile(r"\b[A-Za-z_][A-Za-z0-9_]*\s*\.\s*(?:[A-Za-z_][A-Za-z0-9_]*\s*\.)")
_CHANGES = frozenset(
    {"alter", "create", "delete", "drop", "insert", "into", "reindex", "update", "vacuum"}
)
_TRANSACTIONS = frozenset({"begin", "commit", "release", "rollback", "savepoint"})
_OUTSIDE = frozenset(
    {"attach", "detach", "load_extension", "main", "pragma", "readfile", "temp", "writefile"}
)
_ENGINE = frozenset({"analyze", "explain", "fts3_tokenizer", "randomblob", "zeroblob"})
_BANNED = _CHANGES | _TRANSACTIONS | _OUTSIDE | _ENGINE


def problems_with_select(sql: str, *, parameters: frozenset[str]) -> list[Problem]:
    """Return everything that keeps ``sql`` from being a measure's SELECT."""
    bare = _STRING_OR_COMMENT.sub(" ", sql).strip()
    words = [word.lower() for word in _WORD.findall(bare)]
    problems: list[Problem] = []
    if not words or words[0] not in ("select", "with"):
        problems.append(Problem("measures.not_a_select"))
    if ";" in bare:
        problems.append(Problem("measures.more_than_one_statement"))
    if "'" in bare or "/*" in bare:
        problems.append(Problem("measures.text_not_closed"))
    if any(mark in bare for mark in ('"', "`", "[")):
        problems.append(Problem("measures.quoted_name"))
    if _OTHER_FILE.search(bare):
        problems.append(Problem("measures.names_a_file"))
    problems += [
        Problem("measures.word_not_allowed", {"word": word})
        for word in dict.fromkeys(words)
        if word in _BANNED or word.startswith(("pragma_", "sqlcipher_", "sqlite_"))
    ]
    return problems + _parameter_problems(bare, parameters)


def _parameter_problems(bare: str, known: frozenset[str]) -> list[Problem]:
    problems = []
    if "?" in bare:
        problems.append(Problem("measures.unnamed_parameter"))
    used = set(_PARAMETER.findall(bare))
    if not used & known:
        problems.append(Problem("measures.no_period"))
    problems += [
        Problem("measures.unknown_parameter", {"name": name}) for name in sorted(used - known)
    ]
    return problems
