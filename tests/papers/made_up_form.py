"""A made-up CIT contact on paper, with one of everything a form can have."""

from __future__ import annotations

from datetime import UTC, datetime

from leadapp.papers.filled_form import FormPaper, PaperGroup, PaperQuestion, PaperRepeat

_SCENE = PaperGroup(
    "Scene",
    (
        PaperQuestion("When did you arrive?", "11/3/2025 8:15 pm", width=3, required=True),
        PaperQuestion("Deputy", "J. Alvarez, badge 114", width=3, required=True),
        PaperQuestion("Unit", "9", width=3),
        PaperQuestion("Incident number", "25-004417", "From dispatch", width=3),
        PaperQuestion("Where", "412 Alder Street, behind the feed store", width=6),
        PaperQuestion("Hurt?", choices=(("Yes", False), ("No", True)), width=6),
        PaperQuestion(
            "What was seen",
            choices=(("Talk of suicide", False), ("Confused", True), ("Not sleeping", True)),
        ),
    ),
)
_STORY = PaperGroup(
    "What happened",
    (
        PaperQuestion(
            "Notes",
            "Caller said the man had been walking in the road since noon.\n\n"
            "¿Habla español? Sí: señor Núñez prefers Spanish.",
            multiline=True,
        ),
        PaperQuestion("Taken to", skip_note="Only after a transport ending", width=6),
        PaperGroup("Officers", (PaperQuestion("How many", "2", width=3),)),
    ),
)
_PEOPLE = PaperRepeat(
    "People with them",
    (
        (PaperQuestion("Name", "Rosa Núñez", width=6), PaperQuestion("Phone", "555-0144", width=3)),
        (PaperQuestion("Name", "T. Baker", width=6), PaperQuestion("Phone", "555-0191", width=3)),
    ),
)
_MEDICINES = PaperRepeat(
    "Medicines",
    ((PaperQuestion("Medicine", "Sertraline"), PaperQuestion("Remarks", "Torn.", multiline=True)),),
)

CONTACT = FormPaper(
    program_name="Alder County LEAD and CIT",
    title="CIT contact",
    form_version="7",
    copy="internal",
    printed_by="N. Ellison",
    printed_at=datetime(2025, 11, 3, 14, 41, tzinfo=UTC),
    nodes=(_SCENE, _STORY, _PEOPLE, _MEDICINES, PaperRepeat("Weapons", ())),
    record_lines=("Record 7QF2 of unit 9", "Finished Mon Nov 3, 9:22 pm, J. Alvarez"),
    problems=("Differs between two computers: Minutes on scene (55 or 50).",),
    part2=True,
    watermark="Made-up data",
)
