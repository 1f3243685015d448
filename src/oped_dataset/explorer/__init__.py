"""The explorer: an article as one self-contained page for a browser.

Here: the making of the page (`page.py`), its data (`payload.py`), the page of a prediction's errors
(`errors.py`, with its parts beside it), and
the page itself: `page.html`, `page.css` and `scripts/`.
Not here: any decision about the data (`model/records.py`), and the words in which a date, a chain, a relation or
an argument is read (`model/when.py`, `model/wording.py`).
"""

from oped_dataset.explorer.page import explore

__all__ = ["explore"]
