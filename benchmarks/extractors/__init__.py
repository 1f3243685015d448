"""What extractors that anybody can build lose of the bundled articles: `python -m benchmarks.extractors`.

What lives here: five small systems, and the page with their scores. What does not: the measures (`docs/scoring.md`).
"""
