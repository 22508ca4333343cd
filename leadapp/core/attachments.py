"""What stands in a record for a file or a signature: never the bytes, only which they are.

An answer is canonical JSON: ``{"blob": name, "file": ..., "salt": ..., "size": ..., "type": ...}``
for a stored file, ``{"signed_on_paper": day}`` where the paper itself was signed. The name is
the salted hash under which the bytes lie in the ring's file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from leadapp.core.encoding import canonical_json, read_json
from leadapp.core.errors import Damage

_FILE = '{"blob":'
_PAPER = '{"signed_on_paper":'


@dataclass(frozen=True, slots=True)
class Attachment:
    """A stored file as a record names it. ``type`` is its media type, ``file`` what it was called."""

    name: str
    salt: str
    size: int
    type: str
    file: str

    @property
    def text(self) -> str:
        """Return the answer that stands for it."""
        return canonical_json(
            {
                "blob": self.name,
                "file": self.file,
                "salt": self.salt,
                "size": self.size,
                "type": self.type,
            }
        ).decode()

    @property
    def is_image(self) -> bool:
        """Return whether it is a picture."""
        return self.type.startswith("image/")

    @property
    def in_words(self) -> str:
        """Return what a table outside the program says of it: its name and its hash."""
        return f"{self.file} ({self.name})"


def read_attachment(text: str) -> Attachment | None:
    """Return the file an answer names; ``None`` for an answer of another sort."""
    if not text.startswith(_FILE):
        return None
    try:
        said = read_json(text)
        return Attachment(
            str(said["blob"]),
            str(said["salt"]),
            int(said["size"]),
            str(said["type"]),
            str(said["file"]),
        )
    except (Damage, KeyError, TypeError, ValueError):
        return None


def attachments_in(answers: Iterable[str]) -> Iterator[Attachment]:
    """Yield every file that ``answers`` name: those that must travel and go with their record."""
    for text in answers:
        found = read_attachment(text)
        if found is not None:
            yield found


def signed_on_paper(day: str) -> str:
    """Return the answer that says the paper was signed on ``day`` (ISO)."""
    return canonical_json({"signed_on_paper": day}).decode()


def read_signed_on_paper(text: str) -> str | None:
    """Return the day the paper was signed; ``None`` for an answer of another sort."""
    if not text.startswith(_PAPER):
        return None
    try:
        return str(read_json(text)["signed_on_paper"])
    except (Damage, KeyError, TypeError, ValueError):
        return None
