"""What approval writes into a form's own bytes: its ring, its kind, earlier names of questions.

So the decision travels with the form to every computer, and nobody decides it twice.
"""

from __future__ import annotations

from collections.abc import Mapping

from leadapp.core.errors import Refusal
from leadapp.forms.model import Definition
from leadapp.forms.reading.amending import amend
from leadapp.services.desk import Desk
from leadapp.services.shelf import FormSource


def written_in(
    desk: Desk,
    source: FormSource,
    definition: Definition | None,
    against: FormSource | None,
    *,
    rings: str,
    was: Mapping[str, str],
) -> bytes:
    """Return the form's bytes with what is decided now and what was decided before.

    Rings, kind and names of the version in use (``against``) are carried on.
    """
    needs_kind = against is not None and not source.kind
    return amend(
        source.source,
        source.source_type,
        rings=rings or ("" if source.rings or against is None else against.rings),
        kind=against.kind if needs_kind and against is not None else "",
        was=_earlier_keys(desk, against, definition, was),
    )


def _earlier_keys(
    desk: Desk,
    against: FormSource | None,
    definition: Definition | None,
    was: Mapping[str, str],
) -> dict[str, str]:
    """Return present key -> the key answers are stored by, where the form does not say it.

    A name given before is carried on: answers stay under the first name they ever had.
    """
    if against is None or definition is None:
        return dict(was)
    old = desk.shelf.definition(against.form, against.hash)
    stored = {node.key: node.bind.was for node in old.data.walk() if node.bind.was}
    unknown = [key for key in was.values() if key not in {node.key for node in old.data.walk()}]
    if unknown:
        raise Refusal("services.no_such_question", question=unknown[0])
    here = {node.key: node.bind.was for node in definition.data.walk()}
    carried = {key: name for key, name in stored.items() if key in here and not here[key]}
    return carried | {key: stored.get(name, name) for key, name in was.items()}
