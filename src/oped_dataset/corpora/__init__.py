"""Corpora of many articles: JSON Lines, Parquet, pieces of work, engines, progress."""
