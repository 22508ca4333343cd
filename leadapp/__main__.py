"""``python -m leadapp``."""

import sys

from leadapp.main import main

sys.exit(main())
