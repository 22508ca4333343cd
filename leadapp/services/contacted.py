"""The day people of the program were last in touch; on whichever lane asks."""

from __future__ import annotations

from collections.abc import Iterable

from leadapp.core.encoding import canonical_json
from leadapp.services.consents import Ask

_LAST = """
SELECT person_id, MAX(day) FROM (
    SELECT person_id, day FROM contact_note
    WHERE made = 'contact' AND person_id IN (SELECT value FROM json_each(:ids))
    UNION ALL SELECT person_id, last_contact_day FROM episode_status
    WHERE person_id IN (SELECT value FROM json_each(:ids))
) GROUP BY person_id
"""


def last_contacts(ask: Ask, people: Iterable[str]) -> dict[str, str]:
    """Return by person the ISO day of the last contact, of those with whom there was one.

    As contact notes say it, and as whoever changed the person's status said it.
    """
    ids = {"ids": canonical_json(sorted(people)).decode()}
    return {str(person): str(day) for person, day in ask(_LAST, ids) if day}
