"""One of very many, found by typing: people, lots, officers, or a long list of the form."""

from __future__ import annotations

from collections.abc import Sequence

from leadapp.core.seams import ListRow, Lookup, Pending
from leadapp.forms.session import FormSession
from leadapp.forms.state import State
from leadapp.ui.entry.choice_editors import words_of
from leadapp.ui.entry.editor import Editor
from leadapp.ui.kit.search_choose import Answer, Found, SearchChoose
from leadapp.ui.words import tr

MOST = 50
_SUBS = ("sub", "birth_day", "phone", "expiry", "agency")
"""Properties that tell two rows of the same name apart, best first."""


class SearchEditor(Editor):
    """Asks the program's list where there is one, else the choices of the form."""

    def __init__(self, key: str, session: FormSession, lookup: Lookup | None, state: State) -> None:
        self._key, self._session, self._lookup = key, session, lookup
        self._list = _list_name(state, lookup)
        self._value = ""
        self._waits: tuple[str, Answer] | None = None
        self.box = SearchChoose(
            self._search,
            placeholder=tr("Type to search"),
            none_words=tr("Nothing matches. Try fewer letters"),
        )
        super().__init__(self.box)
        self.box.chosen.connect(self._chosen)

    def show(self, state: State) -> None:
        """Show what is chosen by its label; ask for the label where it is not here yet."""
        shown = self.box.choice()
        if state.value == (shown.name if shown else "") and (shown or not self._value):
            self._value = state.value
            return
        self._value = state.value
        self.box.set_choice(self._found(state) if state.value else None)

    def list_arrived(self, state: State) -> None:
        """Show the label and the rows that were waited for."""
        if self._value and self.box.choice() is None:
            self._value = ""
            self.show(state)
        self._answer_waiting()

    def tidy(self) -> None:
        """Words that chose nothing do not stay: they would look like an answer."""
        if self.box.choice() is None and not self._value:
            self.box.set_value("")

    def _found(self, state: State) -> Found | None:
        if self._list and self._lookup is not None:
            row = self._lookup.row(self._list, state.value)
            if isinstance(row, Pending):
                return None
            if row is not None:
                return _as_found(row)
        label = next((words_of(o) for o in state.choices if o.name == state.value), "")
        return Found(state.value, label or state.value)

    def _search(self, text: str, done: Answer) -> None:
        found = self._ask(text)
        if found is None:
            self._waits = (text, done)
            return
        self._waits = None
        done(found)

    def _ask(self, text: str) -> Sequence[Found] | None:
        """Return what matches, or None while the page is being fetched."""
        if self._list and self._lookup is not None:
            rows = self._lookup.search(self._list, text, MOST)
            return None if isinstance(rows, Pending) else [_as_found(row) for row in rows]
        state = self._session.search_choices(self._key, text, MOST)
        if state.pending and not state.choices:
            return None
        return [Found(offer.name, words_of(offer)) for offer in state.choices]

    def _answer_waiting(self) -> None:
        if self._waits is not None:
            self._search(*self._waits)

    def _chosen(self, found: object) -> None:
        self._value = found.name if isinstance(found, Found) else ""
        self.answered.emit(self._value, False)


def _list_name(state: State, lookup: Lookup | None) -> str:
    itemset = state.control.itemset if state.control else None
    if itemset is None or lookup is None or "[" in itemset.nodes.source:
        return ""
    return itemset.list_name if lookup.has(itemset.list_name) else ""


def _as_found(row: ListRow) -> Found:
    sub = next((row.properties[name] for name in _SUBS if row.properties.get(name)), "")
    return Found(row.name, row.label, sub)
