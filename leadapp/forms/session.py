"""One filling of a form: what was typed, what follows from it, what is still wrong.

    session = FormSession(definition, clock=clock, ids=new_id)
    changed = session.set_answer("scene/arrived", "2026-11-22T14:05:00.000-08:00")
    row = session.state("scene/arrived")
    outcome = session.finish(clock.now())      # a Submission, or the Problems that block

Keys are paths below the root; inside a repeat they name the copy:
``household[a1b2c3d4]/name``. The session decides what shows and what is wrong; whoever
shows it only shows. It runs on one thread and never waits: an expression that needs a
page of a list which is not there yet is *pending* until ``arrived`` is called.
"""

from __future__ import annotations

from datetime import datetime

from leadapp.core.clock import Clock
from leadapp.core.errors import Bug
from leadapp.core.ids import IdSource
from leadapp.core.problems import Place, Problem
from leadapp.core.seams import Lookup
from leadapp.forms import answers as answers_
from leadapp.forms.answers import Answers
from leadapp.forms.engine import MOST_COPIES, Engine
from leadapp.forms.history import Action, History
from leadapp.forms.live import LiveNode, Range, Record, live_below
from leadapp.forms.model import Definition
from leadapp.forms.preloads import fill_end, fill_preloads
from leadapp.forms.renaming import asks, present_key
from leadapp.forms.state import Item, State, items_of, problem_of, state_of, state_of_loose
from leadapp.forms.submission import Submission, make_submission
from leadapp.forms.surroundings import Surroundings

Changed = frozenset[str]
"""Keys whose value, relevance, problem, choices or label may look different now."""
_SHORT = 8
_LANGUAGE_FUNCTIONS = frozenset({"jr:itext", "jr:choice-name"})


class FormSession:
    """The conversation about one record."""

    def __init__(
        self,
        definition: Definition,
        *,
        clock: Clock,
        ids: IdSource,
        lookup: Lookup | None = None,
        language: str | None = None,
        answers: Answers | None = None,
        user: str = "",
        device: str = "",
        as_of: datetime | None = None,
    ) -> None:
        """Start blank, or from ``answers`` (a draft or a record).

        ``as_of`` is the moment that ``now()`` and ``today()`` stand at; without it the
        clock is asked.
        """
        self.definition = definition
        self._clock = clock
        self._ids = ids
        self._as_of = as_of
        self._user = user
        self._device = device
        self._record = Record(definition)
        self._env = Surroundings(
            self._record, self._now, ids, lookup, language or definition.default_language
        )
        self._history = History()
        self._engine = Engine(self._record, self._env, self._history.wrote)
        self._loaded: dict[str, str] = {}
        """Answers inside copies of repeats, as the session was given them."""
        self._begin(answers)

    def _now(self) -> datetime:
        return self._as_of or self._clock.now()

    def _begin(self, answers: Answers | None) -> None:
        engine = self._engine
        engine.acting = False
        if answers is None:
            engine.fill(self._record.top, self.definition.data)
            fill_preloads(engine, self._user, self._device)
            engine.push_all()
            engine.run()
            engine.acting = True
            self._fire("odk-instance-first-load")
        else:
            self._loaded = answers_.load(engine, answers)
            engine.push_all(keep_stored=True)
            engine.run()
            engine.acting = True
        self._fire("odk-instance-load")
        engine.run()
        engine.touched.clear()
        self._history.forget()

    def _fire(self, event: str) -> None:
        for action in self.definition.actions:
            if event in action.events:
                self._engine.act(action, None)
        self._engine.run()

    @property
    def language(self) -> str:
        """Return the language of labels and messages."""
        return self._env.language

    def set_language(self, language: str) -> Changed:
        """Show everything in ``language`` from now on."""
        self._env.language = language
        self._engine.touched.update(self._record.by_key)
        self._engine.push_calls(_LANGUAGE_FUNCTIONS)
        return self._settle()

    def set_answer(self, key: str, text: str) -> Changed:
        """Store ``text`` (XForm text) as the answer at ``key``; blank clears it."""
        node = self._node(key)
        self._history.begin()
        node.taken = ""
        self._engine.write(node, text)
        return self._settle()

    def add_copy(self, repeat_key: str) -> Changed:
        """Add a blank copy at the end of a repeat; nothing where copies are fixed or too many."""
        where = self._range(repeat_key)
        control = self.definition.controls.get(where.names_)
        fixed = control is not None and (control.fixed or control.count is not None)
        if fixed or len(where.copies) >= MOST_COPIES:
            return frozenset()
        self._history.begin()
        node = self._engine.add(where, self._copy_id(where))
        self._history.did(Action("added", where, node, len(where.copies) - 1))
        return self._settle()

    def _copy_id(self, where: Range) -> str:
        taken = {copy.copy for copy in where.copies} | {
            key.rpartition("[")[2].partition("]")[0] for key in self._loaded
        }
        whole = self._ids()
        short = whole[:_SHORT]
        while short in taken and len(short) < len(whole):
            short = whole[: len(short) + 1]
        return short if short not in taken else self._copy_id(where)

    def remove_copy(self, key: str) -> Changed:
        """Remove the copy at ``key`` (``household[a1b2c3d4]``)."""
        node = self._node(key)
        if not node.copy:
            raise Bug("forms.not_a_copy")
        where = self._record.range_of(node)
        self._history.begin()
        at = self._engine.remove(where, node)
        self._history.did(Action("removed", where, node, at))
        return self._settle()

    def copies(self, repeat_key: str) -> tuple[str, ...]:
        """Return the keys of the copies of a repeat, in order."""
        return tuple(copy.key for copy in self._range(repeat_key).copies)

    @property
    def can_undo(self) -> bool:
        """Return whether there is something to undo."""
        return self._history.can_undo

    @property
    def can_redo(self) -> bool:
        """Return whether something undone can be done again."""
        return self._history.can_redo

    def undo(self) -> Changed:
        """Take back the last thing a person did, with what followed from it."""
        return self._travel(back=True)

    def redo(self) -> Changed:
        """Do again what was undone last."""
        return self._travel(back=False)

    def _travel(self, *, back: bool) -> Changed:
        self._engine.acting = False
        (self._history.undo if back else self._history.redo)(self._engine)
        self._engine.run()
        self._engine.acting = True
        return self._settle()

    def arrived(self, list_name: str) -> Changed:
        """Compute again what waited for a page of ``list_name``."""
        self._engine.arrived(list_name)
        return self._settle()

    @property
    def waits_for(self) -> frozenset[str]:
        """Return the lists that expressions wait for."""
        waiting = (self._engine.waiting_for, self._engine.waiting_actions)
        return frozenset(name for lists in waiting for name, things in lists.items() if things)

    def _settle(self) -> Changed:
        self._engine.run()
        self._history.end()
        changed = frozenset(self._engine.touched)
        self._engine.touched.clear()
        return changed

    def _node(self, key: str) -> LiveNode:
        node = self._record.by_key.get(key)
        if node is None:
            raise Bug("forms.no_such_key")
        return node

    def _range(self, key: str) -> Range:
        found = self._record.ranges.get(key)
        if found is None or not self._record.is_attached(found):
            raise Bug("forms.no_such_key")
        return found

    def has(self, key: str) -> bool:
        """Return whether there is a question, group or copy at ``key``."""
        return key in self._record.by_key

    def present(self, stored: str) -> str:
        """Return the key under which this version asks what is stored under ``stored``."""
        return present_key(self.definition, stored)

    def asks(self, stored: str) -> bool:
        """Return whether this version has a place for what is stored under ``stored``."""
        return asks(self.definition, stored)

    def value(self, key: str) -> str:
        """Return the answer at ``key``, also where it is hidden."""
        return self._node(key).value

    def is_relevant(self, key: str) -> bool:
        """Return whether what is at ``key`` (a repeat too) shows."""
        found = self._record.ranges.get(key)
        if found is None:
            return not self._node(key).hidden
        return bool(items_of(self._record, self._env, everything=False, only=found))

    def state(self, key: str) -> State:
        """Return everything about a question, group, repeat or copy that a screen shows."""
        if "#" in key:
            around, _, steps = key.partition("#")
            loose = state_of_loose(self._record, self._env, self._node(around), f"#{steps}")
            if loose is None:
                raise Bug("forms.no_such_key")
            return loose
        node = self._record.ranges.get(key) or self._node(key)
        return state_of(self._record, self._env, node)

    def items(self, *, everything: bool = False) -> tuple[Item, ...]:
        """Return what shows now as a tree in document order; with ``everything`` also the hidden."""
        return items_of(self._record, self._env, everything=everything)

    def search_choices(self, key: str, text: str, limit: int = 50) -> State:
        """Return the state of ``key`` with the choices whose label or name matches ``text``."""
        return state_of(self._record, self._env, self._node(key), search=text, limit=limit)

    def problems(self) -> list[Problem]:
        """Return everything wrong with the visible answers, in document order."""
        found = [problem_of(self._record, self._env, node) for node in self._shown()]
        over = [where for where in self._record.ranges.values() if where.misfit]
        return [problem for problem in found if problem is not None] + [
            Problem(where.misfit, {"most": MOST_COPIES}, Place(path=where.key)) for where in over
        ]

    def _shown(self) -> list[LiveNode]:
        return [node for node in live_below(self._record.top) if not node.hidden and node.is_leaf]

    def hidden_answers(self) -> tuple[str, ...]:
        """Return the keys of typed answers whose questions do not show.

        Ordinary while a form is filled; worth a look in a record that was merged.
        """
        return tuple(
            node.key
            for node in live_below(self._record.top)
            if node.hidden
            and node.value
            and answers_.holds_answer(self._record, node)
            and not answers_.is_calculated(self._record, node)
        )

    def draft(self) -> Answers:
        """Return every answer, hidden ones too: what a draft keeps."""
        return answers_.dump(self._record, self._loaded)

    def finish(self, moment: datetime) -> Submission | list[Problem]:
        """Return the finished form, or the problems when one of them blocks."""
        before, zone = self._as_of, self._env.zone
        self._as_of = moment
        self._env.zone = moment.tzinfo or zone
        fill_end(self._engine, moment)
        self._engine.push_all(keep_stored=True)
        self._settle()
        found = [*self.definition.blocked_by, *self.problems()]
        found.extend(Problem("forms.waiting_for_list", {"list": name}) for name in self.waits_for)
        if any(problem.blocks for problem in found):
            self._as_of, self._env.zone = before, zone
            return found
        return make_submission(self._record, self._loaded, moment, tuple(found))

    def as_it_stands(self, moment: datetime) -> Submission:
        """Return what the answers make now, whatever is wrong with them.

        For choosing between finished answers after a merge: what else the record lacks is
        no reason to leave that undone.
        """
        return make_submission(self._record, self._loaded, moment, tuple(self.problems()))


__all__ = ["Answers", "Changed", "FormSession", "Item", "State", "Submission"]
