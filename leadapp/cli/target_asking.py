"""What ``target add`` must know of a server beyond its address: asked for, or read from files."""

from __future__ import annotations

import getpass
from argparse import Namespace
from dataclasses import replace
from pathlib import Path

from leadapp.core.errors import Refusal
from leadapp.services import syncing
from leadapp.services.syncing import S3Place, SftpPlace, Where

_YES = "yes"


def where(options: Namespace) -> Where:
    """Return the place that was asked for, with what signs in there."""
    made = syncing.read_address(options.address, endpoint=options.endpoint, region=options.region)
    match made:
        case SftpPlace():
            return _sftp(made, options)
        case S3Place():
            return _s3(made, options)
        case _:
            return made


def _sftp(made: SftpPlace, options: Namespace) -> SftpPlace:
    """A key that was handed over is compared by the exchange; without one a person compares."""
    made = replace(made, host_key=options.host_key or _seen_by_a_person(made))
    if options.key_file is None:
        return replace(made, password=_secret(options.secret_file, "Password at the server: "))
    key = _text(options.key_file)
    try:
        syncing.check_key(key)
    except Refusal as refusal:
        if refusal.code != "targets.key_password":
            raise
    else:
        return replace(made, key=key)
    password = _secret(options.secret_file, "Password of the key: ")
    syncing.check_key(key, password)
    return replace(made, key=key, key_password=password)


def _seen_by_a_person(made: SftpPlace) -> str:
    shown = syncing.host_fingerprint(made)
    print(f"The key of {made.host} is  {shown}")
    print("Compare it with what the keeper of that server tells you, not by mail.")
    if _asked(f"Is it the same? ({_YES} or no) ").strip().lower() != _YES:
        raise Refusal("cli.host_key_not_agreed", host=made.host)
    return shown


def _s3(made: S3Place, options: Namespace) -> S3Place:
    if options.secret_file is not None:
        key, _, secret = _text(options.secret_file).strip().partition("\n")
    else:
        key, secret = _asked("Access key: "), _secret(None, "Secret: ")
    if not key.strip() or not secret.strip():
        raise Refusal("cli.key_and_secret")
    authority = _text(options.ca_file) if options.ca_file else ""
    return replace(made, key=key.strip(), secret=secret.strip(), authority=authority)


def _secret(file: Path | None, question: str) -> str:
    if file is not None:
        return _text(file).split("\n", maxsplit=1)[0].rstrip("\r")
    try:
        return getpass.getpass(question)
    except EOFError as cause:
        raise Refusal("cli.no_password") from cause


def _asked(question: str) -> str:
    try:
        return input(question)
    except EOFError as cause:
        raise Refusal("cli.no_answer") from cause


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as cause:
        raise Refusal("cli.cannot_read", file=str(file)) from cause
