"""Admin: people and roles, recovery pages, what this computer shows, one's own password.

Every section asks the services on their lane and shows what came of it in words.
"""
