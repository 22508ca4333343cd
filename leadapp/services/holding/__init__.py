"""What an unlocked person holds: ring keys, the device's signature, the roster.

The base under set-up, unlock and accounts: reads the roster from the ring ``sys``,
says new statements, makes rings, and gives rings to those whose role opens them.
Everything here runs on the writer lane.
"""

from leadapp.services.holding.device import check_device, keep_signing_key, read_sys
from leadapp.services.holding.files import end_making, finish_files, start_afresh
from leadapp.services.holding.keys import RELEASE_SETTING, RING_IDENTITY, Holding, Request
from leadapp.services.holding.members import check_agency, is_active, statements_in

__all__ = [
    "RELEASE_SETTING",
    "RING_IDENTITY",
    "Holding",
    "Request",
    "check_agency",
    "check_device",
    "end_making",
    "finish_files",
    "is_active",
    "keep_signing_key",
    "read_sys",
    "start_afresh",
    "statements_in",
]
