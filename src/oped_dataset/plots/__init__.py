"""Charts of an article for a paper or a lecture, drawn with Altair.

Here: one module for each chart (`timeline.py`, `voices.py`, `relays.py`), and their sheet and scale.
Not here: the page to explore an article in (`explorer/`).
"""
