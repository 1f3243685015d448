"""Measurements in new processes: the start itself, an import, a first load, and memory.

Here: the small programs, starting them, and reading their time and memory.
Not here: measurements in long-lived processes (`worker.py`).

Memory is the peak memory of the process, as counted by the kernel. tracemalloc sees only the allocations of Python,
and several contenders keep their data in Rust or C++.
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
"""For every new Python: no packages of the user, and no directory put first on the path."""

SETTINGS: Final = {
    "PYTHONHASHSEED": "0",
    "HF_HUB_OFFLINE": "1",
    "HF_DATASETS_DISABLE_PROGRESS_BARS": "1",
    "HF_DATASETS_OFFLINE": "1",
}
"""For every process: the same order of sets each time, and no library that uses the network."""

_PEAK: Final = """
import sys
try:
    with open("/proc/self/status") as status:
        peak = next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM:"))
except OSError:
    # On other systems the figure may include the memory of the parent at the start, which is small.
    import resource
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
print(peak)
"""


_KEPT: Final = ("PYTHONPATH", "PYTHONHOME", "PYTHONPYCACHEPREFIX")


def settle(work: Path) -> None:
    """Give all later processes the settings, and the directory with the generated modules."""
    for name in [name for name in os.environ if name.startswith("PYTHON") and name not in _KEPT]:
        # PYTHONDONTWRITEBYTECODE, for one, would make each start compile modules that are not installed.
        del os.environ[name]
    paths = [str(work), str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    os.environ.update(SETTINGS, PYTHONPATH=os.pathsep.join(paths))
    sys.path.insert(0, str(work))


def compilation() -> str:
    """Describe whether this package's modules are found compiled, as those of libraries are."""
    module = importlib.util.find_spec("oped_dataset")
    kept = module is not None and module.cached is not None and Path(module.cached).exists()
    return "compiled" if kept else "those of oped-dataset are compiled at each start, for they cannot be kept"


def importing(entrant: Entrant) -> str:
    """Return a program that does nothing but the import."""
    return f"{entrant.imports}"


def first_load(entrant: Entrant, document: Path) -> str:
    """Return a program that reads a first document; this package reads the same document as its bundled article."""
    return f"{_contender(entrant)}with open({str(document)!r}, 'rb') as stream: x = c.cold(stream)"


def loading(entrant: Entrant, document: Path) -> str:
    """Return a program that reads and keeps any document."""
    return (
        f"{_contender(entrant)}import pathlib, types\n"
        f"path = pathlib.Path({str(document)!r})\n"
        "x = c.load(types.SimpleNamespace(content=path.read_bytes(), path=path, line=path.with_suffix('.jsonl')))"
    )


def streaming(entrant: Entrant, lines: Path) -> str:
    """Return a program that reads a corpus and keeps nothing of it."""
    return f"{_contender(entrant)}import pathlib\nfor _ in c.read_lines(pathlib.Path({str(lines)!r})): pass"


def duration(program: str) -> int:
    """Run a program to its end; return the nanoseconds from before its start until after its end."""
    begun = time.perf_counter_ns()
    _run(program)
    return time.perf_counter_ns() - begun


def peak_memory(program: str) -> int:
    """Run a program to its end; return its peak memory in bytes."""
    return int(_run(program + _PEAK))


def _run(program: str) -> str:
    command = [sys.executable, *FLAGS, "-c", program]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, cwd=ROOT.anchor)
    if done.returncode:
        raise RuntimeError(f"a program failed:\n{program}\n{done.stderr}")
    return done.stdout


def _contender(entrant: Entrant) -> str:
    return f"from benchmarks.contenders import {entrant.module} as c\n"
