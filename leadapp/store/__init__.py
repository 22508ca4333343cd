"""The encrypted files of a program: one SQLCipher file a ring, one more for its drafts.

``folder`` is the program folder and its lock; ``connection`` the only door to the
engine; ``archive`` writes (one thread), ``reader`` reads (one thread), ``drafts`` keeps
what is being typed (its own thread). Entries are the truth; ``projections`` are tables
computed from them by a ``projector`` and may be dropped and rebuilt at any time.
Owner of sqlcipher3 and sqlite_utils. May import the pure packages below it.
"""
