"""Undo and redo: what each act of a person changed, so that it can be put back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from leadapp.forms.live import LiveNode, Range

if TYPE_CHECKING:
    from leadapp.forms.engine import Engine

MOST_STEPS = 500


@dataclass(frozen=True, slots=True)
class Action:
    """A copy that came or went."""

    what: Literal["added", "removed"]
    where: Range
    node: LiveNode
    at: int


@dataclass(slots=True)
class Step:
    """One act: the texts it replaced and the copies it moved."""

    texts: dict[int, tuple[LiveNode, str]] = field(default_factory=dict)
    actions: list[Action] = field(default_factory=list)


class History:
    """The acts of a session, newest last."""

    def __init__(self) -> None:
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._open: Step | None = None

    @property
    def can_undo(self) -> bool:
        """Return whether there is an act to undo."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Return whether there is an act to do again."""
        return bool(self._undone)

    def begin(self) -> None:
        """Begin an act."""
        self._open = Step()

    def wrote(self, node: LiveNode, before: str) -> None:
        """Note that ``node`` had the text ``before`` until now."""
        if self._open is not None and node.spec.bind.calculate is None:
            self._open.texts.setdefault(id(node), (node, before))

    def did(self, action: Action) -> None:
        """Note that a copy came or went."""
        if self._open is not None:
            self._open.actions.append(action)

    def end(self) -> None:
        """End the act, if one was begun and changed something."""
        step, self._open = self._open, None
        if step is not None and (step.texts or step.actions):
            self._done.append(step)
            del self._done[:-MOST_STEPS]
            self._undone.clear()

    def forget(self) -> None:
        """Forget every act: the record was just opened."""
        self._done.clear()
        self._undone.clear()
        self._open = None

    def undo(self, engine: Engine) -> None:
        """Put back what the last act changed."""
        if self._done:
            self._undone.append(_reversed(self._done.pop(), engine))

    def redo(self, engine: Engine) -> None:
        """Do the last undone act again."""
        if self._undone:
            self._done.append(_reversed(self._undone.pop(), engine))


def _reversed(step: Step, engine: Engine) -> Step:
    """Put back ``step`` and return the step that puts this back."""
    other = Step()
    for action in reversed(step.actions):
        if action.what == "added":
            at = engine.remove(action.where, action.node)
            other.actions.append(Action("removed", action.where, action.node, at))
        else:
            engine.restore(action.where, action.node, action.at)
            other.actions.append(Action("added", action.where, action.node, action.at))
    for node, text in step.texts.values():
        other.texts[id(node)] = (node, node.value)
        node.taken = ""
        engine.write(node, text)
    return other
