"""Documents that wait in the outbox while what they were made of, or for whom, goes away."""

from __future__ import annotations

import pytest

from leadapp.core.errors import Refusal
from leadapp.core.ids import RecordId
from leadapp.services import outbox
from leadapp.services.desk import Desk
from leadapp.services.syncing import redacting
from leadapp.staff.roles import Role
from tests.services.made_county import REFER, put
from tests.services.test_leaving import shut_out
from tests.services.test_outbox import a_pdf, named, only
from tests.services.test_syncing import REFERRAL, correct
from tests.services.two_computers import Computer, joined, settle, settled, sync

PDF = a_pdf()


@pytest.fixture
def computers(tmp_path) -> tuple[Computer, Computer]:
    office, law = settled(tmp_path)
    settle(office, law, rounds=1)
    return office, law


def paper(desk: Desk, to: str, record: RecordId | None = None) -> RecordId:
    receiver = named(desk, to)
    return outbox.put(
        desk, PDF, what="Referral", copy="internal", ring=REFER, to=receiver, record=record
    )


def codes(report) -> list[str]:
    return [one.code for one in report.everything]


def has_file(desk: Desk, file: str) -> bool:
    return desk.reader.blob(REFER, file) is not None


def test_a_paper_made_before_an_order_to_empty_its_record_arrived_does_not_leave(computers):
    office, law = computers
    with law.desk() as desk:
        record = put(desk, REFER, "lead_referral", REFERRAL)
    settle(law, office, rounds=1)
    with office.desk() as desk:
        redacting.redact(desk, REFER, record, "order of May 4")
    office.sync()
    with law.desk() as desk:
        made = paper(desk, "Nora Ellison", record)
        assert only(desk).state == "queued"
        report = sync(desk, law.stick)
        assert "services.document_emptied_here" in codes(report)
        stays = only(desk)
        assert (stays.record, stays.state) == (made, "overtaken")
        assert stays.why is not None
        assert stays.why.code == "services.document_emptied"
        assert outbox.waiting(desk) == 1
        with pytest.raises(Refusal, match=r"services\.document_emptied"):
            outbox.open_document(desk, stays)
        assert "services.document_emptied_here" not in codes(sync(desk, law.stick))
    with office.desk() as desk:
        sync(desk, office.stick)
        assert not has_file(desk, stays.sealed.name)
        assert outbox.documents(desk) == []
        assert all(one.redacted for one in desk.reader.history(REFER, made))
        sync(desk, office.stick)
    with law.desk() as desk:
        sync(desk, law.stick)
        assert outbox.documents(desk) == []
        assert not has_file(desk, stays.sealed.name)


def test_a_paper_made_anew_after_the_order_goes(computers):
    office, law = computers
    with law.desk() as desk:
        record = put(desk, REFER, "lead_referral", REFERRAL)
    settle(law, office, rounds=1)
    with office.desk() as desk:
        redacting.redact(desk, REFER, record, "order of May 4")
    settle(office, law, rounds=1)
    with law.desk() as desk:
        correct(desk, record, "urgency", "today")
        paper(desk, "Nora Ellison", record)
        assert codes(sync(desk, law.stick)) == []
        assert only(desk).state == "sent"
    with office.desk() as desk:
        sync(desk, office.stick)
        assert outbox.receive(desk) == 1
        assert outbox.open_document(desk, only(desk)) == PDF


def test_a_paper_that_lay_at_the_place_when_its_record_was_emptied_is_emptied_when_it_comes(
    computers,
):
    office, law = computers
    with law.desk() as desk:
        record = put(desk, REFER, "lead_referral", REFERRAL)
    settle(law, office, rounds=1)
    with law.desk() as desk:
        made = paper(desk, "Nora Ellison", record)
        sync(desk, law.stick)
        file = only(desk).sealed.name
    with office.desk() as desk:
        redacting.redact(desk, REFER, record, "order of May 4")  # it has not seen the paper
        sync(desk, office.stick)
        assert outbox.receive(desk) == 0
        assert outbox.documents(desk) == []
        assert not has_file(desk, file)
    settle(law, office, law, rounds=1)
    with law.desk() as desk:
        assert all(one.redacted for one in desk.reader.history(REFER, made))
        assert not has_file(desk, file)


def test_a_paper_for_somebody_who_is_shut_out_meanwhile_stays_and_says_so(tmp_path, computers):
    office, law = computers
    roles = {Role.CASE_MANAGER}
    rita = joined(tmp_path, office, "office", "Rita Gomez", roles=roles, admit=[REFER])
    settle(office, rita, law)
    with law.desk() as desk:
        made = paper(desk, "Rita Gomez")
        arrives = paper(desk, "Nora Ellison")
    shut_out(office, rita)
    office.sync()
    with law.desk() as desk:
        report = sync(desk, law.stick)
        assert "services.document_receiver_left_here" in codes(report)
        states = {one.record: one.state for one in outbox.documents(desk)}
        assert states == {made: "overtaken", arrives: "sent"}
        stays = next(one for one in outbox.documents(desk) if one.record == made)
        assert stays.why is not None
        assert stays.why.values["name"] == "Rita Gomez"
        assert outbox.open_document(desk, stays) == PDF
    with office.desk() as desk:
        sync(desk, office.stick)
        assert not has_file(desk, stays.sealed.name)
    with law.desk() as desk:
        outbox.withdraw(desk, stays)
        sync(desk, law.stick)
        assert [one.record for one in outbox.documents(desk)] == [arrives]


def test_a_paper_taken_out_before_it_was_sent_is_not_sent(computers):
    office, law = computers
    with law.desk() as desk:
        paper(desk, "Nora Ellison")
        file = only(desk).sealed.name
        outbox.withdraw(desk, only(desk))
        sync(desk, law.stick)
        assert has_file(desk, file)
    with office.desk() as desk:
        sync(desk, office.stick)
        assert not has_file(desk, file)
        assert outbox.documents(desk) == []
