"""Rules of LEAD casework: referrals, intake deadlines, episodes, consent, due work, matching.

Nouns: ``Referral`` status, ``StatusChange`` (one line of an episode's history), ``Consent``,
``DueItem`` (work that waits, with its day), ``PersonName`` and ``Match`` (is this someone we
know?), ``Rule`` (one line of an eligibility rule set).

Pure: statuses, deadlines and due work are folded from records and a day, never stored.
May import: core, journal, kinds.
"""
