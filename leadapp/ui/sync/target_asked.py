"""What is asked of each kind of place: a folder's path, an SFTP server, an S3 bucket.

Each has ``where()`` (the place, or ``None`` once what is missing is shown), ``suggested()``
(a name for it) and ``refuse(words)``.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from leadapp.core.text import tidy
from leadapp.services.syncing import S3Place, SftpPlace
from leadapp.ui.kit.field import Field
from leadapp.ui.kit.file_line import FileLine
from leadapp.ui.kit.form_grid import FormGrid
from leadapp.ui.kit.line import Line
from leadapp.ui.unlock.password_box import PasswordBox
from leadapp.ui.words import tr

_MOST_KEY = 64 << 10
_SSH_PORT = 22


class _Asked(QWidget):
    """A grid of questions; the first of them has the focus, and what is refused."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.grid = FormGrid()
        column.addWidget(self.grid)
        self.first: Field | None = None

    def ask(
        self, label: str, control: QWidget, span: int, *, hint: str = "", needed: bool = True
    ) -> Field:
        """Add a question."""
        field = Field(label, control, needed=needed, optional=not needed, hint=hint)
        self.grid.add(field, span)
        if self.first is None:
            self.first = field
            self.setFocusProxy(control)
        return field

    def refuse(self, words: str) -> None:
        """Say what was refused."""
        if self.first is not None:
            self.first.set_error(words)
            self.first.focus_control()


def _missing(asked: list[tuple[Field, bool, str]]) -> bool:
    """Show the words at each question not answered; whether there was any."""
    for field, good, words in asked:
        field.set_error("" if good else words)
    first = next((field for field, good, _ in asked if not good), None)
    if first is not None:
        first.focus_control()
    return first is not None


class FolderAsked(_Asked):
    """A stick, a share, a folder that a cloud drive copies."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = FileLine("folder", tr("Choose the folder"))
        hint = tr("On a stick, on the county\u2019s network, or one that a cloud drive copies")
        self._field = self.ask(tr("Folder"), self.folder, 12, hint=hint)
        self.folder.changed.connect(lambda _path: self.changed.emit())

    def where(self) -> Path | None:
        """Return the folder."""
        path = self.folder.value()
        return None if _missing([(self._field, path is not None, tr("Choose it."))]) else path

    def suggested(self) -> str:
        """Return the folder's own name."""
        path = self.folder.value()
        return path.name if path is not None else ""


class SftpAsked(_Asked):
    """A server, whom to sign in as, and the folder there."""

    def __init__(self) -> None:
        super().__init__()
        self.host, self.port, self.user, self.folder = Line(), Line(), Line(), Line()
        self.port.set_value(str(_SSH_PORT))
        self._host = self.ask(tr("Server"), self.host, 6, hint=tr("Like files.county.gov"))
        self._port = self.ask(tr("Port"), self.port, 2, hint=tr("Mostly 22"))
        self._user = self.ask(
            tr("User name there"), self.user, 4, hint=tr("The server\u2019s owner tells you")
        )
        told = tr("One that only this program uses")
        self._folder = self.ask(tr("Folder there"), self.folder, 12, hint=told)
        self.password = PasswordBox()
        self._password = self.ask(
            tr("Password there"), self.password, 6, hint=tr("Or a key file"), needed=False
        )
        self.key = FileLine("open", tr("Choose the key file"))
        either = tr("In place of a password; it is copied into the encrypted file")
        self._key = self.ask(tr("Key file"), self.key, 6, hint=either, needed=False)
        self.key_password = PasswordBox()
        self.ask(tr("Password of the key file"), self.key_password, 6, needed=False)
        self.host.textChanged.connect(lambda _text: self.changed.emit())

    def where(self) -> SftpPlace | None:
        """Return the server."""
        port = int(self.port.text()) if self.port.text().isdecimal() else 0
        secret, path = self.password.text(), self.key.value()
        key = _text_of(path) if path is not None else ""
        if _missing(
            [
                (self._host, bool(tidy(self.host.text())), tr("Type the server\u2019s name.")),
                (self._port, 0 < port < 1 << 16, tr("Type a number, like 22.")),
                (self._user, bool(tidy(self.user.text())), tr("Type the user name.")),
                (self._folder, bool(tidy(self.folder.text())), tr("Type the folder.")),
                (self._key, path is None or bool(key), tr("The file cannot be read.")),
                (self._password, bool(secret or key), tr("Type it, or choose a key file.")),
            ]
        ):
            return None
        return SftpPlace(
            host=tidy(self.host.text()),
            user=tidy(self.user.text()),
            folder=tidy(self.folder.text()),
            port=port,
            password=secret,
            key=key,
            key_password=self.key_password.text(),
        )

    def suggested(self) -> str:
        """Return the server's name."""
        return tidy(self.host.text())


class S3Asked(_Asked):
    """A bucket, its server, and the key that signs in."""

    def __init__(self) -> None:
        super().__init__()
        self.bucket, self.prefix, self.endpoint = Line(), Line(), Line()
        self.region, self.key, self.secret = Line(), Line(), PasswordBox()
        self.region.set_value("us-east-1")
        self._bucket = self.ask(tr("Bucket"), self.bucket, 6)
        self.ask(tr("Folder in it"), self.prefix, 6, needed=False)
        told = tr("Like https://s3.county.gov; blank for Amazon")
        self._endpoint = self.ask(tr("Server"), self.endpoint, 8, hint=told, needed=False)
        self._region = self.ask(
            tr("Region"), self.region, 4, hint=tr("As the bucket\u2019s owner says")
        )
        self._key = self.ask(tr("Access key"), self.key, 6)
        self._secret = self.ask(tr("Secret key"), self.secret, 6)
        self.authority = FileLine("open", tr("Choose the certificate"))
        own = tr("Only where the county signs its servers itself (PEM)")
        self._authority = self.ask(tr("Certificate"), self.authority, 12, hint=own, needed=False)
        self.bucket.textChanged.connect(lambda _text: self.changed.emit())

    def where(self) -> S3Place | None:
        """Return the bucket."""
        path = self.authority.value()
        authority = _text_of(path) if path is not None else ""
        if _missing(
            [
                (self._bucket, bool(tidy(self.bucket.text())), tr("Type the bucket\u2019s name.")),
                (self._region, bool(tidy(self.region.text())), tr("Type the region.")),
                (self._key, bool(tidy(self.key.text())), tr("Type the access key.")),
                (self._secret, bool(self.secret.text()), tr("Type the secret key.")),
                (self._authority, path is None or bool(authority), tr("It cannot be read.")),
            ]
        ):
            return None
        return S3Place(
            bucket=tidy(self.bucket.text()),
            prefix=tidy(self.prefix.text()).strip("/"),
            endpoint=tidy(self.endpoint.text()),
            region=tidy(self.region.text()),
            key=tidy(self.key.text()),
            secret=self.secret.text(),
            authority=authority,
        )

    def suggested(self) -> str:
        """Return the bucket's name."""
        return tidy(self.bucket.text())


def _text_of(path: Path) -> str:
    """Return a small text file, "" when it is none or cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(_MOST_KEY).decode("ascii")
    except (OSError, UnicodeDecodeError):
        return ""
