"""Passwords, keys and sealing."""
