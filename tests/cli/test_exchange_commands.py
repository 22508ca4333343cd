"""Exchanging from the command line: a county and a deputy's laptop that joins it."""

from __future__ import annotations

import json
import re

from leadapp.main import main

GOOD = "nine kites drive purple otters"


def test_a_laptop_joins_exchanges_and_is_shut_out(empty_county, tmp_path, capsys):
    county, stick = empty_county, tmp_path / "stick"
    stick.mkdir()
    password = tmp_path / "password"
    password.write_text(GOOD, "utf-8")
    invitation, request = str(tmp_path / "invitation"), str(tmp_path / "request")
    laptop = str(tmp_path / "laptop")
    me = ("--user", "Dan", "--password-file", str(password))

    def coordinator(*words: str) -> int:
        return county.command(*words, user="coordinator")

    def said() -> str:
        return capsys.readouterr().out

    assert coordinator("target", "add", "stick", str(stick)) == 0
    assert coordinator("device", "invite", "--class", "law", "--agency", "sheriff",
                       "-o", invitation) == 0  # fmt: skip
    said()
    assert main(["join", laptop, invitation, "--name", " ", "-o", request, *me[2:]]) == 1
    assert "A name is needed" in capsys.readouterr().err
    assert main(["join", laptop, invitation, "--name", "Dan", "-o", request, *me[2:]]) == 0
    words = said().splitlines()[-1]
    assert len(words.split()) == 6
    approve = ("device", "approve", request, "--role", "deputy", "--words")
    assert coordinator(*approve, "other words") == 1
    capsys.readouterr()
    assert coordinator("device", "approve", request, "--words", words) == 1
    assert "at least one role" in capsys.readouterr().err
    assert coordinator(*approve[:4], "case_manager", *approve[5:], words) == 1
    assert "works at an office only" in capsys.readouterr().err
    assert coordinator(*approve, words) == 0
    assert coordinator("sync") == 0
    assert "Made a backup first." in capsys.readouterr().err
    assert coordinator("sync") == 0
    assert "backup" not in capsys.readouterr().err
    assert main(["target", laptop, "add", "stick", str(stick), *me]) == 0
    for _ in range(2):
        assert main(["sync", laptop, *me]) == 0
    assert coordinator("sync", "--target", "stick") == 0
    said()
    assert main(["device", laptop, "list", *me]) == 1
    assert coordinator("device", "list") == 0
    listed = said()
    assert "Dan" in listed
    device = re.findall(r"^(\S+)\tlaw sheriff", listed, re.MULTILINE)
    assert coordinator("device", "revoke", device[0], "--reason", "lost") == 0
    assert coordinator("sync") == 0
    assert main(["sync", laptop, *me]) == 1
    assert "shut out" in capsys.readouterr().err


def test_a_bundle_goes_by_file(empty_county, tmp_path, capsys):
    file = str(tmp_path / "today.dvb")
    assert empty_county.command("bundle", "export", "--ring", "shared", "-o", file,
                                user="coordinator") == 0  # fmt: skip
    capsys.readouterr()
    assert empty_county.command("bundle", "inspect", file, user="coordinator") == 0
    assert "for 1 computer; 0 not here yet." in capsys.readouterr().out
    assert empty_county.command("bundle", "import", file, user="coordinator") == 0
    assert "0 entries were new." in capsys.readouterr().out
    (tmp_path / "rubbish").write_bytes(json.dumps({"dv": 1}).encode())
    for name in ("rubbish", "nothing"):
        words = ("bundle", "import", str(tmp_path / name))
        assert empty_county.command(*words, user="coordinator") == 1
        assert capsys.readouterr().err.strip().endswith(".")


def test_targets_are_listed_tested_and_removed(empty_county, tmp_path, capsys):
    county = empty_county
    assert county.command("sync", user="coordinator") == 1
    assert county.command("target", "add", "gone", str(tmp_path / "no"), user="coordinator") == 1
    assert county.command("target", "add", "own", str(county.folder), user="coordinator") == 1
    place = tmp_path / "place"
    place.mkdir()
    assert county.command("target", "add", "here", str(place), user="coordinator") == 0
    assert county.command("target", "test", "here", user="coordinator") == 0
    assert county.command("target", "list", user="coordinator") == 0
    assert str(place) in capsys.readouterr().out
    assert county.command("target", "remove", "here", user="coordinator") == 0
    assert county.command("target", "test", "here", user="coordinator") == 1


def test_a_lost_laptop_is_replaced_and_a_found_one_hands_over_and_is_wiped(
    empty_county, tmp_path, capsys, monkeypatch
):
    county, stick = empty_county, tmp_path / "stick"
    stick.mkdir()
    password = tmp_path / "password"
    password.write_text(GOOD, "utf-8")
    me = ("--user", "Dan", "--password-file", str(password))

    def coordinator(*words: str) -> int:
        return county.command(*words, user="coordinator")

    def laptop(name: str, *invite: str) -> str:
        invitation, request = str(tmp_path / f"i-{name}"), str(tmp_path / f"r-{name}")
        folder = str(tmp_path / name)
        assert coordinator("device", "invite", "--class", "law", "--agency", "sheriff",
                           "-o", invitation, *invite) == 0  # fmt: skip
        capsys.readouterr()
        assert main(["join", folder, invitation, "--name", "Dan", "-o", request, *me[2:]]) == 0
        words = capsys.readouterr().out.splitlines()[-1]
        assert coordinator("device", "approve", request, "--words", words,
                           *(invite or ("--role", "deputy"))) == 0  # fmt: skip
        assert coordinator("sync") == 0
        assert main(["target", folder, "add", "stick", str(stick), *me]) == 0
        for _ in range(2):
            assert main(["sync", folder, *me]) == 0
        return folder

    assert coordinator("target", "add", "stick", str(stick)) == 0
    old = laptop("old")
    assert coordinator("device", "list") == 0
    device = re.findall(r"^(\S+)\tlaw sheriff", capsys.readouterr().out, re.MULTILINE)[0]
    assert coordinator("device", "revoke", device, "--reason", "lost", "--anyway") == 0
    assert coordinator("device", "list") == 0
    assert "stick does not say so yet" in capsys.readouterr().err
    new = laptop("new", "--person", "Dan")
    assert main(["sync", old, *me]) == 1
    capsys.readouterr()
    assert coordinator("device", "adopt", str(tmp_path / "work"), "--reason", " ") == 1
    assert capsys.readouterr().err.startswith("Say why.")
    assert main(["device", new, "wipe", *me]) == 1
    assert main(["device", old, "wipe", "--anyway", *me]) == 0
    assert not (tmp_path / "old" / "keyring.json").exists()
    assert coordinator("sync") == 0
    capsys.readouterr()
    assert coordinator("device", "merged") == 0
    assert capsys.readouterr().out.count("\tDan\t") == 1
    assert coordinator("device", "notices", "--seen") == 0
    monkeypatch.setattr("builtins.input", lambda _: "AAAAA " * 14)
    assert coordinator("device", "appoint", device) == 1
