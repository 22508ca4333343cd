"""The consent a paper about a person leaves the program on: when it is made, and when it goes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

from leadapp.casework.consents import is_live, over_all_records
from leadapp.casework.joined import join
from leadapp.core.clock import today
from leadapp.core.errors import Refusal
from leadapp.core.ids import RecordId, RingId
from leadapp.services.consents import Ask, consents_of
from leadapp.services.desk import Desk
from leadapp.services.verdicts import Judged, judged_now


def stands(ask: Ask, said: Iterable[Judged], person: str, basis: str, day: str) -> bool:
    """Return whether ``basis`` is a consent of ``person`` that is in force on ``day``.

    A person on several records is asked about over all of them. Where it is in dispute whether
    two are one, a consent does not serve the other, and a revocation counts for both.
    """
    judged = list(said)
    same = [one for one in judged if one.verdict == "same"]
    sure = join((one.one, one.other) for one in same if not one.contested)
    maybe = join((one.one, one.other) for one in judged if one.contested or one in same)
    written = consents_of(ask, maybe.everyone(RecordId(person)))
    consents = dict(zip(written, over_all_records(written.values()), strict=True))
    consent = consents.get(RecordId(basis))
    if consent is None or consent.person not in sure.everyone(RecordId(person)):
        return False
    return is_live(consent, day)


def check_basis(desk: Desk, ring: RingId, person: RecordId, basis: RecordId | None) -> None:
    """Refuse unless ``basis`` stands today. Writer lane."""
    if not _stands_now(desk, ring, person, basis or ""):
        raise Refusal("services.document_needs_consent")


def check_again(desk: Desk, ring: RingId, answers: Mapping[str, str]) -> None:
    """Refuse a document, by its ``answers``, whose consent ended since it was made. Writer lane."""
    basis = answers.get("basis", "")
    if basis and not _stands_now(desk, ring, answers.get("person", ""), basis):
        raise Refusal("services.document_consent_ended", what=answers.get("what", ""))


def _stands_now(desk: Desk, ring: RingId, person: str, basis: str) -> bool:
    day = today(desk.clock).isoformat()
    return stands(partial(desk.archive.rows, ring), judged_now(desk), person, basis, day)
