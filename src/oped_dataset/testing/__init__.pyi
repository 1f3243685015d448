# Made by tools/build_pages.py from `HOMES` in `__init__.py`.

from oped_dataset.testing.attachable import assert_attachable as assert_attachable
from oped_dataset.testing.attribution import Unattributed as Unattributed
from oped_dataset.testing.attribution import assert_attributed as assert_attributed
from oped_dataset.testing.attribution import find_unattributed as find_unattributed
from oped_dataset.testing.corpus import make_corpus as make_corpus
from oped_dataset.testing.mutants import Mutation as Mutation
from oped_dataset.testing.mutants import mutations as mutations
from oped_dataset.testing.twins import Damage as Damage
from oped_dataset.testing.twins import NearMiss as NearMiss
from oped_dataset.testing.twins import near_misses as near_misses

__all__ = [
    "Damage",
    "Mutation",
    "NearMiss",
    "Unattributed",
    "assert_attachable",
    "assert_attributed",
    "find_unattributed",
    "make_corpus",
    "mutations",
    "near_misses",
]
