"""Judging one annotation of a text by another: matching, figures, what was lost."""
