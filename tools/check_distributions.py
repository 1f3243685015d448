"""Build the wheel and the source distribution twice, compare them bit for bit, and judge them.

    python tools/check_distributions.py

Needs the dependency group `release`. Leaves both in `dist/`. Fails when the builds differ, when a file of the tree
is missing from the source distribution or one of the package from the wheel, when either is too large, and when a judge
complains.
Not here: the tests of what was built (`noxfile.py`, sessions `sdist` and `tests`).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "dist"

LARGEST = {".whl": 1_000_000, ".gz": 2_000_000}
"""In bytes, by the file's suffix."""

EPOCH = "1577836800"
"""The time of every file in the archives, the start of 2020, unless SOURCE_DATE_EPOCH says otherwise."""

NOT_DISTRIBUTED = (".github/", ".gitignore", ".pre-commit-config.yaml", "CODE_OF_CONDUCT.md", "SECURITY.md")
"""What only those need who have the repository."""

MADE = {
    "__pycache__",
    ".hypothesis",
    ".mypy_cache",
    ".nox",
    ".pytest_cache",
    ".ruff_cache",
    ".venv",
    "PKG-INFO",
    "build",
    "dist",
}
"""Names of what tools leave in a tree."""

JUDGES = {
    "twine": (("check", "--strict"), ("*.whl", "*.tar.gz")),
    "check_wheel_contents": ((), ("*.whl",)),
    # The authors give no address, and the project has no page of its own yet; invented ones would be worse.
    "pyroma": (("--min=10", "--skip-tests=AuthorEmail,Url"), ("*.tar.gz",)),
}
"""For each module that is run: its options, and the distributions it judges."""


def main() -> int:
    """Build, compare, judge; return the exit code."""
    shutil.rmtree(DIST, ignore_errors=True)
    with tempfile.TemporaryDirectory() as folder:
        # Another place, and files that only their owner may read, must leave no trace in what is built.
        copy = Path(folder) / "another-place"
        for name in _tree():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, copy / name)
            (copy / name).chmod(0o700 if os.access(ROOT / name, os.X_OK) else 0o600)
        second = _build(copy, Path(folder) / "dist")
    first = _build(ROOT, DIST)
    problems = [f"{name} differs between two builds" for name in sorted(first) if first[name] != second.get(name)]
    problems += _incomplete()
    problems += [f"{file.name} is too large" for file in DIST.iterdir() if file.stat().st_size > LARGEST[file.suffix]]
    problems += [f"{judge} complains" for judge in JUDGES if not _is_content(judge)]
    sys.stdout.writelines(f"{file.name}: {file.stat().st_size} bytes\n" for file in sorted(DIST.iterdir()))
    sys.stdout.writelines(f"error: {problem}\n" for problem in problems)
    return 1 if problems else 0


def _build(tree: Path, target: Path) -> dict[str, bytes]:
    # The build backend is the installed one, so that a lock decides which.
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(target), str(tree)]
    subprocess.run(command, check=True, env={"SOURCE_DATE_EPOCH": EPOCH, **os.environ}, stdout=subprocess.DEVNULL)
    return {file.name: file.read_bytes() for file in target.iterdir()}


def _tree() -> list[str]:
    """The files that git tracks, or all that are there when the tree is no repository."""
    if (ROOT / ".git").exists():
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
        return [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]
    found = (path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file())
    return [path.as_posix() for path in found if not MADE & set(path.parts)]


def _incomplete() -> list[str]:
    [wheel], [sdist] = DIST.glob("*.whl"), DIST.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        in_sdist = {name.partition("/")[2] for name in archive.getnames()}
    with zipfile.ZipFile(wheel) as zipped:
        in_wheel = {f"src/{name}" for name in zipped.namelist()}
    tree = {name for name in _tree() if not name.startswith(NOT_DISTRIBUTED)}
    package = {name for name in tree if name.startswith("src/")}
    problems = [f"{sdist.name} lacks {name}" for name in sorted(tree - in_sdist)]
    return problems + [f"{wheel.name} lacks {name}" for name in sorted(package - in_wheel)]


def _is_content(judge: str) -> bool:
    options, patterns = JUDGES[judge]
    files = [str(file) for pattern in patterns for file in DIST.glob(pattern)]
    return subprocess.run([sys.executable, "-m", judge, *options, *files], check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
