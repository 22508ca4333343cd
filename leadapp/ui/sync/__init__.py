"""The Sync page: one button, five steps, what came and what went; and single files by mail.

The page takes a list of tabs (``tab.Tab``); who else shows something about exchanging puts
a tab of its own in. An exchange runs in ``runner.Runner``, which outlives the page.
"""
