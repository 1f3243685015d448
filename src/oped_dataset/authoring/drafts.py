"""Drafts: an article that somebody is still annotating, with proposals that are not part of it yet.

Here: the draft, its file, and accepting and deleting proposals.
Not here: making a draft from a text (`skeleton.py`) and the rules an article has to keep
(`validation/rules.py`).

The file of a draft is that of an article with one more key, `draft`, the list of
proposals. Keys of the head of the
article that nobody has filled in yet are left out. `validate` reports both, so that a draft never passes for an
article; an article file is a draft without proposals.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import attrs

from oped_dataset.arguments import argument
from oped_dataset.codec import jsontext, wire
from oped_dataset.codec.jsontext import USUAL, Limits
from oped_dataset.codec.pointers import locate
from oped_dataset.codec.shape import DRAFT_KEY, read_part
from oped_dataset.errors import InvalidArticle, Problem, RecordNotFound
from oped_dataset.filesystem import PathLike, read_bytes, replacing
from oped_dataset.loading import from_data
from oped_dataset.messages import nearest
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
"""Keys of the head that a draft may lack, each with what stands for it in memory and is never written."""

_RECORDS: Final[dict[str, Any]] = {slot.name: slot.kind for slot in layout(Article) if slot.name in TABLES}


@attrs.frozen(kw_only=True)
class Proposal:
    """A record that a program proposes, at a place in the text; it belongs to the article once somebody accepts it.

    Attributes:
        layer: The table it would stand in, such as `quotations`.
        record: What is known of the record, in the spelling of the file; None stands for what has to be filled in.
        by: The program that proposes it.
    """

    layer: str
    record: dict[str, Any]
    by: str

    @property
    def id(self) -> str:
        """The id the record would have."""
        return str(self.record["id"])

    @property
    def spans(self) -> tuple[Span, ...]:
        """Its places in the text."""
        places = self.record.get("evidence") or [self.record.get("span")]
        return tuple(Span(place["start"], place["end"]) for place in places if place)

    @property
    def unfilled(self) -> tuple[str, ...]:
        """The fields that have to be filled in before the record can exist."""
        slots = layout(_RECORDS[self.layer])
        return tuple(
            slot.name
            for slot in slots
            if self.record.get(slot.name) is None and not (slot.is_optional or slot.may_be_left_out)
        )


@attrs.frozen(kw_only=True)
class Draft:
    """An article that is still being annotated.

    Attributes:
        article: The article so far; it may break the rules that `validate` checks.
        proposals: Records that nobody has accepted or deleted yet.
        missing: The keys of the head of the article that nobody has filled in; `article` holds a placeholder there.
        problems: What could not be taken from another format; not written to the file.
    """

    article: Article
    proposals: tuple[Proposal, ...] = ()
    missing: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = attrs.field(default=(), eq=False)

    def proposal(self, proposal_id: str) -> Proposal:
        """Find a proposal by the id its record would have.

        Raises:
            RecordNotFound: There is none; the message names the nearest.
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
        **fields: Fields of the record, in the spelling of the file: what is filled in, or replaced.

    Returns:
        A draft with the record and without the proposal.

    Raises:
        RecordNotFound: There is no such proposal.
        InvalidArticle: The record cannot exist; all findings are in it.
    """
    proposal = draft.proposal(proposal_id)
    record = read_part({**_filled(proposal.record), **fields}, _RECORDS[proposal.layer], "")
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
    """Take the article out of a draft in which nothing is open.

    Raises:
        InvalidArticle: Proposals are open, keys of the head are not filled in, or the article breaks rules.
    """
    data = _to_data(draft)
    if not draft.proposals:
        del data[DRAFT_KEY]
    return from_data(data)


def _filled(record: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if value is not None}


# Files.


def dumps_draft(draft: Draft) -> bytes:
    """Write a draft as the content of a file, in the canonical spelling of articles.

    Raises:
        InvalidRecord: It is not a draft.
    """
    argument("draft", draft, Draft, "a Draft")
    return jsontext.write(_to_data(draft))


def dump_draft(draft: Draft, path: PathLike) -> None:
    """Write a draft to a file, which is either replaced as a whole or left as it was.

    Raises:
        ArticleFileError: The file cannot be written.
        InvalidRecord: It is not a draft.
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

    The rules between records may be broken.

    Args:
        data: The JSON, as UTF-8 bytes or as text.
        limits: The largest size and nesting of a document, and how many of its problems are kept.

    Raises:
        InvalidArticle: It does not have the form of a draft; all findings are in it.
        InvalidRecord: `data` or `limits` is of another type.
    """
    argument("data", data, (bytes, bytearray, str), "bytes, bytearray or str")
    argument("limits", limits, Limits, "Limits")
    parsed = jsontext.parse(bytes(data) if isinstance(data, bytearray) else data, limits)
    document, found = parsed.value, [*parsed.report.problems]
    missing: tuple[str, ...] = ()
    proposals: list[Proposal] = []
    if isinstance(document, dict):
        proposals = list(_proposals(document.pop(DRAFT_KEY, []), found))
        missing = tuple(key for key in UNFILLED if key not in document)
        document = document | {key: UNFILLED[key] for key in missing}
    if not parsed.report.problems:
        examined = wire.draft_of(document)
        found += examined.report.problems
        if examined.article is not None and not found:
            return Draft(article=examined.article, proposals=tuple(proposals), missing=missing)
    raise InvalidArticle(locate(parsed.text, found))


def _proposals(data: Any, found: list[Problem]) -> Iterator[Proposal]:
    """Read the proposals; findings are added to those found so far."""
    if not isinstance(data, list):
        found.append(_refused(f"/{DRAFT_KEY}", "must be a list of proposals"))
        return
    for index, each in enumerate(data):
        place = f"/{DRAFT_KEY}/{index}"
        if not isinstance(each, dict) or each.keys() != {"layer", "by", "record"} or each["layer"] not in _RECORDS:
            found.append(_refused(place, "must be an object with 'layer', the name of a table, 'by' and 'record'"))
            continue
        found += (problems := list(_findings(each["record"], each["layer"], f"{place}/record")))
        if not problems:
            yield Proposal(**each)


def _findings(record: Any, layer: str, pointer: str) -> list[Problem]:
    """Find what keeps a proposed record from being read as one, apart from what is not filled in."""
    try:
        read_part(_filled(record) if isinstance(record, dict) else record, _RECORDS[layer], pointer)
    except InvalidArticle as error:
        return [each for each in error.problems if each.code != "OPED-missing-key"]
    return []


def _refused(pointer: str, message: str) -> Problem:
    return Problem(code="OPED-wrong-type", pointer=pointer, message=message)


def load_draft(path: PathLike, *, limits: Limits = USUAL) -> Draft:
    """Read a draft from a file, as `loads_draft` does from its content.

    Args:
        path: Where the file is.
        limits: The largest size and nesting of a document, and how many of its problems are kept.

    Raises:
        ArticleFileNotFound: There is no such file.
        ArticleFileError: It cannot be read.
        InvalidArticle: It does not have the form of a draft; all findings are in it.
    """
    return loads_draft(read_bytes(path, limits.size), limits=limits)
