"""Articles in other tools' formats: `to_…` functions, and `from_…` where a format can carry everything.

    from oped_dataset import export, formats, load

    export(load(), "pandas")["claims"]

This is the list of names, each imported when it is first used. What a format is lives in the module of that format,
and the list of formats in `registry.py`. No exporter shows a claim, an event or a relation without its voices.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from oped_dataset.exports.arrow import to_arrow
    from oped_dataset.exports.brat import to_brat
    from oped_dataset.exports.brat_reader import from_brat
    from oped_dataset.exports.cas import to_cas, to_xmi
    from oped_dataset.exports.croissant import to_croissant
    from oped_dataset.exports.datapackage import to_datapackage
    from oped_dataset.exports.escaping import cell_content, original
    from oped_dataset.exports.files import Files
    from oped_dataset.exports.graph_files import to_gexf, to_graphml
    from oped_dataset.exports.networkx import to_networkx, to_relations_graph
    from oped_dataset.exports.pandas import to_pandas
    from oped_dataset.exports.parquet import from_parquet, to_parquet
    from oped_dataset.exports.polars import to_polars
    from oped_dataset.exports.rdf import shapes, to_rdf, to_turtle
    from oped_dataset.exports.registry import Format, export, formats
    from oped_dataset.exports.spacy import to_docbin, to_spacy
    from oped_dataset.exports.tables import Column, ColumnType, TableSpec, from_tables, specs, to_tables
    from oped_dataset.exports.web_annotation import from_web_annotation, to_web_annotation

__all__ = [
    "Column",
    "ColumnType",
    "Files",
    "Format",
    "TableSpec",
    "cell_content",
    "export",
    "formats",
    "from_brat",
    "from_parquet",
    "from_tables",
    "from_web_annotation",
    "original",
    "shapes",
    "specs",
    "to_arrow",
    "to_brat",
    "to_cas",
    "to_croissant",
    "to_datapackage",
    "to_docbin",
    "to_gexf",
    "to_graphml",
    "to_networkx",
    "to_pandas",
    "to_parquet",
    "to_polars",
    "to_rdf",
    "to_relations_graph",
    "to_spacy",
    "to_tables",
    "to_turtle",
    "to_web_annotation",
    "to_xmi",
]

_HOMES: Final = {
    "arrow": ("to_arrow",),
    "brat": ("to_brat",),
    "brat_reader": ("from_brat",),
    "cas": ("to_cas", "to_xmi"),
    "croissant": ("to_croissant",),
    "datapackage": ("to_datapackage",),
    "escaping": ("cell_content", "original"),
    "files": ("Files",),
    "graph_files": ("to_gexf", "to_graphml"),
    "networkx": ("to_networkx", "to_relations_graph"),
    "pandas": ("to_pandas",),
    "parquet": ("from_parquet", "to_parquet"),
    "polars": ("to_polars",),
    "rdf": ("shapes", "to_rdf", "to_turtle"),
    "registry": ("Format", "export", "formats"),
    "spacy": ("to_docbin", "to_spacy"),
    "tables": ("Column", "ColumnType", "TableSpec", "from_tables", "specs", "to_tables"),
    "web_annotation": ("from_web_annotation", "to_web_annotation"),
}
"""In which module each name lives."""

_MODULE_OF: Final = {name: module for module, names_there in _HOMES.items() for name in names_there}


def __getattr__(name: str) -> Any:
    """Import a name when it is first used."""
    if name not in _MODULE_OF:
        raise AttributeError(f"module 'oped_dataset.exports' has no attribute {name!r}")
    value = getattr(import_module(f"oped_dataset.exports.{_MODULE_OF[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the names."""
    return sorted(__all__)
