"""setvalue and setgeopoint of an XForm."""

from __future__ import annotations

from leadapp.core.errors import Refusal
from leadapp.core.problems import Problem, Severity
from leadapp.forms import xml
from leadapp.forms.expressions.compiler import Expression, compile_expression
from leadapp.forms.model import SetValue
from leadapp.forms.naming import Names, names_of
from leadapp.forms.rows import RowIndex
from leadapp.forms.xform_binds import Binds

_REFUSED = frozenset({"setgeopoint", "recordaudio"})
_OLD_EVENTS = {"xforms-ready": "odk-instance-first-load", "jr-insert": "odk-new-repeat"}


def read_actions(
    model: xml.Element,
    body: xml.Element | None,
    root: str,
    binds: Binds,
    repeats: frozenset[Names],
    problems: list[Problem],
    rows: RowIndex,
) -> tuple[SetValue, ...]:
    """Return every setvalue; actions this program does not do become notes."""
    found: list[SetValue] = []
    for place in (model, body):
        if place is None:
            continue
        for element in place.iter():
            name = xml.local(element)
            if name in _REFUSED:
                values = {"action": name}
                problems.append(Problem("forms.action_not_done", values, severity=Severity.WARNING))
            if name == "setvalue":
                found.append(_setvalue(element, root, binds, repeats, problems, rows))
    return tuple(found)


def _setvalue(
    element: xml.Element,
    root: str,
    binds: Binds,
    repeats: frozenset[Names],
    problems: list[Problem],
    rows: RowIndex,
) -> SetValue:
    trigger, within = _surroundings(element, root, binds)
    around = trigger or within or (root,)
    identifier = element.get("bind")
    reference = element.get("ref") or element.get("target") or ""
    if identifier and identifier in binds.by_id:
        target = binds.by_id[identifier]
    else:
        target = names_of(reference, around)
    events = (element.get("event") or element.get(_EVENT) or "").split()
    source = element.get("value")
    value: Expression | None = None
    if source:
        try:
            value = compile_expression(source)
        except Refusal as refusal:
            values = {**refusal.values, "expression": source[:200]}
            place = rows.place("/".join(target[1:]), "default")
            problems.append(Problem(refusal.code, values, place))
    return SetValue(
        target=target,
        path=compile_expression(reference) if "[" in reference else None,
        value=value,
        text="" if source else "".join(map(str, element.itertext())),
        events=frozenset(_OLD_EVENTS.get(event, event) for event in events),
        trigger=trigger,
        within=within if within in repeats else None,
    )


_EVENT = "{http://www.w3.org/2001/xml-events}event"


def _surroundings(
    element: xml.Element, root: str, binds: Binds
) -> tuple[Names | None, Names | None]:
    """Return the question an action is written in, and the repeat or group around it."""
    chain = [
        up for up in element.iterancestors() if up.get("ref") or up.get("nodeset") or up.get("bind")
    ]
    around: Names = (root,)
    trigger: Names | None = None
    within: Names | None = None
    for up in reversed(chain):
        if xml.local(up) in ("group", "repeat"):
            around = names_of(up.get("ref") or up.get("nodeset") or "", around)
            within = around
        else:
            identifier = up.get("bind") or ""
            trigger = binds.by_id.get(identifier) or names_of(up.get("ref") or "", around)
    return trigger, within
