"""cattrs with its defaults, on the attrs classes of the package.

Here: a converter with hooks for nothing but the three types no default can know.
Not here: strictness, which `codec/wire.py` of the package adds.
"""

from __future__ import annotations

import json
from decimal import Decimal
from types import GenericAlias

from cattrs.preconf.json import make_converter

from oped_dataset.model.article import Article
from oped_dataset.model.dates import Edtf
from oped_dataset.model.tables import Table

TYPE_CHECKING = False  # As in `by_line.py`.
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import IO, Any

    from cattrs.preconf.json import JsonConverter

    from benchmarks.documents import Document


def _is_table(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Table)


def _make_converter() -> JsonConverter:
    converter = make_converter()
    for kind in (Edtf, Decimal):
        converter.register_structure_hook(kind, lambda value, wanted: wanted(value))
        converter.register_unstructure_hook(kind, str)
    converter.register_structure_hook_func(_is_table, lambda value, kind: kind(converter.structure(value, _list(kind))))
    converter.register_unstructure_hook_func(_is_table, lambda table: [converter.unstructure(each) for each in table])
    return converter


def _list(kind: Any) -> Any:
    return GenericAlias(list, (kind.record_type,))


_converter = _make_converter()


def cold(stream: IO[bytes]) -> Any:
    """Read the file in one piece."""
    return _read(stream.read())


def load(document: Document) -> Any:
    """Parse and structure."""
    return _read(document.content)


def dump(article: Any) -> bytes:
    """Unstructure and write JSON."""
    return json.dumps(_converter.unstructure(article), ensure_ascii=False).encode()


def problems(document: Document) -> int:
    """All mistakes are in a tree of exceptions."""
    from cattrs import BaseValidationError, transform_error

    try:
        load(document)
    except BaseValidationError as error:
        return len(transform_error(error))
    return 0


def arrow(document: Document) -> dict[str, Any]:
    """Through plain data, which it makes itself."""
    from benchmarks.models import arrow_tables

    return arrow_tables(_converter.unstructure(load(document)))


def read_lines(path: Path) -> Iterator[Any]:
    """Line by line."""
    from benchmarks.contenders.by_line import read

    return read(_read, path)


def write_lines(articles: Iterable[Any], path: Path) -> None:
    """Line by line."""
    from benchmarks.contenders.by_line import write

    write(dump, articles, path)


def plain(article: Any) -> Any:
    """Return the data that it would write."""
    return json.loads(dump(article))


def _read(content: bytes) -> Article:
    return _converter.loads(content, Article)
