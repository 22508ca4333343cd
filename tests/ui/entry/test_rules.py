"""The rules behind the page, without a window: width, choice of control, dates, undo, Markdown."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadapp.core.clock import SteppingClock
from leadapp.core.ids import new_id
from leadapp.forms.markdown import plain, rich
from leadapp.forms.session import FormSession
from leadapp.ui.entry.choice_editors import alone
from leadapp.ui.entry.choosing import Chosen, Look, choose
from leadapp.ui.entry.date_editor import looks_to, read_stored, stored
from leadapp.ui.entry.making import bind_of
from leadapp.ui.entry.spans import TWELVE, Cell, place, twelfths
from leadapp.ui.entry.undoing import Undoing
from leadapp.ui.kit.typed_dates import Direction, Part, Typed, Wants
from tests.ui.entry.conftest import NOW, definition

ZONE = timezone(timedelta(hours=-8))


def session(form: str) -> FormSession:
    """Start a shipped form."""
    return FormSession(definition(form), clock=SteppingClock(NOW), ids=new_id)


@pytest.mark.parametrize(
    ("width", "columns", "span"),
    [(1, 4, 3), (2, 4, 6), (3, 4, 9), (4, 4, 12), (0, 4, 12), (1, 2, 6), (2, 2, 12), (1, 1, 12)],
)
def test_widths_are_twelfths_of_the_group(width: int, columns: int, span: int) -> None:
    assert twelfths(width, columns) == span


CELLS = st.builds(
    Cell,
    span=st.sampled_from([3, 4, 6, 9, 12]),
    least=st.integers(0, 900),
    short=st.booleans(),
    packed=st.booleans(),
    card=st.booleans(),
    alone=st.booleans(),
)


@given(st.lists(CELLS, max_size=20), st.integers(200, 1400))
def test_cells_never_overlap_and_keep_their_order(cells: list[Cell], room: int) -> None:
    spots = place(cells, room, 16, 700 if room < 700 else 0)
    taken = {
        (spot.row, column)
        for spot in spots
        for column in range(spot.column, spot.column + spot.span)
    }
    assert len(taken) == sum(spot.span for spot in spots)
    assert [(spot.row, spot.column) for spot in spots] == sorted(
        (spot.row, spot.column) for spot in spots
    )
    assert all(spot.column + spot.span <= TWELVE for spot in spots)


def test_below_the_narrow_width_each_takes_the_row() -> None:
    spots = place([Cell(3), Cell(3), Cell(6)], 600, 16, 700)
    assert [spot.span for spot in spots] == [12, 12, 12]


@pytest.mark.parametrize(
    ("form", "key", "patrol", "chosen"),
    [
        ("cit_contact", "result/weapon", True, Chosen(Look.SEGMENTS)),
        ("cit_contact", "scene/reason", True, Chosen(Look.GRID, 3)),
        ("cit_contact", "result/ending", False, Chosen(Look.GRID, 2)),
        ("cit_contact", "result/ending_detail", True, Chosen(Look.COMBO)),
        ("cit_contact", "scene/seen", True, Chosen(Look.CHIPS, 3)),
        ("cit_contact", "scene/seen", False, Chosen(Look.CHIPS, 0)),
        ("cit_contact", "scene/person", True, Chosen(Look.SEARCH)),
        ("cit_contact", "scene/when", True, Chosen(Look.MOMENT)),
        ("cit_contact", "outcome/narrative", True, Chosen(Look.LINES)),
        ("lead_intake", "daily/income/needs", False, Chosen(Look.CHECKS, 3)),
        ("lead_intake", "daily/income/monthly_income", False, Chosen(Look.DECIMAL)),
        ("lead_referral", "opening/door", False, Chosen(Look.RADIOS)),
    ],
)
def test_the_control_follows_type_choices_and_appearance(
    form: str, key: str, patrol: bool, chosen: Chosen
) -> None:
    assert choose(session(form).state(key), patrol=patrol) == chosen


def test_a_question_about_the_past_reads_dates_backwards() -> None:
    made = session("lead_intake")
    bind = bind_of(made.state("daily/home/moved_in_day"), made)
    assert looks_to(bind) is Direction.PAST


@given(st.datetimes(timezones=st.just(ZONE)))
def test_moments_are_kept_to_the_minute(moment: datetime) -> None:
    typed = Typed(Part.MOMENT, moment.date(), time(moment.hour, moment.minute))
    assert read_stored(stored(typed, ZONE), Wants.MOMENT) == typed


@given(st.dates())
def test_days_are_kept(day: date) -> None:
    assert read_stored(stored(Typed(Part.DAY, day), ZONE), Wants.DAY) == Typed(Part.DAY, day)


def test_what_is_no_date_is_not_read_as_one() -> None:
    assert read_stored("about March", Wants.DAY) is None


def test_none_stands_alone_and_goes_when_another_is_ticked() -> None:
    assert alone(["food", "none"], "none") == ["none"]
    assert alone(["none", "food"], "food") == ["food"]
    assert alone(["food", "legal"], "") == ["food", "legal"]


def test_undo_goes_back_to_the_start_and_redo_to_the_end() -> None:
    made = session("cit_contact")
    start = made.draft()
    undoing = Undoing(made)
    for end in range(1, 5):
        undoing.write("scene/where", "Main"[:end], typed=True)
    undoing.pause()
    undoing.write("scene/reason", "overdose", typed=False)
    done = made.draft()
    undoing.undo()
    assert made.value("scene/where") == "Main"
    undoing.undo()
    assert made.draft() == start
    assert not undoing.can_undo
    undoing.redo()
    undoing.redo()
    assert made.draft() == done


def test_markdown_is_shown_and_markup_is_not() -> None:
    assert rich("**Ask** first, _do not_ guess") == "<b>Ask</b> first, <i>do not</i> guess"
    assert rich("<script>") == "&lt;script&gt;"
    assert plain("**Ask** first") == "Ask first"


def test_a_little_html_and_escaped_marks_are_read_as_people_mean_them() -> None:
    assert plain("All <em>widgets</em>&nbsp;&amp; more<br>select\\_one") == (
        "All widgets & more\nselect_one"
    )
    assert rich("<b>Now</b> & here") == "<b>Now</b> &amp; here"
    assert plain("if a < b and c > d") == "if a < b and c > d"


@given(st.text(max_size=60))
def test_no_text_becomes_markup(text: str) -> None:
    said = rich(text)
    for tag in ("<b>", "</b>", "<i>", "</i>", "<br>"):
        said = said.replace(tag, "")
    assert "<" not in said
