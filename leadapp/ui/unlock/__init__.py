"""The way in: who is here, the password, a locked account, and what must be done first.

Loaded before the first paint, so nothing here imports a service when it is imported:
``asking`` does so on its lane.
"""
