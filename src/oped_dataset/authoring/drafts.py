"""Drafts: unfinished articles, with proposals that are not part of the article yet.

Here: the draft, its file, and accepting and rejecting proposals.
Not here: making a draft from a text (`skeleton.py`) and the rules between records (`validation/rules.py`).

The file of a draft is that of an article with one more key, `draft`, the list of proposals. Keys of the head that
nobody has filled in are absent. `validate` reports both, so that a draft never passes for an article; an article file
is a draft without proposals.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, Final

import attrs

from oped_dataset.codec import jsontext, wire
from oped_dataset.codec.jsontext import USUAL, Limits
from oped_dataset.codec.pointers import locate
from oped_dataset.codec.shape import DRAFT_KEY, read_part
from oped_dataset.errors import InvalidArticle, Problem, RecordNotFound, Report
from oped_dataset.filesystem import PathLike, read_bytes, replacing
from oped_dataset.loading import from_data
from oped_dataset.messages import nearest, quoted
from oped_dataset.model.article import TABLES, Article
from oped_dataset.model.layout import layout
from oped_dataset.model.records import Span

UNFILLED: Final[dict[str, Any]] = {
    "title": "untitled",
    "published": "0001-01-01",
    "publisher": "unknown-publisher",
    "authors": ["unknown-author"],
    "licence": "unknown",
}
"""Keys of the head that a draft may lack, each with its placeholder in memory, which is never written."""

_RECORDS: Final[dict[str, Any]] = {slot.name: slot.kind for slot in layout(Article) if slot.name in TABLES}


@attrs.frozen(kw_only=True)
class Proposal:
    """A record that a program proposes for a span of the text; it becomes part of the article when accepted.

    Attributes:
        layer: The table of the record, such as `quotations`.
        record: The known fields of the record, as in a file; None for a field that must be filled in.
        by: The program that proposes it.
    """

    layer: str
    record: dict[str, Any]
    by: str

    @property
    def id(self) -> str:
        """The id of the proposed record."""
        return str(self.record["id"])

    @property
    def spans(self) -> tuple[Span, ...]:
        """Its spans in the text."""
        places = self.record.get("evidence") or [self.record.get("span")]
        return tuple(Span(place["start"], place["end"]) for place in places if place)

    @property
    def unfilled(self) -> tuple[str, ...]:
        """The fields that must be filled in before the proposal can be accepted."""
        slots = layout(_RECORDS[self.layer])
        return tuple(
            slot.name
            for slot in slots
            if self.record.get(slot.name) is None and not (slot.is_optional or slot.may_be_left_out)
        )


@attrs.frozen(kw_only=True)
class Draft:
    """An unfinished article with open proposals.

    Attributes:
        article: The article so far; it may break the rules that `validate` checks.
        proposals: Records that have been neither accepted nor rejected.
        missing: The keys of the head that nobody has filled in; `article` has placeholders for them.
        problems: The parts that could not be converted from another format; not written to the file.
    """

    article: Article
    proposals: tuple[Proposal, ...] = ()
    missing: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = attrs.field(default=(), eq=False)

    def proposal(self, proposal_id: str) -> Proposal:
        """Find a proposal by the id of its record.

        Raises:
            RecordNotFound: There is no such proposal; the message lists the closest ids.
        """
        for each in self.proposals:
            if each.id == proposal_id:
                return each
        raise RecordNotFound(proposal_id, nearest(proposal_id, [each.id for each in self.proposals]))


def accept(draft: Draft, proposal_id: str, **fields: Any) -> Draft:
    """Make a proposal a record of the article.

    Args:
        draft: The draft.
        proposal_id: The id of the proposal.
        **fields: Fields of the record to fill in or replace, with values as in a file.

    Returns:
        A draft with the record and without the proposal.

    Raises:
        RecordNotFound: There is no such proposal.
        InvalidArticle: The record is invalid; the exception has all problems.
    """
    proposal = draft.proposal(proposal_id)
    record = read_part({**_without_none(proposal.record, proposal.layer), **fields}, _RECORDS[proposal.layer], "")
    table = draft.article.tables[proposal.layer]
    changed: dict[str, Any] = {proposal.layer: (*table, record)}
    article = attrs.evolve(draft.article, **changed)
    return attrs.evolve(reject(draft, proposal_id), article=article)


def reject(draft: Draft, proposal_id: str) -> Draft:
    """Delete a proposal.

    Raises:
        RecordNotFound: There is no such proposal.
    """
    unwanted = draft.proposal(proposal_id)
    return attrs.evolve(draft, proposals=tuple(each for each in draft.proposals if each is not unwanted))


def finish(draft: Draft) -> Article:
    """Return the article of a finished draft.

    Raises:
        InvalidArticle: Proposals are open, keys of the head are missing, or the article breaks rules.
    """
    data = _to_data(draft)
    if not draft.proposals:
        del data[DRAFT_KEY]
    return from_data(data)


def _without_none(record: dict[str, Any], layer: str) -> dict[str, Any]:
    """Leave out the fields that are to be filled in; an unknown key is kept, and so rejected."""
    known = {slot.name for slot in layout(_RECORDS[layer])}
    return {key: value for key, value in record.items() if value is not None or key not in known}


# Files.


def dumps_draft(draft: Draft) -> bytes:
    """Serialise a draft as the content of a file, in the canonical form of articles."""
    return jsontext.write(_to_data(draft))


def dump_draft(draft: Draft, path: PathLike) -> None:
    """Write a draft to a file, which is replaced as a whole or left unchanged.

    Raises:
        ArticleFileError: The file cannot be written.
    """
    content = dumps_draft(draft)
    with replacing(path) as stream:
        stream.write(content)


def _to_data(draft: Draft) -> dict[str, Any]:
    data = {key: value for key, value in wire.to_data(draft.article).items() if key not in draft.missing}
    proposals = [{"layer": each.layer, "by": each.by, "record": each.record} for each in draft.proposals]
    return {**data, DRAFT_KEY: proposals}


def loads_draft(data: bytes | bytearray | str, *, limits: Limits = USUAL) -> Draft:
    """Read a draft from the content of a file; the file of an article is a draft without proposals.

    The draft may break rules between records.

    Args:
        data: The JSON, as UTF-8 bytes or as text.
        limits: The greatest size and nesting of the document, and the number of problems to keep.

    Raises:
        InvalidArticle: It does not have the form of a draft; the exception has all problems.
    """
    parsed = jsontext.parse(data, limits)
    document, missing = parsed.value, tuple[str, ...]()
    proposals: list[Proposal] = []
    listed: Iterable[Problem] = ()
    article, form = None, Report()
    if isinstance(document, dict):
        listed = _read_proposals(document.pop(DRAFT_KEY, []), proposals)
        missing = tuple(key for key in UNFILLED if key not in document)
        document = document | {key: UNFILLED[key] for key in missing}
    if not parsed.report.problems:
        examined = wire.draft_of(document)
        article, form = examined.article, examined.report
    problems, omitted = (*parsed.report.problems, *form.problems), parsed.report.omitted + form.omitted
    report = Report.of(chain(problems, listed), limit=limits.problems, omitted=omitted)
    if article is None or report.problems:
        raise InvalidArticle(locate(parsed.text, report.problems), report.omitted)
    return Draft(article=article, proposals=tuple(proposals), missing=missing)


def _read_proposals(data: Any, proposals: list[Proposal]) -> Iterator[Problem]:
    """Read the proposals, append them to `proposals`, and yield their problems."""
    if not isinstance(data, list):
        yield _wrong_type(f"/{DRAFT_KEY}", "must be a list of proposals")
        return
    ids = set[str]()
    for index, each in enumerate(data):
        place = f"/{DRAFT_KEY}/{index}"
        if not _is_proposal(each):
            yield _wrong_type(
                place, "must be an object with 'layer', the name of a table, 'by', and 'record' with an id"
            )
            continue
        try:
            read_part(_without_none(each["record"], each["layer"]), _RECORDS[each["layer"]], f"{place}/record")
        except InvalidArticle as error:
            # A proposal may lack fields, which somebody fills in when accepting it; but not the parts of a value.
            problems = [
                problem
                for problem in error.problems
                if (problem.code, problem.pointer) != ("OPED-missing-key", f"{place}/record")
            ]
            yield from problems
            if problems:
                continue
        read = Proposal(**each)
        if read.id in ids:
            message = f"another proposal has the id {quoted(read.id)} too"
            yield Problem(code="OPED-duplicate-id", pointer=f"{place}/record/id", message=message)
        ids.add(read.id)
        proposals.append(read)


def _is_proposal(data: Any) -> bool:
    if not isinstance(data, dict) or data.keys() != {"layer", "by", "record"} or not isinstance(data["by"], str):
        return False
    record = data["record"]
    has_id = isinstance(record, dict) and record.get("id") is not None
    return isinstance(data["layer"], str) and data["layer"] in _RECORDS and has_id


def _wrong_type(pointer: str, message: str) -> Problem:
    return Problem(code="OPED-wrong-type", pointer=pointer, message=message)


def load_draft(path: PathLike, *, limits: Limits = USUAL) -> Draft:
    """Read a draft from a file, as `loads_draft` does from its content.

    Args:
        path: The path of the file.
        limits: The greatest size and nesting of the document, and the number of problems to keep.

    Raises:
        ArticleFileNotFound: There is no such file.
        ArticleFileError: It cannot be read.
        InvalidArticle: It does not have the form of a draft; the exception has all problems.
    """
    return loads_draft(read_bytes(path, limits.size), limits=limits)
