"""A real S3 server on loopback: Debian's Ceph, one monitor, one disk in memory, one gateway.

``python -m tests.targets.radosgw`` tries the S3 target on it by hand; ``docs/targets.md`` tells
what came of it. It needs ceph-mon, ceph-osd and radosgw installed, and takes half a minute to
be up, so the suite does not start it.
"""

from __future__ import annotations

import json
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from urllib.request import Request, urlopen

import obstore
from obstore.store import S3Store

from leadapp.core.errors import Refusal
from leadapp.core.ids import RingId
from leadapp.services import syncing
from leadapp.targets.descriptions import S3Place
from leadapp.targets.s3 import S3Target
from leadapp.targets.trial import try_out
from tests.services.made_county import put
from tests.services.test_places import REFERRAL
from tests.services.two_computers import settled

_CONFIG = """\
[global]
fsid = {fsid}
mon host = [v2:127.0.0.1:{mon},v1:127.0.0.1:{mon1}]
mon initial members = a
public addr = 127.0.0.1
cluster addr = 127.0.0.1
auth cluster required = cephx
auth service required = cephx
auth client required = cephx
osd objectstore = memstore
memstore device bytes = 2147483648
osd crush chooseleaf type = 0
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 8
mon allow pool size one = true
mon data = {place}/mon
osd data = {place}/osd
run dir = {place}
admin socket = {place}/$name.asok
pid file = {place}/$name.pid
log file = {place}/$name.log
keyring = {place}/keyring
rgw frontends = beast endpoint=127.0.0.1:{port}
rgw dns name = localhost
"""
PROGRAMS = ("ceph-mon", "ceph-osd", "radosgw", "radosgw-admin", "monmaptool", "ceph")


@dataclass(frozen=True, slots=True)
class Gateway:
    """Where it listens, and the keys of its one user."""

    endpoint: str
    key: str
    secret: str
    version: str


def free_port() -> int:
    """Return a port nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(place: Path) -> Iterator[Gateway]:
    """Give a running gateway; everything of it lies in ``place`` and in memory."""
    port = free_port()
    config = place / "ceph.conf"
    said = {"fsid": uuid.UUID(int=7), "mon": free_port(), "mon1": free_port()}
    config.write_text(_CONFIG.format(**said, place=place, port=port))
    (place / "mon").mkdir()
    (place / "osd").mkdir()
    keyring = str(place / "keyring")

    def run(*command: str) -> str:
        made = subprocess.run(
            [command[0], "-c", str(config), *command[1:]],
            check=True, capture_output=True, text=True, timeout=120,
        )  # fmt: skip
        return made.stdout

    with ExitStack() as running:

        def start(*command: str) -> None:
            output = running.enter_context((place / f"{command[0]}.out").open("ab"))
            process = subprocess.Popen(
                [command[0], "-c", str(config), "-f", *command[1:]], stdout=output, stderr=output
            )
            running.callback(process.wait)
            running.callback(process.kill)

        address = f"[v2:127.0.0.1:{said['mon']},v1:127.0.0.1:{said['mon1']}]"
        subprocess.run(
            ["monmaptool", "--create", "--addv", "a", address, "--fsid", str(said["fsid"]),
             str(place / "monmap")], check=True, capture_output=True,
        )  # fmt: skip
        for number, name in enumerate(("mon.", "client.admin")):
            make = ["ceph-authtool", keyring, "--gen-key", "-n", name]
            make += [] if number else ["--create-keyring"]
            for part in ("mon", "osd", "mgr"):
                make += ["--cap", part, "allow *"]
            subprocess.run(make, check=True, capture_output=True)
        run(
            "ceph-mon", "--mkfs", "-i", "a", "--monmap", str(place / "monmap"), "--keyring", keyring
        )
        start("ceph-mon", "-i", "a")
        disk = str(uuid.UUID(int=8))
        run("ceph", "osd", "new", disk)
        made = run(
            "ceph", "auth", "get-or-create", "osd.0", "mon", "allow profile osd", "osd", "allow *"
        )
        with Path(keyring).open("a") as file:
            file.write(made)
        run("ceph-osd", "-i", "0", "--mkfs", "--osd-uuid", disk)
        start("ceph-osd", "-i", "0")
        start("radosgw", "-n", "client.admin")
        made = run(
            "radosgw-admin",
            "-n",
            "client.admin",
            "user",
            "create",
            "--uid=lead",
            "--display-name=lead",
        )
        keys = json.loads(made[made.index("{") :])["keys"][0]
        _wait_for(port)
        version = run("ceph", "--version").split()[2]
        yield Gateway(f"http://127.0.0.1:{port}", keys["access_key"], keys["secret_key"], version)


def _wait_for(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError("the gateway does not answer")


def try_it(here: Gateway, place: Path) -> Iterator[str]:
    """Use the target on it, then let two computers exchange through it; yields what was seen."""
    where = S3Place("lead", "county/lead", here.endpoint, key=here.key, secret=here.secret)
    yield f"before there is a bucket: {_refusal(S3Target(where))}"
    make_bucket(where)
    for what, other in (
        ("wrong secret", {"secret": "x"}),
        ("wrong key", {"key": "nobody"}),
        ("TLS where there is none", {"endpoint": here.endpoint.replace("http", "https")}),
    ):
        yield f"{what}: {_refusal(S3Target(replace(where, **other)))}"
    target = S3Target(where)
    try_out(target, where.shown)
    target.put("abcdefgh", "one.dvb", b"first")
    target.put("abcdefgh", "one.dvb", b"second")
    assert target.get("abcdefgh", "one.dvb", 100) == b"first"
    yield "a file that is there stays as it is (create-only PUT is honoured)"
    for number in range(1200):
        target.put("manyfile", f"{number:028}.dvb", bytes(64))
    began = time.monotonic()
    assert len(target.list_sizes("manyfile")) == 1200
    yield f"1,200 files, more than a page: listed in {time.monotonic() - began:.2f} s"
    large = secrets.token_bytes(4 << 20)
    began = time.monotonic()
    target.put("manyfile", "large.dvb", large)
    assert target.get("manyfile", "large.dvb", 5 << 20) == large
    yield f"4 MiB there and back: {time.monotonic() - began:.2f} s"
    yield from _two_computers(place, where)


def _refusal(target: S3Target) -> str:
    try:
        target.prepare()
    except Refusal as refusal:
        return refusal.code
    return "no refusal"


def _two_computers(place: Path, where: S3Place) -> Iterator[str]:
    office, law = settled(place)
    for one in (law, office):
        with one.desk() as desk:
            syncing.add(desk, "Bucket", where)
            if one is law:
                record = put(desk, RingId("refer-sheriff"), "lead_referral", REFERRAL)
            began = time.monotonic()
            report = syncing.sync(desk, syncing.target(desk, "Bucket"))
            took = time.monotonic() - began
            assert report.everything == [], report.everything
            again = syncing.sync(desk, syncing.target(desk, "Bucket"))
            assert (again.files_read, again.files_written) == (0, 0)
            yield (
                f"{one.name}: read {report.files_read} files, wrote {report.files_written}, "
                f"{took:.2f} s; a second exchange reads and writes nothing"
            )
    with office.desk() as desk:
        stored = desk.reader.record(RingId("refer-sheriff"), record)
        assert stored is not None
        assert "Hollis" in stored.summary.title + stored.summary.line
        yield "the referral written on the one is read on the other"
        assert syncing.test(desk, syncing.target(desk, "Bucket")).changed == 0
        try:
            syncing.add(desk, "Care", where, [RingId("care")])
        except Refusal as refusal:
            yield f"the same bucket for people in care: {refusal.code}"


def make_bucket(where: S3Place) -> None:
    """Make the bucket, which the target itself never does."""
    store = S3Store(
        where.bucket,
        endpoint=where.endpoint,
        region=where.region,
        access_key_id=where.key,
        secret_access_key=where.secret,
        client_options={"allow_http": True},
    )
    address = obstore.sign(store, "PUT", "", timedelta(minutes=5))
    urlopen(Request(address, data=b"", method="PUT"), timeout=30).close()  # noqa: S310 - loopback


def main() -> int:
    """Start one, try everything on it, and say what was seen."""
    missing = [name for name in PROGRAMS if shutil.which(name) is None]
    if missing:
        sys.stdout.write(f"Missing: {', '.join(missing)}\n")
        return 1
    with tempfile.TemporaryDirectory(prefix="leadapp-ceph-") as folder:
        place = Path(folder)
        (place / "computers").mkdir()
        with serving(place) as here:
            sys.stdout.write(f"Ceph {here.version}, RADOS gateway at {here.endpoint}\n")
            for line in try_it(here, place / "computers"):
                sys.stdout.write(f"  {line}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
