"""Groups that have words and stand for nothing in the record, as server forms have them."""

from __future__ import annotations

from leadapp.forms.session import FormSession, Item
from leadapp.forms.xform import read_xform
from tests.forms.conftest import begin

XFORM = """<h:html xmlns:h="http://www.w3.org/1999/xhtml" xmlns="http://www.w3.org/2002/xforms">
<h:head><h:title>T</h:title><model><instance><data id="d"><a/><g><b/></g></data></instance>
</model></h:head><h:body>
<group><label>Outer</label><group><label>Inner</label><input ref="/data/a"/></group></group>
<group ref="/data/g"><label>Real</label>
<group><label>Within</label><input ref="/data/g/b"/></group></group>
</h:body></h:html>"""


def labels(session: FormSession, items: tuple[Item, ...]) -> list[str]:
    found = []
    for item in items:
        found.append(session.state(item.key).label)
        found += labels(session, item.children)
    return [label for label in found if label]


def test_their_words_are_told_and_their_keys_differ() -> None:
    session = begin(read_xform(XFORM))
    assert labels(session, session.items()) == ["Outer", "Inner", "Real", "Within"]
    keys: list[str] = []
    waiting = list(session.items())
    while waiting:
        item = waiting.pop()
        keys.append(item.key)
        waiting += item.children
    assert len(set(keys)) == len(keys)
