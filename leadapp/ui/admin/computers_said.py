"""What is said of a computer of the program. Words only."""

from __future__ import annotations

from leadapp.services.syncing.enrolling import KnownDevice
from leadapp.ui.words import tr


def what_it_is(device_class: str, agency: str) -> str:
    """Return "Law computer of sheriff" or "Office computer"."""
    if device_class == "law":
        return tr("Law computer of {agency}", agency=agency)
    return tr("Office computer")


def name_of(one: KnownDevice) -> str:
    """Return who uses it; a computer has no name of its own, and needs none."""
    return ", ".join(one.people) or tr("Nobody by name")


def short_id(one: KnownDevice) -> str:
    """Return the first letters of its id: enough to tell two of one person apart."""
    return str(one.id)[:8]


def is_what(one: KnownDevice) -> str:
    """Return the second line: what it is, and whether it is this one."""
    said = [what_it_is(one.device_class, one.agency)]
    if one.here:
        said.append(tr("this computer"))
    elif one.coordinator:
        said.append(tr("a coordinator\u2019s"))
    return ", ".join(said)
