"""The files of a public suite of JSON parsers, https://github.com/nst/JSONTestSuite, which is not part of the tree."""

from __future__ import annotations

import os
from pathlib import Path

_DIRECTORY = os.environ.get("OPED_DATASET_JSON_SUITE")

SUITE = sorted(Path(_DIRECTORY).glob("*/*.json")) if _DIRECTORY else []
