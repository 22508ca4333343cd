"""What is counted, over which days, and what may be published.

Nouns: ``Measure`` (a SELECT that names records, with its definition in words),
``Measures`` (all of them, checked), ``Row``, ``Figure`` (a value over exactly the
rows it opens), ``Period``, ``Layout`` (figures set out for a reader), ``Suppressed``
(which counts a published copy hides).

Nothing here runs SQL or draws: ``store`` runs a measure's SELECT, ``papers`` draws a
layout. May import: core, journal, kinds and the standard library.
"""
