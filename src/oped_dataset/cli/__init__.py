"""The command line, one file for each command; `main.py` runs the requested one.

Nothing from a document reaches the terminal as a control character, as a mark that reorders a line, or as markup.
A command imports only the modules that it needs, so that `--help` and completion respond at once.
"""
