"""The look: tokens, palette, style sheet, icons and fonts, and the object that applies them.

``Theme(app).apply()`` once at start; ``theme()`` anywhere after that. No module of the
program but ``tokens`` knows a colour.
"""

from leadapp.ui.theme.density import Density, set_density
from leadapp.ui.theme.theme import Theme, density_of, theme
from leadapp.ui.theme.tokens import Colours, Tokens, load_tokens

__all__ = [
    "Colours",
    "Density",
    "Theme",
    "Tokens",
    "density_of",
    "load_tokens",
    "set_density",
    "theme",
]
