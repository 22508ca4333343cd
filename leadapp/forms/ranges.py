"""The values of a range question, where they are few enough to stand beside each other."""

from __future__ import annotations

from leadapp.forms.model import Control

MOST_STEPS = 11


def steps(control: Control) -> tuple[str, ...]:
    """Return the values of a range that is short enough; none for a long one."""
    given = control.parameters
    try:
        start, end = float(given.get("start", "1")), float(given.get("end", "10"))
        step = abs(float(given.get("step", "1"))) or 1.0
    except ValueError:
        return ()
    count = round(abs(end - start) / step) + 1
    if count > MOST_STEPS:
        return ()
    sign = 1 if end >= start else -1
    return tuple(f"{start + sign * step * at:g}" for at in range(count))
