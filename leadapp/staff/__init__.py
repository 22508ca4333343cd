"""Users, roles and rights: who may open which ring and do what in it.

Nouns: ``Role`` and device class (``roles``), which ring a role opens where
(``opening``), what a role may do inside a ring (``rights``, read from
``resources/rights.toml``). Pure; may import journal and core.
"""
