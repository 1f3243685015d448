"""Jobs beside another way of doing them: the package's functions, and the choices of a user without the package.

Here: each way, as a function that prepares it in the process in which it is measured.
Not here: titles and goals (`tasks.py`), and reading and writing by all contenders (`contenders.py`).
"""

from __future__ import annotations

import json
import pickle
import re
import textwrap
from collections.abc import Callable, Iterable
from functools import partial
from importlib import import_module
from typing import Any, Final

import attrs

from benchmarks.contenders import CONTENDERS, Unable
from benchmarks.documents import Inputs
from benchmarks.worker import Way
from oped_dataset import (
    Article,
    Limits,
    dumps,
    explore,
    export,
    extraction_schema,
    from_records,
    load,
    loads,
    on_cores,
    on_dask,
    read_lines,
    read_parquet,
    schema,
    score,
    to_data,
    to_records,
    validate,
    validate_corpus,
    write_lines,
    write_parquet,
)
from oped_dataset.model.records import Span, spans_of
from oped_dataset.text.alignment import align
from oped_dataset.text.canonical import normal_digest
from oped_dataset.text.search import Unit, search
from oped_dataset.validation import rules

EXAMPLES: Final = 20
"""The number of examples that are drawn from a strategy."""

PIECE: Final = 200
"""The articles per piece of a corpus that is not compressed."""


def need(module: str) -> Any:
    """Import an optional module.

    Raises:
        Unable: It is not installed.
    """
    try:
        return import_module(module)
    except ImportError:
        raise Unable(f"needs {module.partition('.')[0]}, which is not installed") from None


# Scoring.


def _predict(gold: Article) -> Article:
    """Leave out every third mention, and begin every fifth one a character too late."""
    kept = [mention for number, mention in enumerate(gold.mentions) if number % 3]
    for number in range(0, len(kept), 5):
        span = kept[number].span
        if span.end - span.start > 1:
            kept[number] = attrs.evolve(kept[number], span=Span(span.start + 1, span.end))
    return attrs.evolve(gold, mentions=kept)


def score_mentions(inputs: Inputs, size: int) -> Way:
    gold = load("harbour-toll")
    predicted = _predict(gold)
    return Way(
        lambda: score(predicted, gold, match="exact", layers=["mentions"]).figures(),
        lambda figures: f"F1 {figures['mentions.spans.f1']:.3f}",
    )


def score_with_nervaluate(inputs: Inputs, size: int) -> Way:
    evaluator = need("nervaluate.evaluator").Evaluator
    gold = load("harbour-toll")
    true, predicted = (
        [{"label": "mention", "start": mention.span.start, "end": mention.span.end - 1} for mention in article.mentions]
        for article in (gold, _predict(gold))
    )
    return Way(
        lambda: evaluator([true], [predicted], tags=["mention"], loader="dict").evaluate(),
        lambda found: f"F1 {found['overall']['exact'].f1:.3f}",
    )


# Attaching to a changed copy: straight quotation marks, and lines of at most 72 characters.


_STRAIGHT: Final = str.maketrans("“”‘’", "\"\"''")


def _change(text: str) -> str:
    paragraphs = text.translate(_STRAIGHT).split("\n\n")
    return "\n\n".join(textwrap.fill(each, 72, break_on_hyphens=False, break_long_words=False) for each in paragraphs)


def _list_spans(article: Article) -> list[Span]:
    return sorted({span for table in article.tables.values() for record in table for span in spans_of(record)})


def _count_right(found: Iterable[str | None], text: str, spans: list[Span]) -> str:
    """Compare the passages found in the copy with those of the text."""

    def normalise(words: str) -> str:
        return re.sub(r"\s+", " ", words.translate(_STRAIGHT))

    expected = [normalise(text[span.start : span.end]) for span in spans]
    pairs = [(None if one is None else normalise(one), other) for one, other in zip(found, expected, strict=True)]
    right, lost = sum(one == other for one, other in pairs), sum(one is None for one, _ in pairs)
    return f"{right} of {len(pairs)} spans right, {len(pairs) - right - lost} wrong, {lost} not found"


def attach(inputs: Inputs, size: int) -> Way:
    article = load("harbour-toll")
    text, spans = str(article.source.text), _list_spans(article)
    copy, bare = _change(text), _remove_text(article)

    def transfer() -> list[str | None]:
        attached = bare.attach(copy)
        places = [attached.locate(span) for span in spans]
        return [None if place is None else copy[place.start : place.end] for place in places]

    return Way(transfer, lambda found: _count_right(found, text, spans))


def attach_with_sisc(inputs: Inputs, size: int) -> Way:
    sisc, aligner = need("sisc.core.SisC"), need("sisc.alignment.JsonAligner").JsonAligner()
    fingerprinter = need("sisc.fingerprint.TextFingerprinter").TextFingerprinter
    article = load("harbour-toll")
    text, spans = str(article.source.text), _list_spans(article)
    copy = _change(text)
    masked = fingerprinter(need("sisc.mask.UniformMasker").UniformMasker()).fingerprint(text)

    def transfer() -> list[str]:
        annotation = [{"start": span.start, "end": span.end} for span in spans]
        aligned, moved = sisc.align_text(annotation, copy, masked, aligner)
        # Its offsets belong to the aligned copy, in which hyphens fill the gaps.
        return [str(aligned)[each["start"] : each["end"]] for each in moved]

    return Way(transfer, lambda found: _count_right(found, text, spans))


def attach_with_stam(inputs: Inputs, size: int) -> Way:
    stam = need("stam")
    article = load("harbour-toll")
    text, spans = str(article.source.text), _list_spans(article)
    copy = _change(text)

    def transfer() -> list[str | None]:
        store = stam.AnnotationStore(id="store")
        first, second = store.add_resource(id="text", text=text), store.add_resource(id="copy", text=copy)
        whole = stam.Offset.whole()
        transposition = first.textselection(whole).align_texts(second.textselection(whole))[0]
        found: list[str | None] = []
        for span in spans:
            target = stam.Selector.textselector(first, stam.Offset.simple(span.start, span.end))
            annotation = store.annotate(target=target, data={"set": "spans", "key": "kind", "value": "span"})
            try:
                moved = annotation.transpose(transposition)
            except stam.StamError:
                found.append(None)
                continue
            parts = [part for each in moved for part in each.textselections()]
            words = "".join(part.text() for part in parts if part.resource().id() == "copy")
            found.append(words or None)
        return found

    return Way(transfer, lambda found: _count_right(found, text, spans))


def search_sentences(inputs: Inputs, size: int) -> Way:
    article = load("harbour-toll")
    units, copy = _list_units(article), _change(str(article.source.text))
    return Way(
        lambda: search(units, copy),
        lambda located: f"{sum(found is not None for found, _ in located)} of {len(located)} found",
    )


def search_with_rapidfuzz(inputs: Inputs, size: int) -> Way:
    find = need("rapidfuzz.fuzz").partial_ratio_alignment
    article = load("harbour-toll")
    text = str(article.source.text)
    sentences = [text[each.span.start : each.span.end] for each in article.source.sentences]
    copy = _change(text)
    return Way(
        lambda: [find(sentence, copy) for sentence in sentences],
        lambda found: f"{sum(each.score > 90 for each in found)} of {len(found)} found",
    )


# Strategies.


def _draw(make: Callable[[], Any], write: Callable[[Any], bytes]) -> Way:
    """Draw examples, and count those that are valid documents."""
    hypothesis = need("hypothesis")
    strategy = make()
    settings = hypothesis.settings(
        max_examples=EXAMPLES,
        database=None,
        deadline=None,
        derandomize=True,
        phases=[hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
    )

    def draw() -> list[Any]:
        drawn: list[Any] = []
        settings(hypothesis.given(strategy)(lambda example: drawn.append(example)))()
        return drawn

    def count(drawn: list[Any]) -> str:
        return f"{sum(validate(write(each)).ok for each in drawn)} of {len(drawn)} valid"

    return Way(draw, count)


def draw_articles(inputs: Inputs, size: int) -> Way:
    return _draw(lambda: need("oped_dataset.testing.strategies").articles(), dumps)


def draw_with_builds(inputs: Inputs, size: int) -> Way:
    peer = import_module("peer_dataclasses")
    build = need("hypothesis.strategies").builds
    return _draw(lambda: build(peer.Article), lambda each: json.dumps(peer.write_Article(each)).encode())


def draw_from_schema(inputs: Inputs, size: int) -> Way:
    make = need("hypothesis_jsonschema").from_schema
    way = _draw(lambda: make(schema()), lambda each: json.dumps(each).encode())
    try:
        way.call()
    except Exception as error:
        # Release 0.23.1 uses a private function of Hypothesis that no longer exists.
        raise Unable(f"fails: {type(error).__name__}") from None
    return way


# Extraction, exports and the explorer.


def convert_records(inputs: Inputs, size: int) -> Way:
    article = load("harbour-toll")
    records: Any = to_records(article)
    return Way(
        partial(from_records, records, like=article),
        lambda made: f"{sum(map(len, made.article.tables.values())):,} records",
    )


def check_records(inputs: Inputs, size: int) -> Way:
    validator = need("jsonschema").Draft202012Validator(extraction_schema())
    records = json.loads(json.dumps(to_records(load("harbour-toll"))))
    return Way(lambda: list(validator.iter_errors(records)), lambda errors: f"{len(errors)} errors")


def make_explorer(inputs: Inputs, size: int) -> Way:
    return Way(partial(explore, load("harbour-toll")))


def write_document(inputs: Inputs, size: int) -> Way:
    return Way(partial(dumps, load("harbour-toll")))


def dump_changed(inputs: Inputs, size: int) -> Way:
    return Way(_dump_changed(load("harbour-toll")))


def dump_with_pydantic(inputs: Inputs, size: int) -> Way:
    library = CONTENDERS["pydantic"].make()
    article = library.read(dumps(load("harbour-toll")))
    return Way(lambda: library.write(article))


def make_export(inputs: Inputs, size: int, name: str, article: str = "harbour-toll") -> Way:
    return Way(partial(export, load(article), name))


def write_with_rdflib(inputs: Inputs, size: int) -> Way:
    graph = export(load(), "rdf")
    return Way(lambda: graph.serialize(format="turtle"))


def parse_with_rdflib(inputs: Inputs, size: int) -> Way:
    rdflib = need("rdflib")
    triples = export(load(), "rdf").serialize(format="nt")
    return Way(lambda: rdflib.Graph().parse(data=triples, format="nt"))


# Corpora.


def validate_corpus_on(inputs: Inputs, size: int, packing: str, processes: int) -> Way:
    path = inputs.corpus(size, packing)
    engine: Any = on_cores(processes) if processes > 1 else map
    return Way(lambda: validate_corpus(path, engine=engine, articles_per_piece=PIECE), _count_articles)


def validate_corpus_on_dask(inputs: Inputs, size: int) -> Way:
    distributed = need("distributed")
    cluster = distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None)
    client = distributed.Client(cluster)
    path = inputs.corpus(size)

    def close() -> None:
        client.close()
        cluster.close()

    return Way(lambda: validate_corpus(path, engine=on_dask(client), articles_per_piece=PIECE), _count_articles, close)


def _count_articles(report: Any) -> str:
    return f"{report.articles:,} articles"


def write_corpus_as_parquet(inputs: Inputs, size: int) -> Way:
    articles, path = list(read_lines(inputs.corpus(size))), inputs.work / "written.parquet"
    return Way(lambda: write_parquet(articles, path))


def write_parquet_with_pyarrow(inputs: Inputs, size: int) -> Way:
    arrow, parquet = need("pyarrow"), need("pyarrow.parquet")
    from benchmarks.peers import arrow_schema

    articles, path = list(read_lines(inputs.corpus(size))), inputs.work / "written-with-pyarrow.parquet"
    columns = arrow_schema(Article)
    return Way(
        lambda: parquet.write_table(arrow.Table.from_pylist([to_data(each) for each in articles], schema=columns), path)
    )


# Growth: the same call on a longer article or corpus.


def _remove_text(article: Article) -> Article:
    return attrs.evolve(article, source=attrs.evolve(article.source, text=None))


def _list_units(article: Article) -> list[Unit]:
    text = str(article.source.text)
    normal = [align(text[each.span.start : each.span.end])[0] for each in article.source.sentences]
    return [Unit(normal_digest(words), len(words)) for words in normal]


def _attach_and_locate(article: Article) -> Callable[[], object]:
    bare, copy, spans = _remove_text(article), _change(str(article.source.text)), _list_spans(article)

    def work() -> object:
        attached = bare.attach(copy)
        return [attached.locate(span) for span in spans], attached.coverage

    return work


def _score_with_few_candidates(article: Article) -> Callable[[], object]:
    # A grown article has each entity a hundred times; different names leave one candidate for each.
    named = [attrs.evolve(each, name=f"{each.name} {each.id}", aliases=()) for each in article.entities]
    gold = attrs.evolve(article, entities=named)
    return partial(score, _predict(gold), gold, match="exact")


def _search_repeated(article: Article) -> Callable[[], object]:
    number, words = len(article.source.sentences), "Hush now, little one, hush."
    units = [Unit(normal_digest(words), len(words))] * number
    return partial(search, units, f"{words} " * number)


def _dump_changed(article: Article) -> Callable[[], object]:
    # The rules are applied again only to an article that was changed.
    return lambda: dumps(attrs.evolve(article))


WORK: Final[dict[str, Callable[[Article], Callable[[], object]]]] = {
    "loads": lambda article: partial(loads, dumps(article), limits=Limits(size=1 << 30)),
    "rules": lambda article: partial(rules.check, article),
    "dumps": _dump_changed,
    "attach": _attach_and_locate,
    "search": lambda article: partial(search, _list_units(article), _change(str(article.source.text))),
    "search-repeated": _search_repeated,
    "score": _score_with_few_candidates,
    "explore": lambda article: partial(explore, article),
}
"""The work on one article; other names are those of exports."""


def grow_article(inputs: Inputs, size: int, work: str) -> Way:
    """Prepare work on an article; it is done once on the smallest one first, to import and build everything."""
    make = WORK.get(work) or (lambda article: partial(export, article, work))
    for number in (1, size):
        article = pickle.loads(inputs.article(number).read_bytes())
        # Its rules are applied here, as they are when an article is read.
        dumps(article)
        call = make(article)
        if number == 1:
            call()
    return Way(call)


def grow_corpus(inputs: Inputs, size: int, work: str, packing: str) -> Way:
    """Prepare work on a corpus, done article by article."""
    source, target = inputs.corpus(size, packing), inputs.work / f"grown-{size}"
    calls: dict[str, Callable[[], object]] = {
        "read_lines": lambda: sum(1 for _ in read_lines(source)),
        "read_parquet": lambda: sum(1 for _ in read_parquet(source)),
        "write_lines": lambda: write_lines(read_lines(source), target.with_suffix(".jsonl")),
        "write_parquet": lambda: write_parquet(read_lines(source), target.with_suffix(".parquet")),
        "validate_corpus": lambda: validate_corpus(source, articles_per_piece=PIECE),
    }
    return Way(calls[work])
