"""Score the systems on the bundled articles, and write the figures into the page.

    python tools/extractors.py              measure, and write docs/extractors.json and the page
    python tools/extractors.py --check      check that the page was made from docs/extractors.json

Systems whose libraries are missing, and articles whose text is not available (`OPED_DATASET_ARTICLE`), are skipped with
a message. Here: the runs, the figures and the tables. Not here: the systems (`extractor_systems.py`).
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from importlib import metadata
from importlib.util import find_spec
from itertools import combinations
from pathlib import Path
from typing import Any, Final

from extractor_systems import SYSTEMS

from oped_dataset import Article, Extraction, compare, load, names, score

DOCS: Final = Path(__file__).resolve().parents[1] / "docs"
PAGE: Final = "what-real-systems-lose.md"
RESULTS: Final = "extractors.json"
BEGIN: Final = "<!-- extractors: begin -->"
END: Final = "<!-- extractors: end -->"

CLAIMS: Final = ("frames", "sentences", "flattened")
FIGURES: Final = {
    "claims": "claims.spans.f1",
    "attributed claims": "attribution.claims.f1",
    "whole chains": "attribution.chains.f1",
    "single voices": "attribution.detection.f1",
    "unsure voices": "commitment.uncertain.voices.f1",
    "all commitments": "commitment.voices.f1",
    "kappa": "commitment.kappa",
}
OTHERS: Final = {
    "names": {
        "mentions": "mentions.spans.f1",
        "entity of a mention": "mentions.labels.entity.f1",
        "entities": "entities.spans.f1",
        "CoNLL": "entities.coreference.conll",
        "LEA": "entities.coreference.lea.f1",
    },
    "dates": {
        "times": "times.spans.f1",
        "their days, exactly": "times.labels.value.f1",
        "their days, in part": "times.labels.days.f1",
    },
}
SEED: Final = 1

Results = dict[str, Any]


def main(arguments: list[str]) -> int:
    """Run the command; return the exit code."""
    parser = argparse.ArgumentParser(prog="python tools/extractors.py")
    parser.add_argument("--output", type=Path, default=DOCS, metavar="DIRECTORY", help="of the results and the page")
    parser.add_argument("--resamples", type=int, default=1000, metavar="N", help="of each bootstrap (default: 1000)")
    parser.add_argument("--check", action="store_true", help="only compare the page with the results")
    options = parser.parse_args(arguments)
    results, page = options.output / RESULTS, options.output / PAGE
    if not options.check:
        results.write_text(json.dumps(measure(options.resamples), indent=1) + "\n", encoding="utf-8", newline="\n")
    found = page.read_text(encoding="utf-8") if page.is_file() else f"{BEGIN}\n{END}\n"
    made = fill(found, json.loads(results.read_text(encoding="utf-8")))
    if options.check:
        return 0 if made == found else 1
    page.write_text(made, encoding="utf-8", newline="\n")
    return 0


# Runs.


def measure(resamples: int) -> Results:
    """Run every available system on every available article."""
    results: Results = {"libraries": {}, "articles": {}}
    able = dict(_find_systems(results["libraries"]))
    for name in names():
        article = load(name)
        text = article.source.text or _read_text(article)
        if text is None:
            sys.stderr.write(f"skipped {name}: OPED_DATASET_ARTICLE does not name a file with its text\n")
            continue
        predictions = {system: make(article, text) for system, make in able.items()}
        attributed = sum(len(claim.voices) > 1 for claim in article.claims)
        results["articles"][name] = {
            "version": article.data_version,
            "claims": len(article.claims),
            "attributed": attributed,
            "scores": {system: _score(made, article, resamples) for system, made in predictions.items()},
            "differences": list(_compare(predictions, article, resamples)),
        }
    return results


def _find_systems(libraries: dict[str, str]) -> Iterator[tuple[str, Any]]:
    for system, (make, modules) in SYSTEMS.items():
        missing = [module for module in modules if find_spec(module) is None]
        if missing:
            sys.stderr.write(f"skipped {system}: {', '.join(missing)} missing; pip install --group extractors\n")
            continue
        libraries |= {module: metadata.version(module.replace("_", "-")) for module in modules}
        yield system, make


def _read_text(article: Article) -> str | None:
    path = os.environ.get("OPED_DATASET_ARTICLE")
    if not path:
        return None
    attached = article.attach(Path(path).read_bytes().decode("utf-8"))
    return attached.text if attached.exact else None


def _score(made: Extraction, gold: Article, resamples: int) -> Results:
    scores, overlapping = score(made, gold), score(made, gold, match="overlap", layers=["claims"])
    figures, intervals = scores.figures(), scores.interval(seed=SEED, resamples=resamples)
    shown = [name for rows in (FIGURES, *OTHERS.values()) for name in rows.values()]
    return {
        "figures": {name: figures[name] for name in shown},
        "intervals": {name: intervals[name] for name in shown},
        "overlap": overlapping["claims"].spans.f1,
        "outcomes": {str(outcome): count for outcome, count in scores.attribution.outcomes.items()},
        "rejected": scores.rejected,
    }


def _compare(predictions: Mapping[str, Extraction], gold: Article, resamples: int) -> Iterator[Results]:
    for first, second in combinations([system for system in CLAIMS if system in predictions], 2):
        both = predictions[first], predictions[second]
        comparison = compare(*both, gold, layers=["claims"], seed=SEED, resamples=resamples)
        for row in ("claims", "single voices", "unsure voices"):
            found = comparison[FIGURES[row]]
            yield {
                "first": first,
                "second": second,
                "row": row,
                "difference": found.difference,
                "interval": found.interval,
            }


# Tables.


def fill(page: str, results: Results) -> str:
    """Return the page with the tables of these results between its two marks."""
    tables = "\n".join(_format_tables(results))
    return re.sub(f"{BEGIN}.*{END}", lambda _: f"{BEGIN}\n\n{tables}\n{END}", page, flags=re.DOTALL)


def _format_tables(results: Results) -> Iterator[str]:
    for name, article in results["articles"].items():
        yield f"### {name}\n"
        claims = f"{article['claims']} claims, {article['attributed']} of them attributed"
        yield f"Data version {article['version']}; {claims}. F1 with its 95 % interval over sentences.\n"
        scores = article["scores"]
        systems = [system for system in CLAIMS if system in scores]
        yield from _table(
            ("figure", *systems),
            [
                *((row, *(_figure(scores[system], figure) for system in systems)) for row, figure in FIGURES.items()),
                ("claims, by extent alone", *(_number(scores[system]["overlap"]) for system in systems)),
                ("outcomes of chains", *(_outcomes(scores[system]["outcomes"]) for system in systems)),
            ],
        )
        for system, rows in OTHERS.items():
            if system in scores:
                shown = [(row, _figure(scores[system], figure)) for row, figure in rows.items()]
                yield from _table(("figure", system), shown)
        yield from _table(
            ("figure", "systems", "difference", "95 % interval"),
            [
                (
                    each["row"],
                    f"{each['second']} − {each['first']}",
                    _number(each["difference"], "+"),
                    "n/a" if each["interval"] is None else " to ".join(_number(end, "+") for end in each["interval"]),
                )
                for each in article["differences"]
            ],
        )
    versions = ", ".join(f"{library} {version}" for library, version in results["libraries"].items())
    yield f"Made by `python tools/extractors.py` with {versions or 'no library'}.\n"


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    columns = list(head)
    yield f"| {' | '.join(columns)} |"
    yield f"|{'---|' * len(columns)}"
    yield from (f"| {' | '.join(row)} |" for row in rows)
    yield ""


def _figure(scores: Results, figure: str) -> str:
    interval = scores["intervals"].get(figure)
    ends = (
        "" if interval is None or scores["figures"][figure] in (0, 1) else f" ({' to '.join(map(_number, interval))})"
    )
    return _number(scores["figures"].get(figure)) + ends


def _number(figure: float | None, sign: str = "") -> str:
    return "n/a" if figure is None else f"{figure:{sign}.2f}".replace("-", "−")


def _outcomes(outcomes: Mapping[str, int]) -> str:
    return ", ".join(f"{outcome} {count}" for outcome, count in outcomes.items() if count)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
