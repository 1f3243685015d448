"""Many articles: lines, Parquet, pieces of work, engines, progress."""
