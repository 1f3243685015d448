"""Build the wheel and the source distribution twice, compare them bit for bit, and check them.

    python tools/check_distributions.py

Needs the dependency group `release`. Leaves both in `dist/`. Fails if the builds differ, if a file of the tree is
missing from the source distribution or one of the package from the wheel, if either is too large, or if a checker
reports an error.
Not here: the tests of the distributions (`noxfile.py`, sessions `sdist` and `tests`).
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

LARGEST = {".whl": 1_000_000, ".gz": 2_500_000}
"""The greatest size in bytes, by suffix."""

EPOCH = "1577836800"
"""The time of every file in the archives unless SOURCE_DATE_EPOCH is set: the start of 2020."""

NOT_DISTRIBUTED = (".github/", ".gitignore", ".pre-commit-config.yaml", "CODE_OF_CONDUCT.md", "SECURITY.md")
"""Files that are of use only in a repository."""

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
"""Names of files and directories that tools leave in a tree."""

JUDGES = {
    "twine": (("check", "--strict"), ("*.whl", "*.tar.gz")),
    "check_wheel_contents": ((), ("*.whl",)),
    # The metadata has neither an address of the authors nor a home page, since neither exists yet.
    "pyroma": (("--min=10", "--skip-tests=AuthorEmail,Url"), ("*.tar.gz",)),
}
"""The options of each checker, and the distributions it checks."""


def main() -> int:
    """Build, compare and check; return the exit code."""
    shutil.rmtree(DIST, ignore_errors=True)
    with tempfile.TemporaryDirectory() as folder:
        # The second build is in a different place, with restricted permissions; neither may affect the result.
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
    # The installed build backend is used, so that the lock determines its version.
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(target), str(tree)]
    subprocess.run(command, check=True, env={"SOURCE_DATE_EPOCH": EPOCH, **os.environ}, stdout=subprocess.DEVNULL)
    return {file.name: file.read_bytes() for file in target.iterdir()}


def _tree() -> list[str]:
    """Return the files that git tracks or, outside a repository, all files."""
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
