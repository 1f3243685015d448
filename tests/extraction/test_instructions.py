"""The instructions for a language model."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from judges import judge

from oped_dataset import Commitment, extraction_schema, from_records, instructions, load, passages, to_records
from oped_dataset.errors import InvalidRecord
from oped_dataset.extraction.instructions import EXAMPLE_LIMIT
from oped_dataset.model.article import TABLES

GUIDELINES = Path(__file__).parents[2] / "docs" / "annotation-guidelines.md"


@pytest.mark.parametrize("form", ["short", "long"])
def test_the_first_line_names_the_release_of_the_data(form: Any) -> None:
    version = load("harbour-toll").data_version

    assert instructions(form=form).startswith(f"Guidelines of oped-dataset, data version {version}, {form} form.\n")


@pytest.mark.parametrize("layer", TABLES)
def test_the_short_form_describes_the_given_layers(layer: str) -> None:
    said = instructions([layer])

    assert f"\n{layer}: " in said
    assert ("Labels of Commitment:" in said) is (layer in ("claims", "arguments"))
    assert ("\narguments: " in said) is (layer == "arguments")


def test_every_label_is_explained() -> None:
    said = instructions()

    assert all(f"- {label}: {label.meaning}" in said for label in Commitment)
    assert len(re.findall("^Labels of ", said, re.MULTILINE)) == 16


def test_the_long_form_contains_rules_and_counter_examples() -> None:
    said = instructions(["claims"], "long")

    assert f"Not: {Commitment.PROBABLE.counter_example}" in said
    assert re.findall("^## (.+)", said, re.MULTILINE) == [
        "The frame",
        "Spans",
        "Mentions and entities",
        "Voices",
        "Claims",
    ]
    assert len(said) > 2 * len(instructions(["claims"]))


def test_the_long_form_of_all_layers_is_the_page() -> None:
    page = GUIDELINES.read_text("utf-8")

    said = instructions(form="long")

    assert re.findall("^## (.+)", said, re.MULTILINE) == re.findall("^## (.+)", page, re.MULTILINE)


def test_examples_are_passages_with_their_records() -> None:
    article = load("harbour-toll")
    said = instructions(["claims"], examples=2)

    answers = [json.loads(each) for each in re.findall(r"^Records:\n\n(.+)$", said, re.MULTILINE)]
    shown = [each for each in passages(str(article.source.text), EXAMPLE_LIMIT, 0, like=article) if str(each) in said]
    assert len(answers) == len(shown) == 2
    assert all(Draft202012Validator(extraction_schema(["claims"])).is_valid(each) for each in answers)
    assert from_records(answers, like=article, passages=shown).ok
    assert any(len(claim["voices"]) > 2 for each in answers for claim in each["records"] if claim["record"] == "claim")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"form": "brief"}, "form: must be 'short' or 'long', not 'brief'"),
        ({"examples": -1}, "examples: must be a whole number from 0, not -1"),
        ({"layers": ["clams"]}, "layers: there is no layer 'clams'; did you mean 'claims'?"),
    ],
)
def test_invalid_arguments_are_rejected(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidRecord) as caught:
        instructions(**arguments)

    assert str(caught.value) == message


def test_the_page_states_the_number_of_tokens() -> None:
    encoding = judge("bpe_openai", "llm").get_encoding("o200k_base")
    page = (GUIDELINES.parent / "how-to-ask-a-model.md").read_text("utf-8")
    rows = re.findall(r"^\| (\w+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", page, re.MULTILINE)

    assert [row[0] for row in rows] == [*TABLES, "all"]
    for name, *told in rows:
        layers = None if name == "all" else [name]
        schema = json.dumps(extraction_schema(layers, "openai"))
        answer = json.dumps(to_records(load("harbour-toll"), layers), ensure_ascii=False)
        texts = (schema, instructions(layers), instructions(layers, "long"), answer)
        # The guidelines and the article may change a little without the page.
        assert [int(each) for each in told] == [pytest.approx(len(encoding.encode(text)), rel=0.5) for text in texts]
