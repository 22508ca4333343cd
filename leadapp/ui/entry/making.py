"""Makes the editor of a question: the one place where controls and question types meet."""

from __future__ import annotations

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
from leadapp.ui.entry.rank_editor import RankEditor
from leadapp.ui.entry.search_editor import SearchEditor
from leadapp.ui.entry.shown import ShownEditor, WordsEditor
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


def bind_of(state: State, session: FormSession) -> Bind:
    """Return the rules of the question."""
    if state.control is None:
        return Bind()
    node = session.definition.at.get(state.control.names)
    return node.bind if node is not None else Bind()


def make_editor(state: State, chosen: Chosen, setting: Setting) -> Editor:
    """Return a new editor that can show ``state``."""
    match chosen.look:
        case Look.SEGMENTS | Look.GRID | Look.RADIOS:
            return OneEditor(state, chosen)
        case Look.COMBO:
            return ComboEditor(state)
        case Look.SEARCH:
            return SearchEditor(state.key, setting.session, setting.lookup, state)
        case Look.CHIPS:
            return SeveralEditor(state, chosen.columns, setting.cleared)
        case Look.CHECKS:
            return ChecksEditor(state, chosen.columns, setting.cleared)
        case Look.RANK:
            return RankEditor()
        case Look.TICK:
            return TickEditor()
        case Look.DAY | Look.MOMENT | Look.TIME:
            return DateEditor(state, bind_of(state, setting.session), setting.clock)
        case Look.NUMBER | Look.DECIMAL:
            return NumberEditor(decimals=chosen.look is Look.DECIMAL)
        case Look.LINES:
            return LinesEditor()
        case Look.WORDS:
            return WordsEditor()
        case Look.LINE:
            return LineEditor()
    return ShownEditor(today(setting.clock))
