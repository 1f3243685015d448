"""Projects of annotation tools: writing a draft for brat or Label Studio, and reading the result.

Here: `write_project` and `read_project`; unlike the exports, they include proposals and read unfinished annotations.
Not here: the regions and links (`exports/drawing.py`), the files of a tool (`exports/brat.py`,
`exports/label_studio.py`) and their readers (`exports/brat_reader.py`, `exports/label_studio_reader.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import attrs

from oped_dataset.authoring.drafts import Draft, Proposal
from oped_dataset.errors import InvalidRecord, NotExportable
from oped_dataset.exports.brat import brat_files
from oped_dataset.exports.brat_reader import unfinished_brat
from oped_dataset.exports.drawing import TABLES_BY_LABEL, Drawing, Region, attributes_of, draw
from oped_dataset.exports.files import Files
from oped_dataset.exports.label_studio import label_studio_files
from oped_dataset.exports.label_studio_reader import unfinished_label_studio
from oped_dataset.exports.texts import text_for
from oped_dataset.filesystem import PathLike
from oped_dataset.messages import did_you_mean, nearest, quoted
from oped_dataset.model.article import Article
from oped_dataset.model.stretches import Cover

TOOLS: Final = ("brat", "label-studio")

_OPEN: Final = "not annotated yet"
_LABELS: Final = {table: label for label, table in TABLES_BY_LABEL.items()}


def write_project(draft: Article | Draft, tool: str, folder: PathLike, *, text: str | None = None) -> tuple[Path, ...]:
    """Write a project that an annotation tool opens: the text, the records, the proposals and the vocabularies.

    A proposal is a region without its kind or, for an amount, with the note `?`. `read_project` rejects it until
    somebody has filled it in or deleted it.

    Args:
        draft: The draft, or an article.
        tool: "brat" or "label-studio".
        folder: The directory to write to: for brat one below its data; for Label Studio any.
        text: The text, if the draft does not contain it.

    Returns:
        The paths of the files.

    Raises:
        InvalidRecord: The tool is unknown, or the head of the draft is incomplete.
        InvalidArticle: Its records break rules, so that their voices are not certain.
        TextNeeded: There is no text, or it is not the annotated one.
        NotExportable: A span consists of line breaks, which brat cannot show, or a proposal has no span.
        ArticleFileError: A file cannot be written.
    """
    return project_files(draft, tool, text=text).write(folder)


def project_files(draft: Article | Draft, tool: str, *, text: str | None = None) -> Files:
    """Return the files of a project without writing them.

    Raises:
        InvalidRecord: As for `write_project`, which lists the other exceptions.
    """
    _check_tool(tool)
    given = draft if isinstance(draft, Draft) else Draft(article=draft)
    if given.missing:
        missing = ", ".join(given.missing)
        raise InvalidRecord(f"draft: the head of {given.article.id!r} lacks {missing}; pass them to new_article")
    article = given.article
    words = text_for(article, text, tool)
    drawing = draw(_with_reasons(article), words)
    regions = [*drawing.regions, *map(_draw_proposal, given.proposals)]
    write = brat_files if tool == "brat" else label_studio_files
    files: Files = write(article, words, Drawing(regions, drawing.links))
    return files


def read_project(
    source: Mapping[str, bytes] | list[Any] | PathLike,
    tool: str,
    name: str | None = None,
    *,
    annotation: int | None = None,
) -> Draft:
    """Read the annotation made in a tool; it may be unfinished.

    Args:
        source: For brat the directory or its files, for Label Studio the project exported as JSON, as a file or as its
            list of tasks.
        tool: "brat" or "label-studio".
        name: The id of the article, if there are several.
        annotation: For Label Studio the id of the annotation, if a task has several.

    Returns:
        A draft without proposals; `lint` lists its gaps, and `finish` makes an article of it.

    Raises:
        InvalidRecord: The tool is unknown, or `annotation` is passed for brat.
        InvalidImport: Regions or links are unknown or incomplete; the message lists them.
        InvalidArticle: Records are invalid; the messages name the regions.
        ArticleFileError: The files cannot be read.
    """
    _check_tool(tool)
    given: Any = source
    if tool == "brat":
        if annotation is not None:
            raise InvalidRecord("annotation: brat has one annotation of each text, without an id", "annotation")
        return Draft(article=unfinished_brat(given, name))
    return Draft(article=unfinished_label_studio(given, name, annotation))


def _check_tool(tool: str) -> None:
    if tool not in TOOLS:
        hint = did_you_mean(nearest(str(tool), TOOLS)) or f"choose from: {', '.join(TOOLS)}"
        raise InvalidRecord(f"tool: no annotation tool {quoted(tool)}; {hint}")


def _with_reasons(article: Article) -> Article:
    """Give each sentence that is not annotated yet a reason, so that no rule reports it."""
    cover = Cover((span.start, span.end) for claim in article.claims for span in claim.evidence)
    sentences = tuple(
        each if each.no_claim or cover.touches(each.span.start, each.span.end) else attrs.evolve(each, no_claim=_OPEN)
        for each in article.source.sentences
    )
    return attrs.evolve(article, source=attrs.evolve(article.source, sentences=sentences))


def _draw_proposal(proposal: Proposal) -> Region:
    if proposal.layer not in _LABELS or not proposal.spans:
        raise NotExportable(f"the proposal {quoted(proposal.id)} has no span in the text; accept or reject it first")
    label = _LABELS[proposal.layer]
    names = {slot.name: name for name, slot in attributes_of(label).items()}
    given = {names[field]: value for field, value in proposal.record.items() if field in names and value}
    # Without the question mark, the reader would take the amount from the words.
    note = ["?"] if proposal.layer == "quantities" else []
    if proposal.record.get("value") is not None:
        note.append(str(proposal.record["value"]))
    return Region(
        # Ids of records do not contain slashes, so this key is free.
        key=f"{proposal.id}/proposed",
        label=label,
        places=[{"start": span.start, "end": span.end} for span in proposal.spans],
        attributes=given,
        note=" ".join(note),
    )
