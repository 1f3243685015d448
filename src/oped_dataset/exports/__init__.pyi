# Made by tools/build_pages.py from `HOMES` in `__init__.py`.

from oped_dataset.exports.arrow import arrow_rows as arrow_rows
from oped_dataset.exports.arrow import to_arrow as to_arrow
from oped_dataset.exports.brat import to_brat as to_brat
from oped_dataset.exports.brat_reader import brat_notes as brat_notes
from oped_dataset.exports.brat_reader import from_brat as from_brat
from oped_dataset.exports.cas import to_cas as to_cas
from oped_dataset.exports.cas import to_xmi as to_xmi
from oped_dataset.exports.croissant import to_croissant as to_croissant
from oped_dataset.exports.datapackage import to_datapackage as to_datapackage
from oped_dataset.exports.escaping import cell_content as cell_content
from oped_dataset.exports.escaping import original as original
from oped_dataset.exports.files import Files as Files
from oped_dataset.exports.graph_files import to_gexf as to_gexf
from oped_dataset.exports.graph_files import to_graphml as to_graphml
from oped_dataset.exports.huggingface import to_huggingface as to_huggingface
from oped_dataset.exports.label_studio import to_label_studio as to_label_studio
from oped_dataset.exports.label_studio_reader import from_label_studio as from_label_studio
from oped_dataset.exports.label_studio_reader import label_studio_notes as label_studio_notes
from oped_dataset.exports.networkx import to_networkx as to_networkx
from oped_dataset.exports.networkx import to_relations_graph as to_relations_graph
from oped_dataset.exports.pandas import to_pandas as to_pandas
from oped_dataset.exports.parquet import from_parquet as from_parquet
from oped_dataset.exports.parquet import to_parquet as to_parquet
from oped_dataset.exports.polars import to_polars as to_polars
from oped_dataset.exports.rdf import shapes as shapes
from oped_dataset.exports.rdf import to_rdf as to_rdf
from oped_dataset.exports.rdf import to_turtle as to_turtle
from oped_dataset.exports.registry import Format as Format
from oped_dataset.exports.registry import export as export
from oped_dataset.exports.registry import formats as formats
from oped_dataset.exports.spacy import to_docbin as to_docbin
from oped_dataset.exports.spacy import to_spacy as to_spacy
from oped_dataset.exports.stam import to_stam as to_stam
from oped_dataset.exports.tables import Column as Column
from oped_dataset.exports.tables import ColumnType as ColumnType
from oped_dataset.exports.tables import TableSpec as TableSpec
from oped_dataset.exports.tables import from_tables as from_tables
from oped_dataset.exports.tables import specs as specs
from oped_dataset.exports.tables import to_tables as to_tables
from oped_dataset.exports.web_annotation import from_web_annotation as from_web_annotation
from oped_dataset.exports.web_annotation import to_web_annotation as to_web_annotation

__all__ = [
    "Column",
    "ColumnType",
    "Files",
    "Format",
    "TableSpec",
    "arrow_rows",
    "brat_notes",
    "cell_content",
    "export",
    "formats",
    "from_brat",
    "from_label_studio",
    "from_parquet",
    "from_tables",
    "from_web_annotation",
    "label_studio_notes",
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
    "to_huggingface",
    "to_label_studio",
    "to_networkx",
    "to_pandas",
    "to_parquet",
    "to_polars",
    "to_rdf",
    "to_relations_graph",
    "to_spacy",
    "to_stam",
    "to_tables",
    "to_turtle",
    "to_web_annotation",
    "to_xmi",
]
