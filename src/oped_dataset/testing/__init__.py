"""A kit for tests of code that reads op-eds: endless valid articles, damaged ones, and a check of attribution.

    from oped_dataset.testing import strategies    # Hypothesis strategies; `st.from_type(Article)` needs no import
    from oped_dataset.testing import make_corpus   # the same articles on every machine

What lives here: the front door of the kit, each name imported when it is first used.
What does not: the strategies (`strategies.py`) and the pytest fixtures (`plugin.py`).
Nothing in the package outside this directory imports it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from oped_dataset.testing.attribution import Unattributed, assert_attributed, find_unattributed
    from oped_dataset.testing.corpus import make_corpus
    from oped_dataset.testing.mutants import Mutation, mutations
    from oped_dataset.testing.twins import Damage, NearMiss, near_misses

__all__ = [
    "Damage",
    "Mutation",
    "NearMiss",
    "Unattributed",
    "assert_attributed",
    "find_unattributed",
    "make_corpus",
    "mutations",
    "near_misses",
]

_HOMES: Final = {
    "attribution": ("Unattributed", "assert_attributed", "find_unattributed"),
    "corpus": ("make_corpus",),
    "mutants": ("Mutation", "mutations"),
    "twins": ("Damage", "NearMiss", "near_misses"),
}
"""In which module each public name lives."""

_MODULE_OF: Final = {name: module for module, names_there in _HOMES.items() for name in names_there}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used."""
    if name not in _MODULE_OF:
        raise AttributeError(f"module 'oped_dataset.testing' has no attribute {name!r}")
    value = getattr(import_module(f"oped_dataset.testing.{_MODULE_OF[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names."""
    return list(__all__)
