"""One real op-ed as claims with chains of voices, in typed and immutable records.

    from oped_dataset import load

    article = load()

This is the front door: every public name, with the module that defines it. Each is imported on first use, and importing
the package reads no data file. `tools/build_pages.py` generates the stub beside this file for type checkers.
"""

from __future__ import annotations

from oped_dataset.lazy import front_door

HOMES = {
    "authoring.linting": ("lint",),
    "authoring.skeleton": ("new_article",),
    "codec.json_schema": ("schema",),
    "codec.jsontext": (
        "Limits",
        "USUAL",
    ),
    "corpora.engines": (
        "on_cores",
        "on_dask",
    ),
    "corpora.lines": (
        "LineReader",
        "lines_written",
        "read_lines",
        "write_lines",
    ),
    "corpora.parquet": (
        "read_parquet",
        "rows_written",
        "write_parquet",
    ),
    "corpora.paths": ("validate_paths",),
    "corpora.pieces": (
        "CorpusReport",
        "score_corpus",
        "validate_corpus",
    ),
    "corpora.progress": (
        "BadArticle",
        "Progress",
    ),
    "errors": (
        "InvalidArticle",
        "OpedDatasetError",
        "Problem",
        "Report",
    ),
    "explorer": ("explore",),
    "explorer.errors": ("explore_errors",),
    "exports.registry": (
        "export",
        "formats",
    ),
    "extraction.from_records": ("from_records",),
    "extraction.instructions": ("instructions",),
    "extraction.passages": ("Passage", "passages"),
    "extraction.results": ("Extraction", "Rejection", "Repair"),
    "extraction.schema": ("extraction_schema",),
    "extraction.to_records": ("to_records",),
    "library": (
        "load",
        "names",
    ),
    "loading": (
        "configure_converter",
        "dump_path",
        "dumps",
        "from_data",
        "load_path",
        "loads",
        "to_data",
        "validate",
        "validate_path",
    ),
    "model.article": (
        "ArgumentTable",
        "Article",
        "ClaimTable",
        "Dossier",
        "EntityTable",
        "EventTable",
        "MentionTable",
        "QuantityTable",
        "QuotationTable",
        "RelationTable",
        "TimeTable",
    ),
    "model.dates": ("Edtf",),
    "model.mappings": (
        "MAPPINGS",
        "mapping",
    ),
    "model.records": (
        "Argument",
        "Claim",
        "Entity",
        "Erratum",
        "Event",
        "Heading",
        "Identifier",
        "Mention",
        "Paragraph",
        "Participant",
        "Quantity",
        "Quotation",
        "Relation",
        "Sentence",
        "Shift",
        "Source",
        "Span",
        "TimeExpression",
        "Voice",
    ),
    "model.tables": (
        "Record",
        "Table",
    ),
    "model.vocabulary": (
        "Act",
        "ArgumentKind",
        "Channel",
        "ClaimKind",
        "Commitment",
        "Comparator",
        "EntityKind",
        "EventKind",
        "EventStatus",
        "Ground",
        "MentionForm",
        "Mode",
        "Predicate",
        "QuotationKind",
        "Role",
        "TimeKind",
    ),
    "plots.relays": ("plot_relays",),
    "plots.timeline": ("plot_timeline",),
    "plots.voices": ("plot_voices",),
    "scoring.attribution": ("ChainOutcome",),
    "scoring.commitment": ("CommitmentOutcome",),
    "scoring.comparison": ("compare",),
    "scoring.scores": (
        "Scores",
        "baselines",
        "score",
    ),
    "text.attachment": (
        "AttachedArticle",
        "Coverage",
    ),
    "text.canonical": (
        "normalise",
        "sentence_digest",
    ),
    "text.fingerprints": ("fingerprint",),
    "text.units": ("CodeUnits",),
    "validation.reporting": ("render",),
    "version": ("__version__",),
}
"""The public names by the module that defines them."""

__all__, __getattr__, __dir__ = front_door(__name__, HOMES)
