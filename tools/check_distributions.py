"""Build the distributions twice, compare them bit for bit, and judge them.

    python tools/check_distributions.py

Needs the dependency group `release`. Leaves the wheel and the source distribution in `dist/`. Fails when the two builds
differ, when a file that git tracks is missing from the source distribution or a file of the package from the wheel,
when either is larger than `LARGEST`, or when one of the judges complains.
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
LARGEST = 2_000_000
"""In bytes, for either."""

EPOCH = "1577836800"
"""The time of every file in the archives, unless SOURCE_DATE_EPOCH gives another: the start of 2020."""

# What only those need who have the repository.
NOT_DISTRIBUTED = (".github/", ".gitignore", ".pre-commit-config.yaml", "CODE_OF_CONDUCT.md", "SECURITY.md")

JUDGES = (
    ("twine", "check", "--strict"),
    ("check_wheel_contents",),
    # The authors give no address; there is a form for what must stay private, of which SECURITY.md tells.
    ("pyroma", "--min=10", "--skip-tests=AuthorEmail"),
)


def main() -> int:
    """Build, compare, judge; return the exit code."""
    problems = []
    with tempfile.TemporaryDirectory() as second:
        shutil.rmtree(DIST, ignore_errors=True)
        first, other = _built(DIST), _built(Path(second))
        problems += [f"{name} differs between two builds" for name in first if first[name] != other.get(name)]
    [wheel] = DIST.glob("*.whl")
    [sdist] = DIST.glob("*.tar.gz")
    large = [file.name for file in (wheel, sdist) if file.stat().st_size > LARGEST]
    problems += [f"{name} is larger than {LARGEST} bytes" for name in large]
    problems += [f"{sdist.name} lacks {name}" for name in sorted(_tracked() - _in_sdist(sdist))]
    problems += [f"{wheel.name} lacks {name}" for name in sorted(_of_the_package() - _in_wheel(wheel))]
    for judge, *options in JUDGES:
        files = {"check_wheel_contents": [wheel], "pyroma": [sdist]}.get(judge, [wheel, sdist])
        command = [sys.executable, "-m", judge, *options, *map(str, files)]
        if subprocess.run(command, check=False).returncode:
            problems.append(f"{judge} complains")
    sys.stdout.writelines(f"{problem}\n" for problem in problems)
    sizes = ", ".join(f"{file.name} {file.stat().st_size} bytes" for file in (wheel, sdist))
    sys.stdout.write(f"{sizes}; {len(problems)} problems\n")
    return 1 if problems else 0


def _built(folder: Path) -> dict[str, bytes]:
    # Two builds have the same bytes only if the time in them is not that of the build.
    surroundings = {"SOURCE_DATE_EPOCH": EPOCH} | os.environ
    subprocess.run([sys.executable, "-m", "build", "--outdir", str(folder)], cwd=ROOT, env=surroundings, check=True)
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def _tracked() -> set[str]:
    """The files of the tree; without git all that are there count, as in an unpacked source distribution."""
    asked = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    found = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    names = found.stdout.split("\0") if not found.returncode else []
    return {name for name in names if name and (ROOT / name).is_file() and not name.startswith(NOT_DISTRIBUTED)}


def _in_sdist(file: Path) -> set[str]:
    with tarfile.open(file) as archive:
        return {name.partition("/")[2] for name in archive.getnames()}


def _of_the_package() -> set[str]:
    source = ROOT / "src"
    files = (file for file in source.rglob("*") if file.is_file() and "__pycache__" not in file.parts)
    return {file.relative_to(source).as_posix() for file in files if ".egg-info" not in str(file)}


def _in_wheel(file: Path) -> set[str]:
    with zipfile.ZipFile(file) as archive:
        return set(archive.namelist())


if __name__ == "__main__":
    sys.exit(main())
