"""The consent a paper about a person leaves the program on."""

from __future__ import annotations

from functools import partial

from leadapp.casework.consents import is_live, over_all_records
from leadapp.casework.joined import join
from leadapp.core.clock import today
from leadapp.core.errors import Refusal
from leadapp.core.ids import RecordId, RingId
from leadapp.services.consents import consents_of
from leadapp.services.desk import Desk
from leadapp.services.verdicts import judged_now


def check_basis(desk: Desk, ring: RingId, person: RecordId, basis: RecordId | None) -> None:
    """Refuse unless ``basis`` is a consent of ``person`` that is in force today.

    A person on several records is asked about over all of them. Where it is in dispute whether
    two are one, a consent does not serve the other, and a revocation counts for both.
    """
    said = judged_now(desk)
    sure = join((one.one, one.other) for one in said if not one.contested and one.verdict == "same")
    maybe = join((one.one, one.other) for one in said if one.contested or one.verdict == "same")
    written = consents_of(partial(desk.archive.rows, ring), maybe.everyone(person))
    consents = dict(zip(written, over_all_records(written.values()), strict=True))
    consent, day = consents.get(basis or RecordId("")), today(desk.clock).isoformat()
    if consent is None or consent.person not in sure.everyone(person) or not is_live(consent, day):
        raise Refusal("services.document_needs_consent")
