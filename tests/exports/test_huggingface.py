"""A folder for `datasets` from Hugging Face, loaded by it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest
from judges import judge

from oped_dataset import Article, write_parquet
from oped_dataset.exports import from_parquet, specs, to_huggingface, to_tables
from oped_dataset.model.vocabulary import Act, Commitment

datasets = judge("datasets")


@pytest.fixture
def quiet() -> Iterator[None]:
    """Without progress bars."""
    with contextlib.ExitStack() as stack:
        datasets.disable_progress_bars()
        stack.callback(datasets.enable_progress_bars)
        yield


pytestmark = pytest.mark.usefixtures("quiet")


def _load(article: Article, where: Path, *name: str) -> Any:
    to_huggingface(article).write(where / "folder")
    return datasets.load_dataset(str(where / "folder"), *name, split="train", cache_dir=str(where / "cache"))


def test_a_folder_loads_its_claims_unless_another_table_is_named(toll: Article, tmp_path: Path) -> None:
    claims = _load(toll, tmp_path)

    assert tuple(claims["id"]) == toll.claims.ids
    assert list(claims["voices_line"]) == [row["voices_line"] for row in to_tables(toll)["claims"]]


@pytest.mark.parametrize("name", list(specs()))
def test_every_table_loads_with_its_values(name: str, hostile: Article, tmp_path: Path) -> None:
    loaded = _load(hostile, tmp_path, name)

    def named(value: Any, feature: Any) -> Any:
        if isinstance(feature, datasets.ClassLabel):
            return None if value is None else feature.int2str(value)
        if isinstance(value, list):
            return [named(item, feature.feature) for item in value]
        return {key: named(item, feature[key]) for key, item in value.items()} if isinstance(value, dict) else value

    rows = [{key: named(value, loaded.features[key]) for key, value in row.items()} for row in loaded]
    assert rows == to_tables(hostile)[name]


def test_labels_are_numbered_in_the_order_of_their_list(toll: Article, tmp_path: Path) -> None:
    features = _load(toll, tmp_path).features

    assert features["innermost_commitment"].names == [label.value for label in Commitment]
    assert features["voices"].feature["act"].names == [label.value for label in Act]


def test_a_table_without_rows_is_no_configuration(toll: Article, tmp_path: Path) -> None:
    to_huggingface(attrs.evolve(toll, errata=())).write(tmp_path)

    assert set(datasets.get_dataset_config_names(str(tmp_path))) == set(specs()) - {"errata"}


def _card(article: Article) -> tuple[Any, str]:
    _, header, body = to_huggingface(article)["README.md"].decode().split("---\n", 2)
    return judge("yaml").safe_load(header), body


def test_the_card_names_title_licence_and_language(toll: Article) -> None:
    header, body = _card(attrs.evolve(toll, title="A *new* <toll>: \x07“no”\u2028 \ufffe 🎈"))

    assert header["pretty_name"] == "A *new* <toll>: _x0007_“no”\u2028 _xFFFE_ 🎈"
    assert (header["license"], header["language"]) == ("cc0-1.0", ["en"])
    assert body.splitlines()[1] == "# A \\*new\\* \\<toll\\>: \\_x0007\\_“no” \\_xFFFE\\_ 🎈"


def test_a_licence_that_the_hub_does_not_know_is_named(toll: Article) -> None:
    header, _ = _card(attrs.evolve(toll, licence="LicenseRef-Ours"))

    assert (header["license"], header["license_name"]) == ("other", "LicenseRef-Ours")


def test_the_card_of_a_bundled_article_has_the_statements_of_the_data_card(bundled: Article) -> None:
    _, body = _card(bundled)

    assert "\n## Limitations\n\n- One text. Nothing here supports statements about op-eds in general" in body


def test_the_files_are_those_of_parquet(toll: Article) -> None:
    assert from_parquet(to_huggingface(toll)) == toll


def test_a_corpus_of_parquet_loads_though_a_key_is_null_for_long(toll: Article, tmp_path: Path) -> None:
    bare = attrs.evolve(toll, updated=None)
    for part, articles in enumerate(([bare, bare], [toll])):
        write_parquet(articles, tmp_path / f"part-{part}.parquet")
    files = sorted(str(path) for path in tmp_path.glob("*.parquet"))

    loaded = datasets.load_dataset("parquet", data_files=files, split="train", cache_dir=str(tmp_path / "cache"))

    assert list(loaded["updated"]) == [None, None, toll.updated]
    assert [voice["source"] for voice in loaded[2]["claims"][1]["voices"]] == ["ines", "gull", "sel"]
