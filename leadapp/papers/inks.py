"""The print colours, from the same token file as the screen."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Inks:
    """Colours of paper as ``#rrggbb``; ``part2`` is for protected facts and nothing else."""

    ink: str
    ink2: str
    rule: str
    hair: str
    head: str
    tint: str
    bar1: str
    bar2: str
    bar3: str
    part2: str
    part2_bg: str


def load_inks(tokens: Path) -> Inks:
    """Read the print colours from ``resources/tokens.toml``."""
    table = tomllib.loads(tokens.read_text("utf-8"))
    colours = {**table["light"], **table["print"]}
    return Inks(**{field.name: colours[field.name] for field in fields(Inks)})
