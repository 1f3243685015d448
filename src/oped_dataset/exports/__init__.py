"""Articles in the formats of other tools: `to_…` functions, and `from_…` where a format loses nothing.

    from oped_dataset import export, formats, load

    export(load(), "pandas")["claims"]

This module lists the public names, each imported when it is first used. Each format has a module of its own; the list
of formats is in `registry.py`. No exporter shows a claim, an event or a relation without its voices.
"""

from __future__ import annotations

from oped_dataset.lazy import front_door

HOMES = {
    "arrow": (
        "arrow_rows",
        "to_arrow",
    ),
    "brat": ("to_brat",),
    "brat_reader": (
        "brat_notes",
        "from_brat",
    ),
    "cas": (
        "to_cas",
        "to_xmi",
    ),
    "croissant": ("to_croissant",),
    "datapackage": ("to_datapackage",),
    "escaping": (
        "cell_content",
        "original",
    ),
    "files": ("Files",),
    "graph_files": (
        "to_gexf",
        "to_graphml",
    ),
    "huggingface": ("to_huggingface",),
    "label_studio": ("to_label_studio",),
    "label_studio_reader": (
        "from_label_studio",
        "label_studio_notes",
    ),
    "networkx": (
        "to_networkx",
        "to_relations_graph",
    ),
    "pandas": ("to_pandas",),
    "parquet": (
        "from_parquet",
        "to_parquet",
    ),
    "polars": ("to_polars",),
    "rdf": (
        "shapes",
        "to_rdf",
        "to_turtle",
    ),
    "registry": (
        "Format",
        "export",
        "formats",
    ),
    "spacy": (
        "to_docbin",
        "to_spacy",
    ),
    "stam": ("to_stam",),
    "tables": (
        "Column",
        "ColumnType",
        "TableSpec",
        "from_tables",
        "specs",
        "to_tables",
    ),
    "web_annotation": (
        "from_web_annotation",
        "to_web_annotation",
    ),
}
"""The public names by their module."""

__all__, __getattr__, __dir__ = front_door(__name__, HOMES)
