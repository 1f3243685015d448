"""Reading the output of pipelines and language models, and the schema and prompt for it."""
