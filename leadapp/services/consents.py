"""The consents on some persons' records, with whom they name; on whichever lane asks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any  # rows of the engine

from leadapp.casework.consents import Consent, Party
from leadapp.core.encoding import canonical_json
from leadapp.core.ids import RecordId

Ask = Callable[[str, Mapping[str, str]], list[tuple[Any, ...]]]
"""Asks kind tables: of a reader, or of the archive as a ring is at the moment of writing."""

_CONSENTS = """
SELECT record_id, person_id, type, signed_day, expires_day, revoked_day FROM consent
WHERE person_id IN (SELECT value FROM json_each(:ids)) ORDER BY signed_day, record_id
"""
_PARTIES = """
SELECT record_id, party, agency, categories FROM consent_party
WHERE record_id IN (SELECT value FROM json_each(:ids)) ORDER BY record_id, n
"""


def consents_of(ask: Ask, people: Iterable[str]) -> dict[RecordId, Consent]:
    """Return the consents on the records ``people``, each as it is written, by day of signing."""
    rows = ask(_CONSENTS, _ids(people))
    parties: defaultdict[str, list[Party]] = defaultdict(list)
    if rows:
        for record, party, agency, told in ask(_PARTIES, _ids(row[0] for row in rows)):
            categories = frozenset((told or "").split())
            parties[record].append(Party(party or "", agency or "", categories))
    return {
        RecordId(record): Consent(
            of, kind or "", signed or "", expires or "", revoked or "", tuple(parties[record])
        )
        for record, of, kind, signed, expires, revoked in rows
    }


def _ids(records: Iterable[str]) -> dict[str, str]:
    return {"ids": canonical_json(sorted(records)).decode()}
