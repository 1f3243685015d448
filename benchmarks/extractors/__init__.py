"""What extractors that anybody can build lose of the bundled articles: `python -m benchmarks.extractors`.

Here: five small systems, and the page with their scores. Not here: the measures (`docs/scoring.md`).
"""
