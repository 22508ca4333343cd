"""A history: what befalls some computers and the folders between them, drawn from a seed.

``python -m tests.exchange.histories SEED`` lives one again and tells each step.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable

from leadapp.core.encoding import to_base64url
from leadapp.exchange.fetching import check_again, fetch
from leadapp.exchange.naming import bundle_name
from leadapp.journal.entry import FOLDED_OPS
from leadapp.journal.statement import Statement, write_statement
from tests.exchange.held import CARE, CARE_WORD, DAY, REFER, RINGS, SYS
from tests.exchange.machines import Machine
from tests.exchange.scale import WHOLE, Scale
from tests.exchange.sticks import Crash, Plug, Stick


class History:
    """Machines, two sticks, and what was kept of each; ``live`` takes a seed's steps."""

    def __init__(
        self,
        seed: int,
        *,
        told: bool = False,
        machine: Callable[..., Machine] = Machine,
        scale: Scale = WHOLE,
    ) -> None:
        self.seed, self.told = seed, told
        self.chance = random.Random(seed)  # noqa: S311 - a game of chance, not a key
        self.make, self.scale = machine, scale
        self.plug = Plug()
        self.sticks = [Stick(self.plug, RINGS) for _ in range(2)]
        self.kept: list[dict[str, dict[str, bytes]]] = [{ring: {} for ring in RINGS} for _ in "12"]
        self.now = 1_760_000_000_000
        self.number = 0
        self.befell: set[str] = set()
        self.said: list[tuple[Statement, int]] = []
        """Statements with effect unless their speaker lost the right to; -1 is the root key."""
        self.secrets: dict[str, str] = {}
        self.redactors: set[int] = set()
        self.machines: list[Machine] = []
        self.backups: list[dict] = []
        self.checked = [0, 0]
        self._begin()

    def _begin(self) -> None:
        count = self.chance.choice(self.scale.counts)
        coordinators = 2 if count > 2 and self.chance.random() < 0.4 else 1
        for n in range(count):
            office = n < coordinators or self.chance.random() < 0.5
            self.machines.append(
                self.make(
                    n, office=office, coordinator=n < coordinators, chance=self.chance,
                    plug=self.plug,
                )
            )  # fmt: skip
        self.backups = [one.backup() for one in self.machines]
        self.late = {count - 1} if count > 2 and self.chance.random() < 0.3 else set()
        first = self.machines[0]
        for one in self.machines:
            if one.n not in self.late:
                self._let_in(first, one, root=one.coordinator)
        for one in self.machines * 2:
            one.sync(self.sticks[0], self.now)

    def _say(self, by: Machine, kind: str, body: dict, *, root: bool = False) -> Statement:
        made = by.say(kind, body, root=root)
        self.said.append((made, -1 if root else by.n))
        return made

    def _let_in(self, by: Machine, one: Machine, *, root: bool = False) -> None:
        agency = "" if one.office else "sheriff"
        role = ("coordinator" if one.coordinator else "case_manager") if one.office else "deputy"
        body = {
            "device": one.device, "public": to_base64url(one.signer.public_key), "agency": agency,
            "class": "office" if one.office else "law", "coordinator": one.coordinator,
            "rings": ["care"] if one.office else [],
        }  # fmt: skip
        self._say(by, "device", body, root=root)
        user = {
            "user": one.user, "agency": agency, "roles": [role], "devices": [one.device],
            "keys": {}, "replaces": [],
        }  # fmt: skip
        self._say(by, "user", user)
        key = {"device": one.device, "ring": SYS, "recipient": one.key(SYS)}
        self._say(by, "recipient", key)

    def live(self) -> None:
        """Let things befall."""
        acts, weights = list(self.scale.acts), list(self.scale.acts.values())
        for _ in range(self.chance.randint(*self.scale.steps)):
            act = self.chance.choices(acts, weights)[0]
            one = self.chance.choice(self.machines)
            if self.told:
                sys.stdout.write(f"{act} {one.n}\n")
            self.now += self.chance.randint(0, 3600_000)
            getattr(self, f"_{act}")(one)
            self.befell.add(act)
            self.watch()

    def watch(self) -> None:
        """Look at each file that was written since: for whom it is, and what it says."""
        from tests.exchange.judging import watch_deletion, watch_file

        for number, stick in enumerate(self.sticks):
            for ring, data, who in stick.made[self.checked[number] :]:
                writers = [one for one in self.machines if one.device == who]
                watch_file(self, ring, data, writers)
            self.checked[number] = len(stick.made)
            for ring, name, data, who, left in stick.deleted:
                if bundle_name(data) == name:
                    watch_deletion(self, ring, data, who, left)
            stick.deleted.clear()

    def settle(self) -> list[Machine]:
        """Exchange in turn over one good folder until all is quiet; return who is a member.

        Who stole a computer is left out: it is told nothing and writes for ever. Everyone carries for others: what its author lost with a disk lies with others only.
        """
        stick = self.sticks[0]
        honest = [one for one in self.machines if one.heeds]
        for one in honest:
            one.carries = True
            for ring in one.rings:
                check_again(stick, ring, one.view(ring))
        for _ in range(12):
            before = len(stick.made)
            read = [file for one in honest for file in one.sync(stick, self.now)]
            self.watch()
            if len(stick.made) == before and not [file for file in read if file.outcome != "torn"]:
                return [one for one in honest if one.enrolled]
        raise AssertionError("it never gets quiet")

    # -- what befalls ------------------------------------------------------------------------------

    def _stick(self) -> Stick:
        return self.sticks[0 if self.chance.random() < 0.7 else 1]

    def _write(self, one: Machine) -> None:
        self.number += 1
        ring = self.chance.choice([ring for ring in one.rings if ring != SYS])
        record = f"{ring}-{self.chance.randint(1, 2)}"
        op = self.chance.choices(("save", "void", "restore"), (12, 1, 1))[0]
        values = {self.chance.choice("ab"): self.chance.choice("123")}
        if ring == CARE:
            values["c"] = CARE_WORD
        secret = f"secret-{self.number}-of-{one.n}" if self.chance.random() < 0.3 else ""
        if secret:
            values["s"] = secret
        t = self.now if self.chance.random() < 0.8 else self.chance.randint(0, 4_000_000_000_000)
        entry = one.write(ring, record, op, values, t)
        if secret:
            self.secrets[entry.hash] = secret

    def _attach(self, one: Machine) -> None:
        ring = self.chance.choice([ring for ring in one.rings if ring != SYS])
        one.attach(ring, f"{ring}-1", self.chance.randbytes(30), self.now)

    def _sync(self, one: Machine) -> None:
        one.sync(self._stick(), self.now)

    def _compact(self, one: Machine) -> None:
        one.sync(self._stick(), self.now, most_loose=self.chance.randint(0, 3))

    def _wait(self, _: Machine) -> None:
        self.now += self.chance.choice((DAY, 2 * DAY, 40 * DAY, 400 * DAY))

    def _crash(self, one: Machine) -> None:
        self.plug.left = self.chance.randint(0, 25)
        self.plug.how = self.chance.choice(("before", "torn", "after"))
        loose = self.chance.choice((1, 1 << 30))
        try:
            one.sync(self._stick(), self.now, most_loose=loose)
        except Crash:
            pass
        finally:
            self.plug.left = -1
            one.after_crash()

    def _full(self, one: Machine) -> None:
        stick = self._stick()
        stick.full = True
        one.sync(stick, self.now)
        stick.full = False

    def _file(self) -> tuple[dict[str, bytes], str]:
        files = self._stick().rings[self.chance.choice(RINGS)]
        return files, self.chance.choice(sorted(files)) if files else ""

    def _lose(self, _: Machine) -> None:
        files, name = self._file()
        files.pop(name, None)

    def _tear(self, _: Machine) -> None:
        files, name = self._file()
        if name:
            files[name] = files[name][: self.chance.randint(0, len(files[name]))]

    def _flip(self, _: Machine) -> None:
        files, name = self._file()
        if name and files[name]:
            changed = bytearray(files[name])
            changed[self.chance.randrange(len(changed))] ^= 1 << self.chance.randrange(8)
            files[name] = bytes(changed)

    def _rename(self, _: Machine) -> None:
        files, name = self._file()
        if name:
            files["(1) " + name[-40:]] = files.pop(name)

    def _double(self, _: Machine) -> None:
        files, name = self._file()
        if name:
            files[name.replace(".dvb", "-LAPTOP7.dvb")] = files[name]

    def _foreign(self, _: Machine) -> None:
        files, _name = self._file()
        files[self.chance.choice(("desktop.ini", "x.dvb", "a.tmp", "Thumbs.db"))] = b"foreign"

    def _keep(self, _: Machine) -> None:
        self.kept = [{ring: dict(files) for ring, files in s.rings.items()} for s in self.sticks]

    def _roll_back(self, _: Machine) -> None:
        number = self.chance.randrange(2)
        self.sticks[number].rings = {ring: dict(one) for ring, one in self.kept[number].items()}

    def _new_stick(self, _: Machine) -> None:
        self.sticks[self.chance.randrange(2)].rings = {ring: {} for ring in RINGS}

    def _back_up(self, one: Machine) -> None:
        self.backups[self.machines.index(one)] = one.backup()

    def _restore(self, one: Machine) -> None:
        kept: dict = self.backups[self.machines.index(one)]
        one.restore(kept, noticed=self.chance.random() < 0.5)

    def _clone(self, one: Machine) -> None:
        if len(self.machines) < max(self.scale.counts):
            twin = self.make(
                one.n, office=one.office, coordinator=one.coordinator, chance=self.chance,
                plug=self.plug,
            )  # fmt: skip
            twin.restore(one.backup(), noticed=self.chance.random() < 0.5)
            twin.carries, twin.heeds = one.carries, one.heeds
            self.machines.append(twin)
            self.backups.append(twin.backup())

    def _clock(self, one: Machine) -> None:
        one.clock_off = self.chance.choice((0, -DAY, -16 * 365 * DAY, 40 * 365 * DAY, 2 * DAY))

    def _enrol(self, by: Machine) -> None:
        if by.coordinator and by.enrolled and by.heeds:
            for late in [one for one in self.machines if one.n in self.late]:
                self._let_in(by, late)
            self.late = set()

    def _revoke(self, by: Machine, *, stolen: bool = False) -> None:
        targets = [one for one in self.machines if not one.coordinator]
        if not by.coordinator or not by.enrolled or not targets:
            return
        target = self.chance.choice(targets)
        body = {
            "what": "device", "id": target.device, "cuts": self._cuts(by, target), "kept": [],
            "reason": "x",
        }  # fmt: skip
        self._say(by, "revoke", body)
        if stolen:
            for one in self.machines:
                one.heeds = one.heeds and one.n != target.n

    def _steal(self, by: Machine) -> None:
        self._revoke(by, stolen=True)

    def _root_revoke(self, by: Machine) -> None:
        """Shut a coordinator's computer out with the printed key, at the first one."""
        targets = [one for one in self.machines if one.coordinator and one.n == 1]
        if by.n != 0 or not targets or 1 in self.redactors:
            return
        known = by.statements.values()
        body = {
            "what": "device", "id": targets[0].device, "cuts": self._cuts(by, targets[0]),
            "kept": [one.id for one in known if one.signer == targets[0].signer.public_key],
            "reason": "x",
        }  # fmt: skip
        self._say(by, "revoke", body, root=True)

    def _cuts(self, by: Machine, target: Machine) -> list[str]:
        """Return the last entries of the target that ``by`` has, the tips of forks among them."""
        heads: set[str] = set()
        for ring in by.rings:
            held = by.held[ring]
            logs = {s.log for s in held.seals.values() if s.device == target.signer.public_key}
            here = [one for one in held.entries.values() if one.log in logs]
            heads |= {one.hash for one in here} - {one.prev for one in here}
        return sorted(heads)

    def _race(self, _: Machine) -> None:
        """Let two coordinators' computers pack one folder at once, and a day later delete at once."""
        bosses = [one for one in self.machines if one.coordinator and one.enrolled and one.heeds]
        ring, stick = self.chance.choice((SYS, REFER)), self.sticks[0]
        bosses = [one for one in bosses if not one.roster.devices[one.device].revoked][:2]
        for one in bosses:
            one.sync(stick, self.now)
            self.watch()
        for _day in range(2):
            self.now += 2 * DAY
            self.watch()
            for one in bosses:
                fetch(stick, ring, one.view(ring), one.opener(ring))
            works = [(one, one.compacting(stick, ring, self.now, 0)) for one in bosses]
            while works:
                one, work = self.chance.choice(works)
                stick.who = one.device
                if next(work, None) is None:
                    works.remove((one, work))

    def _forge(self, by: Machine) -> None:
        """Say what one has no right to say, and write in another's name."""
        other = self.chance.choice(self.machines)
        kind = self.chance.choice(("device", "revoke", "admit", "author", "redact", "root"))
        if kind == "author" and other is not by:
            by.write(REFER, f"{REFER}-1", "save", {"a": "forged"}, self.now, other.user)
        elif kind == "redact" and not by.coordinator and by.held[REFER].entries:
            entry = self.chance.choice(
                sorted(by.held[REFER].entries.values(), key=lambda e: e.hash)
            )
            if entry.op in FOLDED_OPS:
                by.append(REFER, "redact", {"entries": entry.hash, "blobs": "", "_reason": "x"})
        elif kind == "device":
            body = {
                "device": by.device, "public": to_base64url(by.signer.public_key), "agency": "",
                "class": "office", "coordinator": True, "rings": ["care"],
            }  # fmt: skip
            if not by.coordinator:
                by.say("device", body)
        elif kind == "revoke" and other.coordinator and other.n != by.n:
            body = {"what": "device", "id": other.device, "cuts": [], "kept": [], "reason": "x"}
            by.say("revoke", dict(body))
        elif kind == "admit" and not other.office:
            by.say("admit", {"device": other.device, "rings": ["care"]})
        elif kind == "root":
            made = write_statement(
                "revoke", {"what": "device", "id": by.device, "cuts": [], "kept": []},
                program=by.program, signer=by.signer, nonce=str(self.chance.random()),
            )  # fmt: skip
            values = made.values() | {"_signature": to_base64url(by.root_key.public_key)}
            by.append(SYS, "roster", values)

    def _redact(self, by: Machine) -> None:
        if not by.coordinator or not by.enrolled or by.n == 1:
            return
        ring = self.chance.choice((REFER, CARE))
        entries = [one for one in by.counting(ring) if one.op in FOLDED_OPS and not one.redacted]
        if entries:
            by.redact(ring, self.chance.choice(sorted(entries, key=lambda one: one.hash)))
            self.redactors.add(by.n)

    def _stranger(self, _: Machine) -> None:
        """Put a whole good file of one ring into another's folder."""
        files, name = self._file()
        other = self._stick().rings[self.chance.choice(RINGS)]
        if name:
            other.setdefault(name, files[name])


def live(
    seed: int,
    *,
    told: bool = False,
    machine: Callable[..., Machine] = Machine,
    scale: Scale = WHOLE,
) -> History:
    """Live one history and judge it."""
    from tests.exchange.judging import judge

    history = History(seed, told=told, machine=machine, scale=scale)
    history.live()
    before = [{ring: dict(held.entries) for ring, held in m.held.items()} for m in history.machines]
    members = history.settle()
    judge(history, members, before)
    return history


if __name__ == "__main__":
    live(int(sys.argv[1]), told=True)
