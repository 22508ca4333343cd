"""``python -m leadapp``."""

import multiprocessing
import sys

from leadapp.main import main

if __name__ == "__main__":
    multiprocessing.freeze_support()  # a frozen program would open its window again
    sys.exit(main())
