"""The made-up county: whole, valid, in the past, the same for the same seed."""

from __future__ import annotations

import shutil
import stat
from collections import defaultdict
from dataclasses import replace
from datetime import datetime
from itertools import groupby

import pytest

from leadapp.core.clock import SteppingClock
from leadapp.core.errors import Refusal
from leadapp.core.ids import RingId, new_id
from leadapp.core.paths import shipped_forms
from leadapp.forms.session import FormSession, Submission
from leadapp.journal.entry import FOLDED_OPS
from leadapp.kinds.cit_contact import DISPOSITIONS
from leadapp.kinds.contract import Record
from leadapp.naloxone.companions import movement_id
from leadapp.naloxone.movements import VIRTUAL_PLACES
from leadapp.services import reporting, rules, verifying
from leadapp.services.demo import Plan, make
from leadapp.services.desk import family_of
from leadapp.staff.roles import LAW_ROLES
from leadapp.store.device import load_device
from leadapp.store.folder import ProgramFolder
from tests.county import CHEAP, NOW, PLAN, USERS, County

END = datetime(2026, 11, 1, tzinfo=NOW.tzinfo)
LAW, CARE, SUPPLY = RingId("law-sheriff"), RingId("care"), RingId("supply")
EACH = 8
"""How many of each form are put through a session."""


@pytest.fixture(scope="module")
def desk(made_county, tmp_path_factory):
    """Return the coordinator's desk in a copy, for tests that only read."""
    home = tmp_path_factory.mktemp("read")
    shutil.copytree(made_county.folder, home / "county")
    shutil.copytree(made_county.state, home / "state")
    copied = replace(made_county, folder=home / "county", state=home / "state")
    with copied.desk("coordinator") as found:
        yield found


def entries(desk, ring):
    return [entry for log in desk.reader.logs(ring) for entry in desk.reader.entries(ring, log.log)]


def make_in(folder, plan, made_county, clock=None, **more):
    return make(
        folder, plan, clock=clock or SteppingClock(NOW), cost=CHEAP,
        anchors=folder.parent / "state", cache=made_county.cache, **more,
    )  # fmt: skip


def test_it_has_as_many_people_and_contacts_as_asked(made_county):
    forms = [one.form for one in made_county.written]
    assert forms.count("cit_contact") == PLAN.contacts
    assert forms.count("person_law") + forms.count("person_care") == PLAN.people


def test_every_shipped_form_is_used(made_county):
    shipped = {path.name for path in shipped_forms().iterdir() if path.is_dir()}
    assert {one.form for one in made_county.written} == shipped


def test_what_was_told_is_what_can_be_read(made_county, desk):
    for one in made_county.written[::17]:
        stored = desk.reader.find(one.record)
        assert stored is not None
        assert stored.form == one.form
        assert stored.answers.keys() >= one.answers.keys()


def test_nothing_happens_after_the_last_month(made_county, desk):
    moments = [entry.t_ms for ring in desk.rings for entry in entries(desk, ring)]
    drafts = [draft.changed_ms for draft in desk.drafts.all()]
    unlock_now = NOW.timestamp() * 1000
    made = [moment for moment in moments if moment < unlock_now]
    assert max(made) < END.timestamp() * 1000
    assert max(drafts) < END.timestamp() * 1000
    assert made_county.made.until == "2026-10-31"


def test_authors_write_what_their_role_may(desk):
    users = desk.holding.roster.users
    for ring in (LAW, CARE, SUPPLY):
        written = [entry for entry in entries(desk, ring) if entry.op in FOLDED_OPS]
        assert written
        for entry in written:
            law = bool(LAW_ROLES & set(users[entry.author].roles))
            assert law is (family_of(ring) == "law")


def samples():
    return [path.name for path in sorted(shipped_forms().iterdir()) if path.is_dir()]


@pytest.mark.parametrize("form", samples())
def test_what_it_answers_can_be_finished_in_its_form(made_county, desk, form):
    written = [one for one in made_county.written if one.form == form]
    step = max(1, len(written) // EACH)
    source = desk.shelf.source(form)
    for one in written[::step]:
        ring = desk.reader.find(one.record).ring
        clock = SteppingClock(one.at)
        session = FormSession(
            desk.shelf.definition(form), clock=clock, ids=new_id,
            lookup=desk.lookup(family_of(ring)), answers=dict(one.answers),
        )  # fmt: skip
        done = session.finish(one.at)
        assert isinstance(done, Submission), done
        assert done.dropped == 0
        typed = {key: text for key, text in done.answers.items() if text}
        assert typed == one.answers
        stored = desk.reader.find(one.record)
        seen = record_of(stored, {**done.answers, **done.calculated})
        found = rules.problems(source.kind, seen)
        blocking = {problem.code for problem in found if problem.blocks}
        assert blocking - {"naloxone.second_person_on_page"} == set()


def record_of(stored, answers):
    return Record(
        id=stored.record, ring=stored.ring, form=stored.form, form_version=stored.form_version,
        author=stored.author, created_ms=0, changed_ms=0, finished_at=stored.finished_at,
        conflicted=False, answers=answers,
    )  # fmt: skip


def test_every_ending_of_a_contact_comes_up(desk):
    rows = desk.reader.rows("SELECT DISTINCT disposition FROM cit_contact", {})
    assert {str(row[0]) for row in rows} == set(DISPOSITIONS)


def test_no_shelf_is_ever_below_nothing(desk):
    moves = desk.reader.rows(
        "SELECT day, lot_id, from_place, to_place, doses, shortfall FROM movement ORDER BY day",
        {},
    )
    assert len(moves) > 20
    assert not any(row[5] for row in moves)
    books: defaultdict[tuple, int] = defaultdict(int)
    for _, of_day in groupby(moves, key=lambda row: row[0]):
        for _, lot, from_place, to_place, doses, _ in of_day:
            books[lot, from_place] -= doses
            books[lot, to_place] += doses
        shelves = {key: left for key, left in books.items() if key[1] not in VIRTUAL_PLACES}
        assert min(shelves.values()) >= 0


def test_stock_is_received_carried_given_used_expired_counted_and_lost(desk):
    moves = {str(row[0]) for row in desk.reader.rows("SELECT move FROM movement", {})}
    assert moves >= {"received", "transferred", "given", "used", "expired", "adjusted", "lost"}


def test_naloxone_used_on_a_contact_moves_stock_under_the_derived_id(made_county, desk):
    used = [
        one
        for one in made_county.written
        if one.form == "cit_contact" and one.answers["result/naloxone_given"] == "yes"
    ]
    assert used
    for one in used:
        stored = desk.reader.record("shared", movement_id(one.record, "used"))
        assert stored is not None
        assert stored.answers["movement/doses"] == one.answers["result/naloxone_doses"]
        assert datetime.fromisoformat(stored.finished_at).hour == 12


def test_some_contacts_are_corrected_with_a_reason_and_some_are_void(desk):
    of_contacts = [entry for entry in entries(desk, LAW) if entry.form == "cit_contact"]
    again = [entry for entry in of_contacts if entry.parents]
    assert {entry.op for entry in again} == {"save", "void"}
    assert all(entry.values["_reason"] for entry in again)


def test_a_corrected_dose_reverses_and_replaces_its_movement(desk):
    rows = desk.reader.rows("SELECT reverses, replaces FROM movement", {})
    reversed_ones = {str(row[0]) for row in rows if row[0]}
    assert reversed_ones
    assert reversed_ones == {str(row[1]) for row in rows if row[1]}


def test_a_finished_intake_makes_the_person_active(desk):
    rows = desk.reader.rows(
        "SELECT (SELECT count(*) FROM intake WHERE minimum_day != ''),"
        " (SELECT count(DISTINCT person_id) FROM episode_status WHERE status = 'active')",
        {},
    )
    assert rows[0][0] == rows[0][1] > 0


def test_it_verifies(county):
    with county.desk("coordinator") as desk:
        assert verifying.verify(desk).problems == ()


def test_each_person_opens_the_rings_of_their_role(county):
    office = {"care", "law-sheriff", "refer-sheriff", "shared", "supply", "sys"}
    wanted = {
        "admin": {"shared", "sys"},
        "deputy": {"law-sheriff", "refer-sheriff", "shared", "sys"},
        "supervisor": {"law-sheriff", "refer-sheriff", "shared", "sys"},
        "casemanager": office - {"law-sheriff"},
        "coordinator": office,
        "clerk": office,
    }
    for user, rings in wanted.items():
        with county.desk(user) as desk:
            assert set(desk.rings) == rings, user


def test_passwords_are_long_different_and_for_the_owner_only(county):
    words = {user: county.password(user) for user in USERS}
    assert len(set(words.values())) == len(USERS)
    for user in USERS:
        file = county.password_file(user)
        assert file.read_text("utf-8").count("\n") == 1
        assert sum(letter.isalpha() for letter in words[user]) >= 15
        assert stat.S_IMODE(file.stat().st_mode) in (0o600, 0o666)  # Windows knows no owner bits


def test_it_says_that_it_is_made_up(county):
    device = load_device(ProgramFolder(county.folder))
    assert (device.made_up, device.county, device.device_class) == (True, "Alder County", "office")


@pytest.mark.parametrize(
    ("user", "form"), [("deputy", "cit_contact"), ("casemanager", "lead_intake")]
)
def test_someone_was_in_the_middle_of_something(county, user, form):
    with county.desk(user) as desk:
        (draft,) = desk.drafts.mine(desk.user)
    assert draft.form == form
    assert draft.answers


def test_the_same_seed_and_clock_give_the_same_figures(made_county, tmp_path):
    plan, found = Plan(people=12, contacts=20, months=2, seed=3), []
    for name in ("one", "two"):
        folder = tmp_path / name / "county"
        make_in(folder, plan, made_county)
        found.append(figures(folder, tmp_path / name / "state", made_county.cache))
    assert found[0] == found[1]


def test_another_seed_gives_another_county(made_county, tmp_path):
    found = []
    for seed in (1, 2):
        told: list[tuple] = []
        plan = Plan(people=4, contacts=6, months=1, seed=seed)
        make_in(
            tmp_path / str(seed) / "county", plan, made_county,
            watch=lambda *one, told=told: told.append(one),
        )  # fmt: skip
        found.append([(form, answers) for form, _, answers, _ in told])
    assert found[0] != found[1]


def figures(folder, state, cache):
    with County(folder, state, cache).desk("coordinator") as desk:
        return reporting.monthly(desk, "2026-10").data["figures"]


def test_it_tells_how_far_it_is(made_county, tmp_path):
    told = []
    plan = Plan(people=4, contacts=6, months=1, seed=1)
    make_in(tmp_path / "county", plan, made_county, progress=lambda *one: told.append(one))
    assert told[-1][1:] == (10, 10)


def test_a_folder_that_holds_something_is_refused_and_left_alone(made_county, tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(Refusal, match=r"services\.demo_folder_not_empty"):
        make_in(tmp_path, PLAN, made_county)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


class Stopped(Exception):
    """Somebody pressed Ctrl+C."""


def test_a_county_that_was_cut_off_is_refused_the_next_time(made_county, tmp_path):
    def stop(*_):
        raise Stopped

    folder, plan = tmp_path / "county", Plan(people=4, contacts=6, months=1, seed=1)
    with pytest.raises(Stopped):
        make_in(folder, plan, made_county, watch=stop)
    with pytest.raises(Refusal, match=r"services\.demo_unfinished"):
        make_in(folder, plan, made_county)
