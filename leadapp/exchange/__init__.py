"""Bundles, written for others and read as a stranger's file.

``bundle`` is the text that travels and how it is packed; ``reading`` takes it apart within
limits and trusts nothing; ``naming`` gives files and folders names that say nothing;
``armor`` is a bundle as mail; ``packing`` cuts what is to be sent into bundles; ``fetching``
and ``pushing`` are one ring's exchange over one place, ``compacting`` makes many files few,
``turns`` cuts all of it into stretches. No keys, no database, no sockets:
sealer, verifier, ledger and place are handed in. May import ``journal`` and ``core``.
"""
