"""Workbooks and XForms read into a ``model.Definition``."""

from leadapp.forms.reading.loading import load_definition, read_markdown_form

__all__ = ["load_definition", "read_markdown_form"]
