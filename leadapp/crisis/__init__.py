"""Rules of crisis contacts: what an ending needs, times, force, training, follow-up.

Nouns: ``RosterRow`` (an officer's CIT training), follow-up (seeing somebody again after
a contact), problems of a contact. Pure rules over answers by question name. May
import: core, journal, kinds.
"""
