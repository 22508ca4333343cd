"""What a form fills in by itself when it is opened or finished: start, end, user, device, id."""

from __future__ import annotations

from datetime import datetime

from leadapp.forms.engine import Engine
from leadapp.forms.expressions import dates
from leadapp.forms.live import live_below


def fill_preloads(engine: Engine, user: str, device: str) -> None:
    """Fill in what is known when a form is first opened."""
    now = engine.env.now()
    known = {
        ("uid", ""): lambda: f"uuid:{engine.env.fresh_uuid()}",
        ("timestamp", "start"): lambda: dates.write(now),
        ("date", "today"): lambda: now.date().isoformat(),
        ("property", "username"): lambda: user,
        ("property", "deviceid"): lambda: device,
        ("context", "userid"): lambda: user,
    }
    for node in live_below(engine.record.top):
        bind = node.spec.bind
        if not bind.preload:
            continue
        parameter = "" if bind.preload == "uid" else bind.preload_params
        make = known.get((bind.preload, parameter))
        if make is not None and not node.value:
            engine.set_default(node, make())


def fill_end(engine: Engine, moment: datetime) -> None:
    """Fill in the moment of finishing."""
    for node in live_below(engine.record.top):
        bind = node.spec.bind
        if bind.preload == "timestamp" and bind.preload_params == "end":
            engine.write(node, dates.write(moment))
