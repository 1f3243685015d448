# Made by tools/build_pages.py from `HOMES` in `__init__.py`.

from oped_dataset.authoring.adjudicating import Adjudication as Adjudication
from oped_dataset.authoring.adjudicating import Decision as Decision
from oped_dataset.authoring.adjudicating import adjudicate as adjudicate
from oped_dataset.authoring.adjudicating import read_decisions as read_decisions
from oped_dataset.authoring.agreement import Figure as Figure
from oped_dataset.authoring.comparing import AnnotationComparison as AnnotationComparison
from oped_dataset.authoring.comparing import Disagreement as Disagreement
from oped_dataset.authoring.comparing import compare_annotations as compare_annotations
from oped_dataset.authoring.drafts import Draft as Draft
from oped_dataset.authoring.drafts import Proposal as Proposal
from oped_dataset.authoring.drafts import accept as accept
from oped_dataset.authoring.drafts import dump_draft as dump_draft
from oped_dataset.authoring.drafts import dumps_draft as dumps_draft
from oped_dataset.authoring.drafts import finish as finish
from oped_dataset.authoring.drafts import load_draft as load_draft
from oped_dataset.authoring.drafts import loads_draft as loads_draft
from oped_dataset.authoring.drafts import reject as reject
from oped_dataset.authoring.linting import lint as lint
from oped_dataset.authoring.marks import quoted_places as quoted_places
from oped_dataset.authoring.package import write_package as write_package
from oped_dataset.authoring.projects import read_project as read_project
from oped_dataset.authoring.projects import write_project as write_project
from oped_dataset.authoring.sheet import LintWarning as LintWarning
from oped_dataset.authoring.skeleton import new_article as new_article
from oped_dataset.authoring.spacy_reader import from_spacy as from_spacy
from oped_dataset.authoring.splitting import Splitter as Splitter
from oped_dataset.authoring.splitting import blocks_of as blocks_of

__all__ = [
    "Adjudication",
    "AnnotationComparison",
    "Decision",
    "Disagreement",
    "Draft",
    "Figure",
    "LintWarning",
    "Proposal",
    "Splitter",
    "accept",
    "adjudicate",
    "blocks_of",
    "compare_annotations",
    "dump_draft",
    "dumps_draft",
    "finish",
    "from_spacy",
    "lint",
    "load_draft",
    "loads_draft",
    "new_article",
    "quoted_places",
    "read_decisions",
    "read_project",
    "reject",
    "write_package",
    "write_project",
]
