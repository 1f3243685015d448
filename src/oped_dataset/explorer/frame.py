"""The frame of every page: the head with the content security policy, and the filling of templates.

Here: `fill_page`, and the policy.
Not here: the pages (`page.py`, `errors.py`).

The policy (Content Security Policy Level 3) admits the page's own script and style by their digests and nothing else:
no network, no image, no form and, in browsers that support Trusted Types, no conversion of a string to markup.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from html import escape
from typing import Final

from oped_dataset.model.article import Article
from oped_dataset.resources import read_part
from oped_dataset.version import DISTRIBUTION, __version__

_SLOT: Final = re.compile(r"\{\{([a-z-]+)\}\}")


def fill_page(template: str, article: Article, *, script: str, style: str, **slots: str) -> str:
    """Fill the head and the template of a page.

    Args:
        template: The name of the file with the body of the page.
        article: The article that the page shows.
        script: The script of the page.
        style: The style sheet of the page.
        **slots: The values of the other slots, as HTML.
    """
    values = {
        "policy": _write_policy(script, style),
        "versions": escape(f"{DISTRIBUTION} {__version__}, data version {article.data_version}"),
        "language": escape(article.language),
        "title": escape(article.title),
        "style": style,
        "script": script,
        **slots,
    }
    # All slots are filled in one pass, so that a slot in the data stays as it is.
    parts = read_part("explorer", "head.html") + read_part("explorer", template)
    return _SLOT.sub(lambda slot: values[slot[1]], parts)


def _write_policy(script: str, style: str) -> str:
    directives = {
        "default-src": "'none'",
        "script-src": _hash_inline(script),
        "style-src": _hash_inline(style),
        "base-uri": "'none'",
        "form-action": "'none'",
        "require-trusted-types-for": "'script'",
        "trusted-types": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in directives.items())


def _hash_inline(content: str) -> str:
    digest = hashlib.sha256(content.encode("utf-8")).digest()
    return f"'sha256-{b64encode(digest).decode('ascii')}'"
