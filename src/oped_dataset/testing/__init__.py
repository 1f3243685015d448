"""A kit for tests of code that reads op-eds: endless valid articles, damaged ones, and a check of attribution.

    from oped_dataset.testing import strategies    # Hypothesis strategies; `st.from_type(Article)` needs no import
    from oped_dataset.testing import make_corpus   # the same articles on every machine

Here: the front door of the kit, each name imported when it is first used.
Not here: the strategies (`strategies.py`) and the pytest fixtures (`plugin.py`).
Nothing in the package outside this directory imports it.
"""

from __future__ import annotations

from oped_dataset.lazy import front_door

HOMES = {
    "attachable": ("assert_attachable",),
    "attribution": (
        "Unattributed",
        "assert_attributed",
        "find_unattributed",
    ),
    "corpus": ("make_corpus",),
    "mutants": (
        "Mutation",
        "mutations",
    ),
    "twins": (
        "Damage",
        "NearMiss",
        "near_misses",
    ),
}
"""In which module each public name lives."""

__all__, __getattr__, __dir__ = front_door(__name__, HOMES)
