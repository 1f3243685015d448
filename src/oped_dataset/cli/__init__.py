"""The command line, one file a command: `main.py` runs the one that is asked for.

Nothing from a document reaches the terminal as a control character, as a mark that reorders a line, or as markup.
What a command does not need is not imported for it, so that `--help` and completion are there at once.
"""
