"""Front doors: imports of public names in threads and forked processes."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from oped_dataset import lazy

# The thread stops in the middle of the first import until the main thread begins to fork.
_FORKED = """
import os, sys, threading
import oped_dataset
started, released = threading.Event(), threading.Event()
def watch(event, arguments):
    if event == "import" and arguments[0] == "oped_dataset.model.records":
        started.set()
        released.wait()
def load():
    from oped_dataset import load
    load()
    from oped_dataset import score
sys.addaudithook(watch)
os.register_at_fork(before=released.set)
thread = threading.Thread(target=load)
thread.start()
started.wait()
child = os.fork()
load()
if not child:
    os._exit(0)
thread.join()
sys.exit(os.waitpid(child, 0)[1])
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_process_forked_during_the_first_import_works() -> None:
    done = subprocess.run([sys.executable, "-c", _FORKED], check=False, capture_output=True, text=True, timeout=120)

    assert (done.returncode, done.stderr) == (0, "")


def test_an_import_that_fails_does_not_prevent_a_fork(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lazy, "_MOST_ROUNDS", 2)
    monkeypatch.setattr(lazy, "_importing", ["oped_dataset.missing"])

    lazy._wait_for_imports()

    assert "oped_dataset.missing" not in sys.modules


def test_modules_of_other_packages_are_not_touched_for_a_fork(monkeypatch: pytest.MonkeyPatch) -> None:
    class Lazy:
        # A lazy module, as of `importlib.util.LazyLoader`, is imported when an attribute is read.
        def __getattribute__(self, name: str) -> object:
            asked.append(name)
            raise AttributeError(name)

    asked = list[str]()
    monkeypatch.setitem(sys.modules, "another", Lazy())

    lazy._wait_for_imports()

    assert asked == []


def test_nothing_is_imported_for_a_fork_without_unfinished_imports() -> None:
    before = set(sys.modules)

    lazy._wait_for_imports()

    assert set(sys.modules) == before
