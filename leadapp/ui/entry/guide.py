"""How far the form is, in words: needed answers, sections, what comes next, what may wait."""

from __future__ import annotations

from collections.abc import Sequence

from leadapp.ui.entry.counting import Count, Tally
from leadapp.ui.entry.foot import Foot
from leadapp.ui.entry.form_view import FormView
from leadapp.ui.kit.error_summary import ToFix
from leadapp.ui.kit.section_list import Section, SectionList
from leadapp.ui.words import tr


def needed_words(total: Count) -> str:
    """Return how many needed answers are left; nothing where none is needed."""
    if not total.needed_all:
        return ""
    if total.needed == 1:
        return tr("1 needed answer left")
    if total.needed:
        return tr("{count} needed answers left", count=total.needed)
    return tr("All {count} needed answers in", count=total.needed_all)


def show_sections(
    sections: SectionList, view: FormView, found: Tally, fixes: Sequence[ToFix]
) -> None:
    """Show the sections that are asked, and what is done in each."""
    shown = []
    for at, part in enumerate(view.parts):
        if view.is_asked(at):
            wrong = sum(fix.key.startswith(f"{part.key}/") for fix in fixes)
            line = _section(part.key, view.title(at), found.of(part.key), wrong, part.protected)
            shown.append(line)
    here, total = view.parts[view.here].key, found.total
    sections.show_sections(shown, here=here, done=total.answered, all_=total.asked)


def show_foot(foot: Foot, view: FormView, found: Tally, finish: str) -> None:
    """Show where one can go from here, and what may be answered later today."""
    ahead = [at for at in range(view.here + 1, len(view.parts)) if view.is_asked(at)]
    foot.show_steps(
        back=any(view.is_asked(at) for at in range(view.here)),
        next_title=view.title(ahead[0]) if ahead else "",
        finish=finish,
        last=not ahead,
    )
    last = len(view.parts) - 1
    if not view.parts[last].later:
        foot.show_later("", shown=False)
        return
    left = found.total.later
    words = tr("Finish later today: {count} answers", count=left)
    shown = view.here == last and view.page.later_shown
    foot.show_later(words if left else tr("Finish later today"), shown=shown)


def _section(key: str, title: str, count: Count, wrong: int, protected: bool) -> Section:
    if wrong:
        words = tr("1 to fix") if wrong == 1 else tr("{count} to fix", count=wrong)
        return Section(key, title, words, "problem", protected)
    if not count.needed and not count.wrong and count.answered:
        return Section(key, title, tr("Complete"), "done", protected)
    words = tr("{done} of {all}", done=count.answered, all=count.asked)
    return Section(key, title, words, "open", protected)
