"""The page: its parts read from the package, filled with an article's data, and closed against everything else.

Here: `explore`, the escaping of data, the order of the scripts.
Not here: the data (`payload.py`), the content security policy (`policy.py`) and what the browser does with the
page (`page.html`, `page.css`, `scripts/`).

The policy admits the page's own script and style by their digests and nothing else: no network, no image, no form, and,
in browsers that know trusted types, no way from a string to markup. Data is JSON in an element that is never run.
"""

from __future__ import annotations

import html
import json
import re
from typing import Any, Final

from oped_dataset.errors import InvalidArticle
from oped_dataset.explorer.payload import payload
from oped_dataset.explorer.policy import policy
from oped_dataset.loading import validate
from oped_dataset.model import colours
from oped_dataset.model.article import Article
from oped_dataset.resources import read_part
from oped_dataset.version import DISTRIBUTION, __version__

_SCRIPTS: Final = (
    "digest",
    "canonical",
    "alignment",
    "search",
    "attachment",
    "data",
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
"""In the order in which they are put one after the other; each uses only what stands before it, or is called later."""

_UNSAFE: Final = {ord(each): f"\\u{ord(each):04x}" for each in "<>&\u2028\u2029"}
"""What could end the element, open another or end a line of script, as JSON escapes."""

_SLOT: Final = re.compile(r"\{\{([a-z-]+)\}\}")


def explore(article: Article) -> str:
    """Make one self-contained HTML page in which an article can be explored.

    The page needs no network and no server. It shows no claim, event or relation without its voices and their
    commitments. Where the article has its text (`article.source.text`), the page holds and shows it; where it has not,
    a reader can give the page a copy of their own, which is found by the sentences' digests and never leaves it.
    Equal articles give equal pages.

    Args:
        article: The article; it must be valid, because a record that nobody answers for cannot be shown.

    Raises:
        InvalidArticle: The article breaks rules.
    """
    report = validate(article)
    if not report.ok:
        raise InvalidArticle(report.problems, report.omitted)
    script = _script()
    style = f"{read_part('explorer', 'page.css')}{_commitment_style()}"
    slots = {
        "policy": policy(script, style),
        "language": html.escape(article.language),
        "title": html.escape(article.title),
        "versions": html.escape(f"{DISTRIBUTION} {__version__}, data version {article.data_version}"),
        "style": style,
        "data": _json(payload(article)),
        "script": script,
    }
    # In one pass, so that data which looks like a slot stays as it is.
    return _SLOT.sub(lambda slot: slots[slot[1]], read_part("explorer", "page.html"))


def _script() -> str:
    """Join the scripts in one scope of their own."""
    scripts = "\n".join(read_part("explorer", f"scripts/{name}.js") for name in _SCRIPTS)
    return f'(() => {{\n"use strict";\n{scripts}\n}})();\n'


def _commitment_style() -> str:
    """The colours of commitments as rules of style."""
    rules = []
    for label, (fill, ink) in colours.LIGHT.items():
        dark = colours.DARK[label]
        background, letters = f"light-dark({fill}, {dark.fill})", f"light-dark({ink}, {dark.ink})"
        rules.append(f".c-{label} {{ background: {background}; color: {letters}; }}\n")
    return "".join(rules)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE)
