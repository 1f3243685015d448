"""Processes: one for each way of doing a task, which lives through all rounds, and new ones for starts and memory.

Here: starting them, measuring one call or one program at a time, and their peak memory.
Not here: the ways (`tasks.py`, `jobs.py`) and the order of measuring (`run.py`).

With a process each, no way pays for the objects of another. The garbage collector is on, as in any program; it is run
before each call, and all objects older than the first call are frozen. Peak memory is counted by the kernel, because
tracemalloc sees only the allocations of Python, and several contenders keep their data in Rust or C++.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, Self

import attrs

ROOT: Final = Path(__file__).resolve().parent.parent

CONDITIONS: Final = {
    "flags of every new process": "-s -P",
    "settings of every process": "PYTHONHASHSEED=0 HF_HUB_OFFLINE=1 HF_DATASETS_OFFLINE=1 "
    "HF_DATASETS_DISABLE_PROGRESS_BARS=1",
    "garbage collector": "on; run before each call and frozen before the first, outside the measured time",
}
"""No packages of the user, no directory put first on the path, the same order of sets each time, and no network."""

LONGEST: Final = 300
"""Seconds after which a process without an answer is ended."""


@attrs.frozen
class Way:
    """One way of doing a task.

    Attributes:
        call: Does the task; only this is measured.
        check: Compares the result of a call with the expected one, and returns a note on it or an empty string.
        close: Ends what the preparation has started.
    """

    call: Callable[[], Any]
    check: Callable[[Any], str] = lambda result: ""
    close: Callable[[], None] = lambda: None


def settle(work: Path) -> None:
    """Give all later processes the settings, and the directory with the generated modules."""
    for name in [name for name in os.environ if name.startswith("PYTHON") and name != "PYTHONPATH"]:
        # PYTHONDONTWRITEBYTECODE, for one, would make each start compile modules that are not installed.
        del os.environ[name]
    settings = [setting.partition("=") for setting in CONDITIONS["settings of every process"].split()]
    os.environ.update({name: value for name, _, value in settings})
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(work), str(ROOT), os.environ.get("PYTHONPATH")]))
    sys.path.insert(0, str(work))


class Worker:
    """The process of one way."""

    def __init__(self, make: Callable[[], Way]) -> None:
        """Start the process, in which `make` prepares the way; other processes may do so at the same time."""
        self._pool = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"))
        self._ready = self._pool.submit(_prepare, make)

    def ask(self, question: str) -> Any:
        """Ask for one of the answers of `_Bench`, and wait for it.

        Raises:
            Unable: The way is impossible here.
            TimeoutError: The process did not answer.
        """
        try:
            self._ready.result(LONGEST)
            return self._pool.submit(_answer, question).result(LONGEST)
        except TimeoutError:
            for process in multiprocessing.active_children():
                process.kill()
            raise

    def __enter__(self) -> Self:
        """Return the worker."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the process."""
        with suppress(Exception):
            self.ask("close")
        self._pool.shutdown()


_benches: Final[list[_Bench]] = []
"""In the process of a way: its bench."""


def _prepare(make: Callable[[], Way]) -> None:
    _benches.append(_Bench(make()))


def _answer(question: str) -> Any:
    return getattr(_benches[0], question)()


class _Bench:
    """The answers of a process."""

    def __init__(self, way: Way) -> None:
        self._way = way
        self._note: str | None = None
        self._peak = 0
        self._is_frozen = False

    def prepare(self) -> None:
        """Do nothing, since the way is prepared."""

    def trust(self) -> None:
        """Leave the comparison of the result out."""
        self._note = ""

    def check(self) -> None:
        """Do the task, and compare its result."""
        self._note = self._way.check(self._way.call())

    def time(self) -> int:
        """Measure one call in nanoseconds; its result is released after the clock is read."""
        if not self._is_frozen:
            gc.collect()
            gc.freeze()
            self._is_frozen = True
        gc.collect()
        _reset_peak()
        begun = time.perf_counter_ns()
        result = self._way.call()
        ended = time.perf_counter_ns()
        self._peak = max(self._peak, _read_peak())
        if self._note is None:
            self._note = self._way.check(result)
        del result
        return ended - begun

    def note(self) -> str | None:
        """Return the note on the first result."""
        return self._note

    def close(self) -> None:
        """End what the preparation has started."""
        self._way.close()

    def peak(self) -> int:
        """Return the largest memory of the process during a measured call, in bytes."""
        return self._peak


# Memory.


def _reset_peak() -> None:
    # 5 resets the peak; on systems without this file, the peak includes the preparation of the task.
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def _read_peak() -> int:
    """Return the peak memory of this process in bytes."""
    # No other system counts the memory of the parent out.
    status = Path("/proc/self/status")
    return _find_peak(status.read_text("ascii")) if status.exists() else 0


def _find_peak(status: str) -> int:
    return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM:"))


# New processes.


def run_program(program: str) -> int:
    """Run a program to its end; return the nanoseconds from before its start until after its end."""
    begun = time.perf_counter_ns()
    _run(program)
    return time.perf_counter_ns() - begun


def measure_memory(program: str) -> int:
    """Run a program to its end; return its peak memory in bytes."""
    return _find_peak(_run(f"{program}\nprint(open('/proc/self/status').read())"))


def _run(program: str) -> str:
    command = [sys.executable, *CONDITIONS["flags of every new process"].split(), "-c", program]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=LONGEST)
    if done.returncode:
        raise RuntimeError(f"a program failed:\n{program}\n{done.stderr}")
    return done.stdout
