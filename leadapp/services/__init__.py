"""What the app can do, one module a use case; the only door from window and command line.

``desk`` (who sits here and what is open), ``shelf`` (the forms in use) and
``lists`` (what forms may look up) are the base the use cases stand on; the use
cases are strangers to each other. Every function says on which lane it belongs:
the writer, the reader or the drafts lane, or the window's own thread.
"""
