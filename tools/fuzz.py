"""Send damaged input through every door of the package, each door in a process of its own.

    python tools/fuzz.py                                   # a thousand inputs for each door
    python tools/fuzz.py --runs 1000000 --minutes 60       # an hour, divided equally among the doors
    python tools/fuzz.py --only brat --start 123 --runs 1  # one input again

A function behind a door must return a result or raise a documented error. A result survives a round trip; an error can
be shown and pickled, and is short. Nothing is printed, warned about or left in the working directory. Printed are for
each door the inputs, the calls that returned a result, the faults, and the time of the slowest input; and each fault
with the number of its input. The exit code is 1 after a fault. Needs `pip install ".[all,test]"`; a function whose
library is missing is not tried. `tools/fuzz_guided.py` finds the inputs of a door by coverage.
"""

from __future__ import annotations

import argparse
import contextlib
import faulthandler
import io
import json
import multiprocessing
import pickle
import random
import re
import sys
import tempfile
import time
import traceback
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
from cattrs import Converter
from damage import as_bytes, damaged

import oped_dataset as oped
from oped_dataset import Article, Extraction, Limits, OpedDatasetError, Report, authoring, exports, library
from oped_dataset.cli.main import main as run_command
from oped_dataset.corpora.compression import packing
from oped_dataset.corpora.parquet import corpus_schema
from oped_dataset.errors import MissingExtra
from oped_dataset.extras import need

ROOT = Path(__file__).resolve().parent.parent
sys.path.append(str(ROOT / "tests"))
from small import small  # noqa: E402
from transformed import transformed  # noqa: E402

SECONDS = 300
"""An input that takes longer ends the process of its door; other programs may slow it down."""
FEW = Limits(problems=20)
DATA = small()
SMALL = oped.from_data(DATA)
TEXT = str(SMALL.source.text)
TOLL = oped.load("harbour-toll")
STORY = str(TOLL.source.text)
LESS = attrs.evolve(SMALL, claims=SMALL.claims[1:], mentions=SMALL.mentions[:2])
DRAFT = authoring.new_article(TEXT, id="x", proposals=False, splitter=lambda text: [(0, len(text))])
BROKEN = [path.read_bytes() for path in sorted(ROOT.glob("tests/invalid/*.json"))]
PLACE = tempfile.TemporaryDirectory()
FILES, EMPTY = Path(PLACE.name, "files"), Path(PLACE.name, "empty")
for directory in (EMPTY, FILES):
    directory.mkdir()


def put(name: str, content: Any) -> Path:
    """Write damaged data into a file."""
    path = FILES / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(as_bytes(content))
    return path


def as_files(value: dict[str, Any]) -> dict[str, bytes]:
    """Write damaged data as the content of files."""
    return {str(name): as_bytes(content) for name, content in value.items()}


# The functions behind the doors that need more than one line.


def parquet(columns: Any, schema: Any = None) -> bytes:
    """Write a table as Parquet."""
    table, sink = need("pyarrow", "arrow").table(columns, schema=schema), io.BytesIO()
    need("pyarrow.parquet", "arrow").write_table(table, sink, row_group_size=2)
    return sink.getvalue()


def pack(ending: str, documents: Any) -> bytes:
    """Write documents as a corpus, unless they are bytes already."""
    if isinstance(documents, bytes):
        return documents
    lines = [as_bytes(each) for each in documents]
    if ending == ".parquet":
        schema = need("pyarrow", "arrow").schema([("document", "string")], metadata=corpus_schema().metadata)
        return parquet([[each.decode(errors="replace") for each in lines]], schema)
    with packing(sink := io.BytesIO(), f"x{ending}") as stream:
        for line in lines:
            stream.write(line + b"\n")
    return sink.getvalue()


def corpus(ending: str) -> tuple[Any, ...]:
    """Make the door of corpora in one format."""
    read: Any = oped.read_parquet if ending == ".parquet" else oped.read_lines
    path, gold = FILES / f"x{ending}", put("gold.jsonl", pack(".jsonl", [DATA] * 3))
    return (
        lambda: [[DATA] * 3, [DATA, *BROKEN[:3]], pack(ending, [DATA] * 3)],
        lambda value: [*read(put(path.name, pack(ending, value)), limits=FEW)],
        lambda value: oped.validate_corpus(path, limits=FEW, articles_per_piece=2),
        lambda value: oped.score_corpus(path, gold, limits=FEW),
    )


def resume(value: tuple[bytes, bytes]) -> object:
    """Continue after damaged drafts of a file of lines and of a Parquet file."""
    put(".a.jsonl.draft", value[0])
    put(".a.parquet.draft/part-00000.parquet", value[1])
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", ".*: dropped [0-9]+ bytes of an incomplete line")
        oped.write_lines([SMALL], FILES / "a.jsonl", resume=True)
    oped.write_parquet([SMALL], FILES / "a.parquet", resume=True)
    return oped.validate_corpus(FILES / "a.parquet")


def drafts() -> list[tuple[bytes, bytes]]:
    """Make drafts of a file of lines and of a Parquet file."""
    for name, write in (("b.jsonl", oped.write_lines), ("b.parquet", oped.write_parquet)):
        write([SMALL] * 2, FILES / name)
    return [((FILES / "b.jsonl").read_bytes(), (FILES / "b.parquet").read_bytes())]


def read_tables(value: dict[str, Any]) -> object:
    """Read damaged rows as Parquet files, if pyarrow can write them."""
    make = need("pyarrow", "arrow").Table.from_pylist
    try:
        tables = {name: parquet(make(rows)) for name, rows in value.items()}
    except Exception:
        return None
    return exports.from_parquet({f"{name}.parquet": table for name, table in tables.items()})


def read_answers(value: tuple[Any, Any, bool]) -> object:
    """Read damaged records of a model, as one answer, as answers on two passages, and in a second round."""
    first, second, repair = value
    options: dict[str, Any] = {"like": SMALL, "repair": repair}
    found = oped.from_records(first, defaults={"entity": {"kind": "person"}}, **options)
    options["passages"] = oped.passages(TEXT, 90, like=SMALL)[:2]
    earlier = oped.from_records([first, second], **options)
    later = oped.from_records([second, first], after=earlier, **options)
    return [found, found.without_repairs(), earlier, later, oped.score(found, SMALL)]


def attach(text: str) -> object:
    """Attach a damaged copy."""
    attached = TOLL.attach(text)
    texts = [attached.text_of(record) for table in TOLL.tables.values() for record in table[:20]]
    return [texts, attached.coverage, attached.to_article()]


def copies() -> list[tuple[str, bytes, str | None, bool | None]]:
    """Make texts and pages in several encodings."""
    body = STORY.replace("\n\n", "<p>")
    page = f"<!doctype html><meta charset=gbk><title>Toll</title><!-- x --><body><article><p>{body}</article>"
    names = (("utf-8", None), ("utf-16", None), ("latin-1", "latin-1"), ("gb18030", "gb18030"), ("ascii", "idna"))
    files = (("x.txt", STORY, None), ("x.html", page, None), ("x", page, True))
    return [(name, text.encode(real, "replace"), given, html) for name, text, html in files for real, given in names]


def attach_path(value: tuple[str, bytes, str | None, bool | None]) -> object:
    """Attach a damaged file; invalid bytes of a page are replaced with a warning."""
    name, content, encoding, html = value
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", r"(?s).*is not valid .* read as U\+FFFD")
        path = put("x.html" if "h" in name else "x.txt", content)
        return TOLL.attach_path(path, encoding=encoding, html=html).coverage


def begin(value: tuple[str, str, str, str, str]) -> object:
    """Begin an annotation of a damaged text, with damaged arguments."""
    text, name, language, genre, author = value
    head: dict[str, Any] = {"language": language, "genre": genre, "authors": [author]}
    # Finding dates and amounts is slow, and mostly done by other libraries.
    made = authoring.new_article(text, id=name, with_text=True, proposals=len(text) % 8 == 0, **head)
    return [made, oped.lint(made), oped.passages(text, 300)]


def read_doc(value: tuple[list[Any], list[Any], dict[str, Any]]) -> object:
    """Begin an annotation with a damaged spaCy document, if spaCy can make it."""
    make = need("spacy.tokens", "spacy")
    try:
        starts = [number % 5 == 0 for number in range(len(value[0]))]
        doc = make.Doc(need("spacy.vocab", "spacy").Vocab(), value[0], sent_starts=starts)
        doc.ents = [make.Span(doc, *each) for each in value[1]]
        doc.spans.update({name: [make.Span(doc, *each) for each in group] for name, group in value[2].items()})
    except Exception:
        return None
    return authoring.from_spacy(doc, id="x")


def load_plugin(value: tuple[str, str, str, Any]) -> object:
    """Load the article of an installed distribution with damaged metadata, module and article."""
    names = ("essays.dist-info/METADATA", "essays.dist-info/entry_points.txt", "essays.py", "small.json")
    for name, content in zip(names, value, strict=True):
        put(name, content)
    sys.modules.pop("essays", None)
    library._loaded.clear()
    # The cache of compiled modules does not notice two changes within a second.
    sys.dont_write_bytecode = True
    before, sys.path[:] = [*sys.path], [str(FILES), *(each for each in sys.path if "site-packages" not in each)]
    try:
        return [oped.load(each) for each in oped.names() if each not in ("harbour-toll", "retired-officials-2019")]
    finally:
        sys.path[:] = before


COMMANDS = """
list FILE.jsonl
show --json maro -a FILE.json
show claims -a FILE.json
voices --by Ines --depth 2 --claims -a FILE.json
voices --commitment probable --json
timeline --during 2018/2019-03 -a FILE.json
validate FILE.json --format sarif --problem-limit 5
validate - --format github
validate FILE.jsonl --format json --start 1
attach FILE.txt -a harbour-toll --encoding utf-8 --lost
attach FILE.html -a harbour-toll --json
export jsonld -a FILE.json
score harbour-toll FILE.json --layer claims --threshold 0.3
score harbour-toll FILE.json --json --errors
cite --style bibtex -a FILE.json
new FILE.txt --id x --published 2019-07-13 --language en --author Ines
new FILE.json --from label-studio
lint FILE.json --format json
compare-annotations FILE.json FILE.json --json
--completion bash
"""
WRITES = re.compile("-o|--(o|ht|pa|j(?!s)|fo?r?$)")


def command(value: tuple[list[Any], Any]) -> object:
    """Run a command with damaged arguments on a damaged file, unless it writes files or starts processes."""
    arguments = [each for each in value[0] if isinstance(each, str)]
    if any(map(WRITES.match, arguments)):
        return None
    for ending in ("json", "jsonl", "txt", "html"):
        put(f"FILE.{ending}", value[1])
    arguments = [str(FILES / each) if each.startswith("FILE.") else each for each in arguments]
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
    before, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(as_bytes(value[1])))
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = run_command(arguments)
    except SystemExit as error:
        code = int(error.code or 0)
    finally:
        sys.stdin = before
    shown, said = (each.buffer.getvalue().decode() for each in (out, err))
    if code not in (0, 1, 2, 3) or not is_printable(said):
        raise AssertionError(f"{arguments} ended with {code} and {said!r:.2000}")
    return json.loads(shown) if code == 0 and "--json" in arguments else None


def field(layer: str, *names: str) -> Callable[[str], object]:
    """Make a reader of a string as the value of fields in the first record of a layer."""
    return lambda text: oped.from_data(DATA | {layer: [DATA[layer][0] | dict.fromkeys(names, text)]})


WORDS = """2019-05-03 2018-12?/2019~ 2019-05-03T10:00Z P3M 201X/.. sl-rozaj-biske-x-1 de-Latn-DE-u-co-phonebk 12.50 -1e3
    maro Ines say probable harbour-toll claims /claims/0/voices/0~1 jsonld bibtex leads CC-BY-4.0 x.json"""
METADATA = "Metadata-Version: 2.1\nName: essays\nVersion: 1.0\n"
POINTS = "[console_scripts]\nx = x:y\n\n[oped_dataset.articles]\nsmall = essays:ARTICLE\n# x\n[other]\na = b\n"
MODULE = 'from pathlib import Path\nARTICLE = Path(__file__).with_name("small.json")\n'
SPANS = {"claims": [[0, 4, "x"]], "mentions": [[0, 1, "maro"]], "dates": [[3, 5, "DATE"]]}

DOORS: dict[str, tuple[Any, ...]] = {
    "loads": (
        lambda: [DATA, as_bytes(DATA), oped.to_data(TOLL), *BROKEN],
        lambda value: oped.loads(as_bytes(value), limits=FEW),
        lambda value: oped.validate(as_bytes(value), limits=FEW),
    ),
    "files": (
        lambda: [DATA, as_bytes(DATA), *BROKEN],
        lambda value: oped.load_path(put("x.json", value), limits=FEW),
        lambda value: oped.validate_path(FILES / "x.json"),
        lambda value: [report for _, report in oped.validate_paths([FILES / "x.json"] * 2, jobs=1)],
    ),
    "plain data": (
        lambda: [DATA, oped.to_data(TOLL)],
        oped.from_data,
        lambda value: oped.configure_converter(Converter(detailed_validation=False)).structure(value, Article),
    ),
    "drafts": (
        lambda: [DATA, as_bytes(DATA), json.loads(authoring.dumps_draft(DRAFT))],
        lambda value: authoring.load_draft(put("x.json", value), limits=FEW),
        lambda value: oped.lint(authoring.loads_draft(as_bytes(value))),
    ),
    "decisions": (
        lambda: [[each | {"decision": "a"} for each in authoring.compare_annotations(SMALL, LESS).rows()]],
        lambda value: authoring.adjudicate(SMALL, LESS, authoring.read_decisions(value), rest="b").report,
    ),
    **{f"corpus{ending}": corpus(ending) for ending in (".jsonl", ".jsonl.gz", ".jsonl.zst", ".parquet")},
    "resumed corpora": (drafts, resume),
    "brat": (
        lambda: [files := dict(exports.to_brat(SMALL)), files | {"small.json": json.loads(files["small.json"])}],
        lambda value: exports.from_brat(as_files(value)),
        lambda value: exports.brat_notes(as_files(value)),
        lambda value: authoring.read_project(as_files(value), "brat"),
    ),
    "label-studio": (
        lambda: [json.loads(exports.to_label_studio(SMALL)["tasks.json"])],
        exports.from_label_studio,
        lambda value: exports.label_studio_notes(put("tasks.json", value)),
        lambda value: authoring.read_project(value, "label-studio"),
    ),
    "web-annotation": (lambda: [exports.to_web_annotation(SMALL)], exports.from_web_annotation),
    "tables": (lambda: [exports.to_tables(SMALL)], exports.from_tables),
    "parquet": (lambda: [dict(exports.to_parquet(SMALL))], lambda value: exports.from_parquet(as_files(value))),
    "parquet of damaged rows": (lambda: [exports.to_tables(SMALL)], read_tables),
    "records": (
        lambda: [(oped.to_records(SMALL), oped.to_records(LESS)["records"], each) for each in (True, False)],
        read_answers,
    ),
    "copies": (
        lambda: [STORY, *(transformed(TOLL, STORY, random.Random(each)).text for each in range(9))],
        attach,
        lambda text: oped.fingerprint(TOLL, text),
    ),
    "copies in files": (copies, attach_path),
    "texts": (lambda: [(TEXT, "x", "en", "op-ed", "Ines"), (STORY, "y", "de-AT", "letter", "Leo Sel")], begin),
    "spacy": (lambda: [(TEXT.split(), [[0, 1, "PERSON"], [3, 5, "DATE"]], SPANS)], read_doc),
    "strings": (
        WORDS.split,
        *(oped.Edtf, oped.load, oped.load_path, oped.mapping, oped.normalise, exports.original, exports.cell_content),
        *(SMALL.record, SMALL.about, SMALL.entities.find, SMALL.events.during, SMALL.claims.voiced_by, SMALL.citation),
        *(field("times", "value"), field("times", "kind", "value"), field("quantities", "value", "unit")),
        *(field("events", "when", "gist"), field("entities", "name", "id"), field("relations", "predicate", "during")),
        lambda text: oped.from_data(DATA | dict.fromkeys(("title", "language"), text)),
        lambda text: oped.from_data(DATA | dict.fromkeys(("published", "data_version", "licence"), text)),
        lambda text: authoring.accept(DRAFT, DRAFT.proposals[0].id, kind=text, speaker=text, id=text),
        lambda text: SMALL.claims.where(kind=text),
        lambda text: oped.export(SMALL, text),
        lambda text: oped.extraction_schema([text]),
    ),
    "plug-ins": (lambda: [(METADATA, POINTS, MODULE, DATA)], load_plugin),
    "command line": (
        lambda: [(line.split(), each) for line in COMMANDS.strip().splitlines() for each in (DATA, BROKEN[3], STORY)],
        command,
    ),
}
"""For each door, a function that makes the inputs to damage, and the functions that read a damaged one."""


# The checks.


def is_printable(text: str) -> bool:
    """Whether a text acts on no terminal."""
    return not re.search("[\0-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\ud800-\udfff]", text)


def check(found: object) -> None:
    """Check a result: articles and drafts survive a round trip, and everything can be shown."""
    if isinstance(found, Article):
        assert oped.loads(oped.dumps(found)) == found, "not equal after a round trip"
    elif isinstance(found, authoring.Draft):
        again = authoring.loads_draft(authoring.dumps_draft(found))
        assert again == attrs.evolve(found, problems=()), "not equal after a round trip"
    elif isinstance(found, Report):
        shown = [oped.render({"x": found}, form) for form in ("text", "json", "sarif", "github")]
        assert all(map(is_printable, (str(found), *shown))), "not printable"
    elif isinstance(found, Extraction):
        check([oped.validate(found.article), found.feedback(), found.repairs])
    elif isinstance(found, (list, tuple)):
        for each in found:
            check(each)
    else:
        repr(found), str(found)


def check_error(error: OpedDatasetError) -> None:
    """Check that an error can be shown and pickled, and is short."""
    said = str(error)
    assert said, "says nothing"
    assert is_printable(said), f"not printable: {error!r:.500}"
    assert all(len(line) <= 3500 for line in said.split("\n")), f"too long: {error!r:.500}"
    assert str(pickle.loads(pickle.dumps(error))) == said, "not equal after pickling"
    check(Report(getattr(error, "problems", ()), getattr(error, "omitted", 0)))


def call(read: Callable[[Any], object], value: Any) -> bool:
    """Call a function; return whether it accepted the value. Another exception means that it is at fault."""
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()) as out, contextlib.redirect_stderr(out):
        warnings.simplefilter("error")
        try:
            check(read(value))
            accepted = True
        except OpedDatasetError as error:
            check_error(error)
            accepted = False
    assert not out.getvalue(), f"printed: {out.getvalue()!r:.500}"
    assert not list(Path().iterdir()), f"left in the working directory: {list(Path().iterdir())}"
    return accepted


def fuzz(name: str, runs: int, seed: int, start: int, end: float, tally: Any) -> None:
    """Send damaged inputs through a door until the time `end`, and print its faults.

    `tally` counts the inputs, the accepted calls and the faults, and keeps the time of the slowest input.
    """
    (seeds, *functions), kinds = DOORS[name], set[tuple[Any, ...]]()
    try:
        given = list(seeds())
    except MissingExtra as error:
        sys.stdout.write(f"{name}: skipped, because {error}\n")
        tally[0] = runs
        return
    with contextlib.chdir(EMPTY):
        for number in range(start, start + runs):
            if time.monotonic() > end:
                break
            tally[0] += 1
            chance = random.Random(f"{seed} {name} {number}")
            value = damaged(chance.choice(given), chance)
            faulthandler.dump_traceback_later(SECONDS, exit=True)
            began = time.process_time()
            for read in functions:
                try:
                    tally[1] += call(read, value)
                except Exception as error:
                    tally[2] += 1
                    last = traceback.extract_tb(error.__traceback__)[-1]
                    kind = (type(error), last.filename, last.lineno)
                    if kind not in kinds:
                        sys.stderr.write(f"{name}: --seed {seed} --start {number}\n{traceback.format_exc()[-3000:]}\n")
                    kinds.add(kind)
            tally[3] = max(tally[3], time.process_time() - began)
    faulthandler.cancel_dump_traceback_later()


def main(arguments: list[str]) -> int:
    """Send inputs through all doors and print the counts."""
    parser = argparse.ArgumentParser(description="Send damaged input through every door.")
    parser.add_argument("--runs", type=int, default=1000, help="inputs for each door (default: %(default)s)")
    parser.add_argument("--minutes", type=float, default=600, help="the longest time for all doors together")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--start", type=int, default=0, metavar="N", help="the number of the first input")
    parser.add_argument("--only", choices=DOORS, metavar="DOOR", help=f"one of: {', '.join(DOORS)}")
    asked = parser.parse_args(arguments)
    names = [asked.only] if asked.only else [*DOORS]
    context, inputs, faults = multiprocessing.get_context("fork"), 0, 0
    for name in names:
        tally, deaths, end = context.Array("d", 4), 0, time.monotonic() + 60 * asked.minutes / len(names)
        while tally[0] < asked.runs and time.monotonic() < end and deaths < 5:
            done = int(tally[0])
            left = (name, asked.runs - done, asked.seed, asked.start + done, end, tally)
            child = context.Process(target=fuzz, args=left)
            child.start()
            child.join()
            if child.exitcode:
                deaths += 1
                place = f"--seed {asked.seed} --start {asked.start + int(tally[0]) - 1}"
                sys.stderr.write(f"{name}: {place} ended the process with {child.exitcode}\n")
        tried, accepted, bad = int(tally[0]), int(tally[1]), int(tally[2]) + deaths
        inputs, faults = inputs + tried, faults + bad
        sys.stdout.write(f"{name}: {tried} inputs, {accepted} accepted, {bad} faults, slowest {tally[3]:.2f} s\n")
        sys.stdout.flush()
    PLACE.cleanup()
    sys.stdout.write(f"{inputs} inputs in all, {faults} faults\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
