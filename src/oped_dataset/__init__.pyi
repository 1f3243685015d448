# Made by tools/build_pages.py from `HOMES` in `__init__.py`.

from oped_dataset.authoring.linting import lint as lint
from oped_dataset.authoring.skeleton import new_article as new_article
from oped_dataset.codec.json_schema import schema as schema
from oped_dataset.codec.jsontext import Limits as Limits
from oped_dataset.codec.jsontext import USUAL as USUAL
from oped_dataset.corpora.engines import on_cores as on_cores
from oped_dataset.corpora.engines import on_dask as on_dask
from oped_dataset.corpora.lines import LineReader as LineReader
from oped_dataset.corpora.lines import lines_written as lines_written
from oped_dataset.corpora.lines import read_lines as read_lines
from oped_dataset.corpora.lines import write_lines as write_lines
from oped_dataset.corpora.parquet import read_parquet as read_parquet
from oped_dataset.corpora.parquet import rows_written as rows_written
from oped_dataset.corpora.parquet import write_parquet as write_parquet
from oped_dataset.corpora.paths import validate_paths as validate_paths
from oped_dataset.corpora.pieces import CorpusReport as CorpusReport
from oped_dataset.corpora.pieces import score_corpus as score_corpus
from oped_dataset.corpora.pieces import validate_corpus as validate_corpus
from oped_dataset.corpora.progress import BadArticle as BadArticle
from oped_dataset.corpora.progress import Progress as Progress
from oped_dataset.errors import InvalidArticle as InvalidArticle
from oped_dataset.errors import OpedDatasetError as OpedDatasetError
from oped_dataset.errors import Problem as Problem
from oped_dataset.errors import Report as Report
from oped_dataset.explorer import explore as explore
from oped_dataset.explorer.errors import explore_errors as explore_errors
from oped_dataset.exports.registry import export as export
from oped_dataset.exports.registry import formats as formats
from oped_dataset.extraction.from_records import from_records as from_records
from oped_dataset.extraction.instructions import instructions as instructions
from oped_dataset.extraction.passages import Passage as Passage
from oped_dataset.extraction.passages import passages as passages
from oped_dataset.extraction.results import Extraction as Extraction
from oped_dataset.extraction.results import Rejection as Rejection
from oped_dataset.extraction.results import Repair as Repair
from oped_dataset.extraction.schema import extraction_schema as extraction_schema
from oped_dataset.extraction.to_records import to_records as to_records
from oped_dataset.library import load as load
from oped_dataset.library import names as names
from oped_dataset.loading import configure_converter as configure_converter
from oped_dataset.loading import dump_path as dump_path
from oped_dataset.loading import dumps as dumps
from oped_dataset.loading import from_data as from_data
from oped_dataset.loading import load_path as load_path
from oped_dataset.loading import loads as loads
from oped_dataset.loading import to_data as to_data
from oped_dataset.loading import validate as validate
from oped_dataset.loading import validate_path as validate_path
from oped_dataset.model.article import ArgumentTable as ArgumentTable
from oped_dataset.model.article import Article as Article
from oped_dataset.model.article import ClaimTable as ClaimTable
from oped_dataset.model.article import Dossier as Dossier
from oped_dataset.model.article import EntityTable as EntityTable
from oped_dataset.model.article import EventTable as EventTable
from oped_dataset.model.article import MentionTable as MentionTable
from oped_dataset.model.article import QuantityTable as QuantityTable
from oped_dataset.model.article import QuotationTable as QuotationTable
from oped_dataset.model.article import RelationTable as RelationTable
from oped_dataset.model.article import TimeTable as TimeTable
from oped_dataset.model.dates import Edtf as Edtf
from oped_dataset.model.mappings import MAPPINGS as MAPPINGS
from oped_dataset.model.mappings import mapping as mapping
from oped_dataset.model.records import Argument as Argument
from oped_dataset.model.records import Claim as Claim
from oped_dataset.model.records import Entity as Entity
from oped_dataset.model.records import Erratum as Erratum
from oped_dataset.model.records import Event as Event
from oped_dataset.model.records import Heading as Heading
from oped_dataset.model.records import Identifier as Identifier
from oped_dataset.model.records import Mention as Mention
from oped_dataset.model.records import Paragraph as Paragraph
from oped_dataset.model.records import Participant as Participant
from oped_dataset.model.records import Quantity as Quantity
from oped_dataset.model.records import Quotation as Quotation
from oped_dataset.model.records import Relation as Relation
from oped_dataset.model.records import Sentence as Sentence
from oped_dataset.model.records import Shift as Shift
from oped_dataset.model.records import Source as Source
from oped_dataset.model.records import Span as Span
from oped_dataset.model.records import TimeExpression as TimeExpression
from oped_dataset.model.records import Voice as Voice
from oped_dataset.model.tables import Record as Record
from oped_dataset.model.tables import Table as Table
from oped_dataset.model.vocabulary import Act as Act
from oped_dataset.model.vocabulary import ArgumentKind as ArgumentKind
from oped_dataset.model.vocabulary import Channel as Channel
from oped_dataset.model.vocabulary import ClaimKind as ClaimKind
from oped_dataset.model.vocabulary import Commitment as Commitment
from oped_dataset.model.vocabulary import Comparator as Comparator
from oped_dataset.model.vocabulary import EntityKind as EntityKind
from oped_dataset.model.vocabulary import EventKind as EventKind
from oped_dataset.model.vocabulary import EventStatus as EventStatus
from oped_dataset.model.vocabulary import Ground as Ground
from oped_dataset.model.vocabulary import MentionForm as MentionForm
from oped_dataset.model.vocabulary import Mode as Mode
from oped_dataset.model.vocabulary import Predicate as Predicate
from oped_dataset.model.vocabulary import QuotationKind as QuotationKind
from oped_dataset.model.vocabulary import Role as Role
from oped_dataset.model.vocabulary import TimeKind as TimeKind
from oped_dataset.plots.relays import plot_relays as plot_relays
from oped_dataset.plots.timeline import plot_timeline as plot_timeline
from oped_dataset.plots.voices import plot_voices as plot_voices
from oped_dataset.scoring.attribution import ChainOutcome as ChainOutcome
from oped_dataset.scoring.commitment import CommitmentOutcome as CommitmentOutcome
from oped_dataset.scoring.comparison import compare as compare
from oped_dataset.scoring.scores import Scores as Scores
from oped_dataset.scoring.scores import baselines as baselines
from oped_dataset.scoring.scores import score as score
from oped_dataset.text.attachment import AttachedArticle as AttachedArticle
from oped_dataset.text.attachment import Coverage as Coverage
from oped_dataset.text.canonical import normalise as normalise
from oped_dataset.text.canonical import sentence_digest as sentence_digest
from oped_dataset.text.fingerprints import fingerprint as fingerprint
from oped_dataset.text.units import CodeUnits as CodeUnits
from oped_dataset.validation.reporting import render as render
from oped_dataset.version import __version__ as __version__

__all__ = [
    "Act",
    "Argument",
    "ArgumentKind",
    "ArgumentTable",
    "Article",
    "AttachedArticle",
    "BadArticle",
    "ChainOutcome",
    "Channel",
    "Claim",
    "ClaimKind",
    "ClaimTable",
    "CodeUnits",
    "Commitment",
    "CommitmentOutcome",
    "Comparator",
    "CorpusReport",
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
    "Ground",
    "Heading",
    "Identifier",
    "InvalidArticle",
    "Limits",
    "LineReader",
    "MAPPINGS",
    "Mention",
    "MentionForm",
    "MentionTable",
    "Mode",
    "OpedDatasetError",
    "Paragraph",
    "Participant",
    "Passage",
    "Predicate",
    "Problem",
    "Progress",
    "Quantity",
    "QuantityTable",
    "Quotation",
    "QuotationKind",
    "QuotationTable",
    "Record",
    "Rejection",
    "Relation",
    "RelationTable",
    "Repair",
    "Report",
    "Role",
    "Scores",
    "Sentence",
    "Shift",
    "Source",
    "Span",
    "Table",
    "TimeExpression",
    "TimeKind",
    "TimeTable",
    "USUAL",
    "Voice",
    "baselines",
    "compare",
    "configure_converter",
    "dump_path",
    "dumps",
    "explore",
    "explore_errors",
    "export",
    "extraction_schema",
    "fingerprint",
    "formats",
    "from_data",
    "from_records",
    "instructions",
    "lines_written",
    "lint",
    "load",
    "load_path",
    "loads",
    "mapping",
    "names",
    "new_article",
    "normalise",
    "on_cores",
    "on_dask",
    "passages",
    "plot_relays",
    "plot_timeline",
    "plot_voices",
    "read_lines",
    "read_parquet",
    "render",
    "rows_written",
    "schema",
    "score",
    "score_corpus",
    "sentence_digest",
    "to_data",
    "to_records",
    "validate",
    "validate_corpus",
    "validate_path",
    "validate_paths",
    "write_lines",
    "write_parquet",
]
