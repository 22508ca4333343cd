"""What every paper is printed with: faces, colours, words and notices, opened once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from leadapp.core.problems import Value
from leadapp.core.words import Words
from leadapp.papers import faces
from leadapp.papers.inks import Inks, load_inks

_NOON = 12


@dataclass(frozen=True, slots=True)
class Press:
    """The means of printing; handed to every ``render_...``."""

    words: Words
    inks: Inks
    part2_notice: str
    language: str = "en"

    def say(self, code: str, /, **values: Value) -> str:
        """Return the words for ``papers.<code>``."""
        return self.words.say(f"papers.{code}", values)

    def day(self, moment: datetime) -> str:
        """Return the day in words: "Mon Nov 3, 2025"."""
        return self.say(
            "day",
            weekday=self.say("weekdays").split()[moment.weekday()],
            month=self.say("months").split()[moment.month - 1],
            day=moment.day,
            year=moment.year,
        )

    def moment(self, moment: datetime) -> str:
        """Return day and time in words: "Mon Nov 3, 2025, 2:41 pm"."""
        half = self.say("am" if moment.hour < _NOON else "pm")
        hour = moment.hour % _NOON or _NOON
        return self.say("moment", day=self.day(moment), time=f"{hour}:{moment:%M} {half}")


def open_press(resources: Path, words: Words, language: str = "en") -> Press:
    """Return the press over ``resources`` (``core.paths.resources()``) speaking ``words``."""
    faces.load_faces(resources / "fonts")
    notice = resources / "notices" / "part2-short.txt"
    return Press(
        words,
        load_inks(resources / "tokens.toml"),
        notice.read_text("utf-8").strip(),
        language,
    )
