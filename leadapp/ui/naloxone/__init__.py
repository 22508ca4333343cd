"""Naloxone: what lies where, the ledger, and a panel that records what happened to it.

No field here names a person. Pages ask ``services.stock`` and know nothing of tables.
"""
