"""Run the command line: `python -m visidaerah`."""

import sys

from visidaerah.cli import main

sys.exit(main())
