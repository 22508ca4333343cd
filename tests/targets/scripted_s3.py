"""Not an S3 server: a web server in this process that answers the few requests the target makes.

It answers as Ceph's gateway was seen to, keeps files in a dictionary and checks no signature.
What it is for: answers no real server gives on demand (``wrong``), and a certificate of its own.
``docs/targets.md`` says which real server was tried, and how.
"""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import ipaddress
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

BUCKET = "lead"
_PAGE = 100
WHEN = "2026-11-22T09:00:00.000Z"


@dataclass(frozen=True, slots=True)
class Wrong:
    """An answer instead of the right one. ``cut`` hangs up after so many bytes of the body."""

    status: int
    body: bytes = b""
    kind: str = "application/xml"
    headers: tuple[tuple[str, str], ...] = ()
    cut: int = -1


@dataclass
class Bucket:
    """What lies in the bucket, and what goes wrong next."""

    files: dict[str, bytes] = field(default_factory=dict)
    wrong: list[Wrong] = field(default_factory=list)
    """Answers to the next requests, one each."""
    always: Wrong | None = None
    asked: list[str] = field(default_factory=list)
    endpoint: str = ""
    authority: str = ""


class _Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    bucket: Bucket

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def handle(self) -> None:
        with contextlib.suppress(OSError):
            super().handle()

    def do_GET(self) -> None:
        if self._wrong():
            return
        key, asked = self._key(), parse_qs(urlsplit(self.path).query)
        if not key:
            self._list(asked)
        elif key in self.bucket.files:
            data = self.bucket.files[key]
            if span := self.headers.get("Range"):
                first, last = span.removeprefix("bytes=").split("-")
                part = data[int(first) : int(last) + 1]
                self._answer(206, part, ("Content-Range", f"bytes {first}-{last}/{len(data)}"))
            else:
                self._answer(200, data)
        else:
            self._error(404, "NoSuchKey")

    def do_HEAD(self) -> None:
        if not self._wrong():
            key = self._key()
            self._answer(200 if key in self.bucket.files else 404, self.bucket.files.get(key, b""))

    def do_PUT(self) -> None:
        size = int(self.headers.get("Content-Length", 0))
        data = self.rfile.read(size)
        if len(data) < size or self._wrong():
            return
        key = self._key()
        if self.headers.get("If-None-Match") == "*" and key in self.bucket.files:
            self._error(412, "PreconditionFailed")
            return
        self.bucket.files[key] = data
        self._answer(200, b"")

    def do_DELETE(self) -> None:
        if not self._wrong():
            self.bucket.files.pop(self._key(), None)
            self._answer(204, b"")

    def _key(self) -> str:
        return unquote(urlsplit(self.path).path.removeprefix(f"/{BUCKET}").lstrip("/"))

    def _list(self, asked: dict[str, list[str]]) -> None:
        prefix = asked.get("prefix", [""])[0]
        after = asked.get("continuation-token", [""])[0]
        names = sorted(name for name in self.bucket.files if name.startswith(prefix))
        folders: set[str] = set()
        if "delimiter" in asked:
            rest = {name: name[len(prefix) :] for name in names}
            folders = {prefix + one.split("/")[0] + "/" for one in rest.values() if "/" in one}
            names = [name for name in names if "/" not in rest[name]]
        names = [name for name in names if name > after]
        page, more = names[:_PAGE], len(names) > _PAGE
        said = [
            '<?xml version="1.0" encoding="UTF-8"?><ListBucketResult>',
            f"<Name>{BUCKET}</Name><Prefix>{escape(prefix)}</Prefix><KeyCount>{len(page)}</KeyCount>",
            f"<MaxKeys>{_PAGE}</MaxKeys><IsTruncated>{str(more).lower()}</IsTruncated>",
            f"<NextContinuationToken>{escape(page[-1])}</NextContinuationToken>" if more else "",
            *(
                f"<Contents><Key>{escape(name)}</Key><LastModified>{WHEN}</LastModified>"
                f"<ETag>&quot;{_tag(self.bucket.files[name])}&quot;</ETag>"
                f"<Size>{len(self.bucket.files[name])}</Size></Contents>"
                for name in page
            ),
            *(
                f"<CommonPrefixes><Prefix>{escape(one)}</Prefix></CommonPrefixes>"
                for one in sorted(folders)
            ),
            "</ListBucketResult>",
        ]
        self._answer(200, "".join(said).encode())

    def _wrong(self) -> bool:
        bucket = self.bucket
        bucket.asked.append(f"{self.command} {self.path}")
        wrong = bucket.wrong.pop(0) if bucket.wrong else bucket.always
        if wrong is None:
            return False
        self.send_response(wrong.status)
        self.send_header("Content-Type", wrong.kind)
        self.send_header("Content-Length", str(len(wrong.body)))
        for name, value in wrong.headers:
            self.send_header(name, value)
        self.end_headers()
        body = wrong.body if wrong.cut < 0 else wrong.body[: wrong.cut]
        if self.command != "HEAD":
            self.wfile.write(body)
        self.close_connection = True
        return True

    def _error(self, status: int, code: str) -> None:
        self._answer(status, error(code))

    def _answer(self, status: int, body: bytes, *headers: tuple[str, str]) -> None:
        self.send_response(status)
        for name, value in (
            ("Content-Length", str(len(body))),
            ("Content-Type", "application/octet-stream"),
            ("ETag", f'"{_tag(body)}"'),
            ("Last-Modified", "Sun, 22 Nov 2026 09:00:00 GMT"),
            *headers,
        ):
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


def error(code: str) -> bytes:
    """Return the body of an error as S3 says it."""
    return f'<?xml version="1.0"?><Error><Code>{code}</Code><Message></Message></Error>'.encode()


def _tag(data: bytes) -> str:
    return hashlib.md5(data, usedforsecurity=False).hexdigest()


@contextmanager
def serving(certificates: Path | None = None) -> Iterator[Bucket]:
    """Give an empty bucket; over TLS where there is a folder for its certificates."""
    bucket = Bucket()
    handler = type("Answers", (_Answers,), {"bucket": bucket})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    kind = "http"
    if certificates is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        bucket.authority = make_certificate(certificates)
        context.load_cert_chain(certificates / "server.pem")
        server.socket = context.wrap_socket(server.socket, server_side=True)
        kind = "https"
    bucket.endpoint = f"{kind}://127.0.0.1:{server.server_port}"
    running = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    running.start()
    try:
        yield bucket
    finally:
        server.shutdown()
        server.server_close()
        running.join()


def make_certificate(place: Path) -> str:
    """Make an authority and a server's certificate; return the authority's."""
    place.mkdir(exist_ok=True)
    root_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    root = _signed("county authority", root_key, "county authority", root_key, authority=True)
    mine = _signed("127.0.0.1", key, "county authority", root_key, authority=False)
    plain = serialization.NoEncryption()
    pem, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    (place / "server.pem").write_bytes(mine.public_bytes(pem) + key.private_bytes(pem, form, plain))
    return root.public_bytes(pem).decode()


def _signed(name, key, issuer, issuer_key, *, authority: bool) -> x509.Certificate:
    now = datetime.datetime.now(datetime.UTC)  # noqa: TID251 - the library compares with the real clock
    made = (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .issuer_name(_name(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=2))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
    )
    if not authority:
        host = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
        made = made.add_extension(x509.SubjectAlternativeName([host]), critical=False)
    return made.sign(issuer_key, hashes.SHA256())


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, text)])
