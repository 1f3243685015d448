"""The error for an optional library that is not installed."""

from __future__ import annotations

import pickle
import sys

import pytest

from oped_dataset import Article, export, formats
from oped_dataset.errors import MissingExtra
from oped_dataset.extras import need

MODULES = {
    "arrow": ("pyarrow", "pyarrow.parquet"),
    "cas": ("cassis",),
    "networkx": ("networkx",),
    "pandas": ("pandas",),
    "polars": ("polars",),
    "rdf": ("pyoxigraph", "rdflib"),
    "spacy": ("spacy", "spacy.tokens"),
}


def test_an_installed_library_is_imported() -> None:
    assert need("json", "any").dumps([]) == "[]"


@pytest.mark.parametrize("found", [f for f in formats() if f.extra], ids=lambda found: str(found.name))
def test_the_error_for_a_missing_library_names_the_extra(
    found: object, toll: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, extra = str(getattr(found, "name", "")), str(getattr(found, "extra", ""))
    for module in MODULES[extra]:
        monkeypatch.setitem(sys.modules, module, None)

    with pytest.raises(MissingExtra) as caught:
        export(toll, name)

    assert str(caught.value) == f'{caught.value.name} is not installed; run: pip install "oped-dataset[{extra}]"'


def test_the_error_can_be_pickled() -> None:
    copied = pickle.loads(pickle.dumps(MissingExtra("polars", "polars")))

    assert (copied.name, copied.extra) == ("polars", "polars")
    assert str(copied) == 'polars is not installed; run: pip install "oped-dataset[polars]"'
