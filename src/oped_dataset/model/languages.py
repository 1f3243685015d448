"""Language tags of BCP 47: the grammar of RFC 5646, section 2.1, in the case of section 2.1.1.

Here: the form of a tag, and its canonical case.
Not here: whether a subtag is in the IANA registry, which grows; `xx-YY` is accepted.
"""

from __future__ import annotations

import re
from typing import Any, Final

import attrs

from oped_dataset.model.fields import Matching, refuse

# The production "language" also has four to eight letters, but the registry contains no such subtags.
_LANGUAGE: Final = "[a-z]{2,3}(-[a-z]{3}){0,3}"
_SCRIPT: Final = "(-[A-Z][a-z]{3})?"
_REGION: Final = "(-([A-Z]{2}|[0-9]{3}))?"
_VARIANTS: Final = "(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*"
_EXTENSIONS: Final = "(-[0-9a-wy-z](-[a-z0-9]{2,8})+)*"
_PRIVATE: Final = "x(-[a-z0-9]{1,8})+"

# The production "irregular" lists grandfathered tags that do not match the grammar.
_IRREGULAR: Final = (
    "en-GB-oed|sgn-(BE-(FR|NL)|CH-DE)|i-(ami|bnn|default|enochian|hak|klingon|lux|mingo|navajo|pwn|tao|tay|tsu)"
)

_TAG: Final = f"({_LANGUAGE}{_SCRIPT}{_REGION}{_VARIANTS}{_EXTENSIONS}(-{_PRIVATE})?|{_PRIVATE}|{_IRREGULAR})"


@attrs.frozen(eq=False, repr=False)
class LanguageTag(Matching):
    """Accept language tags in canonical case; for a tag in another case, the message contains the canonical one."""

    pattern: str = _TAG
    description: str = "a BCP 47 language tag"

    def __call__(self, instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
        """Check one value."""
        if type(value) is str and len(value) <= 200 and not re.fullmatch(self.pattern, value):
            canonical = canonical_case(value)
            if re.fullmatch(self.pattern, canonical):
                refuse(instance, attribute, f"{value!r} is not in the canonical case of BCP 47; write {canonical!r}")
        Matching.__call__(self, instance, attribute, value)
        repeated = _find_repeated_subtag(str(value))
        if repeated is not None:
            refuse(instance, attribute, f"{value!r} has the subtag {repeated!r} twice")


def canonical_case(tag: str) -> str:
    """Write regions in upper case, scripts in title case and the rest in lower case (RFC 5646, section 2.1.1)."""
    language, *subtags = tag.lower().split("-")
    singleton = next((index for index, subtag in enumerate(subtags) if len(subtag) == 1), len(subtags))
    if len(language) == 1:
        singleton = 0
    cased = [_CASED.get(len(subtag), str)(subtag) for subtag in subtags[:singleton]]
    return "-".join([language, *cased, *subtags[singleton:]])


_CASED: Final = {2: str.upper, 4: str.capitalize}


def _find_repeated_subtag(tag: str) -> str | None:
    """Return the first variant or singleton that occurs twice (RFC 5646, sections 2.2.5 and 2.2.6)."""
    seen: set[str] = set()
    is_extended = False
    for subtag in f"-{tag}".partition("-x-")[0].split("-")[2:]:
        is_extended = is_extended or len(subtag) == 1
        if len(subtag) == 1 or (not is_extended and len(subtag) > 3):
            if subtag in seen:
                return subtag
            seen.add(subtag)
    return None
