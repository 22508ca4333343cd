"""XPath 1.0 with the ODK functions, compiled to closures over a light tree.

``compile_expression`` is the door. Nothing here knows of forms, only of nodes
(``forms.tree``) and of an ``Environment`` that answers for clock, lists and languages.
"""
