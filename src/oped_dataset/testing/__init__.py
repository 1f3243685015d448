"""A kit for testing code that processes op-eds: generated articles, damaged ones, and a check of attribution.

    from oped_dataset.testing import strategies    # Hypothesis strategies; `st.from_type(Article)` needs no import
    from oped_dataset.testing import make_corpus   # the same articles on every machine

Here: the public names of the kit, each imported when it is first used.
Not here: the strategies (`strategies.py`) and the pytest fixtures (`plugin.py`).
No module outside this directory imports the kit.
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
"""The public names of each module."""

__all__, __getattr__, __dir__ = front_door(__name__, HOMES)
