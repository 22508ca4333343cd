"""What mail does to a file on its way: brought back whole, or refused whole."""

from __future__ import annotations

import quopri
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadapp.core.errors import Damage
from leadapp.exchange.armor import armor, unarmored

DATA = bytes(range(256)) * 7
SENT = armor(DATA)
FOOTER = b"\r\n--\r\nThis message was scanned. CAUTION: sent from outside the county.\r\n"


def _quoted(text: bytes) -> bytes:
    return b"".join(b"> " + line for line in text.splitlines(keepends=True))


def _rewrapped(text: bytes, width: int) -> bytes:
    first, *lines, last = text.strip().split(b"\n")
    letters = b"".join(lines)
    rows = [letters[at : at + width] for at in range(0, len(letters), width)]
    return b"\r\n".join([first, *rows, last])


def _message(body: bytes | None, attachment: bytes | None, kind: str) -> bytes:
    made = EmailMessage()
    made["Subject"] = "files"
    made.set_content("See the file." if body is None else body.decode("ascii"))
    if attachment is not None:
        made.add_attachment(attachment, maintype="application", subtype=kind, filename="x.bin")
    return made.as_bytes()


WAYS = {
    "as it was": SENT,
    "other line ends": SENT.replace(b"\n", b"\r\n"),
    "blanks around": b"\r\n \t" + SENT + b" \n\n",
    "words before and after": b"Hello,\n\n" + SENT + FOOTER,
    "quoted in an answer": b"You wrote:\n" + _quoted(SENT) + FOOTER,
    "quoted twice": _quoted(_quoted(SENT)),
    "other widths": _rewrapped(SENT, 47),
    "one line": _rewrapped(SENT, 1_000_000),
    "quoted-printable": quopri.encodestring(SENT),
    "saved as a page": b"<html><pre>" + SENT.replace(b"\n", b"<br>\n") + b"</pre></html>",
    "saved with a mark in front": b"\xef\xbb\xbf" + SENT,
    "saved with two bytes a letter": SENT.decode().encode("utf-16"),
    "a whole message": _message(SENT, None, ""),
    "a whole message with it attached": _message(None, SENT, "octet-stream"),
    "a whole message with the bare file attached": _message(
        None, b"age-encryption.org/v1\n" + DATA, "octet-stream"
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_what_mail_does_brings_the_same_bytes(way):
    whole = b"age-encryption.org/v1\n" + DATA if "bare" in way else DATA
    assert unarmored(WAYS[way]) == whole


@given(st.integers(0, len(SENT) - 40), st.integers(1, 200))
def test_letters_that_were_lost_are_damage_or_change_the_bytes(at, count):
    rest = SENT[:at] + SENT[at + count :]
    try:
        found = unarmored(rest)
    except Damage:
        return
    assert found != DATA or not SENT[at : at + count].strip()


@given(st.binary(max_size=600))
def test_what_was_never_armored_stays_as_it_is_or_is_refused(data):
    assert unarmored(b"age-encryption.org/v1\n" + data) == b"age-encryption.org/v1\n" + data
    assert unarmored(b"\x00" + data) == b"\x00" + data


def test_a_mail_split_in_two_is_refused_by_either_half():
    half = len(SENT) // 2
    with pytest.raises(Damage, match=r"exchange\.mail_cut"):
        unarmored(SENT[:half])
    assert unarmored(SENT[half:]) == SENT[half:]
