"""The figures of a report as data: embedded in the PDF, and the source of its check code.

The format is ``docs/report-figures.schema.json``. Printed texts and numbers stand
side by side, so that paper and file can be held against each other.
"""

from __future__ import annotations

import hashlib

from leadapp.core.encoding import canonical_json
from leadapp.papers.charts import BarChart, ColumnChart
from leadapp.papers.report_input import FigureTable, FigureValue, ReportPaper

FORMAT = "leadapp-figures"
VERSION = 1
_CODE_DIGITS = 8


def check_code(paper: ReportPaper) -> str:
    """Return a short code that changes with any figure: "7F3A-22C1".

    Who printed it and when do not count, so two prints of one report agree.
    """
    digest = hashlib.sha256(canonical_json(_figures(paper))).hexdigest().upper()
    return f"{digest[:4]}-{digest[4:_CODE_DIGITS]}"


def figures_json(paper: ReportPaper) -> bytes:
    """Return the embedded file of ``paper``: JSON, the same bytes for the same paper."""
    return canonical_json(
        {
            "format": FORMAT,
            "version": VERSION,
            "check_code": check_code(paper),
            "prepared_at": paper.prepared_at.isoformat(timespec="seconds"),
            "prepared_by": paper.prepared_by,
            "cutoff": paper.cutoff_label,
            "rings_open": list(paper.rings_open),
            "devices": [{"name": d.name, "until": d.until} for d in paper.devices],
            "cautions": list(paper.cautions),
            "definitions": [
                {
                    "measure": d.measure_id,
                    "title": d.title,
                    "words": d.words,
                    "unit": d.unit,
                    "source": d.source,
                    "version": d.version,
                }
                for d in paper.definitions
            ],
            "more": dict(paper.data_json),
            **_figures(paper),
        }
    )


def _figures(paper: ReportPaper) -> dict[str, object]:
    return {
        "program": paper.program_name,
        "report": paper.report_id,
        "report_version": paper.report_version,
        "title": paper.title,
        "period": {
            "label": paper.period_label,
            "starts": paper.starts.isoformat(),
            "ends": paper.ends.isoformat(),
        },
        "copy": paper.copy,
        "watermark": paper.watermark,
        "values": [_value(value) for value in paper.values],
        "printed": {
            "boxes": [
                {"measure": b.measure_id, "label": b.label, "value": b.value, "compare": b.compare}
                for b in paper.boxes
            ],
            "charts": [_chart(chart) for chart in paper.charts],
            "tables": [_table(table) for table in (*paper.tables, *paper.further)],
        },
    }


def _value(value: FigureValue) -> dict[str, object]:
    return {
        "measure": value.measure_id,
        "version": value.version,
        "unit": value.unit,
        "group": value.group,
        "column": value.column,
        "starts": value.starts.isoformat(),
        "ends": value.ends.isoformat(),
        "value": value.value,
        "shown": value.shown,
    }


def _chart(chart: BarChart | ColumnChart) -> dict[str, object]:
    if isinstance(chart, BarChart):
        points = [(b.measure_id, b.group, b.label, b.value, b.text) for b in chart.bars]
    else:
        points = [(chart.measure_id, "", c.name, c.value, c.text) for c in chart.columns]
    return {
        "title": chart.title,
        "note": chart.note,
        "points": [
            {"measure": measure, "group": group, "label": label, "value": value, "shown": text}
            for measure, group, label, value, text in points
        ],
    }


def _table(table: FigureTable) -> dict[str, object]:
    return {
        "title": table.title,
        "note": table.note,
        "columns": list(table.columns),
        "rows": [
            {"measure": r.measure_id, "group": r.group, "label": r.label, "values": list(r.values)}
            for r in table.rows
        ],
    }
