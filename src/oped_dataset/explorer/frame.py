"""What a page may do: nothing but run its own script and wear its own style.

Here: the content security policy of every page.
Not here: the pages (`page.py`, `errors.py`).
"""

from __future__ import annotations

import hashlib
from base64 import b64encode


def policy(script: str, style: str) -> str:
    """The policy that admits this script and this style by their digests, and no network, image, form or markup."""
    directives = {
        "default-src": "'none'",
        "script-src": _source(script),
        "style-src": _source(style),
        "base-uri": "'none'",
        "form-action": "'none'",
        "require-trusted-types-for": "'script'",
        "trusted-types": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in directives.items())


def _source(inline: str) -> str:
    digest = hashlib.sha256(inline.encode("utf-8")).digest()
    return f"'sha256-{b64encode(digest).decode('ascii')}'"
