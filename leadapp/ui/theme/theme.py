"""The one theme of the running program: mode, text size, density, and what follows from them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QIcon, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from leadapp.core import paths
from leadapp.core.errors import Bug
from leadapp.ui.theme.density import Density, marked_density
from leadapp.ui.theme.fonts import load_fonts, make_font
from leadapp.ui.theme.icons import Icons
from leadapp.ui.theme.palette import make_palette
from leadapp.ui.theme.stylesheet import make_stylesheet
from leadapp.ui.theme.tokens import Colours, Measures, Tokens, load_tokens

TEXT_SIZES = (100, 115, 130, 150)
_OBJECT_NAME = "leadapp-theme"


class Theme(QObject):
    """What everything is drawn with. Lives as long as the application, which is its parent."""

    changed = Signal()
    """Mode, text size or density is another; widgets have been restyled already."""

    def __init__(self, app: QApplication, resources: Path | None = None) -> None:
        super().__init__(app)
        self.setObjectName(_OBJECT_NAME)
        folder = resources or paths.resources()
        self._app = app
        self.tokens: Tokens = load_tokens(folder / "tokens.toml")
        self.icons = Icons(folder / "icons")
        load_fonts(folder / "fonts")
        self.night = False
        self.chosen_by_hand = False
        self.text_percent = 100
        self.density = Density.OFFICE

    @property
    def colours(self) -> Colours:
        """The colours of the present mode."""
        return self.tokens.night if self.night else self.tokens.light

    def apply(self) -> None:
        """Dress the application; call once before the first window."""
        self._app.setStyle("Fusion")
        self._app.styleHints().colorSchemeChanged.connect(self._follow_system)
        self._dress()

    def set_night(self, night: bool) -> None:
        """Go to night or day; from now on the computer's own setting is not followed."""
        self.chosen_by_hand = True
        self._set(night=night)

    def toggle_night(self) -> None:
        """Switch between night and day (F9)."""
        self.set_night(not self.night)

    def follow_system(self) -> None:
        """Take the computer's setting, until a person chooses."""
        self._follow_system(self._app.styleHints().colorScheme())

    def set_text_size(self, percent: int) -> None:
        """Make all text and controls ``percent`` of their size: 100, 115, 130 or 150."""
        self._set(percent=min(TEXT_SIZES, key=lambda size: abs(size - percent)))

    def step_text_size(self, by: int) -> None:
        """Go one text size up or down; 0 returns to 100 %."""
        at = TEXT_SIZES.index(self.text_percent) + by if by else 0
        self.set_text_size(TEXT_SIZES[max(0, min(at, len(TEXT_SIZES) - 1))])

    def set_density(self, density: Density) -> None:
        """Choose the size of targets for all that is not marked otherwise."""
        self._set(density=density)

    def px(self, size: float) -> int:
        """Return ``size`` at the chosen text size."""
        return round(size * self.text_percent / 100)

    def measures(self, widget: QWidget | None = None) -> Measures:
        """Return heights and text sizes for ``widget``, at 100 %."""
        density = marked_density(widget) or self.density
        return self.tokens.patrol if density is Density.PATROL else self.tokens.office

    def font(self, size: int, weight: int = 400, *, tabular: bool = False) -> QFont:
        """Return the font of token size ``size`` at the chosen text size."""
        return make_font(self.px(size), weight, tabular=tabular)

    def colour(self, name: str) -> QColor:
        """Return the colour of token ``name`` as Qt wants it."""
        return QColor(self.colours.of(name))

    def pixmap(self, icon: str, tone: str, size: int, ratio: float = 1.0) -> QPixmap:
        """Return an icon in the colour of token ``tone``; ``size`` is already scaled."""
        return self.icons.pixmap(icon, self.colours.of(tone), size, ratio)

    def icon(self, icon: str, tone: str = "text2", size: int = 18) -> QIcon:
        """Return an icon for Qt's own widgets."""
        return self.icons.icon(icon, self.colours.of(tone), self.px(size), self.colours.disabled)

    def _set(
        self,
        *,
        night: bool | None = None,
        percent: int | None = None,
        density: Density | None = None,
    ) -> None:
        before = (self.night, self.text_percent, self.density)
        self.night = self.night if night is None else night
        self.text_percent = percent or self.text_percent
        self.density = density or self.density
        if before != (self.night, self.text_percent, self.density):
            self._dress()
            self.changed.emit()

    def _dress(self) -> None:
        self.icons.forget()
        self._app.setPalette(make_palette(self.colours))
        self._app.setFont(self.font(self.measures().body))
        self._app.setStyleSheet(make_stylesheet(self.colours))
        if self.chosen_by_hand:
            scheme = Qt.ColorScheme.Dark if self.night else Qt.ColorScheme.Light
            self._app.styleHints().setColorScheme(scheme)

    def _follow_system(self, scheme: Qt.ColorScheme) -> None:
        if not self.chosen_by_hand and scheme is not Qt.ColorScheme.Unknown:
            self._set(night=scheme is Qt.ColorScheme.Dark)


def theme() -> Theme:
    """Return the application's theme."""
    app = QApplication.instance()
    found = app.findChild(Theme, _OBJECT_NAME) if app is not None else None
    if found is None:
        raise Bug("ui.no_theme")
    return found


def density_of(widget: QWidget) -> Density:
    """Return the density ``widget`` is to be drawn in."""
    return marked_density(widget) or theme().density
