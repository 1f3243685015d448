"""The explorer: an article as one self-contained page for a browser.

Here: the page (`page.py`, `page.html`, `page.css`, `scripts/`) and its data (`payload.py`), the page of a prediction's
errors (`errors.py` and the files of that name), and the frame of both (`frame.py`, `head.html`).
Not here: the words for a date, a chain, a relation or an argument (`model/when.py`, `model/wording.py`), and the
colours of commitments (`model/colours.py`).
"""

from oped_dataset.explorer.page import explore

__all__ = ["explore"]
