"""Results as tables of Markdown, and the page that contains them between two marks.

Here: the tables, the plot in words, and the conditions that belong beside the figures.
Not here: the figures (`results.py`), the plot (`plot.py`), and the page's own text (`docs/benchmarks.md`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from benchmarks.contenders import CONTENDERS
from benchmarks.results import Cell, Results, Spread, spread
from benchmarks.tasks import BARE, CONTESTS, EXPONENT, GROWTH, JOBS, Task

BEGIN: Final = "<!-- benchmarks: begin -->"
END: Final = "<!-- benchmarks: end -->"

NAMES: Final = {**{name: each.title for name, each in CONTENDERS.items()}, BARE: "*nothing*"}
"""The names of contenders on the page."""

PANELS: Final = ("import", "cold", "load", "dump", "problems", "arrow", "read-plain", "memory")
"""The tasks that are plotted, at the smallest size."""

_REFERENCES: Final = ("msgspec", "pydantic")
"""The contenders with which all others are compared."""


def fill(page: str, results: Results) -> str:
    """Return a page with the tables of results filled in, or a page of nothing else."""
    head, _, rest = page.partition(BEGIN)
    tables = "\n".join(filter(None, _format_tables(results)))
    return f"{head}{BEGIN}\n\n{tables}\n{END}{rest.partition(END)[2] or chr(10)}"


def _format_tables(results: Results) -> Iterator[str]:
    if results.quick:
        yield "**A quick run: it only shows that everything works, and its figures mean nothing.**\n"
    if results.is_busy:
        yield (
            f"**The machine was busy ({results.conditions['load before the run']} processes wanted to run on "
            f"{results.conditions['cores']} cores): long tasks were interrupted more often than short ones, so "
            "neither times nor ratios are reliable.**\n"
        )
    header = ("task", "oped-dataset beside", "ratio, median [quartiles]", "goal", "verdict")
    yield _section("Goals", "", header, (row for task in CONTESTS for row in _list_goals(results, task)))
    yield f"![{describe_plot(results)}](benchmarks.svg)\n"
    conditions = results.conditions | {"day": results.day}
    yield _section("Machine and conditions", "", ("property", "value"), conditions.items())
    yield _format_contenders(results)
    inputs = [
        (each.name, f"{each.articles:,}", f"{each.records:,}", f"{each.bytes:,}", f"`{each.sha256[:16]}…`")
        for each in results.inputs
    ]
    words = "A task whose time grows as much as the length of its input takes time in proportion."
    yield _section("Documents and corpora", words, ("input", "articles", "records", "bytes", "SHA-256"), inputs)
    for task in CONTESTS:
        if results.sizes(task.name):
            yield _format_contest(results, task)
    jobs = [row for task in JOBS for row in _list_goals(results, task)]
    words = "Each job is measured in turn with another way of doing it. The results are in brackets."
    yield _section("Jobs beside another way", words, ("job", "time", "beside", "ratio", "goal", "verdict"), jobs)
    yield _format_growth(results)


def describe_plot(results: Results) -> str:
    """Return the plot in words."""
    sentences = []
    for task in CONTESTS:
        cell = results.cell(task.name)
        if task.name in PANELS and cell is not None:
            medians = {name: spread(figures).median for name, figures in cell.figures.items() if name != BARE}
            ranked = sorted(medians, key=lambda name: medians[name])
            listed = "; ".join(f"{NAMES[name]} {_amount(medians[name], cell.unit)}" for name in ranked)
            sentences.append(f"{task.title}: {listed}.")
    return "Medians and quartiles on logarithmic scales, a panel for each task. " + " ".join(sentences)


def _list_goals(results: Results, task: Task) -> Iterator[tuple[str, ...]]:
    """Yield a row for each goal of a task; the rows of jobs include the time and the notes."""
    cell = next((each for each in results.cells if each.task == task.name), None)
    for other, most in task.goals:
        found = cell.ratio("ours", other) if cell else None
        verdict = "not measured" if found is None else "undecided" if results.is_busy else judge(found, most)
        ratio = _format_spread(found) if found else cell.unable.get(other, "—") if cell else "—"
        beside = NAMES.get(other, other)
        if task.section == "contests":
            yield task.title, beside, ratio, f"≤ {most:g}", verdict
        elif cell:
            notes = [f" ({cell.notes[name]})" if name in cell.notes else "" for name in ("ours", other)]
            time = _amount(spread(cell.figures["ours"]).median, "ns") if "ours" in cell.figures else cell.unable["ours"]
            yield f"{task.title}{notes[0]}", time, f"{beside}{notes[1]}", ratio, f"≤ {most:g}", verdict


def judge(found: Spread, most: float) -> str:
    """Return whether a ratio is at most `most`: clearly, if it is in three quarters of the rounds."""
    return "met" if found.high <= most else "met by the median" if found.median <= most else "missed"


def _format_contenders(results: Results) -> str:
    rows = []
    for name in results.present:
        each = CONTENDERS[name]
        versions = ", ".join(f"{distribution} {results.versions[distribution]}" for distribution in each.needs)
        rows.append((each.title, versions or "the standard library", each.checks, each.omits))
    absent = "; ".join(f"{NAMES[name]} ({reason})" for name, reason in results.absent.items())
    words = f"Not measured: {absent}." if absent else ""
    return _section("Contenders and their checks", words, ("contender", "versions", "checks", "omits"), rows)


def _format_contest(results: Results, task: Task) -> str:
    cells = [cell for cell in results.cells if cell.task == task.name]
    first, last = cells[0], cells[-1]
    references = [name for name in _REFERENCES if name in results.present]
    header = ["contender", "checks", *(["reported"] if first.notes else []), *(f"{cell.size}×" for cell in cells)]
    header += [f"growth to {last.size}×"] if len(cells) > 1 else []
    rows = []
    for name in (BARE, *results.present):
        if name == BARE and BARE not in first.figures:
            continue
        row = [NAMES[name], CONTENDERS[name].checks if name in CONTENDERS else ""]
        row += [first.notes.get(name, "—")] if first.notes else []
        row += [_format_figures(cell, name) for cell in cells]
        if len(cells) > 1:
            able = name in first.figures and name in last.figures
            medians = [spread(cell.figures[name]).median for cell in (first, last)] if able else []
            row.append(f"× {_short(medians[1] / medians[0])}" if able else "—")
        ratios = [first.ratio(name, other) for other in references]
        rows.append([*row, *(_format_spread(ratio) if ratio else "—" for ratio in ratios)])
    return _section(task.title, task.words, [*header, *(f"× {name}" for name in references)], rows)


def _format_figures(cell: Cell, name: str) -> str:
    if name not in cell.figures:
        return cell.unable[name]
    low, median, high = (_amount(figure, cell.unit) for figure in spread(cell.figures[name]))
    return f"{median} [{low.partition(' ')[0]}–{high.partition(' ')[0]}]"


def _format_growth(results: Results) -> str:
    sizes, rows = list[str](), list[tuple[str, ...]]()
    for task in GROWTH:
        for cell in results.cells:
            if cell.task == task.name and cell.figures:
                sizes = list(cell.figures)
                exponents = _find_exponents(cell, sizes)
                times = [_amount(spread(figures).median, "ns") for figures in cell.figures.values()]
                peaks = [_amount(peak, "bytes") for peak in cell.peaks.values()]
                verdict = "undecided" if results.is_busy else judge(exponents, EXPONENT)
                rows.append((task.title, *times, *peaks, _format_spread(exponents), verdict))
    header = ("work", *sizes, *(f"memory at {size}" for size in sizes), f"exponent ≤ {EXPONENT}", "verdict")
    words = (
        "The same work on a longer input: an article that is repeated with its text, each time in different letters, "
        "or a corpus of more articles. Time is proportional to the length of the input to the power of the exponent, "
        "from the first size to the last. Memory is the peak of a process during the work. It includes the article; a "
        "corpus is never in memory."
    )
    return _section("Growth", words, header, rows)


def _find_exponents(cell: Cell, sizes: Sequence[str]) -> Spread:
    found = cell.ratio(sizes[-1], sizes[0])
    assert found is not None
    return Spread(*(math.log(ratio) / math.log(cell.scale) for ratio in found))


def _format_spread(found: Spread) -> str:
    return f"{_short(found.median)} [{_short(found.low)}–{_short(found.high)}]"


def _amount(value: float, unit: str) -> str:
    return f"{_short(value / 1e6)} ms" if unit == "ns" else f"{_short(value / 2**20)} MiB"


def _short(value: float) -> str:
    """Format with three digits, and never an exponent."""
    return f"{value:,.{2 if value < 10 else 1 if value < 100 else 0}f}"


def _section(title: str, words: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    if len(lines) == 2:
        return ""
    table = "".join(f"| {' | '.join(line)} |\n" for line in lines)
    return f"## {title}\n\n{words}{chr(10) * 2 if words else ''}{table}"
