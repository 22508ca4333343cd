"""The Forms page: start a form, go on with drafts, look through the records of a form.

``page`` is the page; ``opened`` gathers one record in words on the reader lane; ``record``
shows it in place of the list. It starts nothing itself: ``entry.opening`` does.
"""
