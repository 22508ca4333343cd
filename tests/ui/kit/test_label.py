"""What a label says and how much room it asks for."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from leadapp.ui.kit.label import Label

LINK = "https://example.org/" + "a" * 500


def test_a_long_word_breaks_and_does_not_widen_the_page(qtbot: QtBot) -> None:
    label = Label(f"See {LINK}", wrap=True)
    qtbot.addWidget(label)

    assert label.minimumSizeHint().width() < 400
    assert label.heightForWidth(400) > 4 * label.fontMetrics().height()
    assert label.text() == f"See {LINK}"


@pytest.mark.parametrize("wrap", [True, False])
def test_what_was_said_last_is_what_it_says(qtbot: QtBot, *, wrap: bool) -> None:
    label = Label("Before", wrap=wrap)
    qtbot.addWidget(label)
    for words in ("", "Due work", LINK):
        label.setText(words)
        assert label.text() == words
