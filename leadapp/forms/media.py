"""What an attached file is, by its first bytes: the name of a file is only what someone says."""

from __future__ import annotations

from leadapp.core.errors import Refusal

MOST_MEGABYTES = 12
"""What one attached file may have once it is ready to be kept."""
PICTURES = ("image/png", "image/jpeg", "image/gif", "image/bmp", "image/webp")
PDF = "application/pdf"
_BEGINNINGS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
    (b"%PDF-", PDF),
)
_ENDINGS = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "bmp": "image/bmp",
    "webp": "image/webp",
    "pdf": PDF,
}


def media_of(data: bytes) -> str:
    """Return the media type the bytes begin as; "" for what is not taken here."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return next((media for start, media in _BEGINNINGS if data.startswith(start)), "")


def taken(mediatype: str) -> tuple[str, ...]:
    """Return the media types a question takes, by what the form says; none for sound and film."""
    if mediatype.startswith("image/"):
        return PICTURES
    if mediatype.startswith(("audio/", "video/")):
        return ()
    return (*PICTURES, PDF)


def checked(data: bytes, name: str, takes: tuple[str, ...]) -> str:
    """Return the media type of a file, once it is what its name says and what is asked for."""
    media = media_of(data)
    if media not in takes:
        raise Refusal("forms.file_not_taken" if PDF in takes else "forms.not_a_picture", file=name)
    said = _ENDINGS.get(name.rpartition(".")[2].lower(), media)
    if said != media:
        raise Refusal("forms.file_is_another", file=name)
    if media == PDF and len(data) > MOST_MEGABYTES << 20:
        raise Refusal("forms.file_too_large", file=name, megabytes=MOST_MEGABYTES)
    return media
