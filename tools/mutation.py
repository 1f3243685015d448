"""Mutation testing: change the code in small ways and see whether a test fails for each change.

    python tools/mutation.py dates validation
    python tools/mutation.py --minutes 10 model

Works on a copy of the tree in a temporary directory, with cosmic-ray (`pip install "oped-dataset[proof]"`), and prints
for every module how many mutants the tests found and each one they did not. The tests of a module are chosen in
`TESTS`; any other is held to the test file of its name. What survives is told in `docs/mutation-testing.md`.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
COPIED = ("src", "tests", "docs", "tools", "pyproject.toml")
TESTS = {
    "codec": ("test_codec", "test_shape", "test_canonical"),
    "dates": ("test_dates",),
    "jsontext": ("test_jsontext", "test_hostile"),
    "places": ("test_places",),
    "scanner": ("test_jsontext", "test_hostile"),
    "shape": ("test_shape", "test_codec", "test_hostile"),
    "validation": ("test_validation", "test_shape"),
}
"""The tests that hold a module, quickest first."""

# Most of these change an annotation, which nobody evaluates.
UNEVALUATED = "core/ReplaceBinaryOperator_BitOr_.*"
CONFIGURATION = """\
[cosmic-ray]
module-path = "src/oped_dataset/{module}.py"
timeout = 120.0
test-command = "{command}"
[cosmic-ray.distributor]
name = "local"
[cosmic-ray.filters.operators-filter]
exclude-operators = ["{unevaluated}"]
"""


def main(arguments: list[str]) -> int:
    """Try every module; return 1 when a mutant survives."""
    parser = argparse.ArgumentParser(description="Change the code in small ways and see whether a test fails.")
    parser.add_argument("modules", nargs="+", metavar="MODULE")
    parser.add_argument("--minutes", type=float, help="stop a module after so long and count what was tried")
    asked = parser.parse_args(arguments)
    scores = [_tried(module, asked.minutes and asked.minutes * 60) for module in asked.modules]
    return 0 if all(scores) else 1


def _tried(module: str, seconds: float | None) -> bool:
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        for part in COPIED:
            copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
            copy(ROOT / part, work / part)
        _run_mutants(module, work, seconds)
        mutants = list(_mutants(work))
    survivors = [mutant for mutant in mutants if mutant["test_outcome"] == "survived"]
    for mutant in survivors:
        sys.stdout.write(f"{mutant['diff']}\n")
    found = len(mutants) - len(survivors)
    sys.stdout.write(f"{module}: {found} of {len(mutants)} mutants found, {found / max(1, len(mutants)):.1%}\n")
    return not survivors


def _run_mutants(module: str, work: Path, seconds: float | None) -> None:
    tests = " ".join(f"tests/{name}.py" for name in TESTS.get(module, (f"test_{module}",)))
    command = f"{sys.executable} -m pytest -x -q -p no:cacheprovider {tests}"
    text = CONFIGURATION.format(module=module, command=command, unevaluated=UNEVALUATED)
    (work / "mutation.toml").write_text(text, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": "src", "PYTHONDONTWRITEBYTECODE": "1", "OPED_DATASET_PROFILE": "quick"}
    programs = Path(sys.executable).parent
    for step in (
        ["cosmic-ray", "init", "mutation.toml", "session.sqlite"],
        ["cr-filter-operators", "session.sqlite", "mutation.toml"],
        ["cosmic-ray", "baseline", "mutation.toml"],
    ):
        subprocess.run([str(programs / step[0]), *step[1:]], cwd=work, env=environment, check=True)
    with suppress(subprocess.TimeoutExpired):
        last = [str(programs / "cosmic-ray"), "exec", "mutation.toml", "session.sqlite"]
        subprocess.run(last, cwd=work, env=environment, check=True, timeout=seconds)


def _mutants(work: Path) -> Iterator[dict[str, Any]]:
    dump = [str(Path(sys.executable).parent / "cosmic-ray"), "dump", "session.sqlite"]
    for line in subprocess.check_output(dump, cwd=work, text=True).splitlines():
        _, result = json.loads(line)
        if result is not None and result["worker_outcome"] == "normal":
            yield result


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
