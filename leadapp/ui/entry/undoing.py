"""What one press of Undo takes back: all that was typed into a question in one go.

The session keeps a step for each change; a person means the whole word.
"""

from __future__ import annotations

from leadapp.forms.session import Changed, FormSession


class Undoing:
    """Changes of a session in groups. Writes to one ``key`` in a row are one group until
    ``pause``; each call returns what looks different now.
    """

    def __init__(self, session: FormSession) -> None:
        self._session = session
        self._done: list[int] = []
        self._undone: list[int] = []
        self._open = ""

    @property
    def can_undo(self) -> bool:
        """Return whether there is something to take back."""
        return bool(self._done) and self._session.can_undo

    @property
    def can_redo(self) -> bool:
        """Return whether there is something to do again."""
        return bool(self._undone) and self._session.can_redo

    def write(self, key: str, text: str, *, typed: bool) -> Changed:
        """Store an answer; ``typed`` joins it to what was typed before it."""
        before = self._session.value(key)
        changed = self._session.set_answer(key, text)
        if self._session.value(key) != before:
            self._note(key if typed else "")
        return changed

    def add_copy(self, repeat: str) -> Changed:
        """Add a copy of a repeat."""
        changed = self._session.add_copy(repeat)
        if changed:
            self._note("")
        return changed

    def remove_copy(self, key: str) -> Changed:
        """Remove a copy of a repeat."""
        changed = self._session.remove_copy(key)
        self._note("")
        return changed

    def pause(self) -> None:
        """What comes next is another act: the question was left."""
        self._open = ""

    def undo(self) -> Changed:
        """Take back the last act."""
        return self._travel(self._done, self._undone, back=True)

    def redo(self) -> Changed:
        """Do the last undone act again."""
        return self._travel(self._undone, self._done, back=False)

    def _note(self, joins: str) -> None:
        self._undone.clear()
        if joins and joins == self._open and self._done:
            self._done[-1] += 1
        else:
            self._done.append(1)
        self._open = joins

    def _travel(self, of: list[int], to: list[int], *, back: bool) -> Changed:
        self._open = ""
        if not of:
            return frozenset()
        changed: set[str] = set()
        made = 0
        for _ in range(of.pop()):
            if not (self._session.can_undo if back else self._session.can_redo):
                break
            changed |= self._session.undo() if back else self._session.redo()
            made += 1
        if made:
            to.append(made)
        return frozenset(changed)
