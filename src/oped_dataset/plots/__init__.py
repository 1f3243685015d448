"""Charts of an article for a paper or a lecture, drawn with Altair.

What lives here: nothing; `timeline.py`, `voices.py` and `relays.py` draw one chart each.
What does not: the page to look around in (`explorer/`), which is no picture.
"""
