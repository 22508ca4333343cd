"""One SSH line to an SFTP server: reached, known by its key, signed in to; or said why not.

The host's key is pinned: a person saw its fingerprint when the target was set up, and no
other key is ever taken, not even after asking. Nothing of the account's own SSH settings
(agent, known hosts, key files) is looked at.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import io
import logging
import socket
from queue import Empty, Queue
from threading import Event, Thread

import paramiko
from paramiko.ssh_exception import (
    AuthenticationException,
    BadAuthenticationType,
    IncompatiblePeer,
    PasswordRequiredException,
    SSHException,
)

from leadapp.core.errors import Refusal
from leadapp.targets.descriptions import PORT, SftpPlace

PATIENCE = 30.0
"""Seconds without a sign of life after which a line counts as cut."""
_BREATH = 15
"""Seconds of silence after which the server is asked whether it is still there."""
_GLANCE = 0.2
"""Seconds after which it is looked whether somebody has given up."""
_KEY_KINDS = (paramiko.Ed25519Key, paramiko.ECDSAKey, paramiko.RSAKey)
_MOST_KEY = 64 << 10

# What goes wrong is told to a person, once; the library would also write it to a log.
logging.getLogger("paramiko").setLevel(logging.CRITICAL + 1)


def fingerprint(host: str, port: int = PORT, *, patience: float = PATIENCE) -> str:
    """Return the host's key as ``<kind> SHA256:<letters>``, as the server's keeper can read it out.

    Nothing is sent that a stranger may not know. Refusal when no SSH server answers.
    """
    transport = _reached(host, port, "", patience, Event())
    try:
        return _fingerprint(transport)
    finally:
        transport.close()


def signed_in(
    place: SftpPlace, *, patience: float = PATIENCE, given_up: Event | None = None
) -> paramiko.Transport:
    """Return a line that is signed in to the very host that was pinned. Refusal otherwise.

    When another thread says ``given_up``, it waits for the host no longer.
    """
    if not _digest(place.host_key):
        raise Refusal("targets.host_not_known", host=place.host)
    given_up = given_up or Event()
    transport = _reached(place.host, place.port, place.host_key, patience, given_up)
    watching = _closing_when(given_up, transport)
    try:
        shown = _fingerprint(transport)
        if _digest(shown) != _digest(place.host_key):
            raise _other_host(place.host, place.host_key, shown)
        _sign_in(transport, place)
    except (Refusal, SSHException, OSError, EOFError) as cause:
        transport.close()
        if isinstance(cause, Refusal):
            raise
        raise Refusal("targets.line_cut", host=place.host) from cause
    finally:
        watching.set()
    transport.set_keepalive(_BREATH)
    return transport


def read_key(text: str, password: str = "") -> paramiko.PKey:
    """Return the private key in ``text``. Refusal when it is none or its password is another."""
    if len(text) > _MOST_KEY:
        raise Refusal("targets.not_a_key")
    for kind in _KEY_KINDS:
        try:
            return kind.from_private_key(io.StringIO(text), password or None)
        except PasswordRequiredException as cause:
            raise Refusal("targets.key_password") from cause
        except (SSHException, ValueError, IndexError, UnicodeDecodeError):
            continue
    raise Refusal("targets.key_password" if password else "targets.not_a_key")


def _closing_when(given_up: Event, transport: paramiko.Transport) -> Event:
    """Close ``transport`` when somebody gives up, until the event that is returned is set."""
    over = Event()

    def watch() -> None:
        while not over.wait(_GLANCE):
            if given_up.is_set():
                transport.close()
                return

    Thread(target=watch, daemon=True).start()
    return over


def _reached(
    host: str, port: int, wanted: str, patience: float, given_up: Event
) -> paramiko.Transport:
    """Return a line on which the keys were agreed; nobody has signed in yet."""
    wire = _connected(host, port, patience, given_up)
    transport = paramiko.Transport(wire)
    watching = _closing_when(given_up, transport)
    transport.banner_timeout = transport.auth_timeout = patience
    transport.handshake_timeout = patience
    if wanted:
        _ask_for(transport, wanted.split(" ", maxsplit=1)[0])
    try:
        transport.start_client(timeout=2 * patience)
    except IncompatiblePeer as cause:
        transport.close()
        if wanted and "key" in str(cause):
            raise _other_host(host, wanted, "") from cause
        raise Refusal("targets.too_old_server", host=host) from cause
    except (SSHException, EOFError, OSError) as cause:
        transport.close()
        code = "targets.not_ssh" if "protocol" in str(cause) else "targets.line_cut"
        raise Refusal(code, host=host, port=port) from cause
    finally:
        watching.set()
    return transport


def _connected(host: str, port: int, patience: float, given_up: Event) -> socket.socket:
    """Return a wire. Who gives up does not wait: what comes of it after that is let go of."""
    wires: Queue[socket.socket | OSError] = Queue()

    def connect() -> None:
        try:
            wire = socket.create_connection((host, port), timeout=patience)
        except (OSError, UnicodeError) as cause:
            wires.put(cause if isinstance(cause, OSError) else socket.gaierror(str(cause)))
            return
        if given_up.is_set():
            wire.close()
        wires.put(wire)

    Thread(target=connect, daemon=True).start()
    try:
        while not given_up.is_set():
            with contextlib.suppress(Empty):
                found = wires.get(timeout=_GLANCE)
                if isinstance(found, OSError):
                    raise found
                return found
        raise Refusal("targets.cancelled", host=host)
    except socket.gaierror as cause:
        raise Refusal("targets.no_such_host", host=host) from cause
    except ConnectionRefusedError as cause:
        raise Refusal("targets.nobody_listens", host=host, port=port) from cause
    except OSError as cause:
        raise Refusal("targets.no_answer", host=host) from cause


def _ask_for(transport: paramiko.Transport, kind: str) -> None:
    """Have the host show its key of the pinned kind: it may hold several."""
    options = transport.get_security_options()
    kinds = [one for one in options.key_types if one == kind]
    if kind == "ssh-rsa":  # the same key, asked to sign with newer hashes
        kinds = [one for one in options.key_types if one.startswith("rsa-sha2-")]
    if kinds:
        options.key_types = kinds


def _fingerprint(transport: paramiko.Transport) -> str:
    key = transport.get_remote_server_key()
    digest = base64.b64encode(hashlib.sha256(key.asbytes()).digest()).decode().rstrip("=")
    return f"{key.get_name()} SHA256:{digest}"


def _digest(host_key: str) -> str:
    """Return the fingerprint alone: a person may type it without the kind, or ssh-keygen's line."""
    return next((word for word in host_key.split() if word.startswith("SHA256:")), "")


def _other_host(host: str, known: str, shown: str) -> Refusal:
    return Refusal("targets.host_key_changed", host=host, known=known, shown=shown or "another")


def _sign_in(transport: paramiko.Transport, place: SftpPlace) -> None:
    host, user = place.host, place.user
    try:
        if place.key:
            transport.auth_publickey(place.user, read_key(place.key, place.key_password))
        else:
            transport.auth_password(place.user, place.password)
    except BadAuthenticationType as cause:
        ways = ", ".join(cause.allowed_types)
        raise Refusal("targets.other_sign_in", ways=ways, host=host, user=user) from cause
    except AuthenticationException as cause:
        if "shut down" in str(cause) or "timeout" in str(cause).lower():
            raise Refusal("targets.line_cut", host=host) from cause
        code = "targets.wrong_key" if place.key else "targets.wrong_password"
        raise Refusal(code, host=host, user=user) from cause
    if not transport.is_authenticated():  # the server wants a second proof besides
        raise Refusal("targets.other_sign_in", ways="more than one", host=host, user=user)
