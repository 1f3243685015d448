"""The page of an article: its template, style and scripts, filled with the article's data.

Here: `explore`, the order of the scripts, and the colours of commitments as CSS rules.
Not here: the data (`payload.py`), the head and the content security policy (`frame.py`), and the behaviour of the page
in the browser (`scripts/`).
"""

from __future__ import annotations

import json
from typing import Final

from oped_dataset.errors import InvalidArticle
from oped_dataset.explorer.frame import fill_page
from oped_dataset.explorer.payload import payload
from oped_dataset.loading import validate
from oped_dataset.model import colours
from oped_dataset.model.article import Article
from oped_dataset.resources import read_part

_SCRIPTS: Final = (
    "data",
    "digest",
    "canonical",
    "alignment",
    "search",
    "attachment",
    "dom",
    "sentence",
    "filters",
    "overview",
    "claims",
    "arguments",
    "files",
    "text",
    "key",
    "record",
    "main",
)
"""The scripts in the order in which they are joined; while it loads, each uses only those before it."""

_UNSAFE: Final = {ord(each): f"\\u{ord(each):04x}" for each in "<>&\u2028\u2029"}
"""JSON escapes (RFC 8259 §7) of the characters that could end a script element, open another or end a line in it."""


def explore(article: Article) -> str:
    """Make one self-contained HTML page in which an article can be explored.

    The page needs no network and no server. It shows no claim, event or relation without its voices and their
    commitments. If the article includes its text (`article.source.text`), so does the page. Otherwise readers can give
    the page a copy of their own: it finds the sentences by their digests, and the copy never leaves the browser. Equal
    articles yield equal pages.

    Args:
        article: The article; it must be valid, because a record without voices cannot be shown.

    Raises:
        InvalidArticle: The article breaks rules.
    """
    report = validate(article)
    if not report.ok:
        raise InvalidArticle(report.problems, report.omitted)
    scripts = "\n".join(read_part("explorer", f"scripts/{name}.js") for name in _SCRIPTS)
    data = json.dumps(payload(article), ensure_ascii=False, separators=(",", ":"))
    return fill_page(
        "page.html",
        article,
        subject="who says what",
        # All scripts share one scope and leave the global one empty.
        script=f'(() => {{\n"use strict";\n{scripts}\n}})();\n',
        style=f"{read_part('explorer', 'page.css')}{_style_commitments()}",
        data=data.translate(_UNSAFE),
    )


def _style_commitments() -> str:
    # One rule for both themes; the sheet sets `color-scheme`.
    rules = []
    for label, (fill, ink) in colours.LIGHT.items():
        dark = colours.DARK[label]
        background, letters = f"light-dark({fill}, {dark.fill})", f"light-dark({ink}, {dark.ink})"
        rules.append(f".c-{label} {{ background: {background}; color: {letters}; }}\n")
    return "".join(rules)
