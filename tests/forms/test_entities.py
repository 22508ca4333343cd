"""Entities as ODK specifies them: ordinary nodes that a session fills."""

from __future__ import annotations

from collections.abc import Sequence

from leadapp.core.seams import ListRow
from leadapp.forms.reading import read_markdown_form
from leadapp.forms.session import Submission
from tests.forms.conftest import NOW, begin

REGISTRATION = read_markdown_form("""
| survey |
| | type | name | label | save_to |
| | text | full_name | Name | full_name |
| | date | born | Born | born |
| entities |
| | list_name | label |
| | people | ${full_name} |
""")
FOLLOW_UP = read_markdown_form("""
| survey |
| | type | name | label | save_to |
| | select_one_from_file people.csv | person | Person | |
| | text | town | Town | town |
| entities |
| | list_name | label | entity_id |
| | people | | ${person} |
""")


class People:
    """One person in version 3."""

    _row = ListRow("p1", "Ada", {"__version": "3", "__trunkVersion": "", "__branchId": ""})

    def has(self, list_name: str) -> bool:
        return list_name == "people"

    def row(self, list_name: str, name: str) -> ListRow | None:
        return self._row if (list_name, name) == ("people", "p1") else None

    def search(self, list_name: str, text: str, limit: int = 50) -> Sequence[ListRow]:
        return [self._row][:limit] if list_name == "people" and text in "Ada" else []

    def matching(
        self, list_name: str, column: str, value: str, limit: int = 1000
    ) -> Sequence[ListRow]:
        return [r for r in self.search(list_name, "", limit) if r.properties.get(column) == value]


def test_registration_makes_an_entity_with_a_fresh_id() -> None:
    session = begin(REGISTRATION)
    session.set_answer("full_name", "Ada")
    outcome = session.finish(NOW)
    assert isinstance(outcome, Submission)
    assert outcome.answers["meta/entity/@dataset"] == "people"
    assert outcome.answers["meta/entity/@create"] == "1"
    assert len(outcome.answers["meta/entity/@id"]) == 36
    assert outcome.calculated["meta/entity/label"] == "Ada"
    assert REGISTRATION.at["data", "born"].bind.saveto == "born"


def test_follow_up_names_the_version_it_saw() -> None:
    session = begin(FOLLOW_UP, lookup=People())
    session.set_answer("person", "p1")
    outcome = session.finish(NOW)
    assert isinstance(outcome, Submission)
    kept = {**outcome.answers, **outcome.calculated}
    assert kept["meta/entity/@id"] == "p1"
    assert kept["meta/entity/@baseVersion"] == "3"
    assert "meta/entity/@update" in kept
