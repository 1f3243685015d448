"""`oped-dataset lint`: list the gaps that a complete annotation would not have.

Not here: the checks (`authoring/linting.py`) and the formats of a report (`validation/reporting.py`).
"""

from __future__ import annotations

import sys
from argparse import Namespace

import attrs

from oped_dataset.authoring.drafts import Draft, loads_draft
from oped_dataset.authoring.lint_codes import LINT_CODES
from oped_dataset.authoring.linting import lint
from oped_dataset.cli import asked
from oped_dataset.cli.exits import OK, WARNINGS
from oped_dataset.codec.jsontext import USUAL
from oped_dataset.codec.pointers import locate
from oped_dataset.filesystem import read_bytes
from oped_dataset.text.copies import read_copy
from oped_dataset.validation.reporting import FORMATS, render


def run(arguments: Namespace) -> int:
    """Print the warnings about a draft or an article."""
    report_format = FORMATS[FORMATS.index(asked.one_of("report format", arguments.format, FORMATS))]
    content = read_bytes(arguments.article, USUAL.size) if asked.is_path(arguments.article) else None
    draft = Draft(article=asked.article(arguments.article)) if content is None else loads_draft(content)
    text = None if arguments.text is None else read_copy(arguments.text)
    report = lint(draft, text)
    if content is not None:
        source = content.decode()
        report = attrs.evolve(report, problems=locate(source, report.problems), source=source)
    print(render({arguments.article: report}, report_format), end="")
    if text is None and draft.article.source.text is None:
        left_out = sum(code.needs_text for code in LINT_CODES.values())
        message = f"{left_out} of {len(LINT_CODES)} checks need the text and were skipped; give it: --text FILE"
        print(f"oped-dataset: {message}", file=sys.stderr)
    return WARNINGS if report.problems else OK
