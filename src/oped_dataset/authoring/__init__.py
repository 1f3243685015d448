"""Annotating your own article: drafts, proposals, lint, and the comparison of two annotations.

    from oped_dataset import lint, new_article

    draft = new_article(text, id="toll-essay", authors=["Ines Maro"])
    print(lint(draft, text))

Here: the public names, each imported when it is first used. A draft (`drafts.py`) consists of an unfinished article and
proposals, which are not part of the article until somebody accepts them. `lint` (`linting.py`) lists the gaps of an
annotation. Two annotations of one text are compared (`comparing.py`, `agreement.py`) and adjudicated
(`adjudicating.py`).
Not here: `oped_dataset.validate` (`loading.py`), which rejects drafts.
"""

from __future__ import annotations

from oped_dataset.lazy import front_door

HOMES = {
    "adjudicating": (
        "Adjudication",
        "Decision",
        "adjudicate",
        "read_decisions",
    ),
    "agreement": ("Figure",),
    "comparing": (
        "AnnotationComparison",
        "Disagreement",
        "compare_annotations",
    ),
    "drafts": (
        "Draft",
        "Proposal",
        "accept",
        "dump_draft",
        "dumps_draft",
        "finish",
        "load_draft",
        "loads_draft",
        "reject",
    ),
    "linting": ("lint",),
    "marks": ("quoted_places",),
    "package": ("write_package",),
    "projects": ("read_project", "write_project"),
    "sheet": ("LintWarning",),
    "skeleton": ("new_article",),
    "spacy_reader": ("from_spacy",),
    "splitting": (
        "Splitter",
        "blocks_of",
    ),
}
"""The public names of each module."""

__all__, __getattr__, __dir__ = front_door(__name__, HOMES)
