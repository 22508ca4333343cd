"""The page on which a form is filled: from a ``FormSession`` to widgets and back.

``page`` is the page, ``opening`` brings it up, ``choosing`` says which control a question
gets, ``building`` makes rows, cards and repeats of a section. Nothing here decides what
shows or what is wrong: the session does. No database, no crypto.
"""
