"""Servers as targets from the command line: asked for what is secret, told what is wrong."""

from __future__ import annotations

import getpass

import pytest

from leadapp.targets.sftp_line import fingerprint
from tests.targets import sshd


@pytest.fixture
def server(tmp_path):
    with sshd.serving(tmp_path / "sshd") as running:
        yield running


def address(server) -> str:
    return f"sftp://{getpass.getuser()}@127.0.0.1:{server.port}{server.base}"


def test_an_sftp_server_is_added_by_its_fingerprint_and_a_key(
    empty_county, server, capsys, monkeypatch
):
    key = str(server.place / "user")
    add = ("target", "add", "county", address(server), "--key-file", key)
    monkeypatch.setattr("builtins.input", lambda _: "no")
    assert empty_county.command(*add, user="coordinator") == 1
    said = capsys.readouterr()
    assert fingerprint("127.0.0.1", server.port) in said.out
    assert "Nothing was set up" in said.err
    monkeypatch.setattr("builtins.input", lambda _: "yes")
    assert empty_county.command(*add, user="coordinator") == 0
    assert "came back" in capsys.readouterr().out
    assert empty_county.command("sync", user="coordinator") == 0
    assert empty_county.command("target", "test", "county", user="coordinator") == 0
    capsys.readouterr()
    assert empty_county.command("target", "list", user="coordinator") == 0
    listed = capsys.readouterr().out
    assert address(server) in listed
    assert "PRIVATE" not in listed


def test_a_script_gives_the_fingerprint_and_a_file_with_the_password(
    empty_county, server, tmp_path, capsys
):
    secret = tmp_path / "secret"
    secret.write_text("certainly not this one\n", "utf-8")
    known = fingerprint("127.0.0.1", server.port)
    add = ("target", "add", "county", address(server), "--secret-file", str(secret))
    assert empty_county.command(*add, "--host-key", known, user="coordinator") == 1
    assert "does not take this name and password" in capsys.readouterr().err
    other = known[:-3] + "xyz"
    assert empty_county.command(*add, "--host-key", other, user="coordinator") == 1
    assert "is not the computer it was" in capsys.readouterr().err
    assert empty_county.command("target", "list", user="coordinator") == 0
    assert "county" not in capsys.readouterr().out


@pytest.mark.parametrize("where", ["ftp://host/x", "sftp://host/x", "sftp://a:b@host/x", "s3://"])
def test_a_bad_address_is_told_in_one_sentence(empty_county, where, capsys):
    assert empty_county.command("target", "add", "x", where, user="coordinator") == 1
    said = capsys.readouterr().err.strip()
    assert said.endswith(".")
    assert "\n" not in said


def test_an_s3_endpoint_must_be_safe(empty_county, tmp_path, capsys):
    secret = tmp_path / "keys"
    secret.write_text("key\nsecret\n", "utf-8")
    add = ("target", "add", "x", "s3://lead/a", "--secret-file", str(secret))
    assert (
        empty_county.command(*add, "--endpoint", "http://s3.example.gov", user="coordinator") == 1
    )
    assert "https://" in capsys.readouterr().err


def test_a_mail_in_a_folder_is_named_by_the_day(empty_county, tmp_path, capsys):
    export = ("bundle", "export", "--ring", "shared", "--mail", "-o", str(tmp_path))
    assert empty_county.command(*export, user="coordinator") == 0
    made = list(tmp_path.glob("????-??-??.dvb.txt"))
    assert len(made) == 1
    assert made[0].read_text("ascii").startswith("-----BEGIN AGE")


@pytest.mark.parametrize("written", ["", "key\n", "\nsecret\n"])
def test_a_bucket_takes_a_key_and_a_secret(empty_county, tmp_path, capsys, written):
    secret = tmp_path / "secret"
    secret.write_text(written)
    add = ("target", "add", "x", "s3://lead/a", "--secret-file", str(secret))
    assert empty_county.command(*add, user="coordinator") == 1
    assert "two lines" in capsys.readouterr().err
