"""Rules of crisis contacts: what an ending needs, times, force, training, follow-up.

Nouns: disposition (how a contact ended, with its class), ``RosterRow`` (an officer's
CIT training), problems of a contact. Pure rules over answers by question name. May
import: core, journal, kinds.
"""
