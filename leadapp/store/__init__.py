"""The encrypted files: connections, migrations, journal table, projections, queries, drafts, blobs, backup."""
