"""The paper of a recovery page: drawn in memory, handed to a printer or a file, kept nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from leadapp.core.paths import resources
from leadapp.core.words import load_words
from leadapp.papers.press import open_press
from leadapp.papers.recovery_page import RecoveryPaper, render_recovery
from leadapp.vault.recovery import ROOT, Page

__all__ = ["Page", "PrintedPage", "paper"]


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """A PDF that holds a secret, and what to call it; the name holds none."""

    pdf: bytes
    name: str


def paper(
    page: Page, *, county: str, opens: str, printed_by: str, at: datetime, keeper: str = ""
) -> PrintedPage:
    """Return the paper of ``page``; ``opens`` says in words what it opens. Reader lane."""
    said = RecoveryPaper(
        program_name=county,
        sort="root" if page.name == ROOT else "ring",
        opens=opens,
        code_groups=page.groups,
        printed_by=printed_by,
        printed_at=at,
        keeper=keeper,
    )
    press = open_press(resources(), load_words(resources() / "words"))
    return PrintedPage(render_recovery(said, press), f"recovery-page-{page.name}.pdf")
