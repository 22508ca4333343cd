"""Who may write which form: the table of rights in the shape the journal asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from leadapp.core.ids import FormId, RingId
from leadapp.journal.rings import family_of
from leadapp.staff.rights import Reach, Rights
from leadapp.staff.roles import Role

_OWN_KINDS = frozenset({"user", "definition", "setting", "document", "receipt", "same_person"})
"""Kinds of the program's own forms: no device can meet one it has not heard of."""
_ACTION_OF_OP = {"save": "write", "void": "void", "restore": "void", "redact": "redact"}


def may_write_form(
    rights: Rights, kinds: Mapping[FormId, str]
) -> Callable[[str, str, FormId, RingId], bool]:
    """Return the check ``journal.accept`` takes: role, op, form, ring.

    ``kinds`` gives each known form's kind. A form this device has not yet heard of
    is judged by whether the role writes anything in that ring.
    """

    def check(role_name: str, op: str, form: FormId, ring: RingId) -> bool:
        if role_name not in Role._value2member_map_:
            return False
        role, family, kind = Role(role_name), family_of(ring), kinds.get(form)
        action = _ACTION_OF_OP.get(op)
        if action is None:
            return False
        if op == "redact":  # an order is about entries of any form, and is of none itself
            return rights.may_somewhere(role, action, family)
        if kind is None:
            return rights.may_somewhere(role, "write", family, besides=_OWN_KINDS)
        reaches = {action, "correct"} if action == "write" else {action}
        return any(rights.reach(role, one, kind, family) is not Reach.NONE for one in reaches)

    return check
