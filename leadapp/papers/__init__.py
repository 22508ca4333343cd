"""Paper: tagged PDF pages, charts, reports, filled and blank forms, and their preview.

Everything here takes plain values and gives bytes; nothing asks a store, a form
session or the clock. Owner of reportlab, pikepdf and pypdfium2. May import: core.
"""
