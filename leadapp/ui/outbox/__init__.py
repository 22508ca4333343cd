"""The outbox: papers on their way to people, and those that came for the person here."""
