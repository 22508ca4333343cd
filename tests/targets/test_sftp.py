"""SFTP against a real OpenSSH server: what goes right, and a sentence for each thing that goes wrong."""

from __future__ import annotations

import dataclasses
import os
import socket
import threading
import time

import pytest

from leadapp.core.errors import Refusal
from leadapp.core.paths import resources
from leadapp.core.words import load_words
from leadapp.targets.folder import README
from leadapp.targets.sftp import SftpTarget
from leadapp.targets.sftp_line import fingerprint, read_key
from tests.faults import disk
from tests.targets import sshd
from tests.targets.proxy import line_to

RING = "abcdefgh"


@pytest.fixture
def server(tmp_path):
    with sshd.serving(tmp_path / "sshd") as running:
        yield running


@pytest.fixture
def target(server):
    made = server.target()
    made.prepare()
    yield made
    made.close()


def refused(act) -> Refusal:
    with pytest.raises(Refusal) as caught:
        act()
    said = load_words(resources() / "words").of(caught.value)
    assert said != caught.value.code
    assert said.endswith(".")
    assert "{" not in said
    return caught.value


def test_what_is_put_can_be_listed_and_read_and_deleted(server, target):
    target.put(RING, "one.dvb", b"12345")
    assert target.list_sizes(RING) == {"one.dvb": 5}
    assert target.folders() == {RING}
    assert target.get(RING, "one.dvb", 100) == b"12345"
    assert target.get(RING, "one.dvb", 3) == b"123"
    assert "age -d" in (server.base / README).read_text()
    target.delete(RING, "one.dvb")
    target.delete(RING, "one.dvb")
    assert target.list_sizes(RING) == {}
    assert target.list_sizes("nowhere1") == {}


def test_a_file_that_is_there_stays_as_it_is(target):
    target.put(RING, "one.dvb", b"first")
    target.put(RING, "one.dvb", b"second")
    assert target.get(RING, "one.dvb", 100) == b"first"


def test_computers_that_put_the_same_first_files_at_once_all_end_well(server):
    targets = [server.target() for _ in range(4)]
    begin = threading.Barrier(len(targets))
    said: list[object] = []

    def put(target: SftpTarget, name: str) -> None:
        begin.wait()
        try:
            target.prepare()
            target.put(f"ring{name}", "mark.txt", b"the same")
        except Exception as found:  # noqa: BLE001 - whatever it is, it may not happen
            said.append(found)

    for turn in range(25):
        (server.base / README).unlink(missing_ok=True)
        hands = [threading.Thread(target=put, args=(one, f"{turn:04}")) for one in targets]
        for hand in hands:
            hand.start()
        for hand in hands:
            hand.join()
    for one in targets:
        one.close()
    assert said == []
    assert "age -d" in (server.base / README).read_text()


def test_a_large_file_comes_back_byte_for_byte(target):
    data = os.urandom(5_000_000)
    target.put(RING, "large.dvb", data)
    assert target.get(RING, "large.dvb", len(data) + 1) == data
    assert target.get(RING, "large.dvb", 1_000_000) == data[:1_000_000]


def test_thousands_of_files_are_listed(server, target):
    place = server.base / RING
    place.mkdir()
    for number in range(5000):
        (place / f"{number:028}.dvb").write_bytes(b"x" * (number % 7))
    found = target.list_sizes(RING)
    assert len(found) == 5000
    assert found[f"{13:028}.dvb"] == 6
    assert target.list_sizes(RING) == found


def test_folders_and_links_among_the_files_are_passed_over(server, target):
    target.put(RING, "one.dvb", b"12345")
    (server.base / RING / "sub.dvb").mkdir()
    (server.base / RING / "link.dvb").symlink_to(server.base / RING / "one.dvb")
    assert target.list_sizes(RING) == {"one.dvb": 5}


# -- what goes wrong, one sentence each ------------------------------------------------------


def test_a_host_that_shows_another_key_is_refused_and_nothing_is_sent(server):
    place = server.at()
    server.stop()
    server.change_key()
    server.start()
    found = refused(SftpTarget(place).prepare)
    assert found.code == "targets.host_key_changed"
    assert found.values["known"] == place.host_key
    assert found.values["shown"] == fingerprint("127.0.0.1", server.port)
    assert list(server.base.iterdir()) == []


def test_a_host_that_no_longer_has_a_key_of_that_kind_is_refused(server):
    other = dataclasses.replace(server.at(), host_key="ecdsa-sha2-nistp256 SHA256:x")
    assert refused(SftpTarget(other).prepare).code == "targets.host_key_changed"


def test_a_host_nobody_looked_at_is_refused(server):
    for known in ("", "ssh-ed25519", "yes"):
        place = dataclasses.replace(server.at(), host_key=known)
        assert refused(SftpTarget(place).prepare).code == "targets.host_not_known"


def test_the_fingerprint_may_be_typed_as_ssh_keygen_shows_it(server):
    place = server.at()
    digest = place.host_key.split()[1]
    for known in (digest, f"256 {digest} root@files (ED25519)"):
        SftpTarget(dataclasses.replace(place, host_key=known)).prepare()
    for known in (digest[:-1], f"256 {digest}x root@files (ED25519)"):
        other = dataclasses.replace(place, host_key=known)
        assert refused(SftpTarget(other).prepare).code == "targets.host_key_changed"


def test_a_wrong_password_is_said(server):
    place = dataclasses.replace(server.at(), key="", password="certainly not this one")
    assert refused(SftpTarget(place).prepare).code == "targets.wrong_password"


def test_a_key_the_host_does_not_know_is_said(server, tmp_path):
    sshd.make_key(tmp_path / "other")
    place = dataclasses.replace(server.at(), key=(tmp_path / "other").read_text())
    assert refused(SftpTarget(place).prepare).code == "targets.wrong_key"


def test_a_host_that_takes_no_password_says_what_it_takes(server):
    server.stop()
    server.settings["PasswordAuthentication"] = "no"
    server.start()
    place = dataclasses.replace(server.at(), key="", password="any")
    found = refused(SftpTarget(place).prepare)
    assert found.code == "targets.other_sign_in"
    assert found.values["ways"] == "publickey"


def test_a_host_that_is_gone_is_said(server):
    place = server.at()
    server.stop()
    assert refused(SftpTarget(place).prepare).code == "targets.nobody_listens"
    nowhere = dataclasses.replace(place, host="no-such-host.invalid")
    assert refused(SftpTarget(nowhere).prepare).code == "targets.no_such_host"


def test_something_else_behind_the_port_is_said(server):
    with line_to(server.port) as line:
        line.stuck = True
        place = dataclasses.replace(server.at(), port=line.port)
        assert refused(SftpTarget(place, patience=0.5).prepare).code == "targets.not_ssh"
    with socket.create_server(("127.0.0.1", 0)) as door:
        answering = threading.Thread(target=_answer_as_a_web_page, args=(door,))
        answering.start()
        place = dataclasses.replace(place, port=door.getsockname()[1])
        assert refused(SftpTarget(place, patience=5).prepare).code == "targets.not_ssh"
        answering.join()


def _answer_as_a_web_page(door) -> None:
    client, _ = door.accept()
    client.recv(1000)
    client.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n<html>Sign in to the guest network</html>\n")
    client.close()


def test_a_folder_that_is_not_there_is_said_and_not_made(server):
    assert refused(server.target("missing").prepare).code == "targets.no_such_folder"
    assert refused(server.target("missing").folders).code == "targets.no_such_folder"
    assert refused(lambda: server.target("missing").list_sizes(RING)).code == (
        "targets.no_such_folder"
    )
    put = lambda: server.target("missing").put(RING, "one.dvb", b"1")  # noqa: E731
    assert refused(put).code == "targets.no_such_folder"
    assert not (server.base / "missing").exists()


def test_a_file_that_is_gone_is_a_refusal_of_that_file(target):
    assert refused(lambda: target.get(RING, "gone.dvb", 10)).code == "targets.cannot_read"


def test_a_host_without_file_transfer_is_said(server):
    server.stop()
    server.settings["Subsystem"] = "other /bin/true"
    server.start()
    assert refused(server.target().prepare).code == "targets.no_sftp"


def test_a_full_and_a_read_only_disk_of_the_server_are_told_apart(tmp_path):
    sshd.program()
    try:
        with disk.small_disk(tmp_path, "600k") as small:
            server = sshd.Sshd(tmp_path / "sshd")
            server.base = small
            server.start()
            target = server.target()
            target.prepare()
            put = lambda: target.put(RING, "one.dvb", os.urandom(4096))  # noqa: E731
            with disk.full(small):
                assert refused(put).code == "targets.server_full"
            with disk.read_only(small):
                assert refused(put).code == "targets.server_read_only"
            put()
            assert target.list_sizes(RING) == {"one.dvb": 4096}
            target.close()
            server.stop()
    except disk.NoDisk as reason:
        pytest.skip(str(reason))


# -- lines that are cut ----------------------------------------------------------------------


def test_a_line_cut_every_200_kilobytes_is_mended_where_it_broke(server):
    data = os.urandom(1_500_000)
    place = server.at()
    with line_to(server.port) as line:
        line.cut_after = 200_000
        target = SftpTarget(dataclasses.replace(place, port=line.port), patience=10)
        target.put(RING, "one.dvb", data)
        assert line.cuts >= 7
        assert line.cuts <= 16, "what had arrived is not sent again"
        target.close()
    assert (server.base / RING / "one.dvb").read_bytes() == data
    assert [path.name for path in (server.base / RING).iterdir()] == ["one.dvb"]


def test_an_upload_cut_for_good_leaves_nothing_under_the_name_and_goes_on_later(server):
    data = os.urandom(600_000)
    place = server.at()
    with line_to(server.port) as line:
        line.cut_after = 150_000
        target = SftpTarget(dataclasses.replace(place, port=line.port), patience=5)
        cut = threading.Thread(target=_stop_after_first_cut, args=(line, server))
        cut.start()
        assert refused(lambda: target.put(RING, "one.dvb", data)).code in (
            "targets.line_cut",
            "targets.nobody_listens",
            "targets.not_ssh",
        )
        cut.join()
    left = list((server.base / RING).iterdir())
    assert [path.name for path in left] == ["one.dvb.tmp"]
    assert data.startswith(left[0].read_bytes())
    server.start()
    target = SftpTarget(place, patience=10)
    target.put(RING, "one.dvb", data)
    assert target.get(RING, "one.dvb", len(data)) == data
    assert [path.name for path in (server.base / RING).iterdir()] == ["one.dvb"]
    target.close()


def _stop_after_first_cut(line, server) -> None:
    until = time.monotonic() + 20
    while not line.cuts and time.monotonic() < until:
        time.sleep(0.001)
    server.stop()


def test_a_download_goes_on_where_the_line_was_cut(server):
    data = os.urandom(3_000_000)
    (server.base / RING).mkdir()
    (server.base / RING / "one.dvb").write_bytes(data)
    place = server.at()
    with line_to(server.port) as line:
        line.bytes_a_second = 4_000_000
        target = SftpTarget(dataclasses.replace(place, port=line.port), patience=10)
        cutting = threading.Thread(target=_cut_twice, args=(line,))
        cutting.start()
        assert target.get(RING, "one.dvb", len(data)) == data
        cutting.join()
        target.close()
    assert line.connections >= 2


def _cut_twice(line) -> None:
    until = time.monotonic() + 20
    while not line.connections and time.monotonic() < until:
        time.sleep(0.01)
    for _ in range(2):
        time.sleep(0.4)
        line.cut()


def test_a_line_that_says_nothing_more_ends_with_a_sentence(server):
    place = server.at()
    with line_to(server.port) as line:
        target = SftpTarget(dataclasses.replace(place, port=line.port), patience=0.6)
        target.prepare()
        line.stuck = True
        assert refused(lambda: target.list_sizes(RING)).code in (
            "targets.line_cut",
            "targets.not_ssh",
        )
        line.stuck = False
        target.close()


def test_an_upload_over_a_slow_line_is_stopped_from_another_thread(server):
    place = server.at()
    with line_to(server.port) as line:
        line.bytes_a_second = 200_000
        target = SftpTarget(dataclasses.replace(place, port=line.port), patience=20)
        stop = threading.Timer(1.0, target.cancel)
        stop.start()
        put = lambda: target.put(RING, "one.dvb", os.urandom(4_000_000))  # noqa: E731
        assert refused(put).code == "targets.cancelled"
        stop.join()
    assert not (server.base / RING / "one.dvb").exists()


def test_a_key_file_with_a_password_needs_it(tmp_path):
    sshd.program()
    sshd.make_key(tmp_path / "plain")
    read_key((tmp_path / "plain").read_text())
    assert refused(lambda: read_key("no key at all")).code == "targets.not_a_key"
    public = (tmp_path / "plain.pub").read_text()
    assert refused(lambda: read_key(public)).code == "targets.not_a_key"
    assert os.system(f"ssh-keygen -q -p -P '' -N 'quiet meadow' -f {tmp_path / 'plain'}") == 0  # noqa: S605
    locked = (tmp_path / "plain").read_text()
    read_key(locked, "quiet meadow")
    for password in ("", "another"):
        assert refused(lambda given=password: read_key(locked, given)).code == (
            "targets.key_password"
        )
