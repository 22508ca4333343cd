"""What may befall a line to a real SFTP server while computers exchange through it.

The long ones run in ``make faults``, which sets LEADAPP_FAULTS.
"""

from __future__ import annotations

import dataclasses
import os
import shutil
import threading
import time

import pytest

from leadapp.core.errors import Refusal
from leadapp.services import syncing
from leadapp.services.syncing import KeptTarget
from leadapp.targets.descriptions import S3Place
from leadapp.targets.sftp import SftpTarget
from leadapp.targets.sftp_line import PATIENCE
from tests.faults import crowd
from tests.faults.harmed import knows, write
from tests.services.two_computers import settled
from tests.targets import radosgw, sshd
from tests.targets.proxy import line_to

long = pytest.mark.skipif(not os.environ.get("LEADAPP_FAULTS"), reason="runs in make faults")


@pytest.fixture
def server(tmp_path):
    with sshd.serving(tmp_path / "sshd") as running:
        yield running


@pytest.mark.timeout(580)
def test_five_computers_that_are_killed_again_and_again_lose_nothing_and_end_alike(
    disk_path, record_property
):
    kills, seed = (int(os.environ.get(f"LEADAPP_{name}", "10")) for name in ("KILLS", "SEED"))
    toll = crowd.kill_all(disk_path / "five", kills, seed)
    record_property("toll", toll.line)
    assert toll.saved
    assert toll.kills >= 10
    assert toll.all_good, toll


@long
@pytest.mark.timeout(400)
def test_five_computers_at_one_sftp_server_at_once_lose_nothing_and_end_alike(
    disk_path, server, record_property
):
    toll = crowd.kill_all(disk_path / "five", 20, seed=2, where=server.at())
    record_property("toll", toll.line)
    assert toll.saved
    assert toll.all_good, toll


@long
@pytest.mark.skipif(
    any(shutil.which(name) is None for name in radosgw.PROGRAMS),
    reason="Ceph's gateway (ceph-mon, ceph-osd, radosgw) is not installed",
)
@pytest.mark.timeout(500)
def test_five_computers_at_one_s3_server_at_once_lose_nothing_and_end_alike(
    tmp_path, record_property
):
    (tmp_path / "ceph").mkdir()
    with radosgw.serving(tmp_path / "ceph") as here:
        where = S3Place("lead", "county/lead", here.endpoint, key=here.key, secret=here.secret)
        radosgw.make_bucket(where)
        toll = crowd.kill_all(tmp_path / "five", 20, seed=3, where=where)
    record_property("toll", toll.line)
    assert toll.saved
    assert toll.all_good, toll


@long
@pytest.mark.timeout(400)
def test_a_line_of_5_kilobytes_a_second_two_seconds_there_and_back_and_often_cut_still_brings_it(
    server,
):
    data = os.urandom(230_000)
    with line_to(server.port) as line:
        line.bytes_a_second, line.delay, line.cut_after = 5_000, 1.0, 200_000
        target = SftpTarget(dataclasses.replace(server.at(), port=line.port), patience=60)
        target.put("abcdefgh", "one.dvb", data)
        assert line.cuts == 1, "what had arrived was not sent again"
        assert target.list_sizes("abcdefgh") == {"one.dvb": len(data)}
        line.cut()
        line.delay = 0.0
        target.close()
    assert (server.base / "abcdefgh" / "one.dvb").read_bytes() == data


def test_a_server_that_stops_in_the_middle_ends_the_exchange_in_words_and_it_goes_on(
    tmp_path, server
):
    office, law = settled(tmp_path)
    record = write(law)
    where = server.at()
    with law.desk() as desk:
        kept = KeptTarget("server", where)
        course = syncing.Course(desk, kept)
        began = time.monotonic()
        for number, _ in enumerate(course.slices()):
            if number == 4:
                server.stop()
        assert time.monotonic() - began < 60
        assert [one.code for one in course.report.everything if one.code.startswith("targets.")]
        server.start()
        syncing.sync(desk, kept)
    with office.desk() as desk:
        syncing.sync(desk, KeptTarget("server", where))
    assert knows(office, record)


def test_a_server_with_another_key_is_sent_nothing(tmp_path, server):
    _, law = settled(tmp_path)
    kept = KeptTarget("server", server.at())
    server.stop()
    server.change_key()
    server.start()
    with law.desk() as desk, pytest.raises(Refusal, match=r"targets\.host_key_changed"):
        syncing.sync(desk, kept)
    assert list(server.base.iterdir()) == []


def test_an_exchange_over_a_slow_line_is_stopped_in_the_middle_of_a_file_and_goes_on_later(
    tmp_path, server
):
    office, law = settled(tmp_path)
    record = write(law)
    where = server.at()
    with law.desk() as desk, line_to(server.port) as line:
        slow = KeptTarget("server", dataclasses.replace(where, port=line.port))
        course = syncing.Course(desk, slow)
        stopping = threading.Thread(target=stop_within_a_file, args=(course, server.base))
        for one in course.slices():
            if one.step is syncing.Step.SEND and not line.bytes_a_second:
                line.bytes_a_second = 20_000
                stopping.start()
        stopping.join()
        assert course.report.stopped
        assert course.report.everything == []
        assert pieces(server.base), "it ended in the middle of a file"
        report = syncing.sync(desk, KeptTarget("server", where))
        assert (report.stopped, report.everything) == (False, [])
    with office.desk() as desk:
        syncing.sync(desk, KeptTarget("server", where))
    assert knows(office, record)


def pieces(base) -> list[int]:
    """Return the sizes of files that are not whole yet."""
    return [path.stat().st_size for path in base.rglob("*.dvb.tmp")]


def stop_within_a_file(course: syncing.Course, base) -> None:
    until = time.monotonic() + 60
    while not any(pieces(base)) and time.monotonic() < until:
        time.sleep(0.01)
    course.stop()


def test_an_exchange_with_a_host_that_does_not_answer_is_stopped_while_it_waits(tmp_path, server):
    _, law = settled(tmp_path)
    with law.desk() as desk, line_to(server.port) as line:
        line.stuck = True
        kept = KeptTarget("server", dataclasses.replace(server.at(), port=line.port))
        course = syncing.Course(desk, kept)
        began = time.monotonic()
        for one in course.slices():
            if one.step is syncing.Step.LOOK and one.lane == "away":
                threading.Timer(0.5, course.stop).start()
        assert time.monotonic() - began < PATIENCE, "it did not wait for the host"
        assert (course.report.stopped, course.report.everything) == (True, [])
