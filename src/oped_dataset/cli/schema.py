"""`oped-dataset schema`: write the JSON Schema of article files (`codec/json_schema.py`)."""

from __future__ import annotations

import json
from argparse import Namespace

from oped_dataset.cli import terminal
from oped_dataset.cli.exits import OK
from oped_dataset.codec.json_schema import schema


def run(arguments: Namespace) -> int:
    """Write the JSON Schema of article files."""
    terminal.write(json.dumps(schema(), ensure_ascii=False, indent=2) + "\n", arguments.output)
    return OK
