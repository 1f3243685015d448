"""What is measured in a process that has just begun: the start itself, an import, a first load, and memory.

Here: the little programs, how they are started, and what is read from outside or inside them.
Not here: work in processes that live on (`worker.py`).

Memory is the most the process ever had, as the kernel counts it. tracemalloc is not used: it sees what Python allocates
and not what Rust or C++ do, and that is where several contenders keep their data.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

from benchmarks.entrants import Entrant

ROOT: Final = Path(__file__).resolve().parent.parent

FLAGS: Final = ("-s", "-P")
"""Of every new Python: no packages of the user, no directory put first on the path."""

SETTINGS: Final = {
    "PYTHONHASHSEED": "0",
    "HF_HUB_OFFLINE": "1",
    "HF_DATASETS_DISABLE_PROGRESS_BARS": "1",
    "HF_DATASETS_OFFLINE": "1",
}
"""Of every process: the same order of sets each time, and no library that asks the network."""

_PEAK: Final = """
import sys
try:
    with open("/proc/self/status") as status:
        peak = next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM:"))
except OSError:
    # Elsewhere the parent's memory may be counted in at the start, which is small.
    import resource
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
print(peak)
"""


_KEPT: Final = ("PYTHONPATH", "PYTHONHOME", "PYTHONPYCACHEPREFIX")


def settle(work: Path) -> None:
    """Give all processes to come the settings, and the directory with the modules made for peers."""
    for name in [name for name in os.environ if name.startswith("PYTHON") and name not in _KEPT]:
        # Else a wish not to write compiled modules would make each start compile what is not installed.
        del os.environ[name]
    paths = [str(work), str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    os.environ.update(SETTINGS, PYTHONPATH=os.pathsep.join(paths))
    sys.path.insert(0, str(work))


def compilation() -> str:
    """Whether this package's modules are found compiled, as those of libraries are; where not, it pays for that."""
    module = importlib.util.find_spec("oped_dataset")
    kept = module is not None and module.cached is not None and Path(module.cached).exists()
    return "compiled" if kept else "those of oped-dataset are compiled at each start, for they cannot be kept"


def importing(entrant: Entrant) -> str:
    """The program that does nothing but the import."""
    return f"{entrant.imports}"


def first_load(entrant: Entrant, document: Path) -> str:
    """The program that reads its first document; ours the bundled article, which must be what is in the file."""
    return f"{_contender(entrant)}with open({str(document)!r}, 'rb') as stream: x = c.cold(stream)"


def loading(entrant: Entrant, document: Path) -> str:
    """The program that reads and keeps any document."""
    return (
        f"{_contender(entrant)}import pathlib, types\n"
        f"path = pathlib.Path({str(document)!r})\n"
        "x = c.load(types.SimpleNamespace(content=path.read_bytes(), path=path, line=path.with_suffix('.jsonl')))"
    )


def streaming(entrant: Entrant, lines: Path) -> str:
    """The program that reads a corpus and keeps nothing of it."""
    return f"{_contender(entrant)}import pathlib\nfor _ in c.read_lines(pathlib.Path({str(lines)!r})): pass"


def duration(program: str) -> int:
    """Run a program to its end; tell the nanoseconds from before its start until after its end."""
    begun = time.perf_counter_ns()
    _run(program)
    return time.perf_counter_ns() - begun


def peak_memory(program: str) -> int:
    """Run a program to its end; tell the most bytes of memory it had."""
    return int(_run(program + _PEAK))


def _run(program: str) -> str:
    command = [sys.executable, *FLAGS, "-c", program]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, cwd=ROOT.anchor)
    if done.returncode:
        raise RuntimeError(f"a program failed:\n{program}\n{done.stderr}")
    return done.stdout


def _contender(entrant: Entrant) -> str:
    return f"from benchmarks.contenders import {entrant.module} as c\n"
