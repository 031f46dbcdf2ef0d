"""Where the packaged program begins."""

import sys
from multiprocessing import freeze_support

from meipi.__main__ import main

if __name__ == "__main__":
    freeze_support()
    sys.exit(main())
