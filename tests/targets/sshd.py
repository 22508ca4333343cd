"""A real OpenSSH server on loopback: own host key, own settings, a free port, this very user.

``Sshd.serve(place)`` gives one that takes a key made for it. It serves SFTP only. Signing in
by password goes through ``pam`` and an account's own password, which a test cannot know:
a wrong one can be tried, a right one cannot.
"""

from __future__ import annotations

import contextlib
import getpass
import os
import random
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from leadapp.targets.descriptions import SftpPlace
from leadapp.targets.sftp import SftpTarget
from leadapp.targets.sftp_line import fingerprint

PATIENCE = 20.0
_PORTS = random.SystemRandom()


def program() -> str:
    """Return where sshd is; skip where it is not installed, but never in CI."""
    found = shutil.which("sshd") or shutil.which("sshd", path="/usr/sbin:/sbin")
    if found is None:
        if os.environ.get("CI"):
            pytest.fail("sshd is missing: make setup installs openssh-server")
        pytest.skip("no OpenSSH server here: make setup installs it where it may")
    return found


def free_port() -> int:
    """Return a port nobody listens at, and that no outgoing line is given meanwhile."""
    while True:
        port = _PORTS.randrange(15_000, 32_000)  # below those the system hands out
        with contextlib.suppress(OSError), socket.socket() as probe:
            probe.bind(("127.0.0.1", port))
            return port


class Sshd:
    """One server. ``base`` is a folder it may serve; ``key`` the text of a key it takes."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.base = place / "served"
        self.port = free_port()
        self.base.mkdir(parents=True)
        self.settings: dict[str, str] = {}
        self._process: subprocess.Popen[bytes] | None = None
        for name in ("host", "user"):
            make_key(place / name)
        self.key = (place / "user").read_text()
        shutil.copy(place / "user.pub", place / "authorized")

    def start(self) -> None:
        """Serve until ``stop``."""
        if os.geteuid() == 0:
            Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
        wanted = {
            "ListenAddress": "127.0.0.1",
            "Port": str(self.port),
            "HostKey": str(self.place / "host"),
            "AuthorizedKeysFile": str(self.place / "authorized"),
            "PidFile": "none",
            "StrictModes": "no",
            "UsePAM": "no",
            "PermitRootLogin": "yes",
            "PasswordAuthentication": "yes",
            "KbdInteractiveAuthentication": "no",
            "MaxStartups": "100",
            "Subsystem": "sftp internal-sftp",
            "ForceCommand": "internal-sftp",
        } | self.settings
        config = self.place / "sshd_config"
        config.write_text("".join(f"{name} {value}\n" for name, value in wanted.items()))
        command = [program(), "-D", "-e", "-f", str(config)]
        with (self.place / "log").open("ab") as log:
            self._process = subprocess.Popen(command, stderr=log, start_new_session=True)
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port)):
                return
            time.sleep(0.02)
        raise AssertionError((self.place / "log").read_text())

    def stop(self, *, lines: bool = True) -> None:
        """Stop the server, and the lines that are open where ``lines``."""
        process, self._process = self._process, None
        if process is None:
            return
        if lines:
            for child in children(process.pid):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(child, signal.SIGKILL)
        process.kill()
        process.wait()

    def cut_lines(self) -> None:
        """Kill the processes that serve open lines; the server goes on."""
        assert self._process is not None
        for child in children(self._process.pid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)

    def change_key(self) -> None:
        """Be another host from the next start on."""
        for path in (self.place / "host", self.place / "host.pub"):
            path.unlink()
        make_key(self.place / "host")

    def at(self, folder: str = "", port: int = 0) -> SftpPlace:
        """Return the description of a folder served here, host key and all."""
        return SftpPlace(
            host="127.0.0.1",
            port=port or self.port,
            user=getpass.getuser(),
            folder=str(self.base / folder) if folder else str(self.base),
            host_key=fingerprint("127.0.0.1", self.port, patience=PATIENCE),
            key=self.key,
        )

    def target(self, folder: str = "", port: int = 0, patience: float = PATIENCE) -> SftpTarget:
        """Return a target here."""
        return SftpTarget(self.at(folder, port), patience=patience)


def make_key(path: Path) -> None:
    """Make a key pair without a password."""
    command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(path)]
    subprocess.run(command, check=True)


def children(parent: int) -> list[int]:
    """Return every process below ``parent``, the lowest first."""
    below: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, ValueError):
            above = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
            below.setdefault(above, []).append(int(folder.name))
    found: list[int] = []
    waiting = [parent]
    while waiting:
        more = below.get(waiting.pop(), [])
        found += more
        waiting += more
    return found[::-1]


@contextmanager
def serving(place: Path) -> Iterator[Sshd]:
    """Give a running server in ``place``, which must be empty."""
    program()
    server = Sshd(place)
    server.start()
    try:
        yield server
    finally:
        server.stop()
