"""What an unlocked person holds: ring keys, the device's signature, the roster.

The base under set-up, unlock and accounts: reads the roster from the ring ``sys``,
says new statements, makes rings, and gives rings to those whose role opens them.
Everything here runs on the writer lane.
"""

from leadapp.services.holding.device import check_device, keep_signing_key, read_sys
from leadapp.services.holding.files import finish_files
from leadapp.services.holding.keys import RELEASE_SETTING, RING_IDENTITY, Holding, Request
from leadapp.services.holding.members import is_active, statements_in

__all__ = [
    "RELEASE_SETTING",
    "RING_IDENTITY",
    "Holding",
    "Request",
    "check_device",
    "finish_files",
    "is_active",
    "keep_signing_key",
    "read_sys",
    "statements_in",
]
