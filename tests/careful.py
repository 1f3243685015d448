"""The careful reader without the help of the fast one, so that the two can be compared."""

from __future__ import annotations

import pytest

from oped_dataset.codec import fastpath
from oped_dataset.codec.shape import Draft, examine
from oped_dataset.errors import MOST_PROBLEMS


def examine_alone(data: object) -> Draft:
    """Read plain data with the careful reader, every record included."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fastpath, "read_record", lambda *_: None)
        return examine(data, limit=MOST_PROBLEMS)
