"""The page with a recovery code."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal

import pytest

from leadapp.papers.press import Press
from leadapp.papers.reading import text_of_pages
from leadapp.papers.recovery_page import RecoveryPaper, render_recovery

_GROUPS = tuple(f"G4X{n:02d}" for n in range(20))


@pytest.mark.parametrize("sort", ["ring", "root"])
def test_one_page_with_every_group_in_order(press: Press, sort: Literal["ring", "root"]) -> None:
    paper = RecoveryPaper(
        "Alder",
        sort,
        "people in care",
        _GROUPS,
        "N. Ellison",
        datetime(2025, 11, 3, 14, 41, tzinfo=UTC),
    )
    (page,) = text_of_pages(render_recovery(paper, press))
    places = [page.index(group) for group in _GROUPS]
    assert places == sorted(places)
    assert "people in care" in page
    assert "Kept by" in page
    assert "papers." not in page


def test_keeper_is_named_where_known(press: Press) -> None:
    paper = RecoveryPaper(
        "Alder",
        "ring",
        "people in care",
        _GROUPS,
        "N. Ellison",
        datetime(2025, 11, 3, 14, 41, tzinfo=UTC),
        keeper="R. Moss",
    )
    assert "R. Moss" in text_of_pages(render_recovery(paper, press))[0]
