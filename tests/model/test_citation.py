"""Citations of an annotation, in each style."""

from __future__ import annotations

import json

import attrs
import pytest

from oped_dataset import Article, __version__
from oped_dataset.errors import InvalidRecord


def test_a_citation_is_a_sentence_with_the_data_version(article: Article) -> None:
    assert attrs.evolve(article, data_version="3.1.4").citation() == (
        "The oped-dataset authors. Annotation of “The Toll”, article small of oped-dataset, data version 3.1.4."
    )


def test_bibtex_escapes_special_characters_of_latex(article: Article) -> None:
    entry = attrs.evolve(article, title="50% of {R&D}_~^\\ #1 $", data_version="1.0.0").citation("bibtex")

    title = r"50\% of \{R\&D\}\_\textasciitilde{}\textasciicircum{}\textbackslash{} \#1 \$"
    assert entry.splitlines() == [
        "@misc{oped-dataset-small-1.0.0,",
        "  author = {{The oped-dataset authors}},",
        f"  title = {{{{Annotation of “{title}”}}}},",
        "  version = {1.0.0},",
        f"  howpublished = {{Article small of the Python package oped-dataset {__version__}}},",
        f"  note = {{Annotates Ines, “{title}”, the Gull, 2019-07-13.}},",
        "}",
    ]


def test_csl_is_json(article: Article) -> None:
    [entry] = json.loads(article.citation("csl"))

    assert (entry["type"], entry["version"]) == ("dataset", article.data_version)
    assert entry["author"] == [{"literal": "The oped-dataset authors"}]
    assert entry["note"] == "Annotates Ines, “The Toll”, the Gull, 2019-07-13."


@pytest.mark.parametrize(("style", "hint"), [("csll", "did you mean 'csl'?"), ("apa", "there are: text, bibtex, csl")])
def test_an_unknown_style_is_rejected(article: Article, style: str, hint: str) -> None:
    with pytest.raises(InvalidRecord) as caught:
        article.citation(style)  # type: ignore[arg-type]

    assert str(caught.value) == f"style: no style {style!r}; {hint}"
