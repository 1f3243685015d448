"""The contenders, one library a file: the same few functions for each, as `contest.Contender` lists them.

Here: how a library reads, writes, checks and lays out our documents, in the way its users would.
Not here: the descriptions of contenders (`entrants.py`), and any measuring.
"""
