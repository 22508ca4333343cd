"""Histories by the thousand: ``python -m tests.exchange.soak [COUNT] [FIRST SEED]``.

Prints each seed that fails, and the command that lives it again.
"""

from __future__ import annotations

import sys
import time
import traceback

from tests.exchange.histories import live

_TOLD_EVERY = 500


def main(count: int, first: int) -> int:
    """Live ``count`` histories; return the exit code."""
    failed, began = 0, time.process_time()
    sys.stdout.write(f"histories {first} to {first + count - 1}\n")
    for seed in range(first, first + count):
        try:
            live(seed)
        except Exception:  # noqa: BLE001 - whatever it is, it is told and the others go on
            failed += 1
            sys.stdout.write(f"\nFAILED: python -m tests.exchange.histories {seed}\n")
            sys.stdout.write(traceback.format_exc())
        if (seed - first + 1) % _TOLD_EVERY == 0:
            each = (time.process_time() - began) / (seed - first + 1) * 1000
            sys.stdout.write(f"{seed - first + 1} lived, {failed} failed, {each:.0f} ms each\n")
            sys.stdout.flush()
    sys.stdout.write(f"{count} histories lived, {failed} failed\n")
    return 1 if failed else 0


if __name__ == "__main__":
    numbers = [int(one) for one in sys.argv[1:3]]
    sys.exit(main(*(numbers + [20_000, 1_000_000][len(numbers) :])))
