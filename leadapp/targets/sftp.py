"""A folder on an SFTP server.

A cut line is mended where it broke: the target signs in again and goes on with the same
bytes from where the server has them. What a cut leaves for good is called ``.tmp`` or,
where a server cannot rename, is shorter than its name's hash says; everybody passes over it.
"""

from __future__ import annotations

import contextlib
import errno
import stat
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TypeVar

import paramiko
from paramiko.ssh_exception import SSHException

from leadapp.core.errors import Refusal
from leadapp.targets.descriptions import SftpPlace
from leadapp.targets.folder import README, README_TEXT, TEMPORARY, beside
from leadapp.targets.sftp_line import PATIENCE, signed_in
from leadapp.targets.sftp_space import why_not_written

_PIECE = 32 << 10
_SMALL = 4 << 10
_LARGEST_STEP = 1 << 20
_QUICK = 1.0
"""Seconds: a step acknowledged sooner is followed by one twice as large."""
_TRIES = 3
"""Times a line is mended that brought nothing since it was mended last."""
T = TypeVar("T")


class _Cut(Exception):
    """The line is gone; what was asked for may or may not have happened."""


class SftpTarget:
    """Files below a folder of an SFTP server. One thread uses it; any may ``cancel``."""

    def __init__(self, place: SftpPlace, *, patience: float = PATIENCE) -> None:
        self.place = place
        self._patience = patience
        self._transport: paramiko.Transport | None = None
        self._client: paramiko.SFTPClient | None = None
        self._cancelled = threading.Event()
        self._lock = threading.Lock()

    # -- the functions of a target -------------------------------------------------------------

    def prepare(self) -> None:
        """See that the folder is there; explain it to whoever opens it."""

        def look(client: paramiko.SFTPClient) -> bool:
            self._check(client)
            return README in client.listdir(self.place.folder)

        if not self._mended(look):
            self._write(self._path(README), README_TEXT.encode())

    def folders(self) -> frozenset[str]:
        """Return the names of the folders that lie here."""

        def look(client: paramiko.SFTPClient) -> frozenset[str]:
            self._check(client)
            found = client.listdir_iter(self.place.folder)
            return frozenset(one.filename for one in found if stat.S_ISDIR(one.st_mode or 0))

        return self._mended(look)

    def list_sizes(self, folder: str) -> Mapping[str, int]:
        """Return the files of ``folder`` with their sizes; none where there is no such folder."""

        def look(client: paramiko.SFTPClient) -> dict[str, int]:
            try:
                found = client.listdir_iter(self._path(folder))
                return {
                    one.filename: one.st_size or 0
                    for one in found
                    if stat.S_ISREG(one.st_mode or 0)
                }
            except FileNotFoundError:
                self._check(client)
                return {}

        return self._mended(look)

    def get(self, folder: str, name: str, most: int) -> bytes:
        """Return a file, at most ``most`` bytes; Refusal when it is not readable just now."""
        data = bytearray()

        def read(client: paramiko.SFTPClient) -> bool:
            with client.open(self._path(folder, name), "rb") as file:
                size = min(file.stat().st_size or 0, most)
                file.seek(len(data))
                if size - len(data) > _PIECE:
                    file.prefetch(size)
                while len(data) < size and (piece := file.read(min(_PIECE, size - len(data)))):
                    self._go_on()
                    data.extend(piece)
            return True

        try:
            self._mended(read, progress=lambda: len(data))
        except FileNotFoundError as cause:
            raise Refusal("targets.cannot_read", file=name) from cause
        return bytes(data)

    def put(self, folder: str, name: str, data: bytes) -> None:
        """Add a file, whole when this returns; one that is there stays as it is."""
        path = self._path(folder, name)

        def make_room(client: paramiko.SFTPClient) -> bool:
            try:
                client.stat(path)
            except FileNotFoundError:
                self._make_folder(client, self._path(folder))
                return True
            return False

        if self._mended(make_room, writes=True):
            self._write(path, data)

    def delete(self, folder: str, name: str) -> None:
        """Remove a file; harmless when it is gone."""

        def remove(client: paramiko.SFTPClient) -> None:
            with contextlib.suppress(FileNotFoundError):
                client.remove(self._path(folder, name))

        self._mended(remove, writes=True)

    # -- about the line ------------------------------------------------------------------------

    def cancel(self) -> None:
        """End what is going on, from any thread; it ends with a Refusal. For good."""
        self._cancelled.set()
        self._hang_up()

    def close(self) -> None:
        """Let go of the line. A further use signs in again."""
        self._hang_up()

    def _hang_up(self) -> None:
        with self._lock:
            transport, self._transport, self._client = self._transport, None, None
        if transport is not None:
            transport.close()

    def _line(self) -> paramiko.SFTPClient:
        self._go_on()
        if self._client is None:
            transport = signed_in(self.place, patience=self._patience, given_up=self._cancelled)
            with self._lock:
                self._transport = transport  # so that ``cancel`` ends what follows, too
            try:
                channel = transport.open_session(timeout=self._patience)
                channel.settimeout(self._patience)
                channel.invoke_subsystem("sftp")
                client = paramiko.SFTPClient(channel)
            except (SSHException, OSError, EOFError) as cause:
                self._hang_up()
                self._go_on()
                raise Refusal("targets.no_sftp", host=self.place.host) from cause
            self._client = client
            if self._cancelled.is_set():
                self._hang_up()
                self._go_on()
            return client
        return self._client

    def _go_on(self) -> None:
        if self._cancelled.is_set():
            raise Refusal("targets.cancelled", host=self.place.host)

    def _mended(
        self,
        act: Callable[[paramiko.SFTPClient], T],
        *,
        progress: Callable[[], int] = lambda: 0,
        writes: bool = False,
    ) -> T:
        """Do ``act``, again where the line was cut, unless that brings nothing more."""
        left, reached = _TRIES, progress()
        while True:
            try:
                with self._telling(writes=writes):
                    return act(self._line())
            except _Cut as cause:
                self._hang_up()
                self._go_on()
                left = _TRIES if progress() > reached else left - 1
                reached = max(reached, progress())
                if not left:
                    raise Refusal("targets.line_cut", host=self.place.host) from cause
            except Refusal as refusal:
                self._go_on()
                # A server that is restarting refuses for a moment; one never reached, for longer.
                if refusal.code not in _PASSING or left <= 1 or not reached:
                    raise
                left -= 1
                time.sleep(min(1.0, self._patience / 10))

    @contextmanager
    def _telling(self, *, writes: bool) -> Iterator[None]:
        """Turn what the library raises into a cut line or a sentence."""
        try:
            yield
        except FileNotFoundError:
            raise
        except (EOFError, TimeoutError, ConnectionError, SSHException) as cause:
            raise _Cut from cause
        except OSError as cause:
            if "closed" in str(cause).lower() or self._client is None:
                raise _Cut from cause
            raise self._explained(cause, writes=writes) from cause

    def _explained(self, cause: OSError, *, writes: bool) -> Refusal:
        where = self.place.shown
        if writes:
            try:
                return why_not_written(self._line(), self.place.folder, where, cause)
            except (SSHException, OSError, EOFError):
                return Refusal("targets.not_written", folder=where)
        if cause.errno == errno.EACCES:
            return Refusal("targets.not_allowed", folder=where)
        return Refusal("targets.cannot_list", folder=where)

    # -- writing -------------------------------------------------------------------------------

    def _path(self, *parts: str) -> str:
        return "/".join((self.place.folder.rstrip("/") or "/", *parts)).replace("//", "/")

    def _check(self, client: paramiko.SFTPClient) -> None:
        try:
            found = client.stat(self.place.folder)
        except FileNotFoundError as cause:
            raise Refusal("targets.no_such_folder", folder=self.place.shown) from cause
        if not stat.S_ISDIR(found.st_mode or 0):
            raise Refusal("targets.no_such_folder", folder=self.place.shown)

    def _make_folder(self, client: paramiko.SFTPClient, path: str) -> None:
        self._check(client)
        try:
            client.stat(path)
        except FileNotFoundError:
            try:
                client.mkdir(path)
            except OSError:
                client.stat(path)  # made by another computer meanwhile

    def _write(self, path: str, data: bytes) -> None:
        """Send ``data`` beside its name, going on where a cut left it, and rename it.

        What is small may have a name that others write at the same moment, such as the mark of
        a law computer; what is larger is called by its own bytes.
        """
        in_one = len(data) <= _SMALL
        temporary = beside(path) if in_one else path + TEMPORARY
        sent = 0

        def send(client: paramiko.SFTPClient) -> None:
            nonlocal sent
            sent, step = self._begun(client, temporary, len(data)), _PIECE
            while True:
                self._go_on()
                began = time.monotonic()
                self._append(client, temporary, sent, data[sent : sent + step])
                sent = min(sent + step, len(data))
                if sent == len(data):
                    break
                if time.monotonic() - began < _QUICK:
                    step = min(step * 2, _LARGEST_STEP)
            self._rename(client, temporary, path)

        try:
            self._mended(send, progress=lambda: sent, writes=True)
        except Refusal:
            if in_one and self._client is not None:  # nobody would go on with it
                with contextlib.suppress(SSHException, OSError, EOFError):
                    self._client.remove(temporary)
            raise

    @staticmethod
    def _append(client: paramiko.SFTPClient, path: str, start: int, data: bytes) -> None:
        """Send one step and have the server say that it has it: that ends every doubt so far."""
        with client.open(path, "ab" if start else "wb") as file:
            file.set_pipelined(pipelined=True)
            file.write(data)
        if client.stat(path).st_size != start + len(data):
            raise OSError("not all of it was written")

    @staticmethod
    def _begun(client: paramiko.SFTPClient, temporary: str, size: int) -> int:
        """Return how much of a file the server has: names are of bytes, so it is the same file."""
        try:
            there = client.stat(temporary).st_size or 0
        except FileNotFoundError:
            return 0
        return there if there <= size else 0

    @staticmethod
    def _rename(client: paramiko.SFTPClient, temporary: str, path: str) -> None:
        try:
            client.posix_rename(temporary, path)
        except FileNotFoundError:
            client.stat(path)  # the cut came between the rename and its answer
        except OSError:
            client.rename(temporary, path)


_PASSING = frozenset(
    {"targets.nobody_listens", "targets.no_answer", "targets.line_cut", "targets.not_ssh"}
)
