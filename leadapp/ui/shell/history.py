"""Where one has been: back and forward, as in a browser. Pure."""

from __future__ import annotations


class History:
    """Names of pages, with a place among them."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._at = -1

    @property
    def here(self) -> str:
        """The page shown, or nothing."""
        return self._names[self._at] if self._names else ""

    def visit(self, name: str) -> None:
        """Go somewhere new; what lay ahead is forgotten."""
        if name != self.here:
            self._names = [*self._names[: self._at + 1], name][-100:]
            self._at = len(self._names) - 1

    def back(self) -> str | None:
        """Go one back."""
        return self._step(-1)

    def forward(self) -> str | None:
        """Go one forward."""
        return self._step(1)

    def forget(self, name: str) -> None:
        """Take a closed page out everywhere."""
        before = [one for one in self._names[: self._at + 1] if one != name]
        after = [one for one in self._names[self._at + 1 :] if one != name]
        names = before + after
        kept = [one for at, one in enumerate(names) if at == 0 or names[at - 1] != one]
        self._names = kept
        self._at = min(max(len(before) - 1, 0), len(kept) - 1)

    def clear(self) -> None:
        """Forget all; at log-out."""
        self._names, self._at = [], -1

    def _step(self, by: int) -> str | None:
        at = self._at + by
        if not 0 <= at < len(self._names):
            return None
        self._at = at
        return self.here
