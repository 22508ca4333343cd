"""Attached files made ready to be kept, and made small to be shown. Never the window's thread.

Pictures are decoded and written anew: smaller where they are larger than anyone can use, and
without what a camera wrote into them (place, time, owner).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from leadapp.core.errors import LeadappError, Refusal
from leadapp.forms.media import MOST_MEGABYTES, PDF, checked

_LONGEST = 2400
"""Pixels of the longer side that are kept: a letter page at 200 dots an inch."""
_MOST_READ = 60 << 20
_QUALITY = 86
_MEGABYTES_DECODED = 300


@dataclass(frozen=True, slots=True)
class Ready:
    """A file ready to be kept."""

    data: bytes
    media: str
    file: str


def read_file(path: Path, takes: tuple[str, ...]) -> Ready:
    """Read and check a file; refuses what is too large, not taken, or not what it says."""
    try:
        if path.stat().st_size > _MOST_READ:
            raise Refusal("forms.file_too_large", file=path.name, megabytes=MOST_MEGABYTES)
        data = path.read_bytes()
    except OSError as cause:
        raise Refusal("forms.file_unreadable", file=path.name) from cause
    return prepared(data, path.name, takes)


def prepared(data: bytes, name: str, takes: tuple[str, ...]) -> Ready:
    """Return what is kept of a file's bytes."""
    media = checked(data, name, takes)
    if media == PDF:
        if preview(data, media, 16) is None:
            raise Refusal("forms.file_unreadable", file=name)
        return Ready(data, media, name)
    image = _decoded(data, _LONGEST)
    if image is None:
        raise Refusal("forms.file_unreadable", file=name)
    stem = name.rpartition(".")[0] or name
    if media == "image/jpeg" or not image.hasAlphaChannel():
        small, made = "image/jpeg", written(_opaque(image), "JPEG")
    else:
        small, made = "image/png", written(image, "PNG")
    if len(made) > MOST_MEGABYTES << 20:
        raise Refusal("forms.file_too_large", file=name, megabytes=MOST_MEGABYTES)
    return Ready(made, small, f"{stem}.{'jpg' if small == 'image/jpeg' else 'png'}")


def preview(data: bytes, media: str, longest: int) -> QImage | None:
    """Return a picture, or the first page of a PDF, no larger than ``longest``; None if broken."""
    if media != PDF:
        return _decoded(data, longest)
    pages = pdf_pages(data, longest, most=1)
    return pages[0] if pages else None


def pdf_pages(data: bytes, longest: int, *, most: int) -> list[QImage]:
    """Return the first pages of a PDF as pictures; none where it cannot be read."""
    from leadapp.services import previewing  # loaded on its lane, when first needed

    found = []
    try:
        for page, size in enumerate(previewing.page_sizes(data)[:most]):
            drawn = previewing.draw_page(data, page, min(4.0, longest / max(size)))
            kind = QImage.Format.Format_RGBA8888
            image = QImage(drawn.rgba, drawn.width, drawn.height, drawn.width * 4, kind)
            found.append(image.copy())
    except (LeadappError, ValueError, ZeroDivisionError):
        return []
    return found


def written(image: QImage, form: str) -> bytes:
    """Return ``image`` as the bytes of a file."""
    kept = QByteArray()
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    # The stub wants bytes where Qt takes the name as text.
    image.save(buffer, form, _QUALITY if form == "JPEG" else -1)  # type: ignore[call-overload]
    return bytes(kept.data())


def _decoded(data: bytes, longest: int) -> QImage | None:
    kept = QByteArray(data)
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    QImageReader.setAllocationLimit(_MEGABYTES_DECODED)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > longest:
        reader.setScaledSize(size.scaled(longest, longest, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        return None
    if max(image.width(), image.height()) > longest:
        return image.scaled(
            QSize(longest, longest),
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
    return image


def _opaque(image: QImage) -> QImage:
    return image.convertToFormat(QImage.Format.Format_RGB32)
