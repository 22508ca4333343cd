"""One module a kind: the questions it needs, the rings it may have, its declared columns and rows; pure."""
