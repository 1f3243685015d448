# Made by tools/build_pages.py from `HOMES` in `__init__.py`.

from oped_dataset.authoring.drafts import Draft as Draft
from oped_dataset.authoring.drafts import Proposal as Proposal
from oped_dataset.authoring.drafts import accept as accept
from oped_dataset.authoring.drafts import dump_draft as dump_draft
from oped_dataset.authoring.drafts import dumps_draft as dumps_draft
from oped_dataset.authoring.drafts import finish as finish
from oped_dataset.authoring.drafts import load_draft as load_draft
from oped_dataset.authoring.drafts import loads_draft as loads_draft
from oped_dataset.authoring.drafts import reject as reject

__all__ = [
    "Draft",
    "Proposal",
    "accept",
    "dump_draft",
    "dumps_draft",
    "finish",
    "load_draft",
    "loads_draft",
    "reject",
]
