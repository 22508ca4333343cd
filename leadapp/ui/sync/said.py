"""What is said of an exchange: steps, what came and went, what is wrong. Words only."""

from __future__ import annotations

from leadapp.core.problems import Problem
from leadapp.core.words import Words
from leadapp.services.syncing import RingReport, Step, SyncReport
from leadapp.ui.days import say_days_ago
from leadapp.ui.kit import progress as kit
from leadapp.ui.ring_names import ring_words
from leadapp.ui.sync.runner import Progress
from leadapp.ui.words import tr

ABOUT_ME = frozenset({"services.device_revoked", "services.not_enrolled_yet"})
"""What stands at the top of the page as long as it is so, and nowhere a second time."""
ORDER = (Step.BACK_UP, Step.LOOK, Step.FETCH, Step.SEND, Step.CHECK)
_SHARE = {Step.BACK_UP: 5, Step.LOOK: 10, Step.FETCH: 50, Step.SEND: 27, Step.CHECK: 8}
"""How much of the bar each step is: what people see is roughly what they wait for."""


def step_words(step: Step, state: kit.State) -> str:
    """Return what a step is called while it waits, goes on, or is done."""
    waits, goes_on, done = {
        Step.BACK_UP: (tr("Backup"), tr("Making a backup"), tr("Backup is fresh")),
        Step.LOOK: (tr("Check the place"), tr("Checking the place"), tr("Place checked")),
        Step.FETCH: (tr("Bringing in"), tr("Bringing in changes"), tr("Changes are in")),
        Step.SEND: (tr("Sending yours"), tr("Sending yours"), tr("Yours are sent")),
        Step.CHECK: (tr("Final check"), tr("Final check"), tr("Checked")),
    }[step]
    return {"waiting": waits, "done": done}.get(state, goes_on)


def steps_of(progress: Progress) -> list[kit.Step]:
    """Return the five steps as they stand."""
    at = ORDER.index(progress.step)
    found = []
    for number, step in enumerate(ORDER):
        state: kit.State = "done" if number < at else "now" if number == at else "waiting"
        done, total = progress.done.get(step, (0, 0))
        detail = ""
        if total > 1:
            detail = tr("{done} of {all}", done=f"{done:,}", all=f"{total:,}")
        if state == "now" and progress.ring:
            ring = ring_words(progress.ring).split(" (")[0]
            detail = f"{detail}, {ring}" if detail else ring
        found.append(kit.Step(step_words(step, state), state, detail))
    return found


def part_of(progress: Progress) -> float:
    """Return how full the bar is."""
    at = ORDER.index(progress.step)
    before = sum(_SHARE[one] for one in ORDER[:at])
    done, total = progress.done.get(progress.step, (0, 0))
    here = _SHARE[progress.step] * (done / total if total else 0.0)
    return (before + here) / 100


def time_left(progress: Progress) -> str:
    """Return about how long this step still takes, "" while nobody knows."""
    if progress.stopping:
        return tr("Stopping safely")
    seconds = progress.seconds_left
    if seconds is None:
        return ""
    if seconds < 90:
        return tr("About {seconds} seconds left", seconds=max(1, round(seconds / 5) * 5 or 1))
    return tr("About {minutes} minutes left", minutes=round(seconds / 60))


def in_short(progress: Progress) -> str:
    """Return one line for the status bar."""
    words = step_words(progress.step, "now")
    return tr("Syncing with {target}: {step}", target=progress.target, step=words.lower())


def headline(report: SyncReport) -> str:
    """Return what came and what went, in one line."""
    came = sum(one.entries_in for one in report.rings)
    went = sum(one.entries_out for one in report.rings)
    if not came and not went:
        return tr("Nothing new on either side")
    return tr("{came} came in, {went} went out", came=entries(came), went=entries(went))


def entries(count: int) -> str:
    """Return "1 entry" or "41 entries"."""
    return tr("1 entry") if count == 1 else tr("{count} entries", count=f"{count:,}")


def what_waits(one: RingReport) -> str:
    """Return what of a ring is not where it should be, in words; "" when all is."""
    conflicts = len(one.conflicts)
    said = (
        (one.only_here, tr("{count} only here", count=f"{one.only_here:,}")),
        (one.held, tr("{count} kept aside", count=f"{one.held:,}")),
        (conflicts, tr("{count} changed on two computers", count=f"{conflicts:,}")),
        (one.unread, _files(one.unread)),
        (one.unaddressed, _computers(one.unaddressed)),
    )
    return ", ".join(words for count, words in said if count)


def _files(count: int) -> str:
    if count == 1:
        return tr("1 file not read")
    return tr("{count} files not read", count=f"{count:,}")


def _computers(count: int) -> str:
    if count == 1:
        return tr("1 computer has not opened it yet")
    return tr("{count} computers have not opened it yet", count=f"{count:,}")


def explained(problem: Problem, words: Words) -> tuple[str, str]:
    """Return a problem as a coordinator understands it: what it is, and what it means.

    The headlines are in ``sync_page.toml``; a problem without one is its sentence alone.
    """
    code = f"ui.sync_{problem.code.replace('.', '_')}"
    values = dict(problem.values)
    if "ring" in values:
        values["ring"] = ring_words(str(values["ring"]))
    sentence = words.say(problem.code, values)
    return (words.say(code), sentence) if code in words.codes() else (sentence, "")


def of_yours(count: int) -> str:
    """Return "1 entry of yours" or "12 entries of yours"."""
    if count == 1:
        return tr("1 entry of yours")
    return tr("{count} entries of yours", count=f"{count:,}")


def only_here(count: int, oldest_days: int) -> str:
    """Return how much would be lost with this computer, and since when it waits."""
    words = (
        tr("1 entry is only on this computer.")
        if count == 1
        else tr("{count} entries are only on this computer.", count=f"{count:,}")
    )
    if not oldest_days:
        return words
    return f"{words} " + tr("The oldest is from {when}.", when=say_days_ago(oldest_days))
