"""Charts of an article for a paper or a lecture, drawn with Altair.

What lives here: nothing; `timeline.py` and `voices.py` draw one chart each, and `Article` has a method for each.
What does not: the page to look around in (`explorer/`), which is no picture.
"""
