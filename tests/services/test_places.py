"""Setting up where to exchange: tried out, kept without secrets in sight, and part2 apart."""

from __future__ import annotations

import dataclasses

import pytest

from leadapp.core.errors import Refusal
from leadapp.exchange.naming import ring_folder
from leadapp.journal.rings import SHARED, SYS
from leadapp.services import syncing
from leadapp.services.syncing import past
from leadapp.services.syncing.places import place
from leadapp.staff.roles import Role
from tests.services.made_county import CARE, REFER, put
from tests.services.two_computers import joined, settle, settled
from tests.targets import sshd
from tests.targets.proxy import line_to

REFERRAL = {
    "door": "community",
    "when": "2026-11-20T10:30:00.000-07:00",
    "urgency": "routine",
    "first_name": "Wren",
    "last_name": "Hollis",
    "status": "received",
}


@pytest.fixture
def server(tmp_path):
    with sshd.serving(tmp_path / "sshd") as running:
        yield running


def names(desk) -> list[str]:
    return [one.name for one in syncing.targets(desk)]


def test_a_folder_is_tried_out_and_nothing_of_the_trial_stays(tmp_path):
    _, law = settled(tmp_path)
    stick = tmp_path / "other"
    stick.mkdir()
    with law.desk() as desk:
        made = syncing.add(desk, "Other", stick)
        assert (made.kind, made.shown) == ("folder", str(stick))
        assert made.removable in (None, False)
        assert [path.name for path in stick.iterdir()] == ["README.txt"]
        assert syncing.targets(desk) == [made]


def test_a_place_that_cannot_be_used_is_not_kept(tmp_path, server):
    _, law = settled(tmp_path)
    with law.desk() as desk:
        for where in (
            tmp_path / "missing",
            server.at("missing"),
            dataclasses.replace(server.at(), host_key="ssh-ed25519 SHA256:other"),
        ):
            with pytest.raises(Refusal, match=r"^targets\."):
                syncing.add(desk, "Bad", where)
        assert names(desk) == []


def test_two_computers_exchange_through_sftp_from_end_to_end(tmp_path, server):
    office, law = settled(tmp_path)
    with law.desk() as desk:
        syncing.add(desk, "Server", server.at())
        record = put(desk, REFER, "lead_referral", REFERRAL)
        sent = syncing.sync(desk, syncing.target(desk, "server"))
        assert sent.files_written > 0
        again = syncing.sync(desk, syncing.target(desk, "server"))
        assert (again.files_read, again.files_written) == (0, 0)
    with office.desk() as desk:
        syncing.add(desk, "Server", server.at())
        syncing.sync(desk, syncing.target(desk, "server"))
        stored = desk.reader.record(REFER, record)
        assert stored is not None
        assert "Hollis" in stored.summary.title + stored.summary.line
        again = syncing.sync(desk, syncing.target(desk, "server"))
        assert (again.files_read, again.files_written) == (0, 0)
        assert syncing.test(desk, syncing.target(desk, "server")).changed == 0


def test_an_exchange_over_a_line_that_is_cut_and_cut_again_comes_through(tmp_path, server):
    office, law = settled(tmp_path)
    with line_to(server.port) as line, law.desk() as desk:
        syncing.add(desk, "Server", dataclasses.replace(server.at(), port=line.port))
        record = put(desk, REFER, "lead_referral", REFERRAL)
        line.cut_after = 12_000
        report = syncing.sync(desk, syncing.target(desk, "Server"))
        assert line.cuts > 2
        assert report.everything == []
    with office.desk() as desk:
        syncing.add(desk, "Server", server.at())
        syncing.sync(desk, syncing.target(desk, "Server"))
        assert desk.reader.record(REFER, record) is not None


def test_what_signs_in_is_kept_in_the_file_of_the_ring_and_nowhere_in_sight(tmp_path, server):
    office, _ = settled(tmp_path)
    with office.desk() as desk:
        care = syncing.add(desk, "Care", server.at(), [CARE])
        assert "PRIVATE KEY" not in repr(care) + desk.archive.kept(SYS, "targets")
        assert "PRIVATE KEY" in desk.archive.kept(CARE, "target care")
        assert syncing.targets(desk) == [care]
        syncing.remove(desk, "care")
        assert desk.archive.kept(CARE, "target care") == ""
        assert names(desk) == []
    said = b"PRIVATE KEY"
    assert not [
        path for path in office.root.rglob("*") if path.is_file() and said in path.read_bytes()
    ]


def test_without_what_signs_in_a_server_is_refused_in_words(tmp_path, server):
    bare = dataclasses.replace(server.at(), key="")
    with pytest.raises(Refusal, match=r"services\.target_locked"):
        place(syncing.KeptTarget("Care", bare, (CARE,)))


def test_care_and_other_rings_keep_apart_on_a_server_as_in_a_folder(tmp_path, server):
    office, law = settled(tmp_path)
    with law.desk() as desk:
        syncing.add(desk, "Server", server.at())
        syncing.sync(desk, syncing.target(desk, "Server"))
        program = desk.device.program_id
    assert (server.base / ring_folder(program, SHARED)).is_dir()
    with office.desk() as desk, pytest.raises(Refusal, match=r"services\.part2_apart"):
        syncing.add(desk, "Care", server.at(), [CARE])


def test_one_place_is_not_kept_for_care_and_for_others_even_while_it_is_empty(tmp_path, server):
    office, _ = settled(tmp_path)
    with office.desk() as desk:
        syncing.add(desk, "All", server.at())
        with pytest.raises(Refusal, match=r"services\.part2_apart"):
            syncing.add(desk, "Care", server.at(), [CARE])


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("sftp://host/path", "sftp_address"),
        ("sftp://me@host", "sftp_address"),
        ("sftp://me@host:port/path", "sftp_address"),
        ("sftp://me:hush@host/path", "password_in_address"),
        ("s3://", "s3_address"),
        ("ftp://me:hush@host/path", "unknown_address"),
    ],
)
def test_an_address_that_is_none_is_refused_and_its_password_not_shown(address, code):
    with pytest.raises(Refusal, match=rf"targets\.{code}") as caught:
        syncing.read_address(address)
    assert "hush" not in str(caught.value.values)


def test_an_address_that_was_read_is_shown_the_same():
    for address in (
        "sftp://me@host/srv/lead",
        "sftp://me@host:2222/~/lead",
        "s3://bucket/county/lead",
    ):
        where = syncing.read_address(address)
        assert not isinstance(where, str)
        assert syncing.KeptTarget("x", where).shown == address


def test_old_settings_of_a_folder_are_still_read(tmp_path):
    _, law = settled(tmp_path)
    with law.desk() as desk:
        desk.archive.keep(
            SYS,
            "targets",
            '[{"carries":true,"kind":"folder","name":"Stick","path":"/media/s","rings":["shared"]}]',
        )
        kept = syncing.target(desk, "stick")
    assert (kept.shown, kept.rings, kept.carries) == ("/media/s", (SHARED,), True)


def test_a_ring_that_others_share_and_no_place_carries_is_named(tmp_path):
    office, _law = settled(tmp_path)
    with office.desk() as desk:
        syncing.add(desk, "Common", office.stick)
        assert past.without_place(desk) == [], "nobody else has care"
    roles = {Role.CASE_MANAGER}
    second = joined(tmp_path, office, "office", "Mae Ito", roles=roles, admit=[CARE])
    settle(office, second)
    (tmp_path / "care").mkdir()
    with office.desk() as desk:
        assert past.without_place(desk) == [CARE]
        syncing.add(desk, "Care", tmp_path / "care", [CARE])
        assert past.without_place(desk) == []
