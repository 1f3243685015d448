"""The recipes for clusters on the page about corpora, run unchanged; skipped without the engine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from corpus_files import DOCUMENTS, put

from oped_dataset import validate_corpus

pytestmark = pytest.mark.slow

PAGE = (Path(__file__).parents[2] / "docs" / "corpora.md").read_text(encoding="utf-8")
RECIPES = re.findall(r"^```py\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "corpus").mkdir()
    put(tmp_path / "corpus" / "one.parquet", DOCUMENTS)
    put(tmp_path / "corpus" / "two.jsonl", DOCUMENTS[:4])
    return tmp_path / "corpus"


def report_of(engine: str, folder: Path, **replaced: str) -> Any:
    """Run the recipe for an engine and return its report."""
    (recipe,) = [block for block in RECIPES if re.search(rf"^(import|from) {engine}\b", block, re.MULTILINE)]
    for old, new in {"/shared/corpus": str(folder), **replaced}.items():
        recipe = recipe.replace(old, new)
    names: dict[str, Any] = {"__name__": "__main__", "validate_corpus": validate_corpus}
    exec(compile(recipe, "corpora.md", "exec"), names)
    return names["report"]


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[str]:
    distributed: Any = pytest.importorskip("distributed", reason="distributed is missing")
    with distributed.LocalCluster(
        n_workers=1, dashboard_address=":0", local_directory=str(tmp_path / "dask")
    ) as cluster:
        yield cluster.scheduler_address


def test_the_recipe_for_dask(folder: Path, scheduler: str) -> None:
    assert report_of("dask", folder, **{"tcp://scheduler:8786": scheduler}) == validate_corpus(folder)


@pytest.mark.filterwarnings("ignore::Warning")
def test_the_recipe_for_ray(folder: Path) -> None:
    ray: Any = pytest.importorskip("ray", reason="ray is missing")
    try:
        assert report_of("ray", folder) == validate_corpus(folder)
    finally:
        ray.shutdown()


@pytest.mark.filterwarnings("ignore::Warning")
def test_the_recipe_for_spark(folder: Path) -> None:
    sql: Any = pytest.importorskip("pyspark.sql", reason="pyspark is missing")
    try:
        assert report_of("pyspark", folder) == validate_corpus(folder)
    finally:
        sql.SparkSession.builder.getOrCreate().stop()
