"""`python -m gongyou`: the command line."""

import sys

from gongyou.cli import main

if __name__ == "__main__":
    sys.exit(main())
