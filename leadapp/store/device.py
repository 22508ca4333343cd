"""What a computer must know of its program before anyone unlocks it: ``device.json``, plain."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any  # JSON values are of any type by nature

from leadapp.core.encoding import canonical_json, read_json
from leadapp.core.errors import Damage, Refusal
from leadapp.core.files import write_whole
from leadapp.core.ids import DeviceId
from leadapp.store.folder import ProgramFolder

FORMAT = 1


@dataclass(frozen=True, slots=True)
class DeviceInfo:
    """One installation. ``device_class`` is ``law`` or ``office``, chosen once.

    ``agency`` is the law agency a law device belongs to, else "". ``tiles`` allows names
    on the unlock screen. ``last_backup`` is ISO with offset or "". ``made_up`` marks a
    demo county.
    """

    program_id: str
    county: str
    device_id: DeviceId
    device_class: str
    agency: str = ""
    notice: str = ""
    tiles: bool = False
    theme: str = ""
    last_backup: str = ""
    format: int = FORMAT
    made_up: bool = False


def load_device(folder: ProgramFolder) -> DeviceInfo:
    """Read ``device.json``; Refusal when there is none or it is newer, Damage when it is torn."""
    try:
        data = folder.device.read_bytes()
    except FileNotFoundError as cause:
        raise Refusal("store.no_program", folder=str(folder.root)) from cause
    except OSError as cause:
        raise Refusal("store.cannot_open", file=folder.device.name) from cause
    try:
        found = read_json(data)
    except Damage as cause:
        raise Damage("store.device_damaged", file=folder.device.name) from cause
    return _device(found, folder)


def _device(found: Any, folder: ProgramFolder) -> DeviceInfo:
    if isinstance(found, dict) and isinstance(found.get("format"), int):
        if found["format"] > FORMAT:
            raise Refusal("store.newer_file", file=folder.device.name)
        known = {field.name for field in fields(DeviceInfo)}
        needed = {"program_id", "county", "device_id", "device_class"}
        if needed <= found.keys() and found["device_class"] in ("law", "office"):
            return DeviceInfo(**{name: value for name, value in found.items() if name in known})
    raise Damage("store.device_damaged", file=folder.device.name)


def save_device(folder: ProgramFolder, device: DeviceInfo) -> None:
    """Write ``device.json`` whole."""
    write_whole(folder.device, canonical_json(asdict(device)))
