"""Stock of naloxone as movements between places, in single doses; hand-outs without names.

Nouns: ``Movement`` (doses of one lot going from a place to a place), ``Lot``, ``Held``
(what one place has of one lot), companions (the movement a hand-out, a use report or a
contact makes), traces (marks of a person in free text).

A balance is always a sum, never stored and never clamped. Pure rules. May import: core,
journal, kinds.
"""
