"""Counties to run commands on."""

from tests.county import (  # noqa: F401 - fixtures
    county,
    county_home,
    empty_county,
    founded_county,
    made_county,
)
