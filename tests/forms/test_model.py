"""A form as data: layout, our own attributes, languages, actions."""

from __future__ import annotations

from leadapp.forms.reading import read_markdown_form

FORM = read_markdown_form("""
## survey
| type | name | label::English (en) | label::Español (es) | appearance | bind::leadapp:later | bind::leadapp:was | required |
| --- | --- | --- | --- | --- | --- | --- | --- |
| begin group | scene | Scene | Escena | w2 | | | |
| text | place | Place | Lugar | w1 multiline | | | |
| select_one_from_file people.csv | who | Who | Quién | w2 autocomplete | yes | person | |
| end group | | | | | | | |
| begin group | rest | Rest | Resto | field-list | yes | | |
| integer | age | Age | Edad | | | | yes |
| end group | | | | | | | |
| begin repeat | pet | Pet | Mascota | | | | |
| text | called | Called | Nombre | | | | |
| end repeat | | | | | | | |

## settings
| form_id | version | form_title | style | default_language | attribute::leadapp:kind | attribute::leadapp:ring |
| --- | --- | --- | --- | --- | --- | --- |
| demo | 7 | Demo | theme-grid pages | English (en) | cit_contact | law:law office:supply |
""")


def test_settings_and_our_own_attributes_survive() -> None:
    assert (FORM.id, FORM.version, FORM.title) == ("demo", "7", "Demo")
    assert FORM.body_class == ("theme-grid", "pages")
    assert (FORM.kind, FORM.ring_of("law"), FORM.ring_of("office")) == (
        "cit_contact",
        "law",
        "supply",
    )
    assert set(FORM.languages) == {"English (en)", "Español (es)"}
    assert FORM.default_language == "English (en)"


def test_layout_is_grid_columns_of_the_enclosing_group() -> None:
    scene, rest, pet = FORM.body
    assert (scene.width, scene.columns) == (2, 2)
    assert (rest.width, rest.columns) == (0, 4)
    place, who = scene.children
    assert (place.width, place.appearance) == (1, ("w1", "multiline"))
    assert who.width == 2
    assert pet.kind == "repeat"


def test_later_and_was_belong_to_the_bind() -> None:
    who = FORM.at["data", "scene", "who"].bind
    assert (who.later, who.was) == (True, "person")
    assert FORM.at["data", "rest"].bind.later
    assert not FORM.at["data", "rest", "age"].bind.later


def test_list_of_the_program_is_named_by_the_choices() -> None:
    who = FORM.controls["data", "scene", "who"]
    assert who.itemset is not None
    assert who.itemset.list_name == "people"
    assert not who.itemset.is_filtered
