"""Forms as data and as a conversation.

``reading`` turns workbooks and XForms into a ``model.Definition``; ``expressions``
compiles what the form's author wrote; ``session`` is one filling of a form;
``recalculation`` derives calculated answers again; ``checking`` says in plain words
what is wrong with a form. No Qt, no tables. Owner of pyxform, lxml and openpyxl;
may import ``kinds``, ``journal`` and ``core``.
"""
