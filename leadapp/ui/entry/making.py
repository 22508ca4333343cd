"""Makes the editor of a question: the one place where controls and question types meet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from leadapp.core.clock import Clock, today
from leadapp.core.seams import Lookup
from leadapp.core.words import Words
from leadapp.forms.model import Bind
from leadapp.forms.session import FormSession
from leadapp.forms.state import State
from leadapp.ui.entry.choice_editors import (
    ChecksEditor,
    Cleared,
    ComboEditor,
    OneEditor,
    SeveralEditor,
    TickEditor,
)
from leadapp.ui.entry.choosing import Chosen, Look
from leadapp.ui.entry.date_editor import DateEditor
from leadapp.ui.entry.editor import Editor
from leadapp.ui.entry.file_editor import FileEditor
from leadapp.ui.entry.files import NewFiles
from leadapp.ui.entry.rank_editor import RankEditor
from leadapp.ui.entry.search_editor import SearchEditor
from leadapp.ui.entry.shown import ShownEditor, WordsEditor
from leadapp.ui.entry.signature_editor import SignatureEditor
from leadapp.ui.entry.text_editors import LineEditor, LinesEditor, NumberEditor


@dataclass(frozen=True, slots=True)
class Setting:
    """What rows and editors of one form are made with."""

    session: FormSession
    clock: Clock
    words: Words
    lookup: Lookup | None
    cleared: Cleared
    patrol: bool
    files: NewFiles
    all_shown: bool = False
    """Whether what is not asked stands there too, dimmed, as it does on paper."""


def bind_of(state: State, session: FormSession) -> Bind:
    """Return the rules of the question."""
    if state.control is None:
        return Bind()
    node = session.definition.at.get(state.control.names)
    return node.bind if node is not None else Bind()


def make_editor(state: State, chosen: Chosen, setting: Setting) -> Editor:
    """Return a new editor that can show ``state``."""
    make = _MAKERS.get(chosen.look, _shown)
    return make(state, chosen, setting)


def _one(state: State, chosen: Chosen, _setting: Setting) -> Editor:
    return OneEditor(state, chosen)


def _combo(state: State, _chosen: Chosen, _setting: Setting) -> Editor:
    return ComboEditor(state)


def _search(state: State, _chosen: Chosen, setting: Setting) -> Editor:
    return SearchEditor(state.key, setting.session, setting.lookup, state)


def _chips(state: State, chosen: Chosen, setting: Setting) -> Editor:
    return SeveralEditor(state, chosen.columns, setting.cleared)


def _checks(state: State, chosen: Chosen, setting: Setting) -> Editor:
    return ChecksEditor(state, chosen.columns, setting.cleared)


def _date(state: State, _chosen: Chosen, setting: Setting) -> Editor:
    return DateEditor(state, bind_of(state, setting.session), setting.clock)


def _number(_state: State, chosen: Chosen, _setting: Setting) -> Editor:
    return NumberEditor(decimals=chosen.look is Look.DECIMAL)


def _file(state: State, _chosen: Chosen, setting: Setting) -> Editor:
    return FileEditor(state, setting.files, setting.words)


def _signature(_state: State, _chosen: Chosen, setting: Setting) -> Editor:
    return SignatureEditor(setting.clock, setting.files, setting.words)


def _shown(_state: State, _chosen: Chosen, setting: Setting) -> Editor:
    return ShownEditor(today(setting.clock))


Make = Callable[[State, Chosen, Setting], Editor]
_MAKERS: dict[Look, Make] = {
    Look.SEGMENTS: _one,
    Look.GRID: _one,
    Look.RADIOS: _one,
    Look.SCALE: _one,
    Look.COMBO: _combo,
    Look.SEARCH: _search,
    Look.CHIPS: _chips,
    Look.CHECKS: _checks,
    Look.RANK: lambda _state, _chosen, _setting: RankEditor(),
    Look.TICK: lambda _state, _chosen, _setting: TickEditor(),
    Look.DAY: _date,
    Look.MOMENT: _date,
    Look.TIME: _date,
    Look.NUMBER: _number,
    Look.DECIMAL: _number,
    Look.LINE: lambda _state, _chosen, _setting: LineEditor(),
    Look.LINES: lambda _state, _chosen, _setting: LinesEditor(),
    Look.FILE: _file,
    Look.SIGNATURE: _signature,
    Look.WORDS: lambda _state, _chosen, _setting: WordsEditor(),
}
