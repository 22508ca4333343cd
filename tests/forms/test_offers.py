"""What a question offers: put together once where no answer changes it, anew where one does."""

from __future__ import annotations

from leadapp.core.clock import SystemClock
from leadapp.core.ids import new_id
from leadapp.forms.reading import load_definition
from leadapp.forms.session import FormSession

FORM = """
## survey
| type | name | label::English (en) | label::Español (es) | choice_filter | appearance |
| --- | --- | --- | --- | --- | --- |
| select_one county | county | County | Condado | | |
| text | own | Own word | Palabra | | |
| select_one town | town | Town | Pueblo | county = ${county} | |
| select_one said | said | Said | Dicho | | |

## choices
| list_name | name | label::English (en) | label::Español (es) | county |
| --- | --- | --- | --- | --- |
| county | alder | Alder | Aliso | |
| county | birch | Birch | Abedul | |
| town | mill | Mill | Molino | alder |
| town | ford | Ford | Vado | birch |
| said | own | You wrote ${own} | Escribió ${own} | |
| said | none | Nothing | Nada | |

## settings
| form_title | form_id | version | default_language |
| --- | --- | --- | --- |
| Offers | offers | 1 | English (en) |
"""


PLAIN = "\n".join(line for line in FORM.splitlines() if "said" not in line)


def session(form: str = FORM) -> FormSession:
    definition = load_definition(form.encode(), name="form.md")
    return FormSession(definition, clock=SystemClock(), ids=new_id)


def labels(form: FormSession, key: str, search: str = "") -> list[str]:
    state = form.search_choices(key, search) if search else form.state(key)
    return [offer.label for offer in state.choices]


def test_a_list_that_nothing_changes_is_put_together_once() -> None:
    form = session(PLAIN)
    assert form.state("county").choices is form.state("county").choices


def test_a_language_has_its_own_words() -> None:
    form = session()
    assert labels(form, "county") == ["Alder", "Birch"]
    form.set_language("Español (es)")
    assert labels(form, "county") == ["Aliso", "Abedul"]
    assert labels(form, "county", "ABE") == ["Abedul"]


def test_a_filtered_list_follows_the_answer() -> None:
    form = session()
    assert labels(form, "town") == []
    form.set_answer("county", "birch")
    assert labels(form, "town") == ["Ford"]
    form.set_answer("county", "alder")
    assert labels(form, "town", "m") == ["Mill"]


def test_a_label_with_an_answer_in_it_follows_the_answer() -> None:
    form = session()
    form.set_answer("own", "hello")
    assert labels(form, "said") == ["You wrote hello", "Nothing"]
    form.set_answer("own", "again")
    assert labels(form, "said", "again") == ["You wrote again"]


def test_a_search_finds_labels_and_names_but_nothing_across_both() -> None:
    form = session()
    assert labels(form, "county", "ALD") == ["Alder"]
    assert labels(form, "county", "birch") == ["Birch"]
    assert labels(form, "county", "alderalder") == []
    assert len(form.search_choices("county", "", limit=1).choices) == 1
