"""Citations of the annotation of an article, with its data version.

Here: the three styles of a citation.
Not here: the citation of the whole library, which is `CITATION.cff` in the repository.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Final, Literal, TypeAlias, get_args

from oped_dataset.errors import InvalidRecord
from oped_dataset.messages import did_you_mean, nearest, quoted
from oped_dataset.version import DISTRIBUTION, __version__

CREATOR: Final = "The oped-dataset authors"
"""The author of the annotation."""

Style: TypeAlias = Literal["text", "bibtex", "csl"]
"""The style of a citation: a sentence, a BibTeX entry, or CSL-JSON for reference managers."""

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
    """Cite the annotation of an article; `Article.citation` passes the arguments.

    Args:
        article: The id of the article.
        style: One of `STYLES`.
        title: The headline of the text.
        authors: The names of the authors of the text.
        publisher: The name of the publisher of the text.
        published: The day on which the text was published.
        data_version: The version of the annotation.

    Raises:
        InvalidRecord: The style is unknown.
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
        # BibTeX has no entry type for data sets. The second pair of braces keeps an organisation from being parsed as a
        # personal name, and capitals from being lowered.
        fields = {
            "author": f"{{{CREATOR}}}",
            "title": f"{{{_escape_latex(annotation)}}}",
            "version": data_version,
            "howpublished": f"Article {article} of the Python package {DISTRIBUTION} {__version__}",
            "note": _escape_latex(annotated),
        }
        lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
        return f"@misc{{{key},\n{lines}}}"
    # CSL-JSON 1.0.2: `literal` is a name that is not split into given name and family name.
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
"""The characters with a special meaning in LaTeX, and their escapes."""


def _escape_latex(text: str) -> str:
    return "".join(_LATEX.get(character, character) for character in text)
