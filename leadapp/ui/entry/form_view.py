"""All sections of a form as widgets, made when first shown; only rows that changed repaint."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from leadapp.forms.markdown import plain
from leadapp.forms.session import Changed
from leadapp.forms.state import Item
from leadapp.ui.entry.cards import Column, QuestionCard
from leadapp.ui.entry.choice_editors import words_of
from leadapp.ui.entry.making import Setting
from leadapp.ui.entry.outline import Block, Part, Rows, Run, block_of, is_table, outline
from leadapp.ui.entry.question import Question
from leadapp.ui.entry.repeats import CardRepeat, Makers, Repeat, TableRepeat, make_repeat
from leadapp.ui.entry.scale import scale_runs
from leadapp.ui.entry.scale_head import ScaleHead
from leadapp.ui.entry.section_page import SectionPage
from leadapp.ui.entry.spans import TWELVE, twelfths
from leadapp.ui.kit.error_summary import ToFix
from leadapp.ui.theme import theme


class FormView(QWidget):
    """``apply(changed)`` after each change; ``go_to(key)`` brings a question into view."""

    answered = Signal(str, str, bool)
    left_question = Signal()
    add_wanted = Signal(str)
    remove_wanted = Signal(str)
    copy_wanted = Signal(str)
    told_changed = Signal()
    section_changed = Signal(int)

    def __init__(self, setting: Setting) -> None:
        super().__init__()
        self.setting = setting
        self.session = setting.session
        self.parts: tuple[Part, ...] = outline(self.session, flow=setting.all_shown)
        self.here = 0
        self._rows: dict[str, Question] = {}
        self._repeats: dict[str, TableRepeat | CardRepeat] = {}
        self._built: dict[int, SectionPage] = {}
        self._unsettled = False
        self._checked_all = False
        self._stack = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)
        self.go_section(0)

    @property
    def in_sections(self) -> bool:
        """Whether the form is asked a section at a time."""
        return len(self.parts) > 1

    @property
    def page(self) -> SectionPage:
        """The section in view."""
        return self._built[self.here]

    def title(self, at: int) -> str:
        """Return the name of a section."""
        key = self.parts[at].key
        return plain(self.session.state(key).label) if key else ""

    def is_asked(self, at: int) -> bool:
        """Return whether a section shows at all."""
        key = self.parts[at].key
        return not key or self.session.is_relevant(key)

    def go_section(self, at: int) -> None:
        """Show a section, made now if this is the first time."""
        if at not in self._built:
            self._built[at] = SectionPage(self.parts[at], self.make_block)
            self._stack.addWidget(self._built[at])
        self.here = at
        self._stack.setCurrentWidget(self._built[at])
        self.section_changed.emit(at)

    def step_section(self, step: int) -> bool:
        """Go to the next section that is asked; False at the end."""
        at = self.here + step
        while 0 <= at < len(self.parts) and not self.is_asked(at):
            at += step
        if not 0 <= at < len(self.parts):
            return False
        self.go_section(at)
        self.focus_first()
        return True

    def focus_first(self) -> None:
        """Put the focus into the first question of the section; its top comes into view."""
        self.page.verticalScrollBar().setValue(0)
        for stop in self.stops():
            if isinstance(stop, Question) and stop.editor is not None and _takes_tab(stop):
                stop.focus_control()
                return

    def apply(self, changed: Changed) -> None:
        """Show what a change touched."""
        for key in changed:
            repeat = self._repeats.get(key)
            if repeat is not None:
                repeat.show_copies()
        for key in changed:
            row = self._rows.get(key)
            if row is not None and self.session.has(key):
                row.show_state(self.session.state(key))
            elif key in self._repeats or row is None:
                self._unsettled = self._unsettled or key in self._repeats
        if self._unsettled:
            self._settle()

    def relabel(self) -> None:
        """Show everything anew in another language: sections are made again."""
        focused = self._focused_key()
        told = [key for key, row in self._rows.items() if row.to_fix() is not None]
        self._rows.clear()
        self._repeats.clear()
        for page in self._built.values():
            self._stack.removeWidget(page)
            page.hide()
            page.deleteLater()
        self._built.clear()
        self.go_section(self.here)
        for key in told:
            row = self._rows.get(key)
            if row is not None:
                row.check(aloud=False)
        if focused and focused in self._rows:
            self._rows[focused].focus_control()

    def show_flow(self, *, on: bool) -> None:
        """Show everything in one flow in the order of the paper, or as usual."""
        self.setting = replace(self.setting, all_shown=on)
        self.parts = outline(self.session, flow=on)
        self.here = 0
        self.relabel()

    def keep_in_view(self) -> None:
        """Scroll so that what has the focus is seen, once new rows have their place."""
        focus = self.window().focusWidget()
        inside = self.page.widget()
        if focus is not None and inside is not None and inside.isAncestorOf(focus):
            self.page.ensureWidgetVisible(focus, theme().px(16), theme().px(40))

    def check_all(self) -> None:
        """Check every question, those of sections not yet shown when they are made."""
        self._checked_all = True
        self.blockSignals(True)  # the summary is made once, by whoever asked
        for row in self._rows.values():
            row.check(aloud=False)
        self.blockSignals(False)

    def to_fix(self) -> list[ToFix]:
        """Return what is not right and was said, in the order of the form."""
        return [fix for row in self._ordered() if (fix := row.to_fix()) is not None]

    def go_to(self, key: str) -> bool:
        """Bring the question ``key`` into view, with the focus; its section is opened."""
        at = self._section_of(key)
        if at is None:
            return False
        if at != self.here:
            self.go_section(at)
        if self.page.holds_later(key):
            self.page.show_later(shown=True)
        for repeat in self._repeats.values():
            if isinstance(repeat, CardRepeat) and key.startswith(f"{repeat.repeat.key}["):
                repeat.open_copy(key)
        row = self._rows.get(key)
        if row is None:
            return False
        row.focus_control()
        self.page.ensureWidgetVisible(row, 16, 40)
        return True

    def row(self, key: str) -> Question | None:
        """Return the row of a question that has been made."""
        return self._rows.get(key)

    def list_arrived(self) -> None:
        """A page of a list came: boxes that wait for one ask again."""
        for key, row in self._rows.items():
            if row.editor is not None and self.session.has(key):
                row.editor.list_arrived(row.state)

    def row_with(self, widget: QWidget) -> Question | None:
        """Return the row that ``widget`` is in."""
        return self._row_of(widget)

    def stops(self) -> list[QWidget]:
        """Return the tab stops of the section in view, in reading order."""
        return self.page.stops()

    def copy_here(self) -> tuple[str, str]:
        """Return the repeat and the copy that the focus is in; blank where in none."""
        key = self._focused_key()
        inside, found, _rest = key.rpartition("]")
        if not found:
            return self._only_repeat(), ""
        copy = f"{inside}]"
        return copy.rpartition("[")[0], copy

    def _only_repeat(self) -> str:
        shown = [
            key
            for key, repeat in self._repeats.items()
            if repeat.isVisible() and not repeat.repeat.fixed
        ]
        focus = self.window().focusWidget()
        inside = [k for k in shown if focus and self._repeats[k].isAncestorOf(focus)]
        return inside[0] if inside else shown[0] if len(shown) == 1 else ""

    def make_block(self, block: Block) -> QWidget:
        """Return the widget of a group."""
        # In a car each line counts: cards side by side explain themselves.
        titled = not self.setting.patrol or block.later or block.span == TWELVE
        parts = [self._make_part(part, titled=titled) for part in block.parts]
        starts_bare = bool(block.parts) and not isinstance(block.parts[0], Run)
        title = self._label(block.key) if starts_bare and block.key and not self.in_sections else ""
        if len(block.parts) == 1 and isinstance(block.parts[0], Rows):
            title = ""
        return Column(title, block.span, parts)

    def _make_part(self, part: Run | Rows | Block, *, titled: bool) -> QWidget:
        if isinstance(part, Block):
            return self.make_block(part)
        if isinstance(part, Rows):
            return self._make_repeat(part)
        scales = list(scale_runs(self.session, part.items))
        in_scale = {at for run in scales for at in run}
        rows = [
            self._make_question(
                item.key,
                TWELVE if at in in_scale else twelfths(item.control.width, part.columns),
                protected=part.protected,
                scale=at in in_scale,
            )
            for at, item in enumerate(part.items)
        ]
        heads = [self._make_head(part.items, rows, run) for run in scales]
        title = self._label(part.title) if part.title and titled else ""
        return QuestionCard(title, rows, patrol=self.setting.patrol, heads=heads)

    def _make_head(self, items: Sequence[Item], rows: Sequence[Question], run: range) -> ScaleHead:
        """Return the heading of a scale; a question that only labels the table names it."""
        before = items[run.start - 1] if run.start else None
        names = before is not None and "label" in before.control.appearance
        title = self.session.state(before.key).label if before is not None and names else ""
        labels = [words_of(offer) for offer in self.session.state(items[run.start].key).choices]
        return ScaleHead(title, labels, rows[run.start : run.stop])

    def _label(self, key: str) -> str:
        if "#" in key or not self.session.has(key) or "]" in key[-1:]:
            return ""
        return plain(self.session.state(key).label)

    def _make_question(
        self,
        key: str,
        span: int,
        *,
        protected: bool = False,
        bare: bool = False,
        scale: bool = False,
    ) -> Question:
        state = self.session.state(key)
        row = Question(state, span, self.setting, protected=protected, bare=bare, scale=scale)
        row.answered.connect(self.answered.emit)
        row.told_changed.connect(self.told_changed.emit)
        row.shown_changed.connect(self._one_came_or_went)
        self._rows[key] = row
        if self._checked_all:
            row.check(aloud=False)
        return row

    def _make_repeat(self, part: Rows) -> QWidget:
        protected = part.protected
        makers = Makers(
            question=lambda key, bare: self._make_question(key, 12, protected=protected, bare=bare),
            copy=self._make_copy,
            forget=self._forget,
        )
        repeat = Repeat(self.session, part.item, makers, all_shown=self.setting.all_shown)
        repeat.add_wanted.connect(self.add_wanted.emit)
        repeat.remove_wanted.connect(self.remove_wanted.emit)
        repeat.copy_wanted.connect(self.copy_wanted.emit)
        made = make_repeat(repeat, table=is_table(part.item))
        repeat.setParent(made)
        self._repeats[part.item.key] = made
        return made

    def _make_copy(self, key: str) -> QWidget:
        item = _find(self.session.items(everything=True), key)
        if item is None:
            return QWidget()
        return self.make_block(block_of(self.session.definition, item, item.control.columns))

    def _forget(self, copy: str) -> None:
        for key in [key for key in self._rows if key.startswith(f"{copy}/")]:
            del self._rows[key]
        for key in [key for key in self._repeats if key.startswith(f"{copy}/")]:
            del self._repeats[key]

    def _one_came_or_went(self) -> None:
        self._unsettled = True

    def _settle(self) -> None:
        self._unsettled = False
        for page in self._built.values():
            page.settle()

    def _ordered(self) -> Iterable[Question]:
        order = {key: at for at, key in enumerate(_keys(self.session.items()))}
        return sorted(self._rows.values(), key=lambda row: order.get(row.key, len(order)))

    def _section_of(self, key: str) -> int | None:
        first = key.split("/")[0].partition("[")[0]
        for at, part in enumerate(self.parts):
            inside = (*part.blocks, *part.later)
            for block in inside:
                name = block.key.partition("[")[0]
                if name and (first == name or key.startswith(f"{name}/")):
                    return at
                if any(item.key == key for run in block.runs() for item in run.items):
                    return at
        return 0 if len(self.parts) == 1 else None

    def _focused_key(self) -> str:
        row = self._row_of(self.window().focusWidget())
        return row.key if row is not None else ""

    def _row_of(self, widget: QWidget | None) -> Question | None:
        at = widget
        while at is not None and at is not self:
            if isinstance(at, Question):
                return at
            at = at.parentWidget()
        return None

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is None or not self.isAncestorOf(old):
            return
        row = self._row_of(old)
        if row is None or (new is not None and row.isAncestorOf(new)):
            return
        if new is None or new.window() is not self.window():
            return  # another window is in front, or a list of this question is open
        row.left()
        self.left_question.emit()


def _takes_tab(row: Question) -> bool:
    control = row.editor.control if row.editor else row
    proxy = control.focusProxy() or control
    return bool(proxy.focusPolicy() & Qt.FocusPolicy.TabFocus) and proxy.isEnabled()


def _find(items: Sequence[Item], key: str) -> Item | None:
    for item in items:
        if item.key == key:
            return item
        if key.startswith(item.key) or "#" in item.key:
            found = _find(item.children, key)
            if found is not None:
                return found
    return None


def _keys(items: Sequence[Item]) -> Iterable[str]:
    for item in items:
        if item.kind == "question":
            yield item.key
        else:
            yield from _keys(item.children)
