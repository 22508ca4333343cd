"""Where the files of a form or a record are: kept while it is filled, fetched when looked at."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from leadapp.core.attachments import Attachment
from leadapp.core.errors import LeadappError, Refusal
from leadapp.core.ids import RingId
from leadapp.services import filling as filling_
from leadapp.services.desk import Desk
from leadapp.services.filling import Filling
from leadapp.ui.entry import pictures
from leadapp.ui.entry.pictures import Ready
from leadapp.ui.work import Lane, Work

Got = Callable[[bytes], None]
Shown = Callable[[QImage], None]
Failed = Callable[[LeadappError], None]


class Source(Protocol):
    """What holds the files."""

    def held(self, attachment: Attachment) -> bytes | None:
        """Return a file that is at hand; window's thread."""
        ...

    def stored(self, attachment: Attachment) -> bytes | None:
        """Return a file from its ring; reader lane."""
        ...


class Taking(Source, Protocol):
    """What takes new ones too."""

    def add(self, data: bytes, media: str, file: str) -> Attachment:
        """Take a new file; window's thread."""
        ...


class Files:
    """``Files(work, source)``: fetches and shows files off the window's thread."""

    def __init__(self, work: Work, source: Source) -> None:
        self._work, self._source = work, source

    def fetch(self, attachment: Attachment, done: Got, failed: Failed, owner: QObject) -> None:
        """Give the bytes of a file, at once where they are at hand."""
        held = self._source.held(attachment)
        if held is not None:
            done(held)
            return

        def job() -> bytes:
            found = self._source.stored(attachment)
            if found is None:
                raise Refusal("ui.file_not_here")
            return found

        self._work.run(Lane.READER, job, done, failed, owner=owner)

    def show(
        self,
        attachment: Attachment,
        longest: int,
        done: Shown,
        failed: Failed,
        owner: QObject,
    ) -> None:
        """Give a small picture of a file, drawn off the window's thread."""
        self.draw(attachment, lambda data: _small(data, attachment, longest), done, failed, owner)

    def draw(
        self,
        attachment: Attachment,
        make: Callable[[bytes], object],
        done: Callable[..., None],
        failed: Failed,
        owner: QObject,
    ) -> None:
        """Give what ``make`` draws of a file, off the window's thread."""

        def got(data: bytes) -> None:
            self._work.run(Lane.CRYPTO, lambda: make(data), done, failed, owner=owner)

        self.fetch(attachment, got, failed, owner)


class NewFiles(Files):
    """Files of a form that is filled: new ones are read and checked off the window's thread."""

    def __init__(self, work: Work, taking: Taking) -> None:
        super().__init__(work, taking)
        self._taking = taking

    def add(self, ready: Ready) -> Attachment:
        """Take a file that is ready to be kept; refuses where all together are too large."""
        return self._taking.add(ready.data, ready.media, ready.file)

    def read(
        self,
        path: Path,
        takes: tuple[str, ...],
        done: Callable[[Ready], None],
        failed: Failed,
        owner: QObject,
    ) -> None:
        """Read and check a file from the disk."""
        self._work.run(
            Lane.CRYPTO, lambda: pictures.read_file(path, takes), done, failed, owner=owner
        )


def _small(data: bytes, attachment: Attachment, longest: int) -> QImage:
    image = pictures.preview(data, attachment.type, longest)
    if image is None:
        raise Refusal("forms.file_unreadable", file=attachment.file)
    return image


class FillingFiles:
    """The files of a form being filled at a desk."""

    def __init__(self, desk: Desk, filling: Filling) -> None:
        self._desk, self._filling = desk, filling

    def add(self, data: bytes, media: str, file: str) -> Attachment:
        """Keep it with the draft."""
        return filling_.attach(self._desk, self._filling, data, media, file)

    def held(self, attachment: Attachment) -> bytes | None:
        """Return what was attached since, or lay with the draft."""
        return filling_.held(self._filling, attachment)

    def stored(self, attachment: Attachment) -> bytes | None:
        """Return what the record that is corrected has."""
        return filling_.stored(self._desk, self._filling.ring, attachment)


class RecordFiles:
    """The files of a record that is read."""

    def __init__(self, desk: Desk, ring: RingId) -> None:
        self._desk, self._ring = desk, ring

    def held(self, _attachment: Attachment) -> bytes | None:
        """Return nothing: all are in the ring."""
        return None

    def stored(self, attachment: Attachment) -> bytes | None:
        """Return it from the ring."""
        return filling_.stored(self._desk, self._ring, attachment)


class LooseFiles:
    """Files of a form that is only tried: gone with its page."""

    def __init__(self) -> None:
        self._files: dict[str, bytes] = {}

    def add(self, data: bytes, media: str, file: str) -> Attachment:
        """Hold it."""
        name = sha256(data).hexdigest()[:43]
        self._files[name] = data
        return Attachment(name, "", len(data), media, file)

    def held(self, attachment: Attachment) -> bytes | None:
        """Return it."""
        return self._files.get(attachment.name)

    def stored(self, _attachment: Attachment) -> bytes | None:
        """Return nothing: a form that is tried has no ring."""
        return None
