"""All tasks in one table: for each, its ways, its sizes, and the goals of the package beside other ways.

Here: contests of all contenders, jobs beside another way, and growth, where the ways are sizes of the input.
Not here: the ways themselves (`contests.py`, `jobs.py`) and measuring them (`run.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final, Literal, TypeAlias

import attrs

from benchmarks import jobs
from benchmarks.contenders import CONTENDERS
from benchmarks.contests import MISTAKES, prepare
from benchmarks.documents import SUFFIXES, Inputs
from benchmarks.results import Unit
from benchmarks.worker import Way
from oped_dataset import formats

Ways: TypeAlias = Mapping[str, Callable[[], Way] | str | int]
"""For each way a function that prepares it, a program, or a time in nanoseconds that was measured earlier."""

BARE: Final = "bare"
"""The name of the way in which a new process imports nothing."""

EXPONENT: Final = 1.05
"""The goal for growth: time is at most proportional to this power of the length of the input."""


@attrs.frozen(kw_only=True)
class Task:
    """Something to measure, done in several ways.

    Attributes:
        name: Its name in the results.
        title: Its name on the page.
        words: An explanation for the page.
        section: The part of the page.
        unit: The unit of its figures; bytes are the peak memory of programs.
        sizes: The sizes of the input, as multiples of the smallest; each is measured separately.
        ways: Returns the ways for an input of a size, by the name of a contender or by a title.
        goals: Other ways, each with the largest wanted ratio of `ours` to it, at the smallest size.
        rounds: The largest number of rounds.
        packing: In a task about growth, the packing of the corpus; empty for one article.
    """

    name: str
    title: str
    words: str = ""
    section: Literal["contests", "jobs", "growth"]
    unit: Unit = "ns"
    sizes: Sequence[int] = (1,)
    ways: Callable[[Inputs, int], Ways]
    goals: Sequence[tuple[str, float]] = ()
    rounds: int = 40
    packing: str = ""


MANY: Final = (1, 10, 100)
FEW: Final = (1, 10)
"""Sizes for tasks where a larger one takes time and shows nothing more."""

CORPUS: Final = 300
"""The size of the corpora in jobs: so many articles that starting two processes hardly counts."""


PACKINGS: Final = {"plain": "", "gzip": ", gzip", "zstd": ", Zstandard"}
"""The packings of lines, with their titles."""

# Contests.


def _contest(task: str, packing: str = "") -> Callable[[Inputs, int], Ways]:
    """Return the ways of all contenders."""

    def make_ways(inputs: Inputs, size: int) -> Ways:
        source = inputs.corpus(size) if packing else inputs.document(size)
        path = (
            inputs.corpus(size, packing) if task == "read" else inputs.damaged(size) if task == "problems" else source
        )
        written = f"written{SUFFIXES.get(packing)}"
        return {
            name: partial(prepare, name, task, path, source, f"{inputs.work}/{name}-{written}") for name in CONTENDERS
        }

    return make_ways


def _programs(program: str, *, corpus: bool = False) -> Callable[[Inputs, int], Ways]:
    """Return the ways of all contenders in new processes, beside one that does nothing."""

    def make_ways(inputs: Inputs, size: int) -> Ways:
        path = str(inputs.corpus(size) if corpus else inputs.document(size))
        programs = {
            name: program.format(name=name, imports=each.imports, path=path) for name, each in CONTENDERS.items()
        }
        return {BARE: "", **programs}

    return make_ways


_NEW: Final = "from benchmarks.contenders import CONTENDERS\nlibrary = CONTENDERS[{name!r}].make()\n"

CONTESTS: Final = (
    Task(
        name="import",
        title="Import",
        words="A new process that imports and ends, measured from outside. Importing oped-dataset imports nothing else "
        "until a name is used, so the next table is more informative.",
        section="contests",
        ways=_programs("{imports}"),
        goals=[(BARE, 1.15)],
    ),
    Task(
        name="cold",
        title="First load in a new process",
        words="A new process that imports, makes its classes, reads the bundled article from its file, and ends. "
        "oped-dataset uses `load()`, which compares a SHA-256. datasets guesses the types here and turns days into "
        "times.",
        section="contests",
        ways=_programs(_NEW + "article = library.cold({path!r})"),
        goals=[("pydantic", 0.55), ("cattrs", 1)],
    ),
    Task(
        name="load",
        title="Load again",
        words="From bytes in memory to an article, in a process that has done it before. oped-dataset uses `loads`, "
        "which trusts nothing and applies all rules.",
        section="contests",
        sizes=MANY,
        ways=_contest("load"),
        goals=[("pydantic", 0.5), ("pydantic", 2), ("msgspec", 2.5), ("cattrs", 1)],
    ),
    Task(
        name="dump",
        title="Dump",
        words="From an article to bytes of JSON. oped-dataset uses `dumps`, which writes the canonical form. It "
        "applies the rules to an article that was made or changed, as a job below does, but not to one that was read.",
        section="contests",
        sizes=MANY,
        ways=_contest("dump"),
        goals=[("pydantic", 3)],
    ),
    Task(
        name="problems",
        title="Report problems",
        words=f"A document with {MISTAKES} mistakes of form (a key left out, an unknown label, a string for a number), "
        "until the mistakes are reported. oped-dataset uses `validate`, which reports all of them with line, column "
        "and hint, and applies the rules between records to the rest.",
        section="contests",
        sizes=MANY,
        ways=_contest("problems"),
        goals=[("pydantic", 10)],
    ),
    Task(
        name="arrow",
        title="To Arrow",
        words="From bytes of JSON to the article's tables in Arrow. oped-dataset adds columns for reading: voices on "
        "one line, days, names. Typed contenders convert through their objects and plain data.",
        section="contests",
        sizes=FEW,
        ways=_contest("arrow"),
    ),
    Task(
        name="read-plain",
        title="Read lines",
        words="All articles of a file of JSON Lines, one after the other, none kept. pandas reads a hundred lines at "
        "a time.",
        section="contests",
        sizes=MANY,
        ways=_contest("read", "plain"),
        goals=[("cattrs", 1)],
    ),
    Task(
        name="write-plain",
        title="Write lines",
        words="Articles that were read to a file. oped-dataset replaces the file only when all is on the disk; the "
        "others write to the target directly. pandas and datasets build one table first.",
        section="contests",
        sizes=FEW,
        ways=_contest("write", "plain"),
        goals=[("pydantic", 3)],
    ),
    *(
        Task(
            name=f"{verb}-{packing}",
            title=f"{verb.title()} lines{title}",
            section="contests",
            sizes=FEW,
            ways=_contest(verb, packing),
        )
        for packing, title in PACKINGS.items()
        if title
        for verb in ("read", "write")
    ),
    Task(
        name="memory",
        title="Memory to hold a document",
        words="The peak memory of a new process that reads a document and keeps it.",
        section="contests",
        unit="bytes",
        sizes=MANY,
        ways=_programs(_NEW + "article = library.load(open({path!r}, 'rb').read(), {path!r})"),
    ),
    Task(
        name="memory-lines",
        title="Memory to read through a corpus",
        words="The peak memory of a new process that reads all lines of a corpus and keeps none.",
        section="contests",
        unit="bytes",
        sizes=MANY,
        ways=_programs(_NEW + "for article in library.read_lines({path!r}): pass", corpus=True),
    ),
)

# Jobs.

Job: TypeAlias = Callable[[Inputs, int], Way]


def _job(title: str, ours: Job, others: Mapping[str, tuple[Job | int, float]], corpus: str = "", size: int = 1) -> Task:
    """Return a task of the package beside other ways, each with the largest wanted ratio; most need no corpus."""

    def make_ways(inputs: Inputs, size: int) -> Ways:
        if corpus:
            inputs.corpus(size, corpus)
        ways = {"ours": ours, **{other: way for other, (way, _) in others.items()}}
        return {name: way if isinstance(way, int) else partial(way, inputs, size) for name, way in ways.items()}

    goals = [(other, most) for other, (_, most) in others.items()]
    rounds = 2 if size == CORPUS else 11
    return Task(name=title, title=title, section="jobs", sizes=(size,), ways=make_ways, goals=goals, rounds=rounds)


_DUMPS: Final = {"dumps of the same article": (jobs.write_document, 20)}
_FORMATS: Final = [each.name for each in formats()]

JOBS: Final = (
    _job("score of mentions", jobs.score_mentions, {"nervaluate": (jobs.score_with_nervaluate, 3)}),
    _job(
        "attach to a changed copy",
        jobs.attach,
        {"SisC": (jobs.attach_with_sisc, 0.2), "STAM": (jobs.attach_with_stam, 0.2)},
    ),
    _job(
        "search for all sentences",
        jobs.search_sentences,
        {"rapidfuzz, which knows their words": (jobs.search_with_rapidfuzz, 10)},
    ),
    _job(
        f"{jobs.EXAMPLES} examples of articles",
        jobs.draw_articles,
        {
            "hypothesis.strategies.builds of the dataclasses": (jobs.draw_with_builds, 3),
            "hypothesis-jsonschema of schema()": (jobs.draw_from_schema, 1),
        },
    ),
    _job(
        "dumps of a changed article, with all rules",
        jobs.dump_changed,
        {"pydantic, unchecked": (jobs.dump_with_pydantic, 3)},
    ),
    _job("from_records, all layers", jobs.convert_records, {"jsonschema, only the form": (jobs.check_records, 5)}),
    _job("explore", jobs.make_explorer, {"dumps of the same article": (jobs.write_document, 5)}),
    *(_job(f"export {name}", partial(jobs.make_export, name=name), _DUMPS) for name in _FORMATS),
    _job(
        "export turtle of retired-officials-2019",
        partial(jobs.make_export, name="turtle", article="retired-officials-2019"),
        {
            "rdflib's writing of the same triples": (jobs.write_with_rdflib, 1),
            "the first version, 2.1 s": (2_100_000_000, 0.2),
        },
    ),
    _job(
        "export rdf of retired-officials-2019",
        partial(jobs.make_export, name="rdf", article="retired-officials-2019"),
        {
            "rdflib's reading of the same triples": (jobs.parse_with_rdflib, 1),
            "the first version, 0.9 s": (900_000_000, 0.2),
        },
    ),
    _job(
        "write_parquet of 200 articles",
        jobs.write_corpus_as_parquet,
        {
            "pyarrow, from plain data": (jobs.write_parquet_with_pyarrow, 3),
            "the first version, 4.6 ms an article": (920_000_000, 0.7),
        },
        "plain",
        10,
    ),
    *(
        _job(
            f"validate_corpus of {packing} on two processes",
            partial(jobs.validate_corpus_on, packing=packing, processes=2),
            {"one process": (partial(jobs.validate_corpus_on, packing=packing, processes=1), 0.59)},
            packing,
            CORPUS,
        )
        for packing in (*PACKINGS, "parquet")
    ),
    _job(
        "validate_corpus on two workers of Dask",
        jobs.validate_corpus_on_dask,
        {"two processes": (partial(jobs.validate_corpus_on, packing="plain", processes=2), 1.2)},
        "plain",
        CORPUS,
    ),
)

# Growth.


def _grow(title: str, work: str, packing: str = "") -> Task:
    """Return a task whose ways are sizes of the input: of an article, or of a corpus with this packing."""
    grow = partial(jobs.grow_corpus, packing=packing) if packing else jobs.grow_article

    def make_ways(inputs: Inputs, largest: int) -> Ways:
        sizes = [size for size in MANY if size < largest] + [largest]
        for size in sizes:
            inputs.grown(size, packing)
        return {f"{size}×": partial(grow, inputs, size, work) for size in sizes}

    sizes = MANY[-1:]
    return Task(name=title, title=title, section="growth", sizes=sizes, ways=make_ways, rounds=3, packing=packing)


GROWTH: Final = (
    *(_grow(f"`{name}` of an article", name) for name in ("loads", "rules", "attach")),
    _grow("`dumps` of a changed article", "dumps"),
    _grow("`search` for all sentences", "search"),
    _grow("`search` for one sentence that is repeated", "search-repeated"),
    *(_grow(f"`{name}` of an article", name) for name in ("score", "explore")),
    *(_grow(f"`{name}` of a corpus", name, "plain") for name in ("read_lines", "write_lines", "validate_corpus")),
    _grow("`write_parquet` of a corpus", "write_parquet", "plain"),
    _grow("`read_parquet` of a corpus", "read_parquet", "parquet"),
    # rdflib takes longest by far.
    *(_grow(f"export {name} of an article", name) for name in sorted(_FORMATS, key=lambda name: name == "rdf")),
)

TASKS: Final = (*CONTESTS, *JOBS, *GROWTH)
"""All tasks, in the order of the page."""
