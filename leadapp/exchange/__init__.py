"""Bundles, written for others and read as a stranger's file."""
