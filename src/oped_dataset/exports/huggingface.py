"""A directory that `datasets` from Hugging Face loads, with one configuration for each table.

Here: `README.md`, whose YAML header declares the configurations and the types of their columns.
Not here: the Parquet files (`parquet.py`), the choice of columns (`tables.py`) and the statements of the data card
(`card.py`).

`datasets` reads a column of labels as a `ClassLabel`, which numbers the labels in the order of the vocabulary; in the
Parquet file it contains strings. Values in the header are JSON, which is a subset of YAML 1.2.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from oped_dataset.exports.attribution import Data
from oped_dataset.exports.card import statements
from oped_dataset.exports.description import KEYWORDS, description, versions
from oped_dataset.exports.escaping import harmless
from oped_dataset.exports.files import Files
from oped_dataset.exports.parquet import SUFFIX, to_parquet
from oped_dataset.exports.tables import ColumnType, TableSpec, specs, to_tables
from oped_dataset.messages import printable
from oped_dataset.model.article import Article

_LICENCES: Final = {"CC-BY-4.0": "cc-by-4.0", "CC0-1.0": "cc0-1.0"}
_TYPES: Final = {
    "string": "string",
    "decimal": "string",
    "integer": "int64",
    "number": "float64",
    "boolean": "bool",
    "date": "date32",
}
_HEADINGS: Final = {
    "dataCollection": "Collection",
    "dataAnnotationProtocol": "Annotation",
    "machineAnnotationTools": "Annotators",
    "dataAnnotationAnalysis": "Agreement",
    "dataUseCases": "Uses",
    "dataBiases": "Biases",
    "dataLimitations": "Limitations",
    "personalSensitiveInformation": "Persons",
    "dataSocialImpact": "Ethics",
    "dataReleaseMaintenancePlan": "Maintenance",
}


def to_huggingface(article: Article) -> Files:
    """Write each table of an article as Parquet, with a card from which `datasets` loads them.

    `load_dataset(directory, "claims")` loads a table; `claims` is the default.

    Args:
        article: The article.

    Returns:
        `README.md` and the files of `to_parquet`.

    Raises:
        MissingExtra: pyarrow is not installed.
        NotExportable: `told_by` would repeat far more voices than the article has rows.
    """
    files, rows = to_parquet(article), to_tables(article)
    # `datasets` cannot load a table without rows.
    tables = [spec for spec in specs().values() if rows[spec.name]]
    card = "".join(f"{line}\n" for line in (*_write_header(article, tables), *_write_body(article, tables)))
    return Files({"README.md": card.encode("utf-8"), **files})


def _write_header(article: Article, tables: list[TableSpec]) -> Iterator[str]:
    yield "---"
    yield f"pretty_name: {_yaml(article.title)}"
    yield f"language: {_yaml([article.language])}"
    if article.licence in _LICENCES:
        yield f"license: {_LICENCES[article.licence]}"
    else:
        yield from ("license: other", f"license_name: {_yaml(article.licence)}")
    yield f"tags: {_yaml([*KEYWORDS])}"
    yield from (f"{name}: {_yaml(version)}" for name, version in versions(article).items())
    yield "configs:"
    for spec in tables:
        default = {"default": True} if spec.name == "claims" else {}
        yield f"  - {_yaml({'config_name': spec.name, 'data_files': spec.name + SUFFIX, **default})}"
    yield "dataset_info:"
    for spec in tables:
        yield f"  - config_name: {spec.name}"
        yield "    features:"
        yield from (f"      - {_yaml({'name': column.name, **_feature(column.type)})}" for column in spec.columns)
    yield "---"


def _yaml(value: Any) -> str:
    # Characters that YAML 1.2 §5.1 does not allow are escaped as in Python, which §5.7 allows in quoted strings.
    if isinstance(value, str):
        value = harmless(value)
    return printable(json.dumps(value, ensure_ascii=False))


def _feature(kind: ColumnType) -> Data:
    if kind.labels:
        return {"dtype": {"class_label": {"names": {str(i): label for i, label in enumerate(kind.labels)}}}}
    if kind.item is not None:
        return {"list": _items(kind.item)}
    if kind.fields:
        return {"struct": _items(kind)}
    return {"dtype": _TYPES[kind.kind]}


def _items(kind: ColumnType) -> Any:
    if kind.fields:
        return [{"name": name, **_feature(inner)} for name, inner in kind.fields.items()]
    return _feature(kind)["dtype"]


def _write_body(article: Article, tables: list[TableSpec]) -> Iterator[str]:
    yield from ("", f"# {_markdown(article.title)}", "", _markdown(description(article)), "")
    yield from (
        "```python",
        "from datasets import load_dataset",
        "",
        'claims = load_dataset("DIRECTORY", "claims", split="train")',
        "```",
        "",
        "Show a claim with its `voices` or its `voices_line`.",
        "Show an event, a relation, a quantity or a quotation with its `told_by` or `told_by_line`.",
        "",
        "| configuration | a row |",
        "|---|---|",
    )
    yield from (f"| `{spec.name}` | {_markdown(spec.description)} |" for spec in tables)
    found = statements(article)
    for name, heading in _HEADINGS.items():
        if name in found:
            yield from ("", f"## {heading}", "")
            yield from (f"- {_markdown(statement)}" for statement in found[name])
    yield from ("", "## Citation", "", _markdown(article.citation()))


def _markdown(text: str) -> str:
    """Write a text on one line, with Markdown markup escaped."""
    return re.sub(r"([\\`*_\[\]<>|#&])", r"\\\1", " ".join(harmless(text).split()))
