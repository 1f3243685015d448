"""Scoring one annotation of a text against another: matching, figures, errors, comparison."""
