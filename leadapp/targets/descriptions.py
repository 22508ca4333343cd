"""What a server is described by: values only, so that no library is loaded to show a list of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

PORT = 22


@dataclass(frozen=True, slots=True)
class SftpPlace:
    """A folder on an SFTP server. ``host_key`` is what ``fingerprint`` said, seen by a person.

    ``password`` or ``key`` (the text of a private key file, with ``key_password`` where it
    has one) signs in.
    """

    host: str
    user: str
    folder: str
    port: int = PORT
    host_key: str = ""
    password: str = field(default="", repr=False)
    key: str = field(default="", repr=False)
    key_password: str = field(default="", repr=False)

    @property
    def shown(self) -> str:
        """Return it as an address, without secrets."""
        port = "" if self.port == PORT else f":{self.port}"
        folder = self.folder if self.folder.startswith("/") else f"/~/{self.folder}"
        return f"sftp://{self.user}@{self.host}{port}{folder}"


@dataclass(frozen=True, slots=True)
class S3Place:
    """A prefix in a bucket. ``endpoint`` is empty for Amazon's own; ``region`` is its.

    ``authority`` is the text of a certificate (PEM) that signed the server's, where the
    county has an authority of its own.
    """

    bucket: str
    prefix: str = ""
    endpoint: str = ""
    region: str = "us-east-1"
    key: str = field(default="", repr=False)
    secret: str = field(default="", repr=False)
    authority: str = field(default="", repr=False)

    @property
    def shown(self) -> str:
        """Return it as an address, without secrets."""
        at = f" at {self.host}" if self.endpoint else ""
        return f"s3://{self.bucket}/{self.prefix}".rstrip("/") + at

    @property
    def host(self) -> str:
        """Return the name of the server."""
        return urlsplit(self.endpoint).hostname or f"s3.{self.region}.amazonaws.com"
