"""Exchanging with other computers: where, what, and what came of it.

``places`` are the targets this computer exchanges through; ``course`` is one exchange
over one of them; ``carrying`` does the same with single files; ``enrolling`` and
``joining`` bring another computer in. Everything here runs on the writer lane.
"""

from leadapp.services.syncing.carrying import (
    Inspected,
    export_bundles,
    exporting,
    import_bundle,
    importing,
    inspect_bundle,
    inspecting,
)
from leadapp.services.syncing.course import (
    Course,
    Slice,
    Step,
    sync,
    sync_over,
)
from leadapp.services.syncing.places import (
    KeptTarget,
    S3Place,
    SftpPlace,
    Where,
    add,
    check_fits,
    check_key,
    host_fingerprint,
    keep,
    read_address,
    remove,
    target,
    targets,
    try_to_use,
)
from leadapp.services.syncing.report import RingReport, SyncReport
from leadapp.services.syncing.trying import Tested, test, testing

__all__ = [
    "Course",
    "Inspected",
    "KeptTarget",
    "RingReport",
    "S3Place",
    "SftpPlace",
    "Slice",
    "Step",
    "SyncReport",
    "Tested",
    "Where",
    "add",
    "check_fits",
    "check_key",
    "export_bundles",
    "exporting",
    "host_fingerprint",
    "import_bundle",
    "importing",
    "inspect_bundle",
    "inspecting",
    "keep",
    "read_address",
    "remove",
    "sync",
    "sync_over",
    "target",
    "targets",
    "test",
    "testing",
    "try_to_use",
]
