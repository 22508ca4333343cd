"""What the record panel asks for each kind of movement, and what stands typed in it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from leadapp.naloxone.movements import NEEDS_SECOND_PERSON
from leadapp.services.stock import LotLine, NewMovement
from leadapp.ui.naloxone import said
from leadapp.ui.words import tr

OTHER = "other"
_TWO_PLACES = frozenset({"transferred", "issued", "returned"})
_REPORTERS = {
    "deputy": "law", "ems": "ems", "fire": "fire", "case_manager": "staff", "peer": "staff",
}  # fmt: skip
"""Who hands kits out -> who reports a use and gave the dose."""
SELF_MADE = "self_made"
"""Among the answers of a hand-out: no question of the form, it becomes the answer ``code_mark``."""
INSTRUCTION = {"yes": "spoken", "no": "none"}


@dataclass(frozen=True, slots=True)
class Asked:
    """Which questions a kind of movement has beside lot, kits, doses and day."""

    from_place: bool
    to_place: bool
    hand_out: bool
    setting: bool
    report: bool
    """Whether a form of its own asks the rest."""
    second_person: bool
    reason: bool
    override: bool
    """Whether an expired lot goes out with a reason; in the field it goes out in any case."""


def asked(move: str, *, bare: bool = False) -> Asked:
    """Return what is asked for ``move``; ``bare`` hand-outs are movements alone."""
    return Asked(
        from_place=move not in ("", "received"),
        to_place=move == "received" or move in _TWO_PLACES,
        hand_out=move in said.HAND_OUTS and not bare,
        setting=move == "given" and not bare,
        report=move == "used" and not bare,
        second_person=move in NEEDS_SECOND_PERSON,
        reason=move in said.NEEDS_REASON,
        override=move in ("issued", "donated"),
    )


@dataclass(frozen=True, slots=True)
class Entered:
    """What stands in the panel now; blank for what was not answered or is not asked."""

    move: str = ""
    bare: bool = False
    agency: str = ""
    lot: LotLine | None = None
    from_place: str = ""
    to_place: str = ""
    kits: int | None = None
    doses: int | None = None
    day: str = ""
    reason: str = ""
    approver: str = ""
    override: str = ""
    setting: str = ""
    giver: str = ""
    recipient: str = ""
    shown: str = ""
    self_made: str = field(default="", repr=False)
    """What a person made up; only its mark is written."""
    password: str = field(default="", repr=False)
    """The second person's own, and their six digits: handed on once, kept nowhere."""
    digits: str = field(default="", repr=False)

    def movement(self) -> NewMovement | None:
        """Return the movement meant, ``None`` while something needed is not there."""
        if self.missing() - {"reason", "approver", "setting", "giver", "recipient", "shown"}:
            return None
        return NewMovement(
            move=self.move,
            lot=self.lot.lot if self.lot is not None else "",
            from_place=self.from_place,
            to_place=self.to_place,
            doses=self.doses or 0,
            kits=self.kits or 0,
            day=self.day,
            reason=self.reason,
            approver=self.approver,
            override_reason=self.override,
            password=self.password,
            code=self.digits,
        )

    def missing(self) -> set[str]:
        """Return the names of the answers that are needed and not there."""
        need = asked(self.move, bare=self.bare)
        there = {
            "move": bool(self.move),
            "lot": self.lot is not None,
            "from_place": bool(self.from_place) or not need.from_place,
            "to_place": bool(self.to_place) or not need.to_place,
            "doses": bool(self.doses),
            "day": bool(self.day),
            "reason": bool(self.reason) or not need.reason,
            "approver": bool(self.approver) or not need.second_person,
            "setting": bool(self.setting) or not need.setting,
            "giver": bool(self.giver) or not need.hand_out,
            "recipient": bool(self.recipient) or not need.hand_out,
            "shown": bool(self.shown) or not need.hand_out,
        }
        return {name for name, is_there in there.items() if not is_there}

    def answers(self, county: str) -> dict[str, str]:
        """Return what goes into a hand-out (NX-2) or a use report (NX-3), by question name."""
        found = {
            "day": self.day,
            "county": county,
            "from_place": self.from_place,
            "agency": self.agency,
        }
        if self.move == "used":
            return {name: text for name, text in (found | self._used()).items() if text}
        found |= {
            "declined": "no",
            "setting": "leave_behind" if self.move == "left_behind" else self.setting,
            "giver": self.giver,
            "recipient": self.recipient,
            "kits": str(self.kits or 0),
            "doses": str(self.doses or ""),
            "product": self.lot.product if self.lot else "",
            "lot": self.lot.lot if self.lot else "",
            "instruction": INSTRUCTION.get(self.shown, ""),
            SELF_MADE: self.self_made,
        }
        return {name: text for name, text in found.items() if text}

    def _used(self) -> dict[str, str]:
        """Return what a use report begins with: who reports, and the first dose's lot."""
        dose = "people[1]/administrations[1]"
        reporter = _REPORTERS.get(self.giver, "")
        return {
            "reporter": reporter,
            f"{dose}/giver": reporter,
            f"{dose}/product": self.lot.product if self.lot else "",
            f"{dose}/lot": self.lot.lot if self.lot else "",
        }


def line_words(
    entered: Entered, held: Mapping[tuple[str, str], int], places: Mapping[str, str]
) -> tuple[str, bool]:
    """Return what will be left after it, and whether that is fine."""
    lot, doses = entered.lot, entered.doses
    if lot is None or not doses:
        return "", True
    per_kit = lot.doses_per_kit
    if entered.move == "received":
        total = held.get((lot.lot, entered.to_place), 0) + doses
        name = places.get(entered.to_place, "")
        words = tr(
            "{place} will have {amount} of this lot", place=name, amount=said.amount(total, per_kit)
        )
        return (words if name else ""), True
    name = places.get(entered.from_place, "")
    left = held.get((lot.lot, entered.from_place), 0) - doses
    if not name:
        return "", True
    if left < 0:
        return tr(
            "The books of {place} will be {amount} short. It is recorded and flagged.",
            place=name,
            amount=said.amount(-left, per_kit),
        ), False
    return tr(
        "{place} will have {amount} of this lot", place=name, amount=said.amount(left, per_kit)
    ), True
