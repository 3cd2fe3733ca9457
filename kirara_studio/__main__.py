"""``python -m kirara_studio`` is ``kirara-studio``."""

import sys

from kirara_studio.cli import main

if __name__ == "__main__":
    sys.exit(main())
