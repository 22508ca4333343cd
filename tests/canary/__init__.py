"""Unusual words are typed everywhere; then every file is searched for them."""
