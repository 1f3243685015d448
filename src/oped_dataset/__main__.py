"""`python -m oped_dataset`: only calls the command line (`cli/__init__.py`)."""

import sys

from oped_dataset.cli import main

if __name__ == "__main__":
    sys.exit(main())
