"""Keeping a target's folders small: what a coordinator's computer does after it has sent.

What may be deleted and when is decided in ``exchange.compacting``; here is who may, and
for whom the packs are.
"""

from __future__ import annotations

from leadapp.core.clock import to_milliseconds
from leadapp.core.ids import DeviceId
from leadapp.exchange import compacting as exchange
from leadapp.exchange.compacting import Compacted, Compaction
from leadapp.exchange.naming import ring_folder
from leadapp.exchange.parties import Place
from leadapp.exchange.turns import Stopped, Work, never
from leadapp.services.desk import Desk
from leadapp.services.syncing.ledger import RingLedger
from leadapp.services.syncing.membership import audience, is_enrolled, members_of
from leadapp.vault.sealing import AgeSealer


def compacting(
    desk: Desk, there: Place, ledger: RingLedger, stopped: Stopped = never
) -> Work[Compacted]:
    """Compact one ring's folder after a push; nothing on other than a coordinator's computer.

    Begins and ends on the writer lane. Broken off anywhere, a later exchange goes on.
    """
    if not is_enrolled(desk) or not desk.holding.is_coordinators():
        return Compacted()
    members = {one.id for one in members_of(desk, ledger.ring)}
    gone = frozenset(DeviceId(one) for one in desk.holding.roster.devices if one not in members)
    one = Compaction(
        place=there,
        folder=ring_folder(desk.device.program_id, ledger.ring),
        ledger=ledger,
        audience=audience(desk, ledger.ring, carries=True),
        gone=gone,
        sealer=AgeSealer(),
        now_ms=to_milliseconds(desk.clock.now()),
    )
    return (yield from exchange.compacting(one, stopped))
