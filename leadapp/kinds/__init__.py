"""Kinds: the interface the app's rules and measures need of a form of a sort.

One module a kind: the questions it needs, the rings it may have, its declared columns
and rows. Pure. May import ``journal`` and ``core``.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from leadapp.kinds import (
    agency,
    cit_contact,
    consent,
    contact_note,
    definition,
    diverted_charge,
    document,
    episode_status,
    intake,
    kit_inspection,
    lot,
    movement,
    naloxone_given,
    naloxone_used,
    officer,
    person,
    place,
    product,
    receipt,
    referral,
    referral_status,
    same_person,
    setting,
    standing_order,
    stock_count,
    user,
)
from leadapp.kinds.contract import Kind

_MODULES = (
    cit_contact,
    referral,
    referral_status,
    person,
    intake,
    contact_note,
    consent,
    episode_status,
    diverted_charge,
    naloxone_given,
    naloxone_used,
    movement,
    lot,
    stock_count,
    kit_inspection,
    standing_order,
    product,
    place,
    officer,
    agency,
    user,
    definition,
    setting,
    document,
    receipt,
    same_person,
)

KINDS: Mapping[str, Kind] = MappingProxyType({one.KIND.name: one.KIND for one in _MODULES})
"""Every kind by its name."""
