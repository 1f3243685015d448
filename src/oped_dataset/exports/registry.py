"""Every export format, in one list, and the one way to use any of them by name.

Here: what each format is called, gives and needs.
Not here: the formats themselves (the module named by each).

A format that is not in this list does not exist for `export`, and every format in it is in the test that no claim,
event or relation is shown without its voices.
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
        name: What `export` knows it by.
        gives: What the exporter returns.
        summary: What it is for, in one sentence.
        extra: The extra of this distribution that it needs, or None.
        needs_text: Whether it needs the article's text; its exporter then takes `text=`.
        module: The module of `oped_dataset.exports` it lives in.
        function: The name of its exporter there and in `oped_dataset.exports`.
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
    _format("cas", "cas", "cassis.Cas", "A UIMA CAS, as dkpro-cassis holds it.", "cas", text=True),
    _format("croissant", "croissant", "Files", "Parquet files and the Croissant metadata about them.", "arrow"),
    _format("datapackage", "datapackage", "Files", "CSV files and the Frictionless metadata about them."),
    _format("docbin", "spacy", "bytes", "A spaCy DocBin with one document.", "spacy", text=True),
    _format("gexf", "graph_files", "str", "The whole graph for Gephi.", "networkx"),
    _format("graphml", "graph_files", "str", "The whole graph as GraphML.", "networkx"),
    _format(
        "huggingface", "huggingface", "Files", "Parquet files and the card that `datasets` loads them by.", "arrow"
    ),
    _format("label-studio", "label_studio", "Files", "A task and the labelling configuration.", text=True),
    _format(
        "networkx", "networkx", "networkx.MultiDiGraph", "Entities, claims, voices, events, relations.", "networkx"
    ),
    _format("pandas", "pandas", "dict of pandas.DataFrame", "Tables for pandas.", "pandas"),
    _format("parquet", "parquet", "Files", "Tables as Parquet files, which can be read back.", "arrow"),
    _format("polars", "polars", "dict of polars.DataFrame", "Tables for polars.", "polars"),
    _format("rdf", "rdf", "rdflib.Graph", "Linked data: Web Annotation, PROV-O and schema.org.", "rdf"),
    _format(
        "relations-graph",
        "networkx",
        "networkx.MultiDiGraph",
        "Entities tied by relations, one edge for each claim that asserts one.",
        "networkx",
    ),
    _format(
        "spacy", "spacy", "spacy.tokens.Doc", "A spaCy Doc with a span group a kind of record.", "spacy", text=True
    ),
    _format("stam", "stam", "str", "STAM JSON, which carries the chains of voices.", text=True),
    _format("tables", "tables", "dict of lists of dicts", "Tables as plain Python values."),
    _format("turtle", "rdf", "str", "The linked data as Turtle.", "rdf"),
    _format("web-annotation", "web_annotation", "dict", "W3C Web Annotation as JSON-LD, which can be read back."),
    _format("xmi", "cas", "Files", "A UIMA CAS and its type system, for INCEpTION.", "cas", text=True),
)


def formats() -> tuple[Format, ...]:
    """List the export formats, by name.

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
        **options: What the exporter takes besides, such as `text` for formats that need it.

    Returns:
        What the format gives; see `Format.gives`.

    Raises:
        FormatNotFound: There is no such format; the message names the nearest.
        MissingExtra: The library it needs is not installed; the message names the command that installs it.
        TextNeeded: The format needs the article's text, and there is none, or not the annotated one.
    """
    known = {known_format.name: known_format for known_format in _FORMATS}
    if name not in known:
        raise FormatNotFound(name, nearest(name, known))
    return known[name].exporter(article, **options)
