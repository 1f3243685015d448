"""`python -m oped_dataset`: calls the command line (`cli/main.py`)."""

import sys

from oped_dataset.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
