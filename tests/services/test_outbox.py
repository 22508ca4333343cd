"""A PDF from one computer to a person at another: who can open it, and how far it is."""

from __future__ import annotations

import io

import pikepdf
import pytest

from leadapp.core.attachments import read_attachment
from leadapp.core.errors import Refusal
from leadapp.services import accounts, outbox
from leadapp.services.accounts import NewUser
from leadapp.services.desk import Desk
from leadapp.services.outbox import Receiver
from leadapp.services.outbox.giving import opened
from leadapp.staff.roles import Role
from tests.services.made_county import CARE, REFER, new_desk
from tests.services.two_computers import Computer, joined, settle, settled, sync


def a_pdf(text: str = "October") -> bytes:
    made = pikepdf.new()
    made.add_blank_page()
    made.docinfo[pikepdf.Name.Title] = pikepdf.String(text)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@pytest.fixture
def computers(tmp_path) -> tuple[Computer, Computer]:
    office, law = settled(tmp_path)
    settle(office, law, rounds=1)  # the office learns the keys the laptop made for its rings
    return office, law


def named(desk: Desk, name: str) -> Receiver:
    return next(one for one in outbox.receivers(desk, REFER) if one.name == name)


def only(desk: Desk) -> outbox.Document:
    (found,) = outbox.documents(desk)
    return found


def test_a_document_is_queued_then_sent_then_confirmed_by_its_receiver(computers) -> None:
    office, law = computers
    pdf = a_pdf()
    with law.desk() as desk:
        to = named(desk, "Nora Ellison")
        outbox.put(desk, pdf, what="Referral, October", copy="internal", ring=REFER, to=to)
        assert (only(desk).state, only(desk).mine, only(desk).size) == ("queued", True, len(pdf))
        sync(desk, law.stick)
        assert only(desk).state == "sent"
    with office.desk() as desk:
        sync(desk, office.stick)
        assert outbox.unopened(desk) == frozenset()
        assert outbox.receive(desk) == 1
        assert outbox.receive(desk) == 0
        came = only(desk)
        assert outbox.unopened(desk) == {came.record}
        assert (came.mine, came.here, came.what) == (False, True, "Referral, October")
        assert outbox.open_document(desk, came) == pdf
        assert outbox.unopened(desk) == frozenset()
        sync(desk, office.stick)
    with law.desk() as desk:
        sync(desk, law.stick)
        assert only(desk).state == "confirmed"
        assert outbox.open_document(desk, only(desk)) == pdf


def test_another_member_of_the_ring_carries_what_it_cannot_open(tmp_path, computers) -> None:
    office, law = computers
    roles = {Role.CASE_MANAGER}
    third = joined(tmp_path, office, "office", "Rita Gomez", roles=roles, admit={REFER})
    settle(office, third, law)
    with law.desk() as desk:
        to = named(desk, "Nora Ellison")
        outbox.put(desk, a_pdf(), what="Summary", copy="internal", ring=REFER, to=to)
        sealed = only(desk).sealed
    settle(law, third)
    with third.desk() as desk:
        assert outbox.documents(desk) == []
        assert desk.reader.blob(REFER, sealed.name) is not None
        assert outbox.receive(desk) == 0
        assert opened(desk, REFER, sealed) is None


def test_a_paper_with_care_facts_is_offered_to_nobody_at_a_law_computer(computers) -> None:
    office, _ = computers
    with office.desk() as desk:
        names = {one.name for one in outbox.receivers(desk, CARE)}
        assert "Dan Halvorsen" not in names
        dan = next(one for one in outbox.receivers(desk, REFER) if one.name == "Dan Halvorsen")
        with pytest.raises(Refusal, match="receiver_cannot_open"):
            outbox.put(desk, a_pdf(), what="x", copy="internal", ring=CARE, to=dan)


def test_a_paper_is_offered_to_nobody_whose_role_shows_them_none(tmp_path) -> None:
    desk = new_desk(tmp_path)
    for name, role in (("Ada Admin", Role.ADMINISTRATOR), ("Carl Case", Role.CASE_MANAGER)):
        accounts.add_user(desk, NewUser(name, frozenset({role}), "seven quiet lanterns hum"))
    names = {one.name for one in outbox.receivers(desk, CARE)}
    assert "Carl Case" in names
    assert "Ada Admin" not in names
    desk.close()


def test_someone_without_the_program_gets_a_file_with_a_password(tmp_path) -> None:
    desk = new_desk(tmp_path)
    password = "seven quiet lanterns drift by"
    to = Receiver("State health department")
    ring = outbox.ring_for(desk, ["shared", "care"])
    outbox.put(desk, a_pdf("Monthly"), what="Monthly", copy="submission", ring=ring, to=to)
    assert (ring, only(desk).state) == (CARE, "made")
    with pytest.raises(Refusal, match="password_not_good"):
        outbox.hand_over(desk, only(desk), "short")
    locked = outbox.hand_over(desk, only(desk), password)
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(locked))
    with pikepdf.open(io.BytesIO(locked), password=password) as opened:
        assert str(opened.docinfo[pikepdf.Name.Title]) == "Monthly"
        assert opened.encryption.bits == 256
    outbox.handed_over(desk, only(desk))
    assert only(desk).state == "sent"
    outbox.confirm(desk, only(desk))
    assert only(desk).state == "confirmed"
    outbox.withdraw(desk, only(desk))
    assert outbox.documents(desk) == []
    desk.close()


def test_what_lies_in_the_ring_is_sealed_even_there(tmp_path) -> None:
    desk = new_desk(tmp_path)
    pdf = a_pdf("Vraxqolb")
    outbox.put(desk, pdf, what="x", copy="internal", ring=CARE, to=Receiver("Court"))
    kept = read_attachment(only(desk).sealed.text)
    assert kept is not None
    stored = desk.reader.blob(CARE, kept.name)
    assert stored is not None
    assert b"Vraxqolb" not in stored
    assert stored.startswith(b"age-encryption.org/v1")
    desk.close()


def test_nobody_else_opens_confirms_or_withdraws_it(computers) -> None:
    office, law = computers
    with law.desk() as desk:
        to = named(desk, "Nora Ellison")
        outbox.put(desk, a_pdf(), what="x", copy="internal", ring=REFER, to=to)
    settle(law, office, rounds=1)
    with office.desk() as desk:
        with pytest.raises(Refusal):
            outbox.confirm(desk, only(desk))
        with pytest.raises(Refusal):
            outbox.withdraw(desk, only(desk))


def test_a_paper_never_falls_into_a_wider_ring_than_its_facts_came_from(computers) -> None:
    _, law = computers
    with law.desk() as desk:
        assert outbox.ring_for(desk, ["shared", "refer"]) == REFER
        with pytest.raises(Refusal, match="document_without_ring"):
            outbox.ring_for(desk, ["care", "shared"])
