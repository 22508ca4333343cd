"""Values everyone uses: ids, the clock, problems, errors, paths, text, files.

Nothing here knows of forms, rings or windows. May import: the standard library
and platformdirs.
"""
