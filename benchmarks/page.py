"""Results as tables of Markdown, and the page that contains them between two marks.

Here: the tables, the plot in words, and the conditions that belong beside the figures.
Not here: the figures (`results.py`), the plot (`plot.py`), and the page's own text (`docs/benchmarks.md`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from benchmarks.entrants import ENTRANTS, Entrant
from benchmarks.goals import GOALS, verdict_of
from benchmarks.measuring import BARE
from benchmarks.pairing import Spread, ratio, spread
from benchmarks.results import Cell, Input, Results

BEGIN: Final = "<!-- benchmarks: begin -->"
END: Final = "<!-- benchmarks: end -->"

TITLES: Final = {
    "import": "Import",
    "cold": "First load in a new process",
    "load": "Load again",
    "dump": "Dump",
    "problems": "Report problems",
    "arrow": "To Arrow",
    "read-plain": "Read lines",
    "read-gzip": "Read lines, gzip",
    "read-zstd": "Read lines, Zstandard",
    "write-plain": "Write lines",
    "write-gzip": "Write lines, gzip",
    "write-zstd": "Write lines, Zstandard",
    "memory": "Memory to hold a document",
    "memory-lines": "Memory to read through a corpus",
}
"""The tasks in the order of the page, with their headings."""

PANELS: Final = ("import", "cold", "load", "dump", "problems", "arrow", "read-plain", "memory")
"""The tasks that are plotted, at the smallest size."""

_WORDS: Final = {
    "import": "A new process that imports and ends, measured from outside. Importing oped-dataset imports nothing else "
    "until a name is used, so the next table is more informative.",
    "cold": "A new process that imports, makes its classes, reads the bundled article from its file, and ends. "
    "oped-dataset uses `load()`, which compares a SHA-256. datasets guesses the types here and turns days into "
    "times.",
    "load": "From bytes in memory to an article, in a process that has done it before. oped-dataset uses `loads`, "
    "which trusts nothing and applies all rules.",
    "dump": "From an article to bytes of JSON. oped-dataset uses `dumps`, which applies all rules again and writes the "
    "canonical form; the others write their data unchecked.",
    "problems": "A document with {mistakes} mistakes of form (a key left out, an unknown label, a string for a "
    "number), until the mistakes are reported. oped-dataset uses `validate`, which reports all of them with line, "
    "column and hint, and applies the rules between records to the rest.",
    "arrow": "From bytes of JSON to the article's tables in Arrow. oped-dataset adds columns for reading: voices on "
    "one line, days, names. Typed contenders convert through their objects and plain data.",
    "read-plain": "All articles of a file of JSON Lines, one after the other, none kept. pandas reads a hundred lines "
    "at a time.",
    "write-plain": "Articles in memory to a file. oped-dataset applies all rules, and replaces the file only when all "
    "is on the disk; the others write to the target directly. pandas and datasets build one table first.",
    "memory": "The peak memory of a new process that reads a document and keeps it.",
    "memory-lines": "The peak memory of a new process that reads all lines of a corpus and keeps none.",
}
_REFERENCES: Final = ("msgspec", "pydantic")
"""The contenders with which all others are compared."""


def page(before: str, results: Results) -> str:
    """Return a page with the tables of results filled in, or a page of nothing else."""
    head, _, rest = before.partition(BEGIN)
    return f"{head}{BEGIN}\n\n{tables(results)}\n{END}{rest.partition(END)[2] or chr(10)}"


def tables(results: Results) -> str:
    """Return all tables of results."""
    plot = f"![{alternative(results)}](benchmarks.svg)\n"
    parts = [_warnings(results), _goals(results), plot, _conditions(results), _field(results), _inputs(results)]
    parts += [_task(results, task) for task in TITLES if results.sizes(task)]
    return "\n".join([*parts, *([_pairs(results)] if results.pairs else []), _capped(results)])


def alternative(results: Results) -> str:
    """Return the plot in words."""
    titles = {each.name: each.title for each in ENTRANTS}
    sentences = []
    for task in PANELS:
        cell = results.cell(task)
        if cell is not None:
            ranked = sorted((spread(figures).median, name) for name, figures in cell.figures.items() if name in titles)
            listed = "; ".join(f"{titles[name]} {_amount(median, cell)}" for median, name in ranked)
            sentences.append(f"{TITLES[task]}: {listed}.")
    return "Medians and quartiles on logarithmic scales, a panel for each task. " + " ".join(sentences)


def _goals(results: Results) -> str:
    names = {each.name: each.title for each in ENTRANTS} | {BARE: "an interpreter that imports nothing"}
    rows = []
    for goal in GOALS:
        reached = goal.reached(results)
        rows.append(
            (
                f"{TITLES[goal.task]}: {names[goal.contender]} ≤ {goal.most:g} × {names[goal.other]}",
                _times(reached) if reached else "—",
                "undecided" if is_busy(results) else goal.verdict(results),
            )
        )
    return "## Goals\n\n" + _table(("goal", "ratio, median [quartiles]", "verdict"), rows)


def _pairs(results: Results) -> str:
    """Format the jobs beside another way of doing them."""
    rows = []
    for pair in results.pairs:
        found = ratio(pair.figures["ours"], pair.figures["theirs"])
        verdict = "undecided" if is_busy(results) else verdict_of(found, pair.most)
        ours = f"{spread(pair.figures['ours']).median / 1e6:,.1f} ms"
        rows.append((pair.title, ours, pair.other, _times(found), f"≤ {pair.most:g}", verdict))
    return "## Jobs beside another way\n\n" + _table(("job", "time", "beside", "ratio", "goal", "verdict"), rows)


def _warnings(results: Results) -> str:
    """Format the conditions under which the figures are meaningless."""
    found = []
    if results.quick:
        found.append("A quick run: it only shows that everything works, and its figures mean nothing.")
    if is_busy(results):
        found.append(
            f"The machine was busy ({results.machine['load before the run']} processes wanted to run on "
            f"{results.machine['cores']} cores): long tasks were interrupted more often than short ones, so neither "
            "times nor ratios are reliable."
        )
    return "".join(f"**{each}**\n\n" for each in found).rstrip("\n") + ("\n" if found else "")


def is_busy(results: Results) -> bool:
    """Return whether the machine was busy when the run began."""
    load = results.machine.get("load before the run", "unknown")
    return load != "unknown" and float(load) > float(results.machine["cores"]) / 2


def _conditions(results: Results) -> str:
    rows = [*results.machine.items(), *results.process.items(), ("day", results.day)]
    return "## Machine and conditions\n\n" + _table(("property", "value"), rows)


def _field(results: Results) -> str:
    rows = [(each.title, _versions(each, results), each.checks, each.unchecked) for each in _present(results)]
    absent = [(each.title, results.absent[each.name]) for each in ENTRANTS if each.name in results.absent]
    missing = "\nNot measured: " + "; ".join(f"{title} ({why})" for title, why in absent) + ".\n" if absent else ""
    return "## Contenders and their checks\n\n" + _table(("contender", "versions", "checks", "omits"), rows) + missing


def _versions(entrant: Entrant, results: Results) -> str:
    return ", ".join(f"{name} {results.versions[name]}" for name in entrant.distributions) or "the standard library"


def _inputs(results: Results) -> str:
    rows = [*_input_rows("document", results.documents), *_input_rows("corpus", results.corpora)]
    words = "".join(
        f"The largest {kind} is {_short(inputs[-1].bytes / inputs[0].bytes)} times as long as the smallest. "
        for kind, inputs in (("document", results.documents), ("corpus", results.corpora))
    )
    table = _table(("input", "articles", "records", "bytes", "SHA-256"), rows)
    return f"## Documents and corpora\n\n{words}A task that takes as many times as long grows in proportion.\n\n{table}"


def _input_rows(kind: str, inputs: Iterable[Input]) -> Iterator[tuple[str, ...]]:
    for each in inputs:
        yield (
            f"{kind} {each.size}×",
            f"{each.lines:,}",
            f"{each.records:,}",
            f"{each.bytes:,}",
            f"`{each.sha256[:16]}…`",
        )


def _task(results: Results, task: str) -> str:
    sizes = results.sizes(task)
    references = [name for name in _REFERENCES if name in results.present]
    reported = [f"reported of {results.mistakes}"] if task == "problems" else []
    grown = [f"growth to {sizes[-1]}×"] if len(sizes) > 1 else []
    compared = [f"× {name}" for name in references]
    header = ["contender", "checks", *reported, *(f"{size}×" for size in sizes), *grown, *compared]
    rows = []
    if any(BARE in cell.figures for cell in results.cells if cell.task == task):
        rows.append(("*nothing*", "", *_figures(results, task, BARE, references)))
    for each in _present(results):
        seen = [str(results.told[each.name])] if reported else []
        rows.append((each.title, each.checks, *seen, *_figures(results, task, each.name, references)))
    words = f"{_WORDS[task].format(mistakes=results.mistakes)}\n\n" if task in _WORDS else ""
    return f"## {TITLES[task]}\n\n{words}" + _table(header, rows)


def _figures(results: Results, task: str, name: str, references: Sequence[str]) -> Iterator[str]:
    cells = [cell for cell in results.cells if cell.task == task]
    for cell in cells:
        yield _figure(cell, name)
    if len(cells) > 1:
        yield _growth(cells[0], cells[-1], name)
    figures = cells[0].figures
    for other in references:
        yield _times(ratio(figures[name], figures[other])) if {name, other} <= set(figures) else "—"


def _figure(cell: Cell, name: str) -> str:
    if name not in cell.figures:
        return cell.unable[name]
    found = spread(cell.figures[name])
    low, high = _amount(found.low, cell, unit=False), _amount(found.high, cell, unit=False)
    return f"{_amount(found.median, cell)} [{low}–{high}]"


def _growth(first: Cell, last: Cell, name: str) -> str:
    if name not in first.figures or name not in last.figures:
        return "—"
    return f"× {_short(spread(last.figures[name]).median / spread(first.figures[name]).median)}"


def _capped(results: Results) -> str:
    rows = [
        (
            each.packing,
            f"{each.lines:,}",
            f"{each.bytes:,}",
            f"{each.allowed:,}",
            "fits too: the corpus is too small to show anything" if each.held else "does not fit",
        )
        for each in results.capped
    ]
    header = ("packed", "articles copied", "bytes unpacked", "bytes allowed", "all articles at once")
    words = "`read_lines` into `write_lines`, with a limit on the address space set after the first article.\n\n"
    return f"## Under a memory limit\n\n{words}" + _table(header, rows)


def _present(results: Results) -> list[Entrant]:
    return [each for each in ENTRANTS if each.name in results.present]


def _times(found: Spread) -> str:
    return f"{_short(found.median)} [{_short(found.low)}–{_short(found.high)}]"


def _amount(value: float, cell: Cell, *, unit: bool = True) -> str:
    divisor, name = (1e6, " ms") if cell.unit == "ns" else (2**20, " MiB")
    return _short(value / divisor) + (name if unit else "")


def _short(value: float) -> str:
    """Format with three digits, and never an exponent."""
    decimals = 2 if value < 10 else 1 if value < 100 else 0
    return f"{value:,.{decimals}f}"


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
