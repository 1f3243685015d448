"""A project of an annotation tool around a draft, and the draft that people have made of it there.

Here: `write_project` and `read_project` for brat and Label Studio; proposals, which are drawn but lack
something until somebody has looked at them; and reading what is unfinished.
Not here: what is drawn (`exports/drawing.py`), the files of a tool (`exports/brat.py`,
`exports/label_studio.py`) and the ways back (`exports/brat_reader.py`, `exports/label_studio_reader.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import attrs

from oped_dataset.arguments import argument
from oped_dataset.authoring.drafts import Draft, Proposal
from oped_dataset.errors import InvalidRecord
from oped_dataset.exports.brat import brat_files
from oped_dataset.exports.brat_reader import unfinished_brat
from oped_dataset.exports.drawing import TABLES_BY_LABEL, Drawing, Region, attributes_of, draw
from oped_dataset.exports.files import Files
from oped_dataset.exports.label_studio import label_studio_files
from oped_dataset.exports.label_studio_reader import unfinished_label_studio
from oped_dataset.exports.texts import text_for
from oped_dataset.filesystem import PathLike
from oped_dataset.messages import did_you_mean, nearest
from oped_dataset.model.article import Article
from oped_dataset.model.stretches import Cover

TOOLS: Final = ("brat", "label-studio")

_OPEN: Final = "not annotated yet"
_LABELS: Final = {table: label for label, table in TABLES_BY_LABEL.items()}


def write_project(draft: Article | Draft, tool: str, folder: PathLike, *, text: str | None = None) -> tuple[Path, ...]:
    """Write a project that an annotation tool opens: the text, the records so far, the proposals, the closed lists.

    A proposal is drawn as a region that lacks its kind, or of an amount has the note `?`; it is refused when the
    project is read back, until somebody has filled it in or deleted it.

    Args:
        draft: The draft, or an article.
        tool: "brat" or "label-studio".
        folder: Where to write: for brat a folder below its data; for Label Studio any.
        text: The text, where the draft does not hold it.

    Returns:
        The paths of the files.

    Raises:
        InvalidRecord: There is no such tool, or the head of the draft is not filled in.
        InvalidArticle: Its records break rules, so that it is not clear who puts them forward.
        TextNeeded: There is no text, or not the annotated one.
        NotExportable: A record stands at nothing but line breaks, which brat cannot show.
        ArticleFileError: A file cannot be written.
    """
    return project_files(draft, tool, text=text).write(folder)


def project_files(draft: Article | Draft, tool: str, *, text: str | None = None) -> Files:
    """The files of a project, in memory.

    Raises:
        InvalidRecord: As for `write_project`, and so are the others.
    """
    argument("draft", draft, (Article, Draft), "an Article or a Draft")
    _check_tool(tool)
    held = draft if isinstance(draft, Draft) else Draft(article=draft)
    if held.missing:
        missing = ", ".join(held.missing)
        raise InvalidRecord(
            f"draft: the head of {held.article.id!r} lacks {missing}; give them to new_article or `new`"
        )
    article = held.article
    words = text_for(article, text, tool)
    drawing = draw(_explained(article), words)
    regions = [*drawing.regions, *map(_region, held.proposals)]
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
    """Read the draft that people have made in an annotation tool; it may be unfinished.

    Args:
        source: For brat the folder or its files, for Label Studio the file of the project exported as JSON or the
            list of tasks in it.
        tool: "brat" or "label-studio".
        name: The id of the article, where there are several.
        annotation: For Label Studio the id of the annotation, where a task has several.

    Returns:
        A draft without proposals; `lint` lists what is missing in it, and `finish` makes an article of it.

    Raises:
        InvalidRecord: There is no such tool.
        InvalidImport: A region or link has no meaning or lacks something; each is named.
        InvalidArticle: A record cannot exist; the messages name the regions.
        ArticleFileError: The files cannot be read.
    """
    _check_tool(tool)
    given: Any = source
    if tool == "brat":
        return Draft(article=unfinished_brat(given, name))
    return Draft(article=unfinished_label_studio(given, name, annotation))


def _check_tool(tool: str) -> None:
    if tool not in TOOLS:
        hint = did_you_mean(nearest(str(tool), TOOLS)) or f"there are: {', '.join(TOOLS)}"
        raise InvalidRecord(f"tool: no annotation tool {tool!r}; {hint}")


def _explained(article: Article) -> Article:
    """The article with a reason for each sentence that nobody has annotated, which no rule then reports."""
    cover = Cover((span.start, span.end) for claim in article.claims for span in claim.evidence)
    sentences = tuple(
        each if each.no_claim or cover.touches(each.span.start, each.span.end) else attrs.evolve(each, no_claim=_OPEN)
        for each in article.source.sentences
    )
    return attrs.evolve(article, source=attrs.evolve(article.source, sentences=sentences))


def _region(proposal: Proposal) -> Region:
    label = _LABELS[proposal.layer]
    names = {slot.name: name for name, slot in attributes_of(label).items()}
    given = {names[field]: value for field, value in proposal.record.items() if field in names and value}
    return Region(
        # No id of a record has a slash.
        key=f"{proposal.id}/proposed",
        label=label,
        places=[{"start": span.start, "end": span.end} for span in proposal.spans],
        attributes=given,
        note=" ".join(_note(proposal)),
    )


def _note(proposal: Proposal) -> Iterator[str]:
    """What is proposed as the value; a question mark for an amount, which would otherwise be read from the words."""
    if proposal.layer == "quantities":
        yield "?"
    value = proposal.record.get("value")
    if value is not None:
        yield str(value)
