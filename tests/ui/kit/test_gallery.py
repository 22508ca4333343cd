"""What holds for every component at once: names, target sizes, nothing cut, no colour lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget

from leadapp.ui.kit.button import Button
from leadapp.ui.shell import Shell
from leadapp.ui.theme import Density, Theme, density_of
from tools.gallery import components, shell

OnScreen = Callable[[QWidget], None]
_QTS_OWN = ("qt_", "QComboBoxPrivate")


def focusable(root: QWidget) -> Iterator[QWidget]:
    for widget in root.findChildren(QWidget):
        own = widget.objectName().startswith(_QTS_OWN)
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not own:
            yield widget


@pytest.fixture
def page(on_screen: OnScreen) -> QWidget:
    made = components()
    made.resize(1366, 1100)
    on_screen(made)
    return made


@pytest.fixture
def window(on_screen: OnScreen) -> Shell:
    made = shell()
    made.resize(1366, 768)
    on_screen(made)
    return made


def test_everything_that_takes_the_focus_has_a_name(page: QWidget, window: Shell) -> None:
    nameless = [repr(one) for one in focusable(page) if not one.accessibleName()]
    for place in ("today", "forms", "people"):
        window.go(place)
        nameless += [repr(one) for one in focusable(window) if not one.accessibleName()]
    assert nameless == []


def test_every_target_is_large_enough_for_its_density(page: QWidget, window: Shell) -> None:
    window.go("people")
    current = window.current_page()
    assert current is not None
    small = []
    for one in [*focusable(page), *focusable(current)]:
        least = 44 if density_of(one) is Density.PATROL else 24
        if isinstance(one, QAbstractButton | QLineEdit) and one.height() < least:
            small.append((one.accessibleName(), one.height()))
    assert small == []


@pytest.mark.parametrize(("percent", "width", "height"), [(100, 911, 512), (150, 1366, 690)])
def test_no_label_and_no_button_is_cut(
    window: Shell, look: Theme, percent: int, width: int, height: int
) -> None:
    look.set_text_size(percent)
    window.resize(width, height)
    cut = []
    for place in ("today", "forms", "people"):
        window.go(place)
        QTest.qWait(20)
        for one in window.findChildren(QLabel):
            bare = not one.wordWrap() and one.text() and one.isVisible()
            if bare and one.width() < one.minimumSizeHint().width():
                cut.append((place, one.text()))
        cut += [
            (place, button.text())
            for button in window.findChildren(Button)
            if button.isVisible() and button.width() < button.minimumSizeHint().width()
        ]
    assert (window.width(), window.height()) == (width, height)
    assert cut == []


def test_tab_reaches_every_question_in_reading_order(window: Shell) -> None:
    window.go("people")
    page = window.current_page()
    assert page is not None
    seen: list[str] = []
    first = next(one for one in focusable(page) if one.accessibleName() == "When, needed")
    first.setFocus()
    for _ in range(7):
        focused = window.focusWidget()
        assert focused is not None
        group = focused.accessibleDescription().split(".")[0]
        seen.append(group if isinstance(focused, QAbstractButton) else focused.accessibleName())
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert seen == [
        "When, needed",
        "Where, needed",
        "Person",
        "Why you were there, needed",
        "What you saw",
        "Weapon present?, needed",
        "Minutes on scene, needed",
    ]
