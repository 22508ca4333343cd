"""The small style sheet: edges, radii and paddings only.

Base colours come from the palette, heights from the widgets' size hints, fonts from
``setFont`` (a font size in QSS would beat every one of them).
"""

from __future__ import annotations

import re
from dataclasses import asdict

from leadapp.ui.theme.tokens import Colours

_SHEET = """
* { outline: 0 }
QToolTip { background: @raised; color: @text; border: 1px solid @line_strong; padding: 4px 6px }
QMenu { background: @raised; border: 1px solid @line_strong; padding: 4px }
QMenu::item { padding: 6px 26px 6px 12px; border-radius: 3px }
QMenu::item:selected { background: @row_sel; color: @text }
QMenu::item:disabled { color: @disabled }
QMenu::separator { height: 1px; background: @line; margin: 4px 8px }

QFrame[kind="card"] { background: @surface; border: 1px solid @line; border-radius: 6px }
QWidget[kind="bar"] { background: @surface; border: 0; border-bottom: 1px solid @line }
QWidget[kind="foot"] { background: @surface; border: 0; border-top: 1px solid @line }
QWidget[kind="page"] { background: @bg }
QFrame[kind="popup"] { background: @raised; border: 1px solid @line_strong; border-radius: 6px }
QFrame[kind="rule"] { background: @line; border: 0; max-height: 1px; min-height: 1px }

QLineEdit, QPlainTextEdit, QComboBox {
  background: @surface; border: 1px solid @line_strong; border-radius: 4px;
  selection-background-color: @primary; selection-color: @on_primary;
  placeholder-text-color: @hint }
QLineEdit { padding: 0 10px }
QPlainTextEdit { padding: 4px 6px }
QComboBox { padding: 0 0 0 9px; combobox-popup: 0 }
QLineEdit:hover, QPlainTextEdit:hover, QComboBox:hover { border-color: @link }
QLineEdit:read-only, QPlainTextEdit:read-only { background: @sunken; border-color: @line }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled {
  background: @disabled_bg; color: @disabled; border-color: @line }
QLineEdit[state="err"], QPlainTextEdit[state="err"], QComboBox[state="err"] {
  border: 2px solid @err_line }
QLineEdit[state="err"] { padding: 0 9px }
QLineEdit[state="warn"], QPlainTextEdit[state="warn"], QComboBox[state="warn"] {
  border: 2px solid @warn_line }
QLineEdit[state="warn"] { padding: 0 9px }
QLineEdit[bare="yes"] { border: 0; background: transparent; padding: 0 }
QComboBox QLineEdit { border: 0; background: transparent; padding: 0 }
QComboBox::drop-down { border: 0; width: 30px }
QComboBox::down-arrow { image: none; width: 0; height: 0 }
QComboBox QAbstractItemView, QListView[kind="popup"] {
  background: @raised; border: 1px solid @line_strong; padding: 4px; color: @text;
  selection-background-color: @row_sel; selection-color: @text }

QScrollArea, QScrollArea > QWidget > QWidget[kind="clear"] { background: transparent; border: 0 }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0 }
QScrollBar::handle:vertical { background: @scroll; border-radius: 4px; min-height: 28px; margin: 2px }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0 }
QScrollBar::handle:horizontal { background: @scroll; border-radius: 4px; min-width: 28px; margin: 2px }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0 }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent }

QTableView, QListView { background: @surface; border: 0; color: @text }
QTableView[kind="framed"] { border: 1px solid @line; border-radius: 6px }
QHeaderView { background: @sunken; border: 0 }
QHeaderView::section {
  background: @sunken; color: @text2; border: 0; border-bottom: 1px solid @line; padding: 0 10px }
QTableCornerButton::section { background: @sunken; border: 0 }

QCalendarWidget QWidget { alternate-background-color: @sunken }
QCalendarWidget QAbstractItemView { selection-background-color: @primary; selection-color: @on_primary }
QCalendarWidget QToolButton { background: transparent; color: @text; border: 0; padding: 6px }
QCalendarWidget QToolButton:hover { background: @row_hover }
QCalendarWidget QToolButton::menu-indicator { image: none }
QCalendarWidget #qt_calendar_navigationbar { background: @sunken; border-bottom: 1px solid @line }
QSplitter::handle { background: transparent }
"""


def make_stylesheet(colours: Colours) -> str:
    """Return the style sheet in the colours of one mode."""
    values = asdict(colours)
    return re.sub(r"@(\w+)", lambda found: str(values[found.group(1)]), _SHEET)
