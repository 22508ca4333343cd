"""What people see: windows, pages and the widgets they are made of; the owner of Qt.

* ``theme``: colours, fonts, icons and sizes from ``resources/tokens.toml``.
* ``kit``: small widgets with keyboard behaviour and names for a screen reader.
* ``shell``: the window around the pages: navigation, bars, palette, toasts, focus ring.
* ``work``: runs closures off the GUI thread and brings their answers back.

May import ``services`` and what lies below it; knows no database and no keys.
"""
