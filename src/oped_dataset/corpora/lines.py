"""JSON Lines: many articles in one file, one per line, plain or compressed, in constant memory.

Here: reading and writing line by line, resuming either, and the treatment of bad lines.
Not here: reading a single article (`loading.py`), compression (`compression.py`).
"""

from __future__ import annotations

import io
import os
import warnings
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import IO, Final, cast

import attrs

from oped_dataset.arguments import several
from oped_dataset.codec import wire
from oped_dataset.codec.jsontext import USUAL, Limits
from oped_dataset.corpora.compression import (
    Place,
    damage,
    is_compressed,
    packing,
    places,
    unpack,
)
from oped_dataset.corpora.progress import (
    OnError,
    Progress,
    Watch,
    bad_article,
    check_policy,
    leave_out,
    watched,
)
from oped_dataset.errors import (
    ArticleFileError,
    ArticleFileNotFound,
    InvalidArticle,
    InvalidRecord,
    OpedDatasetError,
)
from oped_dataset.filesystem import (
    PathLike,
    check_replaceable,
    file_errors,
    holding,
    kept_draft,
    open_draft,
    open_regular,
    replacing,
    sync,
)
from oped_dataset.loading import loads
from oped_dataset.messages import printable
from oped_dataset.model.article import Article
from oped_dataset.model.fields import AtLeast
from oped_dataset.validation.rules import sound

_MOST_BLANK: Final = 1000
"""Further blank lines count as missing articles, so that reading a part does not read the whole rest of the file."""

_SPACE: Final = b" \t\r\n"
"""The whitespace of JSON (RFC 8259 section 2); a line of other whitespace is not blank."""

_BLOCK: Final = 1 << 20
"""The size of a read, in bytes, where lines are only counted or skipped."""


@attrs.frozen
class LinePosition:
    """A boundary between two lines, from which reading can resume.

    Attributes:
        lines: The number of lines before it.
        offset: The number of bytes before it in the uncompressed file.
    """

    lines: int = attrs.field(default=0, validator=AtLeast(0))
    offset: int = attrs.field(default=0, validator=AtLeast(0))


_BEGINNING: Final = LinePosition()


# Reading.


def read_lines(
    source: PathLike | IO[bytes],
    *,
    start: LinePosition = _BEGINNING,
    on_error: OnError = "raise",
    progress: Watch | None = None,
    limits: Limits = USUAL,
) -> LineReader:
    """Read articles one at a time from JSON Lines, in constant memory even if the file is compressed.

    Args:
        source: A path, compressed if it ends in `.gz` or `.zst`, or an open binary stream, which stays open.
        start: The `position` of an earlier reader of the same lines, to resume there. A plain file is read from there;
            a compressed one is decompressed from its beginning or, if `write_lines` made it, from the last frame before
            the position. In a stream, the position counts from the current one.
        on_error: "raise" ends reading at a line that breaks rules. A function is called with it (`BadArticle`), and
            reading continues with the next line, however long the bad one is. A damaged file ends reading either way.
        progress: Called after each line with the number of bytes read and the size of the file.
        limits: The largest size and nesting of a document, and how many of its problems are kept.

    Returns:
        An iterator of articles with a `position`.

    Raises:
        ArticleFileNotFound: There is no such file. This and the following exceptions are raised when the first article
            is requested.
        ArticleFileError: The file cannot be read, is damaged or truncated, or no line begins at `start`; the message
            names the line that was reached.
        InvalidArticle: A line breaks rules; each problem has the number of the line.
        InvalidRecord: `on_error` has a wrong type; `source` is neither a path nor a stream, or is a text
            stream or a closed one. Raised immediately, except where a stream shows this only later.
        MissingExtra: The file is compressed with Zstandard, and the extra `zstd` is not installed.
    """
    check_policy(on_error)
    _check_stream("source", source, "rb", "readline")
    return LineReader(source, start, on_error, progress, limits)


def _check_stream(name: str, given: object, mode: str, method: str) -> None:
    """Reject anything but a path or an open binary stream."""
    if isinstance(given, (str, os.PathLike)):
        return
    if not hasattr(given, method):
        raise InvalidRecord(f"{name}: must be a path or an open binary stream, not {type(given).__name__}", name)
    if isinstance(given, io.TextIOBase):
        raise _text_stream(name, mode)
    if getattr(given, "closed", False):
        raise InvalidRecord(f"{name}: the stream is closed; open it with {mode!r} and leave it open", name)


def _text_stream(name: str, mode: str) -> InvalidRecord:
    return InvalidRecord(f"{name}: must be a binary stream, not a text stream; open it with {mode!r}", name)


class LineReader(Iterator[Article]):
    """The iterator of `read_lines`: the articles of JSON Lines, one at a time.

    Attributes:
        position: The position after the last article and all bad lines skipped so far; after an error, the position
            before the line that raised it.
    """

    position: LinePosition

    def __init__(
        self,
        source: PathLike | IO[bytes],
        start: LinePosition,
        on_error: OnError,
        progress: Watch | None,
        limits: Limits,
        first: int = 0,
    ) -> None:
        """Store the arguments of `read_lines`; nothing is opened yet. The first `first` lines are skipped."""
        self.position = start
        self._first = first
        self._places = list[Place]()
        self._on_error = on_error
        self._progress = progress
        self._limits = limits
        self._articles = self._read(source)

    def __next__(self) -> Article:
        """Read the next article."""
        return next(article for article in self._articles if article is not None)

    def _each_line(self) -> Iterator[Article | None]:
        """Iterate over the lines, with None for a line that is bad, blank or before the first requested one."""
        return self._articles

    def close(self) -> None:
        """Close the file, if it is open, before the end of reading."""
        self._articles.close()

    def _read(self, source: PathLike | IO[bytes]) -> Generator[Article | None, None, None]:
        if not isinstance(source, (str, os.PathLike)):
            _check_stream("source", source, "rb", "readline")
            self._go_to_start(source, "the stream", self.position.offset)
            yield from self._read_from(source, "the stream", None)
            return
        with file_errors(source):
            raw = open_regular(source, "rb")
        with raw:
            with self._errors_at(source):
                self._places = places(raw, source)
                before = [each for each in self._places[:-1] if self._is_before(each)]
                begin = before[-1] if before else Place(0, 0, 0)
                raw.seek(begin.packed)
                stream = unpack(raw, source)
            if self._first:
                self.position = LinePosition(begin.lines, begin.offset)
            self._go_to_start(stream, source, self.position.offset - begin.offset)
            yield from self._read_from(stream, source, raw)

    @contextmanager
    def _errors_at(self, place: object) -> Iterator[None]:
        """Convert the exceptions of a damaged file to `ArticleFileError`, with the line that was reached."""
        try:
            yield
        except OpedDatasetError:
            raise
        except damage() as error:
            reason = getattr(error, "strerror", None) or error
            raise ArticleFileError(f"{place}, line {self.position.lines + 1}: {reason}") from error

    def _is_before(self, place: Place) -> bool:
        return place.lines <= self._first or place.offset <= self.position.offset

    def _go_to_start(self, stream: IO[bytes], place: object, passed: int) -> None:
        if not passed:
            return
        with self._errors_at(place):
            stream.seek(passed - 1, os.SEEK_CUR)
            before = stream.read(1)
        if before != b"\n":
            raise ArticleFileError(
                f"{place}: no line begins at byte {self.position.offset}, where line {self.position.lines + 1} did; "
                "it is not the file that was read before"
            )

    def _read_from(
        self, stream: IO[bytes], place: object, raw: IO[bytes] | None
    ) -> Generator[Article | None, None, None]:
        size = os.fstat(raw.fileno()).st_size if raw is not None else None
        marked = {each.lines: each.offset for each in self._places}
        for line in self._lines(stream, place, raw is None):
            article = self._read_article(line) if self.position.lines >= self._first else None
            with self._errors_at(place):
                length = len(line) + (self._skip_rest(stream) if self._is_cut(line) else 0)
            self.position = LinePosition(self.position.lines + 1, self.position.offset + length)
            if self.position.lines in marked:
                self._check_frame(stream, place, marked[self.position.lines])
            if self._progress is not None:
                done = raw.tell() if raw is not None else self.position.offset
                self._progress(Progress(done=done, total=size, unit="bytes"))
            yield article
        if self._places and self.position.lines != self._places[-1].lines:
            raise self._wrong_mark(place)

    def _lines(self, stream: IO[bytes], place: object, is_given: bool) -> Iterator[bytes]:
        """Yield the lines up to the last one that is not blank; blank lines after it are not articles."""
        blank = list[bytes]()
        while True:
            if is_given:
                # The owner of a stream may have closed it since.
                _check_stream("source", stream, "rb", "readline")
            with self._errors_at(place):
                line = stream.readline(self._limits.size + 2)
            if not isinstance(line, bytes):
                # Not every text stream is recognised before reading.
                raise _text_stream("source", "rb")
            if not line:
                return
            if not line.strip(_SPACE) and not self._is_cut(line) and len(blank) < _MOST_BLANK:
                blank.append(line)
                continue
            # A blank line before another line counts as a missing article.
            yield from blank
            blank.clear()
            yield line

    def _check_frame(self, stream: IO[bytes], place: object, offset: int) -> None:
        """Check a frame and its mark at the end of the frame."""
        with self._errors_at(place):
            # Peeking beyond the end makes the library verify the checksum of the frame.
            is_end = not cast(io.BufferedReader, stream).peek(1)
        if self.position.offset != offset or is_end != (self.position.lines == self._places[-1].lines):
            raise self._wrong_mark(place)

    def _wrong_mark(self, place: object) -> ArticleFileError:
        return ArticleFileError(
            f"{place}, line {self.position.lines + 1}: the mark of a frame does not match its lines; decompress the "
            "file and compress it again"
        )

    def _read_article(self, line: bytes) -> Article | None:
        try:
            return loads(line.removesuffix(b"\n"), limits=self._limits)
        except InvalidArticle as error:
            leave_out(bad_article(error, number=self.position.lines + 1, offset=self.position.offset), self._on_error)
            return None

    def _is_cut(self, line: bytes) -> bool:
        return len(line) == self._limits.size + 2 and not line.endswith(b"\n")

    @staticmethod
    def _skip_rest(stream: IO[bytes]) -> int:
        """Skip the rest of a line that is too long, and return its number of bytes."""
        length = 0
        while block := stream.readline(_BLOCK):
            length += len(block)
            if block.endswith(b"\n"):
                break
        return length


def positions(source: PathLike, every: int) -> list[LinePosition]:
    """List the positions before the first line, after every `every` lines and at the end; in constant memory.

    Raises:
        ArticleFileNotFound: There is no such file.
        ArticleFileError: The file cannot be read.
    """
    found, lines, offset, piece, end = [_BEGINNING], 0, 0, b"", _BEGINNING
    with file_errors(source), open_regular(source, "rb") as stream:
        for piece in iter(partial(stream.readline, _BLOCK), b""):
            offset += len(piece)
            if piece.endswith(b"\n"):
                lines += 1
                if lines % every == 0:
                    found.append(LinePosition(lines, offset))
            if piece.strip(_SPACE):
                # The last line need not end with a line feed, and blank lines after it are not articles.
                end = LinePosition(lines + (not piece.endswith(b"\n")), offset)
    found = [each for each in found if each.offset < end.offset or each is _BEGINNING]
    return [*found, end] if end.offset else found


# Writing.


def write_lines(
    articles: Iterable[Article],
    target: PathLike | IO[bytes],
    *,
    resume: bool = False,
    progress: Watch | None = None,
) -> int:
    """Write articles as JSON Lines and return their number.

    A file is replaced only when everything is written. If an error or the end of the process interrupts writing, the
    old file stays unchanged and the new lines are lost, unless `resume` keeps them.

    Args:
        articles: The articles, consumed one at a time.
        target: A path, compressed if it ends in `.gz` or `.zst`, or an open binary stream, which stays open. The bytes
            depend only on the articles and the compression library.
        resume: Whether to collect the lines in a draft beside the target, `.NAME.draft`, which survives an
            interruption, and to continue after the lines in it: `articles` must then start at number
            `lines_written(target)`. A draft is never compressed; the file is compressed at the end. Only one process
            at a time may write to a target.
        progress: Called after each line with the number of lines in the file, and the total if `articles` has a length.

    Returns:
        The number of lines in the file, including those of an earlier attempt.

    Raises:
        InvalidArticle: An article breaks rules; a file at the path stays unchanged.
        ArticleFileError: The file cannot be written, or the draft is damaged.
        InvalidRecord: `resume` is set for a stream; `target` is a text stream, a closed one, or neither a path nor a
            stream.
        MissingExtra: The path ends in `.zst`, and the extra `zstd` is not installed.
    """
    several("articles", articles, "several articles", "read them first with read_lines")
    if not isinstance(target, (str, os.PathLike)):
        if resume:
            raise InvalidRecord("resume: needs a path, not a stream, because unfinished lines are kept beside the file")
        _check_stream("target", target, "wb", "write")
        return _write_each(articles, target, progress)
    if resume:
        return _resume(articles, check_replaceable(target), progress)
    with replacing(target, is_packed=True) as stream, packing(stream, target) as packed:
        return _write_each(articles, packed, progress)


def lines_written(target: PathLike) -> int:
    """Count the complete lines that an interrupted `write_lines(…, resume=True)` has left for this target.

    Nothing is changed. Without a draft, the number is 0.

    Raises:
        ArticleFileError: The draft cannot be read or is damaged.
    """
    return _find_end(kept_draft(check_replaceable(target))).lines


def _write_each(
    articles: Iterable[Article],
    stream: IO[bytes],
    progress: Watch | None,
    before: int = 0,
    *,
    flush: bool = False,
) -> int:
    count = before
    for article in watched(articles, progress, before):
        stream.write(wire.encode_line(sound(article)))
        if flush:
            stream.flush()
        count += 1
    return count


def _find_end(draft: Path) -> LinePosition:
    """Find the end of the last complete line of a draft, in constant memory."""
    lines = end = offset = 0
    with suppress(ArticleFileNotFound), file_errors(draft), open_regular(draft, "rb") as stream:
        while block := stream.read(_BLOCK):
            if b"\0" in block:
                # After a power failure, blocks that never reached the disk read as zeros.
                raise ArticleFileError(
                    f"{draft} is damaged: it contains zero bytes; remove it and write again from the start"
                )
            lines += block.count(b"\n")
            end = offset + block.rindex(b"\n") + 1 if b"\n" in block else end
            offset += len(block)
    return LinePosition(lines, end)


def _resume(articles: Iterable[Article], target: Path, progress: Watch | None) -> int:
    draft = kept_draft(target)
    with file_errors(draft), open_draft(draft, target) as stream, holding(draft, stream):
        whole = _find_end(draft)
        half = stream.seek(0, os.SEEK_END) - whole.offset
        if half:
            # Its article was not counted, so it is written again and nothing is lost; the warning reports it.
            dropped = f"{draft}: dropped {half} bytes of an incomplete line"
            warnings.warn(printable(dropped), stacklevel=3)
            stream.truncate(whole.offset)
        count = _write_each(articles, stream, progress, whole.lines, flush=True)
        sync(stream)
        # Windows does not move an open file.
        stream.close()
        with file_errors(target):
            if not is_compressed(target):
                draft.replace(target)
                return count
            # The draft stays until the compressed file is complete, so that compression may be interrupted too.
            with draft.open("rb") as lines, replacing(target, is_packed=True) as made, packing(made, target) as packed:
                for line in lines:
                    packed.write(line)
            draft.unlink()
    return count
