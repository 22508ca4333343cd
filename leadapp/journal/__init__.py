"""What was done, as immutable chained entries, and how they add up to records; pure.

``entry`` is one thing done and its bytes; ``log`` the chain one device writes in one
ring; ``seal`` a signature over a chain's head; ``fold`` the record that entries make;
``past`` who knew of what; ``history`` what each entry changed; ``attached`` the files
entries name; ``roster`` and ``accept`` whose entries count. No crypto but SHA-256:
signers and verifiers are handed in. May import ``core``.
"""
