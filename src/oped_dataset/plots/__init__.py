"""Charts of an article for a paper or a lecture, drawn with Altair.

Here: nothing; `timeline.py`, `voices.py` and `relays.py` draw one chart each.
Not here: the page to look around in (`explorer/`), which is no picture.
"""
