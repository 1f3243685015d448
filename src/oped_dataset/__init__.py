"""Who says what, how surely, and on whose word, in one real op-ed, as typed and immutable data.

    from oped_dataset import load

    article = load()

This is the front door: every public name, each imported when it is first used.
Importing the package reads no data file.
"""

from __future__ import annotations

# Only for speed: `typing` and `importlib` alone would make the import half as long again as the start of the
# interpreter. Checkers of types take a name spelled so for the one in `typing`.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Any, Final

    from oped_dataset.attachment import (
        AttachedArticle,
        AttachedParagraph,
        AttachedSentence,
        Coverage,
        LostSpan,
        Share,
    )
    from oped_dataset.canonical import (
        normalise,
        sentence_digest,
    )
    from oped_dataset.corpora import (
        CorpusReport,
        score_corpus,
        validate_corpus,
    )
    from oped_dataset.dask_engine import (
        on_dask,
    )
    from oped_dataset.dates import (
        Edtf,
        is_duration,
    )
    from oped_dataset.errors import (
        ArticleFileError,
        ArticleFileNotFound,
        ArticleNotFound,
        BrokenPlugin,
        FormatNotFound,
        InvalidArticle,
        InvalidDate,
        InvalidImport,
        InvalidRecord,
        LabelNotFound,
        MappingNotFound,
        MissingExtra,
        NotAttachable,
        NotComparable,
        NotExportable,
        OpedDatasetError,
        Problem,
        RecordNotFound,
        Report,
        TextNeeded,
        UnknownField,
    )
    from oped_dataset.explorer import (
        explore,
    )
    from oped_dataset.exports.registry import (
        export,
        formats,
    )
    from oped_dataset.extraction import (
        Extraction,
        from_records,
    )
    from oped_dataset.fidelity import (
        AttributionFidelity,
        ChainOutcome,
        CommitmentFidelity,
        CommitmentOutcome,
    )
    from oped_dataset.fingerprints import (
        fingerprint,
    )
    from oped_dataset.json_schema import (
        schema,
    )
    from oped_dataset.library import (
        load,
        names,
    )
    from oped_dataset.lines import (
        LinePosition,
        LineReader,
        lines_written,
        read_lines,
        write_lines,
    )
    from oped_dataset.loading import (
        dump_path,
        dumps,
        load_path,
        loads,
        validate,
    )
    from oped_dataset.mappings import (
        MAPPINGS,
        Correspondence,
        LostLabel,
        SchemeMapping,
        mapping,
    )
    from oped_dataset.model import (
        Argument,
        ArgumentTable,
        Article,
        Claim,
        ClaimTable,
        Dossier,
        Entity,
        EntityTable,
        Erratum,
        Event,
        EventTable,
        Heading,
        Identifier,
        Mention,
        MentionTable,
        Paragraph,
        Participant,
        Quantity,
        QuantityTable,
        Quotation,
        QuotationTable,
        Relation,
        RelationTable,
        Sentence,
        Shift,
        Source,
        Span,
        TimeExpression,
        TimeTable,
        Voice,
    )
    from oped_dataset.parallel import (
        validate_paths,
    )
    from oped_dataset.parquet_corpus import (
        read_parquet,
        write_parquet,
    )
    from oped_dataset.progress import (
        BadArticle,
        Progress,
    )
    from oped_dataset.reporting import (
        render,
    )
    from oped_dataset.scoring import (
        Averages,
        Counts,
        LayerScore,
        Scores,
        score,
    )
    from oped_dataset.tables import (
        Record,
        Table,
    )
    from oped_dataset.units import (
        CodeUnits,
    )
    from oped_dataset.vocabulary import (
        Act,
        ArgumentKind,
        Channel,
        ClaimKind,
        Commitment,
        Comparator,
        EntityKind,
        EventKind,
        EventStatus,
        Ground,
        MentionForm,
        Mode,
        Predicate,
        QuotationKind,
        Role,
        Severity,
        TimeKind,
        Vocabulary,
    )

    __version__: str

# In the plain order of characters; the linter would put constants first.
__all__ = [  # noqa: RUF022
    "Act",
    "Argument",
    "ArgumentKind",
    "ArgumentTable",
    "Article",
    "ArticleFileError",
    "ArticleFileNotFound",
    "ArticleNotFound",
    "AttachedArticle",
    "AttachedParagraph",
    "AttachedSentence",
    "AttributionFidelity",
    "Averages",
    "BadArticle",
    "BrokenPlugin",
    "ChainOutcome",
    "Channel",
    "Claim",
    "ClaimKind",
    "ClaimTable",
    "CodeUnits",
    "Commitment",
    "CommitmentFidelity",
    "CommitmentOutcome",
    "Comparator",
    "CorpusReport",
    "Correspondence",
    "Counts",
    "Coverage",
    "Dossier",
    "Edtf",
    "Entity",
    "EntityKind",
    "EntityTable",
    "Erratum",
    "Event",
    "EventKind",
    "EventStatus",
    "EventTable",
    "Extraction",
    "FormatNotFound",
    "Ground",
    "Heading",
    "Identifier",
    "InvalidArticle",
    "InvalidDate",
    "InvalidImport",
    "InvalidRecord",
    "LabelNotFound",
    "LayerScore",
    "LinePosition",
    "LineReader",
    "LostLabel",
    "LostSpan",
    "MAPPINGS",
    "MappingNotFound",
    "Mention",
    "MentionForm",
    "MentionTable",
    "MissingExtra",
    "Mode",
    "NotAttachable",
    "NotComparable",
    "NotExportable",
    "OpedDatasetError",
    "Paragraph",
    "Participant",
    "Predicate",
    "Problem",
    "Progress",
    "Quantity",
    "QuantityTable",
    "Quotation",
    "QuotationKind",
    "QuotationTable",
    "Record",
    "RecordNotFound",
    "Relation",
    "RelationTable",
    "Report",
    "Role",
    "SchemeMapping",
    "Scores",
    "Sentence",
    "Severity",
    "Share",
    "Shift",
    "Source",
    "Span",
    "Table",
    "TextNeeded",
    "TimeExpression",
    "TimeKind",
    "TimeTable",
    "UnknownField",
    "Vocabulary",
    "Voice",
    "dump_path",
    "dumps",
    "explore",
    "export",
    "fingerprint",
    "formats",
    "from_records",
    "is_duration",
    "lines_written",
    "load",
    "load_path",
    "loads",
    "mapping",
    "names",
    "normalise",
    "on_dask",
    "read_lines",
    "read_parquet",
    "render",
    "schema",
    "score",
    "score_corpus",
    "sentence_digest",
    "validate",
    "validate_corpus",
    "validate_paths",
    "write_lines",
    "write_parquet",
]

_HOMES: Final = {
    "attachment": ("AttachedArticle", "AttachedParagraph", "AttachedSentence", "Coverage", "LostSpan", "Share"),
    "canonical": ("normalise", "sentence_digest"),
    "corpora": ("CorpusReport", "score_corpus", "validate_corpus"),
    "dask_engine": ("on_dask",),
    "dates": ("Edtf", "is_duration"),
    "errors": (
        "ArticleFileError",
        "ArticleFileNotFound",
        "ArticleNotFound",
        "BrokenPlugin",
        "FormatNotFound",
        "InvalidArticle",
        "InvalidDate",
        "InvalidImport",
        "InvalidRecord",
        "LabelNotFound",
        "MappingNotFound",
        "MissingExtra",
        "NotAttachable",
        "NotComparable",
        "NotExportable",
        "OpedDatasetError",
        "Problem",
        "RecordNotFound",
        "Report",
        "TextNeeded",
        "UnknownField",
    ),
    "explorer": ("explore",),
    "exports.registry": ("export", "formats"),
    "extraction": ("Extraction", "from_records"),
    "fidelity": ("AttributionFidelity", "ChainOutcome", "CommitmentFidelity", "CommitmentOutcome"),
    "fingerprints": ("fingerprint",),
    "json_schema": ("schema",),
    "library": ("load", "names"),
    "lines": ("LinePosition", "LineReader", "lines_written", "read_lines", "write_lines"),
    "loading": ("dump_path", "dumps", "load_path", "loads", "validate"),
    "mappings": ("MAPPINGS", "Correspondence", "LostLabel", "SchemeMapping", "mapping"),
    "model": (
        "Argument",
        "ArgumentTable",
        "Article",
        "Claim",
        "ClaimTable",
        "Dossier",
        "Entity",
        "EntityTable",
        "Erratum",
        "Event",
        "EventTable",
        "Heading",
        "Identifier",
        "Mention",
        "MentionTable",
        "Paragraph",
        "Participant",
        "Quantity",
        "QuantityTable",
        "Quotation",
        "QuotationTable",
        "Relation",
        "RelationTable",
        "Sentence",
        "Shift",
        "Source",
        "Span",
        "TimeExpression",
        "TimeTable",
        "Voice",
    ),
    "parallel": ("validate_paths",),
    "parquet_corpus": ("read_parquet", "write_parquet"),
    "progress": ("BadArticle", "Progress"),
    "reporting": ("render",),
    "scoring": ("Averages", "Counts", "LayerScore", "Scores", "score"),
    "tables": ("Record", "Table"),
    "units": ("CodeUnits",),
    "vocabulary": (
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
        "Severity",
        "TimeKind",
        "Vocabulary",
    ),
}
"""In which module each public name lives."""

_MODULE_OF: Final = {name: module for module, names_there in _HOMES.items() for name in names_there}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used."""
    from importlib import import_module

    if name == "__version__":
        value: Any = import_module("importlib.metadata").version("oped-dataset")
    elif name in _MODULE_OF:
        value = getattr(import_module(f"oped_dataset.{_MODULE_OF[name]}"), name)
    else:
        raise AttributeError(f"module 'oped_dataset' has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names."""
    return sorted({*__all__, "__version__"})
