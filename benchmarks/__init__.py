"""The speed of the package beside other libraries that read the same documents: `python -m benchmarks`.

Here: paired comparisons. Not here: tests, none of which measures a time.
This file stays empty of code, because processes whose start is measured import it.
"""
