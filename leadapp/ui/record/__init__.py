"""One finished record for reading, the same wherever it is opened from."""
