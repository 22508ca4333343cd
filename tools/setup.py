"""Make this checkout ready to run: environment, locked packages, the package itself.

Needs a plain Python and nothing else. Safe to call again: what is there is kept.
Where Debian or Ubuntu lack a library that Qt or the tests need, it is installed if
this user may do so, and otherwise named in one command at the end.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
STAMP = ENVIRONMENT / "lock-installed"
PYTHONS = (sys.executable, "python3.11", "python3.12", "python3.13", "python3", "python")
OLDEST, NEWEST = (3, 11), (3, 13)

# What to load, and the Debian package that brings it. None of them pulls another.
QT_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
# Programs that tests call as a second opinion.
TEST_PROGRAMS = {
    "age": "age",  # reads every file of an exchange without the program
    "pdfinfo": "poppler-utils",
    "pdftotext": "poppler-utils",
}
# Servers that tests start on a free port with keys of their own. Installing one may also start
# it for everybody, so that is done where the machine is root's own, as in CI, and nowhere else.
TEST_SERVERS = {"sshd": "openssh-server"}


def main() -> int:
    """Set up and return the exit code."""
    system_notes = install_system_packages()
    python = find_python()
    if python is None:
        print("Python 3.11, 3.12 or 3.13 is needed and was not found. Install one, then try again.")
        return 1
    if not environment_works() and not make_environment(python):
        return 1
    install_locked_packages()
    for note in system_notes:
        print(note)
    print("Ready. Next: make run")
    return 0


def install_system_packages() -> list[str]:
    """Install what Debian or Ubuntu lack; return what to tell the user at the end."""
    if not sys.platform.startswith("linux"):
        return []
    missing = missing_packages()
    if not missing:
        return []
    if shutil.which("apt-get") is None:
        return ["Missing on this system, by Debian's names: " + " ".join(missing)]
    if apt_install(missing):
        return []
    return [
        "Some system libraries are missing. Install them with:",
        "  sudo apt-get install --no-install-recommends " + " ".join(missing),
    ]


def missing_packages() -> list[str]:
    """Return the Debian packages this system lacks, each once."""
    found = [package for name, package in QT_LIBRARIES.items() if not can_load(name)]
    own = os.geteuid() == 0 or bool(os.environ.get("CI"))
    programs = TEST_PROGRAMS | (TEST_SERVERS if own else {})
    found += [package for name, package in programs.items() if not can_run(name)]
    return list(dict.fromkeys(found))


def can_load(library: str) -> bool:
    """Return whether the system's loader finds ``library``."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def can_run(program: str) -> bool:
    """Return whether ``program`` is installed, also where only administrators' paths have it."""
    return any(shutil.which(program, path=path) for path in (None, "/usr/sbin:/sbin"))


def apt_install(packages: list[str]) -> bool:
    """Install ``packages`` if this user may; return whether that worked."""
    prefix = as_root()
    if prefix is None:
        return False
    print("Installing system packages:", " ".join(packages), flush=True)
    quiet = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-y"]
    succeed([*quiet, "update"])
    return succeed([*quiet, "install", "--no-install-recommends", *packages])


def as_root() -> list[str] | None:
    """Return how to act as root without being asked for a password; ``None`` if we cannot."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and succeed(["sudo", "-n", "true"], silent=True):
        return ["sudo", "-n"]
    return None


def find_python() -> str | None:
    """Return a Python that the locked packages serve: this one, if it is one of them."""
    return next((found for name in PYTHONS if (found := usable(name))), None)


def usable(name: str) -> str | None:
    """Return the path of the Python called ``name`` if its version is served."""
    found = shutil.which(name)
    if found is None:
        return None
    asked = subprocess.run(
        [found, "-c", "import sys; print(*sys.version_info[:2])"],
        capture_output=True,
        text=True,
        check=False,
    )
    numbers = tuple(int(part) for part in asked.stdout.split())
    return found if asked.returncode == 0 and OLDEST <= numbers <= NEWEST else None


def python_inside() -> Path:
    """Return the environment's own Python."""
    if os.name == "nt":
        return ENVIRONMENT / "Scripts" / "python.exe"
    return ENVIRONMENT / "bin" / "python"


def environment_works() -> bool:
    """Return whether there is an environment of a served version with pip in it."""
    inside = python_inside()
    return (
        inside.exists()
        and usable(str(inside)) is not None
        and succeed([str(inside), "-m", "pip", "--version"], silent=True)
    )


def make_environment(python: str) -> bool:
    """Make ``.venv`` anew; where Debian left out the venv module, bring it first."""
    if not succeed([python, "-c", "import venv, ensurepip"], silent=True):
        version = subprocess.run(
            [python, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        wanted = f"python{version}-venv"
        if shutil.which("apt-get") is None or not apt_install([wanted]):
            print(f"This Python lacks its venv module. On Debian: sudo apt-get install {wanted}")
            return False
    print("Making", ENVIRONMENT, flush=True)
    STAMP.unlink(missing_ok=True)
    return succeed([python, "-m", "venv", "--clear", str(ENVIRONMENT)])


def install_locked_packages() -> None:
    """Install exactly what the lock names, then the package itself, editable."""
    locked = LOCK.read_text("utf-8")
    pip = [str(python_inside()), "-m", "pip", "install", "--disable-pip-version-check", "-q"]
    if not STAMP.exists() or STAMP.read_text("utf-8") != locked:
        print("Installing the locked packages", flush=True)
        subprocess.run([*pip, "--require-hashes", "-r", str(LOCK)], check=True)
        STAMP.write_text(locked, "utf-8")
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "-e", str(ROOT)], check=True)


def succeed(command: list[str], *, silent: bool = False) -> bool:
    """Run ``command`` and return whether it ended well."""
    shown = subprocess.DEVNULL if silent else None
    ended = subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=shown, stderr=shown, check=False
    )
    return ended.returncode == 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except subprocess.CalledProcessError as failed:
        sys.exit(f"Set-up stopped: this did not work: {' '.join(failed.cmd)}")
