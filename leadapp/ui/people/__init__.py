"""People: finding them, who may be the same, one person's page, one record for reading.

May import the kit, the theme, the shell's page and services.
"""
