"""The settings a program starts with are the defaults the rules are written with."""

from __future__ import annotations

import tomllib

from leadapp.casework.episodes import IN_THE_WIND_AFTER_DAYS, INACTIVE_AFTER_DAYS
from leadapp.core.paths import resources
from leadapp.crisis.follow_up import DEFAULT_DAYS
from leadapp.measures.suppression import THRESHOLD


def test_shipped_settings_are_the_rules_defaults():
    text = (resources() / "lists" / "settings.toml").read_text("utf-8")
    shipped = {row["name"]: row["value"] for row in tomllib.loads(text)["setting"]}
    assert shipped == {
        "follow_up_days": str(DEFAULT_DAYS),
        "inactive_after_days": str(INACTIVE_AFTER_DAYS),
        "in_the_wind_after_days": str(IN_THE_WIND_AFTER_DAYS),
        "year_starts_in": "1",
        "publication_threshold": str(THRESHOLD),
    }
