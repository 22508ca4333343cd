"""One question on the form: label, control, and what is not right about the answer.

An answer is checked when the question is left, and from then on at each key until it is
right. The row only shows what the session says.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from leadapp.core.problems import Problem
from leadapp.forms.markdown import plain
from leadapp.forms.state import State
from leadapp.ui.entry.choosing import Chosen, Look, choose, is_packed
from leadapp.ui.entry.doubts import doubt_about
from leadapp.ui.entry.editor import Editor
from leadapp.ui.entry.making import Setting, bind_of, make_editor
from leadapp.ui.entry.scale import ScaleField
from leadapp.ui.entry.spans import Cell
from leadapp.ui.kit.announce import announce
from leadapp.ui.kit.error_summary import ToFix
from leadapp.ui.kit.field import Asked, Field
from leadapp.ui.kit.icon_button import IconButton
from leadapp.ui.kit.line import set_state
from leadapp.ui.theme import theme
from leadapp.ui.words import tr

_HINT_BESIDE = 34
"""Letters of label and hint that fit one line."""
_SHORT_NUMBERS = frozenset({"int", "integer"})


class Question(QWidget):
    """``show_state`` after each change that touches its key; ``bare`` in a cell of a table."""

    answered = Signal(str, str, bool)
    """Key, XForm text, and whether it was typed."""

    shown_changed = Signal()
    """It came or went, so the rows around it are to be laid anew."""

    told_changed = Signal()
    """What it says is not right is another."""

    def __init__(
        self,
        state: State,
        span: int,
        setting: Setting,
        *,
        protected: bool = False,
        bare: bool = False,
        scale: bool = False,
    ) -> None:
        super().__init__()
        self._scale = scale
        self.key = state.key
        self.span = span
        self._bare = bare
        self._cell: Cell | None = None
        self._asked = ("", "")
        self._setting = setting
        self._protected = protected
        self._checked = False
        self._told = ""
        self._why = False
        self.state = state
        self.editor: Editor | None = None
        self.field: Field | None = None
        self._built: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._look = self._choose(state)
        self._build(state)
        if not self._shows(state):
            self.hide()  # never shown from here: without a parent it would be a window

    @property
    def shows(self) -> bool:
        """Whether it is asked now."""
        return self._shows(self.state)

    def cell(self) -> Cell:
        """Return what it needs in the grid."""
        if self._cell is None:
            control = self.editor.control if self.editor else self
            packed = self.state.control is not None and is_packed(self.state.control)
            self._cell = Cell(
                span=self.span,
                least=control.minimumSizeHint().width(),
                short=self.state.type in _SHORT_NUMBERS and self._setting.patrol,
                packed=packed,
                alone=self._look.look is Look.WORDS,
            )
        return self._cell

    def changeEvent(self, event: QEvent) -> None:
        """Measure anew after a change of text size or density."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.ParentChange):
            self._cell = None

    def show_state(self, state: State) -> None:
        """Show another state; the control is made anew only where it cannot show it."""
        before, self.state = self.state, state
        look = self._choose(state)
        if look != self._look or (self.editor is not None and not self.editor.fits(state)):
            self._look = look
            self._rebuild(state)
        else:
            self._show_words(before, state)
            if self.editor is not None:
                self.editor.show(state)
        self._tell()
        if self._shows(before) != self._shows(state):
            self.setVisible(self._shows(state))
            self.shown_changed.emit()
        elif self._setting.all_shown and before.relevant != state.relevant:
            self.shown_changed.emit()  # rows around it are dimmed, or are not any more

    def left(self) -> None:
        """The focus went to another question: check the answer now."""
        if self.editor is not None:
            self.editor.tidy()
        self.check()

    def check(self, *, aloud: bool = True) -> None:
        """Say what is not right about the answer, from now on."""
        self._checked = True
        self._tell(aloud=aloud)

    def to_fix(self) -> ToFix | None:
        """Return what the summary says of it: nothing while all is well or not yet checked."""
        problem = self.state.problem
        if not self._told or problem is None or not problem.blocks or not self.shows:
            return None
        return ToFix(self.key, plain(self.state.label) or self.key, self._told)

    def set_question(self, name: str, description: str = "") -> None:
        """Name the control of a table's cell by its column and row."""
        self._asked = (name, description)
        self._name_bare()

    def focus_control(self) -> None:
        """Put the focus into the control."""
        if self.editor is not None:
            self.editor.control.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self, state: State) -> Chosen:
        chosen = choose(state, patrol=self._setting.patrol)
        if self._bare and chosen.look in (Look.SEGMENTS, Look.GRID, Look.RADIOS):
            return Chosen(Look.COMBO)
        if self._scale and chosen.look is not Look.SHOWN:
            return Chosen(Look.SCALE)
        return chosen

    def tell_why(self) -> bool:
        """Say why it is asked, or stop saying it; False where the form does not say."""
        said = plain(self.state.guidance)
        if not said:
            return False
        self._why = not self._why
        if self._why:
            announce(self, said)
        self._show_hint(self.state)
        return True

    def _shows(self, state: State) -> bool:
        asked = state.relevant or self._setting.all_shown
        return asked and self._look.look is not Look.NONE

    def _build(self, state: State) -> None:
        if self._look.look is Look.NONE:
            return
        self.editor = make_editor(state, self._look, self._setting)
        self.editor.answered.connect(self._answered)
        self.setFocusProxy(self.editor.control)
        if self._bare or self._look.look is Look.WORDS:
            self._put(self.editor.control)
            self._name_bare()
        else:
            make = ScaleField if self._scale else Field
            self.field = make(
                plain(state.label) or state.key.rpartition("/")[2],
                self.editor.control,
                hint="" if self._beside(state) else plain(state.hint),
                protected=self._protected,
            )
            if self._beside(state) and state.hint:
                self.field.set_echo(plain(state.hint), tone="text2")
            self._put(with_why(self.field, self.tell_why, asked=bool(state.guidance)))
            self.field.set_needed(state.required and not self._waits(state))
        self.editor.show(state)
        self._show_asked(state)

    def _put(self, widget: QWidget) -> None:
        self._built = widget
        self._column.addWidget(widget)

    def _rebuild(self, state: State) -> None:
        focused = self.isAncestorOf(self.window().focusWidget() or self)
        if self._built is not None:
            self._column.removeWidget(self._built)
            self._built.hide()
            self._built.deleteLater()
        self.editor = self.field = self._cell = None
        self._build(state)
        self._told = ""
        if focused:
            self.focus_control()

    def _show_words(self, before: State, state: State) -> None:
        if self.field is None:
            return
        if before.label != state.label:
            self.field.set_label(plain(state.label))
        if (before.hint, before.guidance) != (state.hint, state.guidance):
            self._show_hint(state)
        if before.relevant != state.relevant:
            self._show_asked(state)
        if before.required != state.required:
            self.field.set_needed(state.required and not self._waits(state))

    def _show_hint(self, state: State) -> None:
        why = plain(state.guidance) if self._why else ""
        if self.field is None:
            self.setToolTip(why)
            return
        beside = self._beside(state)
        if beside:
            self.field.set_echo(plain(state.hint), tone="text2")
        said = ["" if beside else plain(state.hint), why]
        self.field.set_hint("\n".join(part for part in said if part))

    def _show_asked(self, state: State) -> None:
        """Dim what stands on the paper and is not asked here."""
        if self._setting.all_shown:
            self.setEnabled(state.relevant)
            if self.field is not None and not self._beside(state):
                said = "" if state.relevant else tr("Not asked: left out")
                self.field.set_echo(said, tone="text2")

    def _answered(self, text: str, typed: bool) -> None:
        self.answered.emit(self.key, text, typed)

    def _beside(self, state: State) -> bool:
        """Return whether the hint stands in the label's line: in a car each line counts.

        At a desk only that of a search box does, which is wide and says nothing there.
        """
        near = self._setting.patrol or self._look.look is Look.SEARCH
        return near and len(state.label) + len(state.hint) <= _HINT_BESIDE

    def _waits(self, state: State) -> bool:
        """Return whether it may be answered later today, so that no star stands at it."""
        return bind_of(state, self._setting.session).later

    def _tell(self, *, aloud: bool = False) -> None:
        if self.editor is None or self._look.look is Look.WORDS:
            return
        kind = self._setting.session.definition.kind
        problem = self.state.problem or doubt_about(self.state, kind)
        if problem is None and self._told:
            # Right again: next time it is checked when left, not while typing.
            self._checked = False
        said = self._words(problem) if problem is not None and self._checked else ""
        if said == self._told:
            return
        self._told = said
        self._show_told(said, blocks=problem is not None and problem.blocks)
        if said and aloud:
            announce(self, tr("{label}. {what}", label=plain(self.state.label), what=said))
        self.told_changed.emit()

    def _show_told(self, said: str, *, blocks: bool) -> None:
        if self.field is not None:
            self.field.set_error(said if blocks else "")
            self.field.set_warning("" if blocks else said)
        elif self.editor is not None:
            set_state(self.editor.control, "err" if said and blocks else "warn" if said else "")
            self.editor.control.setToolTip(said)
            self._name_bare()

    def _name_bare(self) -> None:
        if self.field is not None or self.editor is None:
            return
        name = self._asked[0] or plain(self.state.label)
        if self.state.required and not self._waits(self.state):
            name = tr("{label}, needed", label=name)
        control = self.editor.control
        if isinstance(control, Asked):
            control.set_question(name, self._told or self._asked[1])
        else:
            control.setAccessibleName(name)
            control.setAccessibleDescription(self._told or self._asked[1])

    def _words(self, problem: Problem) -> str:
        if problem.code == "forms.answer_waits":
            return ""
        return problem_words(problem, self._setting)


def with_why(field: Field, tell: Callable[[], object], *, asked: bool) -> QWidget:
    """Return ``field``, with a mark to press beside it where the form says why it is asked."""
    if not asked:
        return field
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme().px(4))
    row.addWidget(field, 1)
    why = IconButton("circle-help", tr("Why is this asked?"), key="Shift+F1", plain=True)
    why.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # by keys it is Shift+F1: no stop more
    why.clicked.connect(tell)
    row.addWidget(why, 0, Qt.AlignmentFlag.AlignTop)
    return holder


def problem_words(problem: Problem, setting: Setting) -> str:
    """Return what is not right: the form's own words where it has some."""
    own = str(problem.values.get("message") or "")
    if own:
        return plain(own)
    said = setting.words.of(problem)
    label = f"{problem.values.get('label')}: "
    # Beside the question its own words would stand twice.
    rest = said.removeprefix(label)
    return rest[:1].upper() + rest[1:]
