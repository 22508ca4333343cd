"""The base colours as a QPalette, so that unstyled widgets and dialogs match too."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette

from leadapp.ui.theme.tokens import Colours

_ROLES = {
    QPalette.ColorRole.Window: "bg",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "sunken",
    QPalette.ColorRole.ToolTipBase: "raised",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.PlaceholderText: "hint",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "err",
    QPalette.ColorRole.Highlight: "primary",
    QPalette.ColorRole.HighlightedText: "on_primary",
    QPalette.ColorRole.Link: "link",
    QPalette.ColorRole.LinkVisited: "link",
    QPalette.ColorRole.Accent: "primary",
    QPalette.ColorRole.Light: "raised",
    QPalette.ColorRole.Midlight: "line",
    QPalette.ColorRole.Mid: "line_strong",
    QPalette.ColorRole.Dark: "line_strong",
    QPalette.ColorRole.Shadow: "line_strong",
}
_OFF = {
    QPalette.ColorRole.WindowText: "disabled",
    QPalette.ColorRole.Text: "disabled",
    QPalette.ColorRole.ButtonText: "disabled",
    QPalette.ColorRole.Base: "disabled_bg",
    QPalette.ColorRole.Button: "disabled_bg",
}


def make_palette(colours: Colours) -> QPalette:
    """Return the palette of one mode."""
    palette = QPalette()
    for role, name in _ROLES.items():
        palette.setColor(role, QColor(colours.of(name)))
    for role, name in _OFF.items():
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.of(name)))
    return palette
