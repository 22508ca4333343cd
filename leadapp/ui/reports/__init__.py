"""Reports: the true page on screen, every number of which opens its records.

May import the kit, the theme, the shell's page, ``ui.people`` for records, and services.
"""
