"""The command line takes ids for what they are."""

from __future__ import annotations

import pytest

from leadapp.cli.arguments import parser


@pytest.mark.parametrize("name", ["-o" + "x" * 20, "--" + "A" * 20, "-" + "7_-Zz" * 4 + "q"])
def test_an_id_that_begins_with_a_dash_is_no_option(name):
    asked = ["device", "folder", "revoke", name, "--reason", "lost", "--user", "Ada"]
    found = parser().parse_args(asked)
    assert (found.device, found.reason) == (name, "lost")
    found = parser().parse_args(
        ["redact", "folder", "--ring", "care", "--record", name, "--reason", "x", "--user", "Ada"]
    )
    assert found.record == name


def test_an_unknown_option_is_still_refused(capsys):
    with pytest.raises(SystemExit):
        parser().parse_args(["show", "folder", "--nothing", "x", "--user", "Ada"])
    assert "--nothing" in capsys.readouterr().err
