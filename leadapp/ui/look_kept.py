"""What a computer remembers of the look: night or day once chosen, and the text size."""

from __future__ import annotations

import json
from pathlib import Path

from leadapp.core.errors import LeadappError
from leadapp.core.files import write_whole
from leadapp.ui.theme import Theme
from leadapp.ui.work import Lane, Work


class LookKept:
    """``LookKept(file).take_up(theme)`` at start; later changes are kept as they happen."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def take_up(self, look: Theme) -> None:
        """Dress as last time; a file that cannot be read counts as none."""
        try:
            found = json.loads(self._file.read_bytes())
        except (OSError, ValueError):
            return
        if not isinstance(found, dict):
            return
        if isinstance(found.get("night"), bool):
            look.set_night(found["night"])
        if isinstance(found.get("text_percent"), int):
            look.set_text_size(found["text_percent"])

    def follow(self, look: Theme, work: Work) -> None:
        """Keep what is chosen from now on."""
        look.changed.connect(lambda: work.run(Lane.CRYPTO, self._writing(look), failed=_let_be))

    def _writing(self, look: Theme) -> _Writing:
        kept: dict[str, object] = {"text_percent": look.text_percent}
        if look.chosen_by_hand:
            kept["night"] = look.night
        return _Writing(self._file, json.dumps(kept).encode())


class _Writing:
    """The file as it is to be, for another thread."""

    def __init__(self, file: Path, data: bytes) -> None:
        self._file, self._data = file, data

    def __call__(self) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(self._file, self._data)


def _let_be(_error: LeadappError) -> None:
    """Do nothing: a look that was not kept is no reason to stop anyone."""
