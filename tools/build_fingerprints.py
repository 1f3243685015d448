"""Add to an article file the digests and shifts by which its text is found in other copies.

Usage: `python tools/build_fingerprints.py ARTICLE.json [TEXT.txt]`. The text is that of the article file or, if it has
none, that of the second file, in UTF-8, which is not added. Run `tools/build_manifest.py` afterwards.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from oped_dataset.codec import wire
from oped_dataset.errors import OpedDatasetError
from oped_dataset.loading import dump_path
from oped_dataset.text.fingerprints import fingerprint


def main(arguments: list[str]) -> int:
    """Write the fingerprints of one article; return the exit code."""
    if len(arguments) not in (1, 2):
        sys.stderr.write(f"{__doc__}\n")
        return 2
    try:
        # The article is valid only after the fingerprints are written, so the rules are checked by `dump_path`.
        article = wire.from_data(json.loads(Path(arguments[0]).read_bytes()))
        text = Path(arguments[1]).read_bytes().decode("utf-8") if len(arguments) == 2 else article.source.text
        if text is None:
            raise ValueError(f"{arguments[0]} does not contain its text; pass a file that does")
        dump_path(fingerprint(article, text), arguments[0])
    except (OpedDatasetError, ValueError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"wrote {arguments[0]}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
