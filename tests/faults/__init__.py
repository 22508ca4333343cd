"""Pulls the plug on a program at work: `make faults`. Short versions are ordinary tests."""
