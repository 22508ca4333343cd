"""A made-up county to try the program with, to show it and to measure it.

    made = make(folder, Plan(people=120, contacts=600, months=14, seed=1), clock=clock)

It is set up and written through the real services: real accounts and rings, real
entries with authors and times up to the end of last month. The same seed and clock
give the same figures. Nobody in it exists, and its papers say so.
"""

from leadapp.services.demo.making import Made, Plan, make

__all__ = ["Made", "Plan", "make"]
