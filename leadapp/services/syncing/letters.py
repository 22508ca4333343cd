"""The two files that bring a computer in: the invitation, and the request that answers it.

Neither is secret, and neither is trusted: an invitation's statements must fit the program
they name, and a request is compared by voice, word by word, before it is approved::

    invitation  {"dv-invite":1, program, county, notice, made_up, class, agency, statements,
                 user when it is a further computer of one person}
    request     {"dv-join":1, line, signature}   line: {program, public, class, agency, user,
                                                        name, statements}
    statements  [[line, signature]]              signature over b"dv-join-1\\0" + line
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any  # JSON values are of any type by nature

from leadapp.core.encoding import canonical_json, from_base64url, read_json, to_base64url
from leadapp.core.errors import Damage, LeadappError
from leadapp.core.ids import DeviceId, UserId
from leadapp.core.seams import Signer, Verifier
from leadapp.journal.statement import Statement, device_id, read_statement
from leadapp.services.syncing.six_words import six_words

_SIGNED = b"dv-join-1\0"
MOST_BYTES = 4 << 20
_MOST_TEXT = 4000


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a new computer must know before it has exchanged anything."""

    program: str
    county: str
    device_class: str
    agency: str
    notice: str
    made_up: bool
    statements: tuple[Statement, ...]
    """Who speaks for the program, and the recovery keys of the rings the computer may have."""
    user: str = ""
    """The id of the person it is for, where that person has an account on another computer."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a new computer says of itself. ``words`` are compared by voice."""

    program: str
    public: bytes
    device_class: str
    agency: str
    user: UserId
    name: str
    statements: tuple[Statement, ...]
    words: str = field(default="")

    @property
    def device(self) -> DeviceId:
        """Return the id that follows from the computer's key."""
        return device_id(self.public)


def write_invitation(one: Invitation) -> bytes:
    """Return the bytes of an invitation's file."""
    said: dict[str, object] = {
        "dv-invite": 1,
        "program": one.program,
        "county": one.county,
        "class": one.device_class,
        "agency": one.agency,
        "notice": one.notice,
        "made_up": one.made_up,
        "statements": _pairs(one.statements),
    }
    if one.user:
        said["user"] = one.user
    return canonical_json(said) + b"\n"


def read_invitation(data: bytes) -> Invitation:
    """Read an invitation; Damage when it is none."""
    said = _object(data, "dv-invite", "services.not_an_invitation")
    try:
        return Invitation(
            program=_text(said, "program"),
            county=_text(said, "county"),
            device_class=_class(said),
            agency=_text(said, "agency"),
            notice=_text(said, "notice"),
            made_up=said["made_up"] is True,
            statements=_statements(said["statements"]),
            user=_text(said, "user") if "user" in said else "",
        )
    except (LeadappError, KeyError, TypeError, ValueError) as cause:
        raise Damage("services.not_an_invitation") from cause


def write_request(one: Request, signer: Signer) -> tuple[bytes, str]:
    """Return the bytes of a request's file, and its words."""
    line = canonical_json(
        {
            "program": one.program,
            "public": to_base64url(one.public),
            "class": one.device_class,
            "agency": one.agency,
            "user": one.user,
            "name": one.name,
            "statements": _pairs(one.statements),
        }
    )
    signature = to_base64url(signer.sign(_SIGNED + line))
    said = {"dv-join": 1, "line": line.decode(), "signature": signature}
    return canonical_json(said) + b"\n", six_words(line)


def read_request(data: bytes, verifier: Verifier) -> Request:
    """Read a request that the key it names has signed; Damage when it is none."""
    said = _object(data, "dv-join", "services.not_a_request")
    try:
        line = said["line"].encode()
        told = read_json(line)
        public = from_base64url(_text(told, "public"))
        request = Request(
            program=_text(told, "program"),
            public=public,
            device_class=_class(told),
            agency=_text(told, "agency"),
            user=UserId(_text(told, "user")),
            name=_text(told, "name"),
            statements=_statements(told["statements"]),
            words=six_words(line),
        )
        genuine = verifier.verify(public, from_base64url(said["signature"]), _SIGNED + line)
    except (LeadappError, KeyError, TypeError, ValueError, AttributeError) as cause:
        raise Damage("services.not_a_request") from cause
    if not genuine:
        raise Damage("services.not_a_request")
    return request


def _object(data: bytes, mark: str, code: str) -> dict[str, Any]:
    if len(data) > MOST_BYTES:
        raise Damage(code)
    try:
        found = read_json(data)
    except Damage as cause:
        raise Damage(code) from cause
    if not isinstance(found, dict) or found.get(mark) != 1:
        raise Damage(code)
    return found


def _text(said: dict[str, Any], key: str) -> str:
    found = said[key]
    if not isinstance(found, str) or len(found) > _MOST_TEXT:
        raise ValueError(key)
    return found


def _class(said: dict[str, Any]) -> str:
    found = _text(said, "class")
    if found not in ("law", "office"):
        raise ValueError(found)
    return found


def _pairs(statements: Iterable[Statement]) -> list[list[str]]:
    return [[one.line.decode(), to_base64url(one.signature)] for one in statements]


def _statements(pairs: Sequence[Sequence[str]]) -> tuple[Statement, ...]:
    return tuple(
        read_statement(line.encode(), from_base64url(signature)) for line, signature in pairs
    )
