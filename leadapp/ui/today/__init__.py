"""Today: what waits for this person, and the forms they start most.

May import the kit, the theme, the shell's page and services.
"""
