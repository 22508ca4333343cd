"""Measures the budgets: `make bench` prints a table and writes it into docs/benchmarks.md."""
