"""Passwords, keys and sealing. Owner of cryptography and pyrage.

Nouns: a user's slot in the keyring (``slots``, ``keyring``), how a password becomes
a key (``derivation``) and which passwords are good ones (``passwords``), how often
a wrong one may be tried (``attempts``) and who may open the lock again (``release``),
second factor (``totp``), age and Ed25519 (``sealing``, ``signing``), the pages that
are printed for the safe (``recovery``). Opens no database. May import core and journal.

What this protects: a copied folder, as well as its passwords are good. What it does
not: counting wrong passwords stops guessing at the keyboard, not on a copy.
"""
