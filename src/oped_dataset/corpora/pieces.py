"""Validation and scoring of whole corpora, piece by piece: in this process, on all cores or on a cluster.

Here: dividing a corpus into pieces, the work on one piece, and combining the results.
Not here: the engines that send pieces to other processes and machines (`engines.py`), the files (`lines.py`,
`parquet.py`), and many files with one article each (`paths.py`).

A piece is a file and a range of article numbers, never the articles themselves, and its result depends only on the
files, so an engine may repeat a piece after losing a worker. Results are combined in the order of the pieces, and each
contains its number, so that a lost, duplicated or misplaced one is detected. If the workers of a piece die, its
articles are repeated one by one, and only the article that kills them is left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise, zip_longest
from pathlib import Path
from typing import Any, Final, Protocol, Self, TypeVar

import attrs

from oped_dataset.arguments import whole_number
from oped_dataset.codec.jsontext import USUAL, Limits
from oped_dataset.corpora.compression import is_compressed, places
from oped_dataset.corpora.engines import Engine
from oped_dataset.corpora.lines import LinePosition, LineReader, positions
from oped_dataset.corpora.parquet import SUFFIX, articles_in, read_rows
from oped_dataset.corpora.progress import (
    BadArticle,
    OnError,
    Progress,
    Watch,
    check_policy,
    leave_out,
)
from oped_dataset.errors import InvalidRecord, NotComparable, Report, WorkerDied
from oped_dataset.filesystem import PathLike, file_errors, find_files, open_regular
from oped_dataset.messages import quoted
from oped_dataset.model.article import Article
from oped_dataset.scoring.matching import Align, Match
from oped_dataset.scoring.scores import Scores, score, score_of_nothing, without_articles
from oped_dataset.scoring.similarity import Similarity


class _Work(Protocol):
    @property
    def articles(self) -> int | None: ...

    @property
    def bytes(self) -> int: ...

    def split(self) -> Sequence[Self]: ...


class _Done(Protocol):
    @property
    def articles(self) -> int: ...


WorkT = TypeVar("WorkT", bound=_Work)
DoneT = TypeVar("DoneT", bound=_Done)

ENDINGS: Final = (SUFFIX, ".jsonl", ".jsonl.gz", ".jsonl.zst")
"""The endings of the files of a corpus."""

_MOST_BAD: Final = 1000
_MOST_BAD_PROBLEMS: Final = 10_000
"""A report keeps this many bad articles, and this many problems of all of them; it counts the rest."""


# Reports.


@attrs.frozen(kw_only=True)
class CorpusReport:
    """The result of validating a corpus.

    The reports on the parts of a corpus, added in order, equal the report on the whole.

    Attributes:
        articles: The number of articles read.
        bad: The first thousand articles that break rules, in the order of the corpus, each with its file, its number in
            the file and its problems. Only the first ten thousand problems of all articles are kept; the article in
            which this limit is reached counts its other problems in its `report.omitted`, and is the last.
        omitted: The number of further articles that break rules.
        codes: The number of articles with each problem code; problems beyond the limit of an article do not count.
        unread: The articles whose workers died, each as file, number and reason; a file that another program compressed
            is listed as a whole.
    """

    articles: int = 0
    bad: tuple[BadArticle, ...] = ()
    omitted: int = 0
    codes: Mapping[str, int] = attrs.field(factory=dict[str, int])
    unread: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether every article was read and none breaks rules."""
        return not (self.bad or self.omitted or self.unread)

    def __add__(self, other: CorpusReport) -> CorpusReport:
        """Combine the reports on two parts."""
        bad, left = [*self.bad], _MOST_BAD_PROBLEMS - sum(len(each.report.problems) for each in self.bad)
        for each in other.bad:
            if left <= 0 or len(bad) == _MOST_BAD:
                break
            bad.append(_shorten(each, left))
            left -= len(each.report.problems)
        return CorpusReport(
            articles=self.articles + other.articles,
            bad=tuple(bad),
            omitted=self.omitted + other.omitted + len(self.bad) + len(other.bad) - len(bad),
            codes=dict(Counter(self.codes) + Counter(other.codes)),
            unread=(*self.unread, *other.unread),
        )

    def __str__(self) -> str:
        """Give the number of articles, the bad ones with their problems, and the unread ones."""
        lines = [f"{self.articles} articles, of which {len(self.bad) + self.omitted} break rules"]
        for each in self.bad:
            lines += [f"{each.file}, article {each.number}:", str(each.report)]
        lines += [f"… and {self.omitted} more"] * bool(self.omitted)
        return "\n".join([*lines, *self.unread])


def _shorten(bad: BadArticle, most: int) -> BadArticle:
    """Keep so many problems of an article, and count the others."""
    problems = bad.report.problems
    if len(problems) <= most:
        return bad
    return attrs.evolve(bad, report=Report(problems[:most], bad.report.omitted + len(problems) - most))


# The pieces.


@attrs.frozen
class _Piece:
    """A range of articles in one file.

    Attributes:
        file: The file.
        size: The size of the file on disk, in bytes.
        start: The position before the first; in Parquet and compressed files, its lines count the articles before it,
            and its offset is 0.
        stop: The number of the last article, or None where only reading the file shows it.
        total: The number of all articles of the file, or None where `stop` is.
    """

    file: Path
    size: int
    start: LinePosition = attrs.field(factory=LinePosition)
    stop: int | None = None
    total: int | None = None

    @property
    def articles(self) -> int | None:
        """The number of articles, or None where it is unknown."""
        return None if self.stop is None else self.stop - self.start.lines

    @property
    def bytes(self) -> int:
        """The share of the file, in bytes on disk, as if all its articles were equally long."""
        if self.stop is None or self.total is None:
            return self.size
        return self.size * self.stop // self.total - self.size * self.start.lines // self.total

    def split(self) -> list[_Piece]:
        """Make a piece of each article; empty if the piece cannot be divided."""
        if self.stop is None or self.articles == 1:
            return []
        return [each for each in _cut(self.file, 1) if self.start.lines <= each.start.lines < self.stop]

    def outcomes(self, limits: Limits) -> Iterator[Article | BadArticle]:
        """Yield each article of the piece, or a `BadArticle` for it, in order."""
        if self.file.name.endswith(SUFFIX):
            return read_rows(self.file, self.start.lines, self.stop, limits=limits)
        return self._read_lines(limits)

    def _read_lines(self, limits: Limits) -> Iterator[Article | BadArticle]:
        bad = list[BadArticle]()
        first = self.start.lines if is_compressed(self.file) else 0
        start = LinePosition() if first else self.start
        reader = LineReader(self.file, start, bad.append, None, limits, first)
        for article in reader._each_line():
            yield from (attrs.evolve(each, file=str(self.file)) for each in bad)
            bad.clear()
            if article is not None:
                yield article
            if reader.position.lines == self.stop:
                break
        reader.close()

    def __str__(self) -> str:
        """Name the file and, in a piece of one article, the article."""
        return f"{self.file}, article {self.stop}" if self.articles == 1 else str(self.file)


def _cut(file: Path, every: int) -> list[_Piece]:
    whole_number("articles_per_piece", every, 1)
    with file_errors(file):
        size = file.stat().st_size
    if not (file.name.endswith(SUFFIX) or is_compressed(file)):
        found = positions(file, every)
        return [_Piece(file, size, start, stop.lines, found[-1].lines) for start, stop in pairwise(found)]
    if file.name.endswith(SUFFIX):
        total = articles_in(file)
    else:
        with file_errors(file), open_regular(file, "rb") as raw:
            marks = places(raw, file)
        # Without marks, or with marks of no line at all, only reading the file shows the number of lines.
        if not marks or not marks[-1].lines:
            return [_Piece(file, size)]
        total = marks[-1].lines
    starts = range(0, total, every)
    return [_Piece(file, size, LinePosition(start), min(start + every, total), total) for start in starts]


def _pieces(source: PathLike, every: int, start: int) -> list[_Piece]:
    """Divide a corpus into pieces, without its first articles."""
    whole_number("start", start, 0)
    pieces, left = list[_Piece](), start
    for piece in (piece for file in find_files(source, ENDINGS) for piece in _cut(file, every)):
        if left and piece.articles is None:
            raise InvalidRecord(
                f"start: the number of articles in {piece.file} is unknown; decompress it, or compress it with "
                "write_lines",
                "start",
            )
        passed = min(left, piece.articles or 0)
        left -= passed
        if piece.articles is None or passed < piece.articles:
            pieces.append(attrs.evolve(piece, start=piece.split()[passed].start) if passed else piece)
    return pieces


def _begin(pieces: Sequence[_Work], start: int) -> Progress:
    """Make the progress before the first piece."""
    known = [piece.articles for piece in pieces if piece.articles is not None]
    total = start + sum(known) if len(known) == len(pieces) else None
    return Progress(done=start, total=total, unit="articles", bytes_total=sum(piece.bytes for piece in pieces))


# The work on one piece.


def _validate(piece: _Piece, limits: Limits) -> CorpusReport:
    articles, codes, found = 0, Counter[str](), CorpusReport()
    for outcome in piece.outcomes(limits):
        articles += 1
        if isinstance(outcome, BadArticle):
            codes.update({problem.code for problem in outcome.report.problems})
            found += CorpusReport(bad=(outcome,))
    return attrs.evolve(found, articles=articles, codes=dict(codes))


@attrs.frozen
class _Pair:
    """The same range of articles in two files that are compared."""

    predicted: _Piece
    gold: _Piece

    @property
    def articles(self) -> int | None:
        return self.gold.articles

    @property
    def bytes(self) -> int:
        return self.predicted.bytes + self.gold.bytes

    def split(self) -> list[_Pair]:
        return [_Pair(*both) for both in zip(self.predicted.split(), self.gold.split(), strict=True)]

    def __str__(self) -> str:
        return f"{self.predicted} and {self.gold}"


@attrs.frozen
class _Scored:
    """The scores of a pair of pieces."""

    articles: int
    scores: Scores
    bad: tuple[BadArticle, ...]


def _score(pair: _Pair, limits: Limits, ways: Mapping[str, Any], nothing: Scores) -> _Scored:
    scores, articles, bad = nothing, 0, list[BadArticle]()
    both = zip_longest(pair.predicted.outcomes(limits), pair.gold.outcomes(limits))
    for articles, (ours, theirs) in enumerate(both, 1):
        number = pair.gold.start.lines + articles
        if ours is None or theirs is None:
            short, long = (pair.predicted, pair.gold) if ours is None else (pair.gold, pair.predicted)
            raise NotComparable(f"{short.file} ends before article {number}, which {long.file} has")
        if isinstance(ours, Article) and isinstance(theirs, Article):
            if ours.id != theirs.id:
                raise NotComparable(
                    f"article {number} is {quoted(ours.id)} in {pair.predicted.file} and {quoted(theirs.id)} in "
                    f"{pair.gold.file}; write both in the same order"
                )
            scores += without_articles(score(ours, theirs, **ways))
        bad += [each for each in (ours, theirs) if isinstance(each, BadArticle)]
    return _Scored(articles, scores, tuple(bad))


# The whole.


def validate_corpus(
    source: PathLike,
    *,
    start: int = 0,
    engine: Engine = map,
    progress: Watch | None = None,
    articles_per_piece: int = 1000,
    limits: Limits = USUAL,
) -> CorpusReport:
    """Validate all articles of a corpus of Parquet or JSON Lines.

    The report does not depend on the engine, the size of the pieces or the order of the work.

    Args:
        source: A file that ends in `.parquet`, or any other name for JSON Lines, compressed if it ends in `.gz` or
            `.zst`; or a directory, in which all files that end in `.parquet`, `.jsonl`, `.jsonl.gz` or `.jsonl.zst` are
            read.
        start: How many articles are skipped, such as those done before an interruption.
        engine: A function that is called with a function and a sequence of pieces, all picklable, and returns one
            result for each piece, in order. `map` works in this process, `on_cores()` on the cores of this machine, and
            `on_dask(client)` on a cluster. The latter two repeat the work of a worker that dies; an article that kills
            its workers is left out and listed in the report.
        progress: Called after each piece with the number of articles done, and the total where it is known.
        articles_per_piece: The number of articles, from 1, in a piece. A compressed file can be divided if
            `write_lines` made it; otherwise it is a single piece, whose number of articles is unknown.
        limits: The largest size and nesting of a document, and how many of its problems are kept.

    Raises:
        ArticleFileNotFound: There is no such file.
        ArticleFileError: A file or directory cannot be read, a file is damaged, or a directory contains no corpus.
        WorkerDied: The engine is `on_cores`, and no process can be started.
        InvalidImport: A file is not a corpus of Parquet.
        InvalidRecord: An argument is out of bounds, or the engine loses, duplicates or reorders results.
        MissingExtra: A file is Parquet, and the extra `arrow` is not installed; or `zstd` for files that end in `.zst`.
    """
    parts = validate_pieces(
        source, start=start, engine=engine, progress=progress, articles_per_piece=articles_per_piece, limits=limits
    )
    return sum((report for _, report in parts), CorpusReport())


def validate_pieces(
    source: PathLike,
    *,
    start: int,
    engine: Engine,
    progress: Watch | None,
    articles_per_piece: int = 1000,
    limits: Limits,
) -> Iterator[tuple[Path, CorpusReport]]:
    """Yield the file of each piece and the report on it; the arguments are those of `validate_corpus`."""
    pieces = _pieces(source, articles_per_piece, start)
    for piece, outcome in _work_on(partial(_validate, limits=limits), pieces, engine, progress, start):
        if isinstance(outcome, WorkerDied):
            yield piece.file, CorpusReport(unread=(f"{piece}: {outcome}",))
        else:
            yield piece.file, outcome


def read_corpus(
    source: PathLike,
    *,
    start: int = 0,
    on_error: OnError = "raise",
    progress: Watch,
    limits: Limits = USUAL,
) -> Iterator[Article]:
    """Read the articles of a corpus of any format, one at a time; the arguments are those of `validate_corpus`."""
    pieces = _pieces(source, 1000, start)
    now = _begin(pieces, start)
    for piece in pieces:
        before = now.bytes_done
        for number, outcome in enumerate(piece.outcomes(limits), 1):
            if isinstance(outcome, BadArticle):
                leave_out(outcome, on_error)
            else:
                yield outcome
            share = piece.bytes * number // piece.articles if piece.articles else 0
            now = attrs.evolve(now, done=now.done + 1, bytes_done=before + share)
            progress(now)
        now = attrs.evolve(now, bytes_done=before + piece.bytes)


def score_corpus(
    predicted: PathLike,
    gold: PathLike,
    *,
    match: Match = "graded",
    similarity: Similarity | None = None,
    threshold: float = 0.5,
    layers: Iterable[str] | None = None,
    align: Align = "records",
    on_error: OnError = "raise",
    engine: Engine = map,
    progress: Watch | None = None,
    articles_per_piece: int = 1000,
    limits: Limits = USUAL,
) -> Scores:
    """Compare a corpus of predicted articles with one of gold articles, as `score` compares two articles.

    The counts of all articles are added, and every score is computed from the sums. The two corpora must have the same
    articles in the same order, in the same number of files; one may be Parquet and the other JSON Lines.

    Args:
        predicted: The corpus to score; a file or a directory as for `validate_corpus`.
        gold: The corpus to compare with.
        match: As for `score`.
        similarity: As for `score`; it must be picklable, unless the engine is `map`.
        threshold: As for `score`.
        layers: As for `score`.
        align: As for `score`.
        on_error: "raise" ends with the first article that breaks rules. A function is called with it (`BadArticle`),
            and the article is left out on both sides.
        engine: As for `validate_corpus`.
        progress: As for `validate_corpus`.
        articles_per_piece: As for `validate_corpus`.
        limits: The largest size and nesting of a document, and how many of its problems are kept.

    Raises:
        NotComparable: The corpora do not have the same articles in the same order, or two articles are not annotations
            of the same text.
        InvalidArticle: An article breaks rules.
        ArticleFileNotFound: There is no such file.
        ArticleFileError: A file or directory cannot be read, a file is damaged, or a directory contains no corpus.
        WorkerDied: The workers of the engine died on an article, or no process can be started.
        InvalidImport: A file is not a corpus of Parquet.
        InvalidRecord: An argument is out of bounds, or the engine loses, duplicates or reorders results.
        MissingExtra: An extra for reading a file is not installed.
    """
    check_policy(on_error)
    ways: dict[str, Any] = {"match": match, "similarity": similarity, "threshold": threshold, "align": align}
    total = nothing = score_of_nothing(**ways, layers=layers)
    ways["layers"] = nothing.scored
    files = find_files(predicted, ENDINGS), find_files(gold, ENDINGS)
    if len(files[0]) != len(files[1]):
        raise NotComparable(f"there are {len(files[0])} files of predicted articles and {len(files[1])} of gold ones")
    pairs = [pair for both in zip(*files, strict=True) for pair in _pair_pieces(*both, articles_per_piece)]
    work = partial(_score, limits=limits, ways=ways, nothing=nothing)
    for pair, outcome in _work_on(work, pairs, engine, progress):
        if isinstance(outcome, WorkerDied):
            raise WorkerDied(f"{pair}: {outcome}")
        for each in outcome.bad:
            leave_out(each, on_error)
        total += outcome.scores
    return total


def _pair_pieces(predicted: Path, gold: Path, every: int) -> list[_Pair]:
    ours, theirs = _cut(predicted, every), _cut(gold, every)
    found, wanted = (pieces[-1].stop if pieces else 0 for pieces in (ours, theirs))
    if found is None or wanted is None:
        # A compressed file without marks must be read from its beginning.
        return [_Pair(*(_Piece(file, file.stat().st_size) for file in (predicted, gold)))]
    if found != wanted:
        raise NotComparable(f"{predicted} has {found} articles, and {gold} has {wanted}")
    return [_Pair(*both) for both in zip(ours, theirs, strict=True)]


def _work_on(
    work: Callable[[WorkT], DoneT], pieces: Sequence[WorkT], engine: Engine, progress: Watch | None, start: int = 0
) -> Iterator[tuple[WorkT, DoneT | WorkerDied]]:
    now = _begin(pieces, start)
    for piece, outcome in _each_once(work, pieces, engine):
        articles = (piece.articles or 0) if isinstance(outcome, WorkerDied) else outcome.articles
        now = attrs.evolve(now, done=now.done + articles, bytes_done=now.bytes_done + piece.bytes)
        if progress is not None:
            progress(now)
        yield piece, outcome


def _each_once(
    work: Callable[[WorkT], DoneT], pieces: Sequence[WorkT], engine: Engine
) -> Iterator[tuple[WorkT, DoneT | WorkerDied]]:
    expected = iter(enumerate(pieces))
    for outcome in engine(partial(_keep_number, work), list(enumerate(pieces))):
        number, piece = next(expected, (None, None))
        if piece is None or not (isinstance(outcome, WorkerDied) or outcome[0] == number):
            raise _unordered()
        if not isinstance(outcome, WorkerDied):
            yield piece, outcome[1]
        elif parts := piece.split():
            # One of the articles kills its workers; the others are kept.
            yield from _each_once(work, parts, engine)
        else:
            yield piece, outcome
    if next(expected, None) is not None:
        raise _unordered()


def _unordered() -> InvalidRecord:
    return InvalidRecord("engine: must return one result for each piece, in the order of the pieces", "engine")


def _keep_number(work: Callable[[WorkT], DoneT], numbered: tuple[int, WorkT]) -> tuple[int, DoneT]:
    number, piece = numbered
    return number, work(piece)
