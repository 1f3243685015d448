"""The way from what pipelines and language models emit to an article."""
