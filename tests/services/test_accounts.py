"""Set-up, unlocking and accounts on real files: who can open what, and what never may be."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from leadapp.core.clock import SteppingClock
from leadapp.core.errors import Damage, Refusal
from leadapp.core.ids import FormId, RecordId, RingId, UserId
from leadapp.services import accounts, setup, unlock
from leadapp.services.accounts import NewUser
from leadapp.services.desk import Desk
from leadapp.staff.roles import Role
from leadapp.store.connection import open_file
from leadapp.vault.derivation import Argon2
from leadapp.vault.keyring import Keyring
from leadapp.vault.totp import code_at, step_of

TINY = Argon2(memory_kib=32, passes=1, lanes=1)
CARE, SHARED, SYS, SUPPLY = map(RingId, ("care", "shared", "sys", "supply"))
LAW, REFER = RingId("law-sheriff"), RingId("refer-sheriff")
ADMIN = "purple otter drives nine kites"
OTHER = "seven quiet lanterns hum"
ROLES = {
    "Dora Deputy": Role.DEPUTY,
    "Carl Case": Role.CASE_MANAGER,
    "Cora Coord": Role.COORDINATOR,
    "Stan Stock": Role.STOCK_MANAGER,
    "Rita Report": Role.REPORT_CLERK,
}


@dataclass
class Office:
    """A program on disk, and the passwords of its people."""

    root: Path
    clock: SteppingClock
    made: setup.SetupResult
    passwords: dict[str, str] = field(default_factory=dict)
    users: dict[str, UserId] = field(default_factory=dict)

    def sits(self, name: str, password: str = "", code: str = "") -> Desk:
        return unlock.unlock(
            self.root,
            name=name,
            password=password or self.passwords[name],
            code=code,
            clock=self.clock,
            anchors=self.root.parent / "anchors",
            cache=self.root.parent / "cache",
        )

    def opens(self, name: str) -> set[str]:
        desk = self.sits(name)
        try:
            return set(desk.rings)
        finally:
            desk.close()

    def hires(self, *names: str) -> None:
        desk = self.sits("Ada Admin")
        for name in names:
            role = ROLES[name]
            agency = "sheriff" if role is Role.DEPUTY else ""
            self.passwords[name] = f"{OTHER} for {name[:4]}"
            new = NewUser(name, frozenset({role}), self.passwords[name], agency)
            self.users[name] = accounts.add_user(desk, new)
        desk.close()

    def keyring(self) -> Keyring:
        return Keyring.load(self.root / "keyring.json")


def office(tmp_path: Path, device_class="office", **more) -> Office:
    clock = SteppingClock(datetime(2026, 11, 22, 12, tzinfo=UTC))
    wanted = setup.Wanted("Pine County", device_class, "Ada Admin", ADMIN, cost=TINY, **more)
    root = tmp_path / "program"
    made = setup.create_program(root, wanted, clock=clock, anchors=tmp_path / "anchors")
    page, group = made.asked
    setup.confirm(made, page=page, group=group, typed=made.pages[0].groups[group - 1])
    return Office(root, clock, made, {"Ada Admin": ADMIN}, {"Ada Admin": made.user})


@pytest.fixture
def county(tmp_path):
    return office(tmp_path)


@pytest.fixture
def car(tmp_path):
    return office(tmp_path, "law", agency="sheriff")


def code_of(action):
    with pytest.raises((Refusal, Damage)) as caught:
        action()
    return caught.value.code


# -- set-up ----------------------------------------------------------------------------------


def test_set_up_ends_only_when_a_part_of_the_page_is_typed_back(tmp_path):
    clock = SteppingClock(datetime(2026, 11, 22, 12, tzinfo=UTC))
    wanted = setup.Wanted("Pine County", "office", "Ada Admin", ADMIN, cost=TINY)
    root, anchors = tmp_path / "program", tmp_path / "anchors"
    made = setup.create_program(root, wanted, clock=clock, anchors=anchors)
    wrong = made.pages[0].groups[4]
    assert code_of(lambda: setup.confirm(made, page="root", group=1, typed=wrong)) == (
        "vault.page_not_confirmed"
    )
    assert code_of(lambda: unlock.people_here(root, clock=clock)) == "store.no_program"
    again = setup.create_program(root, wanted, clock=clock, anchors=anchors)
    setup.confirm(again, page="root", group=2, typed=again.pages[0].groups[1])
    assert unlock.people_here(root, clock=clock).device.county == "Pine County"
    assert code_of(lambda: setup.create_program(root, wanted, clock=clock)) == (
        "services.program_exists"
    )


def test_no_printed_secret_is_ever_on_disk(county):
    county.hires("Carl Case")
    desk = county.sits("Carl Case")
    pages = [*county.made.pages, *desk.holding.pages]
    desk.close()
    everything = b"".join(one.read_bytes() for one in county.root.rglob("*") if one.is_file())
    assert {page.name for page in pages} == {"root", "sys", "shared", "care", "supply"}
    for page in pages:
        assert page.groups[0].encode() not in everything
        assert "".join(page.groups).encode() not in everything


def test_a_weak_first_password_is_refused_with_all_reasons(tmp_path):
    clock = SteppingClock(datetime(2026, 11, 22, 12, tzinfo=UTC))
    wanted = setup.Wanted("Pine County", "office", "Ada Admin", "pinecounty1", cost=TINY)
    with pytest.raises(Refusal) as caught:
        setup.create_program(tmp_path / "program", wanted, clock=clock)
    assert [one.code for one in caught.value.problems] == [
        "vault.password_short",
        "vault.password_names",
    ]


@pytest.mark.parametrize("agency", ["", "Sheriff", "she/riff", "../x", "a-b", "shérif", "s" * 21])
def test_an_agency_that_would_not_do_in_a_rings_name_is_refused(tmp_path, agency):
    clock = SteppingClock(datetime(2026, 11, 22, 12, tzinfo=UTC))
    wanted = setup.Wanted("Pine", "law", "Ada Admin", ADMIN, agency=agency, cost=TINY)
    refused = code_of(lambda: setup.create_program(tmp_path / "program", wanted, clock=clock))
    assert refused.startswith("services.agency")


# -- who opens what --------------------------------------------------------------------------


def test_an_administrator_opens_no_records(county):
    county.hires(*ROLES)
    for name in ROLES:
        county.opens(name)
    assert county.opens("Ada Admin") == {"sys", "shared"}
    assert county.keyring().rings_of(county.users["Ada Admin"]) == {"sys", "shared"}


def test_each_role_opens_its_rings_and_the_first_one_makes_them(county):
    county.hires(*ROLES)
    assert county.opens("Carl Case") == {"sys", "shared", "supply", "care", "refer-sheriff"}
    assert county.opens("Stan Stock") == {"sys", "shared", "supply"}
    assert county.opens("Rita Report") == {"sys", "shared"}
    assert county.opens("Dora Deputy") == {"sys", "shared"}


def test_a_deputys_password_opens_no_care(county):
    county.hires("Carl Case", "Dora Deputy")
    county.opens("Carl Case")
    keyring = county.keyring()
    keys = keyring.unlock(county.users["Dora Deputy"], county.passwords["Dora Deputy"])
    assert code_of(lambda: keyring.open_ring_key(CARE, keys)) == "vault.not_a_holder"
    desk = county.sits("Dora Deputy")
    assert "care" not in desk.rings
    key = desk.holding.rings[SHARED]
    desk.close()
    with pytest.raises(Damage):
        open_file(county.root / "rings" / "care.ring", key)


def test_a_law_device_has_no_care_or_supply_file_or_slot_whoever_logs_in(car):
    car.hires(*ROLES)
    for name in ("Ada Admin", *ROLES):
        car.opens(name)
    files = {file.name for file in car.root.rglob("*.ring")}
    assert files == {"sys.ring", "shared.ring", "law-sheriff.ring", "refer-sheriff.ring"}
    assert car.keyring().rings() == {"sys", "shared", LAW, REFER}
    text = (car.root / "keyring.json").read_text()
    assert "care" not in text
    assert "supply" not in text


def test_office_people_open_only_sys_and_shared_on_a_law_device(car):
    car.hires(*ROLES)
    assert car.opens("Dora Deputy") == {"sys", "shared", LAW, REFER}
    for name in ("Carl Case", "Cora Coord", "Stan Stock", "Ada Admin"):
        assert car.opens(name) == {"sys", "shared"}


def test_calling_a_law_device_an_office_in_its_plain_files_opens_nothing(car):
    car.hires("Carl Case")
    file = car.root / "device.json"
    stored = json.loads(file.read_text())
    file.write_text(json.dumps({**stored, "device_class": "office"}))
    with pytest.raises(Damage) as caught:
        car.opens("Carl Case")
    assert caught.value.code == "services.device_edited"
    assert not (car.root / "rings" / "care.ring").exists()


def test_supply_and_refer_are_given_without_asking_but_care_waits_for_a_yes(county):
    county.hires("Carl Case", "Dora Deputy")
    county.opens("Carl Case")
    county.hires("Cora Coord")
    assert county.opens("Cora Coord") == {"sys", "shared"}
    desk = county.sits("Carl Case")
    waiting = accounts.requests(desk)
    assert [(one.ring, one.name) for one in waiting] == [("care", "Cora Coord")]
    accounts.grant_ring(desk, CARE, county.users["Cora Coord"])
    assert accounts.requests(desk) == []
    desk.close()
    assert county.opens("Cora Coord") == {"sys", "shared", "supply", "care", "refer-sheriff"}


def test_a_clerk_opens_a_ring_by_grant_only_and_grants_nothing(county):
    county.hires("Carl Case", "Rita Report", "Cora Coord")
    desk = county.sits("Carl Case")
    accounts.grant_ring(desk, CARE, county.users["Rita Report"])
    desk.close()
    assert county.opens("Rita Report") == {"sys", "shared", "care"}
    clerk = county.sits("Rita Report")
    refused = code_of(lambda: accounts.grant_ring(clerk, CARE, county.users["Cora Coord"]))
    assert refused == "services.not_allowed"
    assert accounts.requests(clerk) == []
    clerk.close()
    desk = county.sits("Carl Case")
    accounts.withdraw_ring(desk, CARE, county.users["Rita Report"])
    desk.close()
    assert county.opens("Rita Report") == {"sys", "shared"}


def test_nobody_gives_care_to_a_deputy_or_an_administrator(county):
    county.hires("Carl Case", "Dora Deputy")
    desk = county.sits("Carl Case")
    for name in ("Dora Deputy", "Ada Admin"):
        refused = code_of(lambda user=county.users[name]: accounts.grant_ring(desk, CARE, user))
        assert refused == "services.role_does_not_open"
    desk.close()


def test_a_coordinator_reads_law_only_where_the_county_grants_it(county):
    county.hires("Cora Coord", "Dora Deputy")
    assert LAW not in county.opens("Cora Coord")
    coordinator = county.sits("Cora Coord")
    myself = county.users["Cora Coord"]
    assert code_of(lambda: accounts.grant_law(coordinator, "sheriff", myself)) == (
        "services.not_to_oneself"
    )
    coordinator.close()
    desk = county.sits("Ada Admin")
    accounts.grant_law(desk, "sheriff", myself)
    desk.close()
    assert LAW in county.opens("Cora Coord")
    assert LAW in county.opens("Dora Deputy")


# -- passwords -------------------------------------------------------------------------------


def test_wrong_passwords_lock_and_an_administrator_opens_again(county):
    county.hires("Carl Case")
    for left in (4, 3, 2, 1):
        with pytest.raises(Refusal) as caught:
            county.sits("Carl Case", "wrong")
        assert caught.value.values == {"left": left}
    assert code_of(lambda: county.sits("Carl Case", "wrong")) == "vault.now_locked"
    assert code_of(lambda: county.sits("Carl Case")) == "vault.locked"
    desk = county.sits("Ada Admin")
    accounts.release(desk, county.users["Carl Case"])
    desk.close()
    assert CARE in county.opens("Carl Case")


def test_a_supervisor_reads_a_code_over_the_phone(county):
    county.hires("Carl Case", "Cora Coord")
    user = county.users["Carl Case"]
    for _ in range(5):
        code_of(lambda: county.sits("Carl Case", "wrong"))
    shown = unlock.people_here(county.root, clock=county.clock).people
    challenge = next(one.challenge for one in shown if one.user == user)
    desk = county.sits("Cora Coord")
    code = accounts.code_to_read_out(desk, challenge)
    desk.close()
    unlock.release_with_code(county.root, user, code, clock=county.clock)
    assert "supply" in county.opens("Carl Case")


def test_a_recovery_page_opens_a_lock(county):
    for _ in range(5):
        code_of(lambda: county.sits("Ada Admin", "wrong"))
    page = county.made.pages[1]
    unlock.release_with_page(
        county.root, county.made.user, RingId(page.name), " ".join(page.groups), clock=county.clock
    )
    assert county.opens("Ada Admin") == {"sys", "shared"}


def test_wrong_tries_join_the_journal_at_the_next_good_unlock(county):
    county.hires("Carl Case")
    code_of(lambda: county.sits("Carl Case", "wrong"))
    desk = county.sits("Carl Case")
    acts = [one.act for one in desk.archive._file(CARE).accesses.waiting()]
    desk.close()
    assert acts == ["unlock_failed", "unlock"]


def test_a_changed_password_keeps_the_rings(county):
    county.hires("Carl Case")
    before = county.opens("Carl Case")
    desk = county.sits("Carl Case")
    assert code_of(lambda: accounts.change_password(desk, "wrong", OTHER)) == (
        "vault.wrong_password"
    )
    accounts.change_password(desk, county.passwords["Carl Case"], OTHER)
    desk.close()
    assert code_of(lambda: county.sits("Carl Case")) == "vault.wrong_password"
    county.passwords["Carl Case"] = OTHER
    assert county.opens("Carl Case") == before


def test_a_reset_by_an_administrator_gives_back_what_they_hold_and_names_the_rest(county):
    county.hires("Carl Case", "Cora Coord")
    county.opens("Cora Coord")
    desk = county.sits("Cora Coord")
    accounts.grant_ring(desk, CARE, county.users["Carl Case"])
    desk.close()
    desk = county.sits("Ada Admin")
    done = accounts.reset_password(desk, county.users["Carl Case"], OTHER)
    desk.close()
    assert done.given == {SYS, SHARED}
    assert done.missing == {CARE, SUPPLY}
    county.passwords["Carl Case"] = OTHER
    assert county.opens("Carl Case") == {"sys", "shared"}
    desk = county.sits("Cora Coord")
    assert [one.ring for one in accounts.requests(desk)] == ["care"]
    desk.close()
    assert county.opens("Carl Case") == {"sys", "shared", "supply"}


def test_a_disabled_user_is_out_at_once_and_the_files_get_new_keys(county):
    county.hires("Carl Case", "Cora Coord")
    county.opens("Carl Case")
    desk = county.sits("Carl Case")
    accounts.grant_ring(desk, CARE, county.users["Cora Coord"])
    old = dict(desk.holding.rings)
    desk.close()
    desk = county.sits("Ada Admin")
    held = accounts.disable_user(desk, county.users["Carl Case"])
    desk.close()
    assert {CARE, SYS, SHARED, SUPPLY} <= held
    assert code_of(lambda: county.sits("Carl Case")) == "services.no_such_name"
    county.opens("Cora Coord")
    for ring in (CARE, SUPPLY, SHARED, SYS):
        with pytest.raises(Damage):
            open_file(county.root / "rings" / f"{ring}.ring", old[ring])
    assert county.keyring().rings_to_rekey() == set()
    assert CARE in county.opens("Cora Coord")
    assert county.opens("Ada Admin") == {"sys", "shared"}


def test_a_power_cut_while_a_file_gets_its_new_key_is_made_good(county):
    county.hires("Carl Case")
    desk = county.sits("Carl Case")
    holding = desk.holding
    holding.keyring.begin_rekey(CARE, bytes(32))
    holding.keyring.begin_rekey(SYS, bytes(32))
    holding.save()
    desk.close()
    assert CARE in county.opens("Carl Case")
    assert county.keyring().rings_to_rekey() == set()
    open_file(county.root / "rings" / "care.ring", bytes(32)).close()


def test_the_last_who_can_make_accounts_cannot_be_disabled(county):
    county.hires("Carl Case", "Cora Coord")
    desk = county.sits("Ada Admin")
    assert code_of(lambda: accounts.disable_user(desk, county.made.user)) == "services.not_oneself"
    desk.close()
    desk = county.sits("Cora Coord")
    accounts.disable_user(desk, county.made.user)
    desk.close()


def test_a_case_manager_makes_no_accounts(county):
    county.hires("Carl Case")
    desk = county.sits("Carl Case")
    new = NewUser("Eve", frozenset({Role.COORDINATOR}), OTHER)
    for act in (
        lambda: accounts.add_user(desk, new),
        lambda: accounts.disable_user(desk, county.made.user),
        lambda: accounts.reset_password(desk, county.made.user, OTHER),
        lambda: accounts.release(desk, county.made.user),
        lambda: accounts.accounts(desk),
    ):
        assert code_of(act) == "services.not_allowed"
    desk.close()


def test_a_second_factor_is_asked_for_from_then_on(county):
    county.hires("Carl Case")
    desk = county.sits("Carl Case")
    secret, address = accounts.new_second_factor(desk)
    assert address.startswith("otpauth://totp/Pine%20County")
    password = county.passwords["Carl Case"]
    refused = code_of(lambda: accounts.use_second_factor(desk, password, secret, "000000x"))
    assert refused == "vault.code_does_not_fit"
    now = step_of(county.clock.now())
    accounts.use_second_factor(desk, password, secret, code_at(secret, now))
    desk.close()
    assert code_of(lambda: county.sits("Carl Case")) == "vault.code_needed"
    county.clock.step(timedelta(minutes=1))
    county.sits("Carl Case", code=code_at(secret, now + 2)).close()


# -- recovery and tampering ------------------------------------------------------------------


def test_recovery_pages_give_a_new_password_and_their_rings(county):
    county.hires("Carl Case")
    desk = county.sits("Carl Case")
    pages = {page.name: page for page in (*county.made.pages, *desk.holding.pages)}
    desk.close()
    typed = {RingId(name): " ".join(pages[name].groups) for name in ("sys", "shared", "care")}
    given = unlock.recover(
        county.root,
        user=county.users["Carl Case"],
        password=OTHER,
        typed=typed,
        clock=county.clock,
    )
    assert given == {SYS, SHARED, CARE}
    county.passwords["Carl Case"] = OTHER
    assert county.opens("Carl Case") == {"sys", "shared", "care"}


@pytest.mark.parametrize("lacking", ["sys", "shared"])
def test_a_new_password_needs_the_pages_without_which_nobody_unlocks(county, lacking):
    county.hires("Carl Case")
    pages = {page.name: page for page in county.made.pages}
    typed = {
        RingId(name): " ".join(pages[name].groups) for name in ("sys", "shared") if name != lacking
    }
    refused = code_of(
        lambda: unlock.recover(
            county.root,
            user=county.users["Carl Case"],
            password=OTHER,
            typed=typed,
            clock=county.clock,
        )
    )
    assert refused == f"services.{lacking}_page_needed"
    county.opens("Carl Case")


def test_recovery_pages_open_no_records_for_an_administrator(county):
    county.hires("Carl Case")
    desk = county.sits("Carl Case")
    pages = {page.name: page for page in (*county.made.pages, *desk.holding.pages)}
    desk.close()
    typed = {RingId(name): " ".join(pages[name].groups) for name in ("sys", "shared", "care")}
    given = unlock.recover(
        county.root, user=county.made.user, password=OTHER, typed=typed, clock=county.clock
    )
    assert given == {SYS, SHARED}


def test_a_lost_page_can_be_made_anew_and_the_old_one_opens_no_more(county):
    county.hires("Carl Case")
    desk = county.sits("Carl Case")
    old = next(page for page in desk.holding.pages if page.name == "care")
    new = accounts.new_recovery_page(desk, CARE)
    desk.close()
    keyring = county.keyring()
    assert len(keyring.open_with_recovery(CARE, " ".join(new.groups))) == 32
    refused = code_of(lambda: keyring.open_with_recovery(CARE, " ".join(old.groups)))
    assert refused == "vault.other_page"


def test_nothing_is_granted_by_a_keyring_that_something_else_changed(county):
    county.hires("Carl Case")
    county.opens("Carl Case")
    county.hires("Cora Coord")
    file = county.root / "keyring.json"
    stored = json.loads(file.read_text())
    stored["rings"]["care"]["keeper"] = "nobody"
    file.write_text(json.dumps(stored))
    desk = county.sits("Carl Case")
    assert [one.code for one in desk.holding.problems] == ["vault.keyring_edited"]
    refused = code_of(lambda: accounts.grant_ring(desk, CARE, county.users["Cora Coord"]))
    assert refused == "vault.keyring_edited"
    desk.close()
    assert county.keyring().rings_of(county.users["Cora Coord"]) == {"sys", "shared"}
    desk = county.sits("Ada Admin")
    accounts.trust_keyring(desk)
    desk.close()
    assert county.sits("Carl Case").holding.problems == []


def test_the_unlock_screen_names_nobody_where_tiles_are_off(tmp_path):
    county = office(tmp_path, tiles=False)
    assert unlock.people_here(county.root, clock=county.clock).people == ()
    assert "Ada" not in (county.root / "keyring.json").read_text()
    county.passwords["ada  ADMIN"] = ADMIN
    assert county.opens("ada  ADMIN") == {"sys", "shared"}


def test_names_and_records_survive_locking(county):
    county.hires("Carl Case")
    desk = county.sits("Carl Case")
    assert (desk.name, desk.roles) == ("Carl Case", {Role.CASE_MANAGER})
    stored = desk.reader.record(SHARED, RecordId(county.users["Carl Case"]))
    unlock.lock(desk)
    assert stored is not None
    assert stored.answers["active"] == "yes"
    assert desk.holding.rings == {}


def test_a_second_window_on_one_folder_is_refused(county):
    desk = county.sits("Ada Admin")
    assert code_of(lambda: county.sits("Ada Admin")) == "store.in_use"
    desk.close()
    county.sits("Ada Admin").close()


def test_the_accounts_page_shows_who_is_here_locked_or_gone(county):
    county.hires("Carl Case", "Rita Report")
    for _ in range(5):
        code_of(lambda: county.sits("Rita Report", "wrong"))
    desk = county.sits("Ada Admin")
    accounts.disable_user(desk, county.users["Carl Case"])
    found = {one.name: (one.here, one.active, one.locked) for one in accounts.accounts(desk)}
    desk.close()
    assert found == {
        "Ada Admin": (True, True, False),
        "Carl Case": (False, False, False),
        "Rita Report": (True, True, True),
    }


def test_another_role_gives_and_takes_rings(county):
    county.hires("Stan Stock", "Carl Case")
    assert SUPPLY in county.opens("Stan Stock")
    desk = county.sits("Ada Admin")
    accounts.change_roles(desk, county.users["Stan Stock"], [Role.REPORT_CLERK])
    desk.close()
    assert county.opens("Stan Stock") == {"sys", "shared"}
    desk = county.sits("Ada Admin")
    known = desk.holding.roster.users[county.users["Stan Stock"]]
    desk.close()
    assert (known.roles, known.ever) == ({"report_clerk"}, {"report_clerk", "stock_manager"})


def test_a_threat_is_revoked_with_what_is_trusted_until_now(county):
    county.hires("Carl Case")
    desk = county.sits("Ada Admin")
    accounts.disable_user(desk, county.users["Carl Case"], threat=True)
    gone = desk.holding.roster.users[county.users["Carl Case"]]
    desk.close()
    assert gone.revoked
    assert len(gone.cuts) == 2


def test_an_account_removed_elsewhere_is_out_once_its_removal_is_known(county):
    county.hires("Carl Case")
    desk = county.sits("Ada Admin")
    known = desk.holding.roster.users[county.users["Carl Case"]]
    body = {"user": known.id, "roles": [], "agency": "", "devices": [], "keys": {}}
    desk.holding.say(desk.archive, "user", {**body, "replaces": list(known.statements)})
    desk.close()
    assert code_of(lambda: county.sits("Carl Case")) == "services.account_removed"
    county.opens("Ada Admin")
    assert not county.keyring().has(known.id)


def test_a_ring_whose_making_was_cut_off_is_moved_aside_and_made(county):
    county.hires("Carl Case")
    lost = county.root / "rings" / "care.ring"
    lost.write_bytes(bytes(4096))
    assert CARE in county.opens("Carl Case")
    assert (county.root / "rings" / "care.ring.orphan-1").read_bytes() == bytes(4096)


def test_what_people_write_here_counts_and_what_a_stranger_writes_does_not(county):
    county.hires("Carl Case")
    desk = county.sits("Carl Case")
    desk.archive.seal()
    entries = [one for ring in desk.rings for one in desk.archive._file(ring).journal.everything()]
    logs = [log for ring in desk.rings for log in desk.reader.logs(ring)]
    before = {one.hash: one.prev for one in entries}
    kinds = {FormId("_user"): "user", FormId("_setting"): "setting"}
    judged = desk.holding.judgement(logs, before, kinds)
    of_no_log = desk.holding.judgement([], before, kinds)
    assert entries
    assert all(judged(one).accepted for one in entries)
    assert not any(of_no_log(one).accepted for one in entries)
    desk.close()


def test_a_device_file_of_another_computer_is_found(county):
    file = county.root / "device.json"
    stored = json.loads(file.read_text())
    file.write_text(json.dumps({**stored, "device_id": "another"}))
    assert code_of(lambda: county.opens("Ada Admin")) == "services.device_edited"


def test_a_second_factor_can_be_dropped_where_the_password_is_long(county):
    desk = county.sits("Ada Admin")
    secret, _ = accounts.new_second_factor(desk)
    now = step_of(county.clock.now())
    accounts.use_second_factor(desk, ADMIN, secret, code_at(secret, now))
    accounts.drop_second_factor(desk, ADMIN)
    desk.close()
    assert county.opens("Ada Admin") == {"sys", "shared"}


@pytest.mark.parametrize(
    ("new", "code"),
    [
        (NewUser("", frozenset({Role.AUDITOR}), OTHER), "services.name_needed"),
        (NewUser("Eve", frozenset(), OTHER), "services.name_needed"),
        (NewUser("E" * 81, frozenset({Role.AUDITOR}), OTHER), "core.name_too_long"),
        (NewUser("Eve\nAdams", frozenset({Role.AUDITOR}), OTHER), "core.name_too_long"),
        (NewUser("Eve", frozenset({Role.DEPUTY}), OTHER), "services.agency_needed"),
        (NewUser("Eve", frozenset({Role.DEPUTY}), OTHER, "the police"), "services.agency_id"),
        (NewUser("ada admin", frozenset({Role.AUDITOR}), OTHER), "vault.name_taken"),
        (NewUser("Eve", frozenset({Role.AUDITOR}), "short"), "vault.password_not_good"),
    ],
)
def test_an_account_that_lacks_something_is_not_made(county, new, code):
    desk = county.sits("Ada Admin")
    before = desk.holding.roster.users
    assert code_of(lambda: accounts.add_user(desk, new)) == code
    assert desk.holding.roster.users == before
    desk.close()
