"""Where a target is: typed as an address, kept as lines, secrets apart.

A folder is its path. ``SftpPlace`` and ``S3Place`` say the rest of what a server needs.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any, Literal  # JSON values are of any type by nature
from urllib.parse import unquote, urlsplit

from leadapp.core.errors import Refusal
from leadapp.targets.descriptions import PORT, S3Place, SftpPlace
from leadapp.targets.folder import FolderTarget
from leadapp.targets.target import Target

Where = Path | SftpPlace | S3Place
Kind = Literal["folder", "sftp", "s3"]
SECRETS: dict[Kind, tuple[str, ...]] = {
    "folder": (),
    "sftp": ("password", "key", "key_password"),
    "s3": ("key", "secret"),
}
_LAST_PORT = 65535


def kind_of(where: Where) -> Kind:
    """Return what sort of place it is."""
    match where:
        case SftpPlace():
            return "sftp"
        case S3Place():
            return "s3"
        case _:
            return "folder"


def shown(where: Where) -> str:
    """Return the address for a person, without secrets."""
    return str(where) if isinstance(where, Path) else where.shown


def target_at(where: Where, mount: str = "") -> Target:
    """Return the target itself; nothing is asked of it yet. A folder's disk is at ``mount``.

    A server's library is loaded here, not when the program starts: it takes half a second.
    """
    match where:
        case SftpPlace():
            from leadapp.targets.sftp import SftpTarget

            return SftpTarget(where)
        case S3Place():
            from leadapp.targets.s3 import S3Target

            return S3Target(where)
        case _:
            return FolderTarget(where, mount)


def fingerprint_of(where: SftpPlace) -> str:
    """Return the key of an SFTP server as its keeper can read it out."""
    from leadapp.targets.sftp_line import fingerprint

    return fingerprint(where.host, where.port)


def check_key(text: str, password: str = "") -> None:
    """Refuse what is no private key for SSH, or not with this password."""
    from leadapp.targets.sftp_line import read_key

    read_key(text, password)


def read_address(address: str, *, endpoint: str = "", region: str = "") -> Where:
    """Return the place that was typed: ``sftp://user@host:port/path``, ``s3://bucket/prefix``, a folder.

    ``/~/path`` is below the folder a server opens first. Passwords and keys are not part of
    an address: put them in with ``dataclasses.replace``.
    """
    kind = address.split("://", maxsplit=1)[0].lower() if "://" in address else ""
    if kind == "sftp":
        return _sftp(address)
    if kind == "s3":
        return _s3(address, endpoint, region)
    if kind:
        raise Refusal("targets.unknown_address", address=_without_password(address))
    return Path(address).absolute()


def _sftp(address: str) -> SftpPlace:
    try:
        parts = urlsplit(address)
        port = parts.port or PORT
    except ValueError as cause:
        raise Refusal("targets.sftp_address", address=_without_password(address)) from cause
    if parts.password is not None:
        raise Refusal("targets.password_in_address")
    folder = unquote(parts.path)
    if not parts.hostname or not parts.username or folder in ("", "/~", "/~/"):
        raise Refusal("targets.sftp_address", address=address)
    return SftpPlace(
        host=parts.hostname,
        user=unquote(parts.username),
        folder=folder.removeprefix("/~/"),
        port=port,
    )


def _s3(address: str, endpoint: str, region: str) -> S3Place:
    bucket, _, prefix = address[len("s3://") :].partition("/")
    if not bucket or "@" in bucket:
        raise Refusal("targets.s3_address", address=_without_password(address))
    made = S3Place(bucket, prefix.strip("/"), endpoint.rstrip("/"))
    return dataclasses.replace(made, region=region) if region else made


def _without_password(address: str) -> str:
    kind, _, rest = address.partition("://")
    return f"{kind}://{rest.rsplit('@', 1)[-1]}"


# -- kept -------------------------------------------------------------------------------------


def as_lines(where: Where) -> dict[str, Any]:
    """Return what may lie beside other settings: everything but the secrets."""
    kind = kind_of(where)
    if isinstance(where, Path):
        return {"kind": kind, "path": str(where)}
    said = dataclasses.asdict(where)
    return {"kind": kind} | {key: said[key] for key in said if key not in SECRETS[kind]}


def secrets_of(where: Where) -> dict[str, str]:
    """Return the secrets of a place."""
    return {key: getattr(where, key) for key in SECRETS[kind_of(where)]}


def read_lines(said: dict[str, Any], secrets: dict[str, str]) -> Where:
    """Return the place that ``as_lines`` and ``secrets_of`` wrote down."""
    rest = {key: value for key, value in said.items() if key != "kind"}
    match said["kind"]:
        case "sftp":
            port = int(rest.pop("port"))
            return SftpPlace(port=port, **rest, **secrets)
        case "s3":
            return S3Place(**rest, **secrets)
        case _:
            return Path(rest["path"])
