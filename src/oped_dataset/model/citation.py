"""How the annotation of an article is cited, with its data version.

Here: the three styles of a citation.
Not here: the citation of the library as a whole, which is `CITATION.cff` in the repository.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Final, Literal, TypeAlias, get_args

from oped_dataset.errors import InvalidRecord
from oped_dataset.messages import did_you_mean, nearest, quoted
from oped_dataset.version import DISTRIBUTION, __version__

CREATOR: Final = "The oped-dataset authors"
"""Who made the annotation."""

Style: TypeAlias = Literal["text", "bibtex", "csl"]
"""How a citation is written: as a sentence, as an entry for BibTeX, or as CSL-JSON for reference managers."""

STYLES: Final[tuple[Style, ...]] = get_args(Style)


def cite(
    article: str,
    *,
    style: str,
    title: str,
    authors: tuple[str, ...],
    publisher: str,
    published: date,
    data_version: str,
) -> str:
    """Cite the annotation of an article; `Article.citation` fills in what is asked for.

    Args:
        article: The id of the article.
        style: One of `STYLES`.
        title: The headline of the text.
        authors: The names of those who wrote the text.
        publisher: The name of the publisher of the text.
        published: The day of its publication.
        data_version: The version of the annotation.

    Raises:
        InvalidRecord: There is no such style.
    """
    if style not in STYLES:
        hint = did_you_mean(nearest(style, STYLES)) or f"there are: {', '.join(STYLES)}"
        raise InvalidRecord(f"style: no style {quoted(style)}; {hint}", "style")
    annotation = f"Annotation of “{title}”"
    if style == "text":
        return f"{CREATOR}. {annotation}, article {article} of {DISTRIBUTION}, data version {data_version}."
    key = f"{DISTRIBUTION}-{article}-{data_version}"
    annotated = f"Annotates {' and '.join(authors)}, “{title}”, {publisher}, {published.isoformat()}."
    if style == "bibtex":
        fields = {
            "author": f"{{{CREATOR}}}",
            "title": f"{{{_latex(annotation)}}}",
            "version": data_version,
            "howpublished": f"Article {article} of the Python package {DISTRIBUTION} {__version__}",
            "note": _latex(annotated),
        }
        lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
        return f"@misc{{{key},\n{lines}}}"
    entry = {
        "id": key,
        "type": "dataset",
        "title": annotation,
        "author": [{"literal": CREATOR}],
        "version": data_version,
        "publisher": f"Python package {DISTRIBUTION} {__version__}",
        "note": annotated,
    }
    return json.dumps([entry], ensure_ascii=False, indent=2)


_LATEX: Final = {
    **{character: f"\\{character}" for character in "#$%&_{}"},
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
"""The characters that LaTeX takes for commands, escaped."""


def _latex(text: str) -> str:
    return "".join(_LATEX.get(character, character) for character in text)
