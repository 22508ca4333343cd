"""Workbooks and XForms read into a ``model.Definition``.

``load_definition`` is the door. ``convert`` can be run in another process by the caller.
"""

from leadapp.forms.reading.converting import Converted, convert
from leadapp.forms.reading.loading import definition_hash, load_definition, read_markdown_form
from leadapp.forms.reading.markdown import read_markdown, write_markdown
from leadapp.forms.reading.spreadsheet import read_spreadsheet
from leadapp.forms.reading.spreadsheet_out import write_spreadsheet
from leadapp.forms.reading.workbook import Workbook

__all__ = [
    "Converted",
    "Workbook",
    "convert",
    "definition_hash",
    "load_definition",
    "read_markdown",
    "read_markdown_form",
    "read_spreadsheet",
    "write_markdown",
    "write_spreadsheet",
]
