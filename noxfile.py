#!/usr/bin/env -S uv run --script
# /// script
# dependencies = ["nox[uv]"]
# ///
"""Everything that is checked, one session each: `nox` runs those of every day, `nox -l` lists them all.

Each has an environment of its own, made by uv where that is installed (`pip install "nox[uv]"`). What a session needs
is said in `pyproject.toml`: extras for users, dependency groups for those who work on the package. `.ci/run` and the
workflows call these sessions, so that a check is told in one place.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import nox

ROOT = Path(__file__).parent
PROJECT = nox.project.load_toml("pyproject.toml")
OLDEST = "3.11"
OPENED = "arrow,cas,networkx,rdf,spacy,testing"
"""The extras of the exports that are opened in other programs."""
FORGE = {
    "citation-file-format": ["CITATION.cff"],
    "dependabot": [".github/dependabot.yml"],
    "github-issue-config": [".github/ISSUE_TEMPLATE/config.yml"],
    "github-issue-forms": [".github/ISSUE_TEMPLATE/[!c]*.yml"],
    "github-workflows": [".github/workflows/*.yml"],
}
"""Which schema holds which files."""

nox.needs_version = ">=2025.2.9"
nox.options.default_venv_backend = "uv|virtualenv"


def install(session: nox.Session, *names: str, extras: str = "") -> None:
    """Install the package with extras, and dependency groups; on a forge's machine all, in the locked versions."""
    if "CI" in os.environ:
        session.install("--require-hashes", "--requirement", "requirements/all.txt")
        session.install("--no-deps", ".")
    else:
        session.install(f".[{extras}]" if extras else ".", *groups(*names))


def groups(*names: str) -> list[str]:
    """The requirements of dependency groups, which an old pip does not know."""
    return list(nox.project.dependency_groups(PROJECT, *names))


@nox.session
def tests(session: nox.Session) -> None:
    """Run all tests against the installed package, with branch coverage."""
    install(session, "dev", extras="all,test")
    # A test that waits for ever tells where, and the others go on.
    waiting = ("-o", "faulthandler_timeout=600", "-o", "faulthandler_exit_on_timeout=true")
    session.run("python", "-m", "pytest", "--cov", "--cov-report=term", *waiting, *session.posargs)


@nox.session(default=False)
def quick(session: nox.Session) -> None:
    """Run the tests that need no other library, as the README does."""
    session.install(".[test]")
    session.run("python", "-m", "pytest", *session.posargs)


@nox.session(venv_backend="uv", python=OLDEST, default=False)
def lowest(session: nox.Session) -> None:
    """Run the tests with the lowest versions that are allowed."""
    session.install("--resolution=lowest-direct", ".[all,test]")
    # Old versions warn of what new versions of their own dependencies deprecate.
    session.run(
        "python", "-m", "pytest", "-W", "ignore::DeprecationWarning", "--ignore=tests/browser", *session.posargs
    )


@nox.session
def lint(session: nox.Session) -> None:
    """Look for mistakes, check the format, and check the files of the forge against their formats."""
    install(session, "lint", "release")
    session.run("ruff", "check")
    session.run("ruff", "format", "--check")
    session.run("lint-imports")
    session.run("zizmor", "--offline", "--quiet", ".github")
    for kind, names in FORGE.items():
        files = [str(file) for name in names for file in sorted(ROOT.glob(name))]
        session.run("check-jsonschema", f"--builtin-schema=vendor.{kind}", *files)
    session.run("validate-pyproject", "pyproject.toml")
    # Warns of every check that is left out; those are explained in pyproject.toml.
    session.run("repo-review", ".")


@nox.session
def types(session: nox.Session) -> None:
    """Check the types of everything, that all public names have one, and that no break of them is silent."""
    install(session, "dev", extras="all,test")
    session.run("mypy", "--strict", "src", "tests", "tools", "benchmarks", "noxfile.py")
    # Outside the tree, so that the installed package is looked at.
    with session.chdir(session.create_tmp()):
        session.run("pyright", "--verifytypes", "oped_dataset", "--ignoreexternal")
    session.run("python", "tools/check_api.py")


@nox.session(default=False)
def model(session: nox.Session) -> None:
    """Ask a small language model through the whole loop and print its score; builds llama.cpp, needs a C++ compiler."""
    session.install(".[score]", *groups("model"))
    session.run("python", "tools/run_model.py", *session.posargs)


@nox.session(default=False)
def docs(session: nox.Session) -> None:
    """Make the site; warnings are errors."""
    install(session, "docs", extras="all,test")
    session.run("sphinx-build", "-W", "--keep-going", "-b", "html", "docs", "build/docs")


@nox.session
def data(session: nox.Session) -> None:
    """Hold the bundled articles to all rules, and what is derived from them to them."""
    install(session, "dev")
    with session.chdir(session.create_tmp()):
        session.run("python", "-m", "oped_dataset", "validate")
    session.run("python", "tools/build_manifest.py", "--check")
    session.run("python", "tools/agreement.py", "--check")
    session.run("python", "tools/check_data_release.py")


@nox.session(default=False)
def consumers(session: nox.Session) -> None:
    """Open the exports in the programs they are for; a program that cannot be had here is skipped by name."""
    if "CI" in os.environ:
        session.install("--require-hashes", "--requirement", "requirements/consumers.txt")
        session.install("--no-deps", ".")
    else:
        session.install(f".[{OPENED}]", *groups("consumers"))
    place = Path(session.create_tmp()) / "consumers"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    for name in ("package.json", "package-lock.json"):
        shutil.copy(ROOT / "tests" / "consumers" / name, place)
    if shutil.which("npm"):
        quiet = ("--ignore-scripts", "--no-audit", "--no-fund")
        session.run("npm", "ci", "--prefix", str(place), *quiet, external=True)
    # For Pyodide, as a page gets them.
    session.run("python", "-m", "pip", "wheel", "--quiet", "--wheel-dir", str(place / "wheels"), ".")
    # Their libraries warn of what their own dependencies deprecate.
    options = ("-W", "default", "-rs", *session.posargs)
    session.run("python", "-m", "pytest", "tests/consumers", *options, env={"OPED_DATASET_CONSUMERS": str(place)})


@nox.session(default=False)
def distributions(session: nox.Session) -> None:
    """Build wheel and source distribution twice, compare them bit for bit, and judge them; leave them in dist/."""
    install(session, "release")
    session.run("python", "tools/check_distributions.py")


@nox.session(default=False)
def sdist(session: nox.Session) -> None:
    """Run the tests of the unpacked source distribution in dist/, as somebody who packages it would."""
    [archive] = (ROOT / "dist").glob("*.tar.gz")
    place = Path(session.create_tmp()) / "unpacked"
    shutil.rmtree(place, ignore_errors=True)
    shutil.unpack_archive(archive, place)
    session.install(f"{archive}[test]")
    with session.chdir(place / archive.name.removesuffix(".tar.gz")):
        session.run("python", "-m", "pytest", *session.posargs)


@nox.session(default=False)
def rehearse(session: nox.Session) -> None:
    """Publish what is in dist/ to a package index on this machine, and install from it as a user would."""
    install(session, "release")
    session.run("python", "tools/rehearse_publishing.py")


@nox.session(default=False)
def licences(session: nox.Session) -> None:
    """List the licences of everything the extras install; fails on one that is not in the page."""
    install(session, "release", extras="all")
    session.run("python", "tools/licences.py", *session.posargs)


@nox.session(default=False)
def audit(session: nox.Session) -> None:
    """Look up known weaknesses of everything that is pinned; needs the network."""
    session.install("pip-audit>=2.7")
    session.run("python", "tools/audit.py", "requirements/all.txt", "requirements/nox.txt")


@nox.session(default=False)
def sbom(session: nox.Session) -> None:
    """Write down what the package needs, as CycloneDX, into build/sbom.cdx.json; needs uv."""
    session.install(".")
    (ROOT / "build").mkdir(exist_ok=True)
    python = str(Path(session.bin) / "python")
    options = ("--pyproject", "pyproject.toml", "--output-file", "build/sbom.cdx.json", python)
    # Run from elsewhere, so that only the package and what it needs are in the environment that is described.
    session.run("uv", "tool", "run", "--from=cyclonedx-bom>=6", "cyclonedx-py", "environment", *options, external=True)


@nox.session(venv_backend="uv", python=OLDEST, default=False)
def locks(session: nox.Session) -> None:
    """Renew the versions and hashes in requirements/; needs uv."""
    tool = Path(session.create_tmp()) / "nox.in"
    tool.write_text("nox[uv]\n", encoding="utf-8")
    for name, wanted in (
        ("nox", [str(tool)]),
        ("all", ["pyproject.toml", "--extra=all", "--extra=test", "--group=dev"]),
        ("consumers", ["pyproject.toml", *(f"--extra={name}" for name in OPENED.split(",")), "--group=consumers"]),
    ):
        options = ("--universal", "--generate-hashes", "--no-annotate", "--no-header", "--upgrade", "--quiet")
        target = f"--output-file=requirements/{name}.txt"
        session.run("uv", "pip", "compile", *options, "--python-version", OLDEST, target, *wanted, external=True)


if __name__ == "__main__":
    nox.main()
