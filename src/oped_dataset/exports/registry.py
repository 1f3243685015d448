"""The list of export formats, and `export`, which uses them by name.

Here: the name, result, summary and requirements of each format.
Not here: the formats themselves (the module that each entry names).

`export` knows the formats in this list and no others; one test checks for each of them that no claim, event or relation
is shown without its voices.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, Literal, overload

import attrs

from oped_dataset.errors import FormatNotFound
from oped_dataset.messages import nearest
from oped_dataset.model.article import Article

if TYPE_CHECKING:
    from oped_dataset.exports.files import Files


@attrs.frozen(kw_only=True)
class Format:
    """An export format.

    Attributes:
        name: The name that `export` takes.
        gives: The type that the exporter returns.
        summary: A sentence that describes the result.
        extra: The extra of this distribution that it needs, or None.
        needs_text: Whether it needs the text of the article; its exporter then takes `text=`.
        module: The module of `oped_dataset.exports` that contains the exporter.
        function: The name of the exporter in that module and in `oped_dataset.exports`.
    """

    name: str
    gives: str
    summary: str
    extra: str | None = None
    needs_text: bool = False
    module: str
    function: str

    @property
    def exporter(self) -> Callable[..., Any]:
        """The function that exports an article."""
        found: Callable[..., Any] = getattr(import_module(f"oped_dataset.exports.{self.module}"), self.function)
        return found


def _format(
    name: str, module: str, gives: str, summary: str, extra: str | None = None, *, text: bool = False
) -> Format:
    function = f"to_{name.replace('-', '_')}"
    return Format(
        name=name, gives=gives, summary=summary, extra=extra, needs_text=text, module=module, function=function
    )


_FORMATS: Final = (
    _format("arrow", "arrow", "dict of pyarrow.Table", "Tables for Arrow, with described and nested columns.", "arrow"),
    _format("brat", "brat", "Files", "Stand-off annotation for brat, with its text and configuration.", text=True),
    _format("cas", "cas", "cassis.Cas", "A UIMA CAS as a dkpro-cassis object.", "cas", text=True),
    _format("croissant", "croissant", "Files", "Parquet files, described by Croissant metadata.", "arrow"),
    _format("datapackage", "datapackage", "Files", "CSV files, described by Frictionless metadata."),
    _format("docbin", "spacy", "bytes", "A spaCy DocBin with one document.", "spacy", text=True),
    _format("gexf", "graph_files", "str", "The whole graph for Gephi.", "networkx"),
    _format("graphml", "graph_files", "str", "The whole graph as GraphML.", "networkx"),
    _format(
        "huggingface", "huggingface", "Files", "Parquet files, and the card from which `datasets` loads them.", "arrow"
    ),
    _format("label-studio", "label_studio", "Files", "A task and the labelling configuration.", text=True),
    _format(
        "networkx",
        "networkx",
        "networkx.MultiDiGraph",
        "A graph of entities, claims, voices, events and relations.",
        "networkx",
    ),
    _format("pandas", "pandas", "dict of pandas.DataFrame", "Tables for pandas.", "pandas"),
    _format("parquet", "parquet", "Files", "Tables as Parquet files, which `from_parquet` reads back.", "arrow"),
    _format("polars", "polars", "dict of polars.DataFrame", "Tables for polars.", "polars"),
    _format("rdf", "rdf", "rdflib.Graph", "Linked data: Web Annotation, PROV-O and schema.org.", "rdf"),
    _format(
        "relations-graph",
        "networkx",
        "networkx.MultiDiGraph",
        "Entities joined by relations, one edge for each claim that carries one.",
        "networkx",
    ),
    _format(
        "spacy",
        "spacy",
        "spacy.tokens.Doc",
        "A spaCy Doc with a span group for each kind of record.",
        "spacy",
        text=True,
    ),
    _format("stam", "stam", "str", "STAM JSON with the chains of voices.", text=True),
    _format("tables", "tables", "dict of lists of dicts", "Tables as plain Python values."),
    _format("turtle", "rdf", "str", "The linked data as Turtle.", "rdf"),
    _format(
        "web-annotation",
        "web_annotation",
        "dict",
        "W3C Web Annotation as JSON-LD, which `from_web_annotation` reads back.",
    ),
    _format("xmi", "cas", "Files", "A UIMA CAS and its type system, for INCEpTION.", "cas", text=True),
)


def formats() -> tuple[Format, ...]:
    """List the export formats, sorted by name.

    Example:
        >>> [format.name for format in formats()][:2]
        ['arrow', 'brat']
    """
    return _FORMATS


@overload
def export(
    article: Article,
    name: Literal["brat", "croissant", "datapackage", "huggingface", "label-studio", "parquet", "xmi"],
    **options: Any,
) -> Files: ...
@overload
def export(article: Article, name: Literal["gexf", "graphml", "stam", "turtle"], **options: Any) -> str: ...
@overload
def export(article: Article, name: Literal["docbin"], **options: Any) -> bytes: ...
@overload
def export(article: Article, name: Literal["web-annotation"], **options: Any) -> dict[str, Any]: ...
@overload
def export(article: Article, name: Literal["tables"], **options: Any) -> dict[str, list[dict[str, Any]]]: ...
@overload
def export(article: Article, name: Literal["arrow", "pandas", "polars"], **options: Any) -> dict[str, Any]: ...
@overload
def export(article: Article, name: str, **options: Any) -> Any: ...
def export(article: Article, name: str, **options: Any) -> Any:
    """Export an article to a format by name.

    Args:
        article: The article.
        name: The name of the format, as in `formats`.
        **options: Further arguments of the exporter, such as `text` for formats that need it.

    Returns:
        The result of the exporter; `Format.gives` names its type.

    Raises:
        FormatNotFound: There is no such format; the message lists the closest names.
        MissingExtra: A library that the format needs is not installed; the message names the command to install it.
        TextNeeded: The format needs the text of the article, which is missing or is not the annotated one.
    """
    known = {known_format.name: known_format for known_format in _FORMATS}
    if name not in known:
        raise FormatNotFound(name, nearest(name, known))
    return known[name].exporter(article, **options)
