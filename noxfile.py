#!/usr/bin/env -S uv run --script
# /// script
# dependencies = ["nox[uv]"]
# ///
"""All checks, one session each: `nox` runs the everyday ones, `nox -l` lists all.

Each session has its own environment, which uv creates if it is installed (`pip install "nox[uv]"`). The requirements
of a session are in `pyproject.toml`: extras for users, dependency groups for contributors. `.ci/run` and the workflows
call these sessions, so that each check is defined once.
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
"""The extras of the exports that the session `consumers` opens in other programs."""
FORGE = {
    "citation-file-format": ["CITATION.cff"],
    "dependabot": [".github/dependabot.yml"],
    "github-issue-config": [".github/ISSUE_TEMPLATE/config.yml"],
    "github-issue-forms": [".github/ISSUE_TEMPLATE/[!c]*.yml"],
    "github-workflows": [".github/workflows/*.yml"],
}
"""The files that each built-in schema of check-jsonschema applies to."""

nox.needs_version = ">=2025.2.9"
nox.options.default_venv_backend = "uv|virtualenv"


def install(session: nox.Session, *names: str, extras: str = "") -> None:
    """Install the package with extras and dependency groups; with `CI` set, all of them in their locked versions."""
    if "CI" in os.environ:
        session.install("--require-hashes", "--requirement", "requirements/all.txt")
        session.install("--no-deps", ".")
    else:
        session.install(f".[{extras}]" if extras else ".", *groups(*names))


def groups(*names: str) -> list[str]:
    """Read the requirements of dependency groups, because older versions of pip cannot."""
    return list(nox.project.dependency_groups(PROJECT, *names))


@nox.session
def tests(session: nox.Session) -> None:
    """Run all tests against the installed package, with branch coverage."""
    install(session, "dev", extras="all,test")
    # A test that hangs prints its traceback and stops the run.
    waiting = ("-o", "faulthandler_timeout=600", "-o", "faulthandler_exit_on_timeout=true")
    session.run("python", "-m", "pytest", "--cov", "--cov-report=term", *waiting, *session.posargs)


@nox.session(default=False)
def quick(session: nox.Session) -> None:
    """Run the tests that need only the extra `test`, as the README does."""
    session.install(".[test]")
    session.run("python", "-m", "pytest", *session.posargs)


@nox.session(venv_backend="uv", python=OLDEST, default=False)
def lowest(session: nox.Session) -> None:
    """Run the tests with the lowest allowed versions of the dependencies."""
    session.install("--resolution=lowest-direct", ".[all,test]")
    # Old versions use features that newer versions of their own dependencies deprecate.
    session.run(
        "python", "-m", "pytest", "-W", "ignore::DeprecationWarning", "--ignore=tests/browser", *session.posargs
    )


@nox.session
def lint(session: nox.Session) -> None:
    """Lint the code, check its format, and validate the files of the forge."""
    install(session, "lint", "release")
    session.run("ruff", "check")
    session.run("ruff", "format", "--check")
    session.run("lint-imports")
    session.run("zizmor", "--offline", "--quiet", ".github")
    for kind, names in FORGE.items():
        files = [str(file) for name in names for file in sorted(ROOT.glob(name))]
        session.run("check-jsonschema", f"--builtin-schema=vendor.{kind}", *files)
    session.run("validate-pyproject", "pyproject.toml")
    # It warns of every check that is disabled; pyproject.toml gives the reasons.
    session.run("repo-review", ".")


@nox.session
def types(session: nox.Session) -> None:
    """Check all types, that every public name has one, and that the public names match their record."""
    install(session, "dev", extras="all,test")
    session.run("mypy", "--strict", "src", "tests", "tools", "benchmarks", "noxfile.py")
    # Outside the tree, so that the installed package is checked.
    with session.chdir(session.create_tmp()):
        session.run("pyright", "--verifytypes", "oped_dataset", "--ignoreexternal")
    session.run("python", "tools/check_api.py")


@nox.session(default=False)
def model(session: nox.Session) -> None:
    """Run the extraction loop with a small language model and print its score; builds llama.cpp with a C++ compiler."""
    session.install(".", *groups("model"))
    session.run("python", "tools/run_model.py", *session.posargs)


@nox.session(default=False)
def docs(session: nox.Session) -> None:
    """Build the site; warnings are errors."""
    install(session, "docs", extras="all,test")
    session.run("sphinx-build", "-W", "--keep-going", "-b", "html", "docs", "build/docs")


@nox.session
def data(session: nox.Session) -> None:
    """Validate the bundled articles, and check the files derived from them."""
    install(session, "dev")
    with session.chdir(session.create_tmp()):
        session.run("python", "-m", "oped_dataset", "validate")
    session.run("python", "tools/build_manifest.py", "--check")
    session.run("python", "tools/agreement.py", "--check")
    session.run("python", "tools/check_data_release.py")


@nox.session(default=False)
def consumers(session: nox.Session) -> None:
    """Open the exports in the programs that they are made for; tests of a missing program are skipped by name."""
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
    # Pyodide installs the package from wheels.
    session.run("python", "-m", "pip", "wheel", "--quiet", "--wheel-dir", str(place / "wheels"), ".")
    # The programs' libraries use deprecated features of their own dependencies.
    options = ("-W", "default", "-rs", *session.posargs)
    session.run("python", "-m", "pytest", "tests/consumers", *options, env={"OPED_DATASET_CONSUMERS": str(place)})


@nox.session(default=False)
def distributions(session: nox.Session) -> None:
    """Build wheel and source distribution twice into dist/, compare them byte for byte, and check them."""
    install(session, "release")
    session.run("python", "tools/check_distributions.py")


@nox.session(default=False)
def sdist(session: nox.Session) -> None:
    """Run the tests of the unpacked source distribution in dist/, as a packager would."""
    [archive] = (ROOT / "dist").glob("*.tar.gz")
    place = Path(session.create_tmp()) / "unpacked"
    shutil.rmtree(place, ignore_errors=True)
    shutil.unpack_archive(archive, place)
    session.install(f"{archive}[test]")
    with session.chdir(place / archive.name.removesuffix(".tar.gz")):
        session.run("python", "-m", "pytest", *session.posargs)


@nox.session(default=False)
def rehearse(session: nox.Session) -> None:
    """Publish the files in dist/ to a local package index, and install from it as a user would."""
    install(session, "release")
    session.run("python", "tools/rehearse_publishing.py")


@nox.session(default=False)
def licences(session: nox.Session) -> None:
    """List the licences of all packages that the extras install; fails if one is missing from the page."""
    install(session, "release", extras="all")
    session.run("python", "tools/licences.py", *session.posargs)


@nox.session(default=False)
def audit(session: nox.Session) -> None:
    """Look up known vulnerabilities of all pinned packages; needs the network."""
    session.install("pip-audit>=2.7")
    session.run("python", "tools/audit.py", "requirements/all.txt", "requirements/nox.txt")


@nox.session(default=False)
def sbom(session: nox.Session) -> None:
    """Write the dependencies of the package to build/sbom.cdx.json, as CycloneDX; needs uv."""
    session.install(".")
    (ROOT / "build").mkdir(exist_ok=True)
    python = str(Path(session.bin) / "python")
    options = ("--pyproject", "pyproject.toml", "--output-file", "build/sbom.cdx.json", python)
    # The tool runs in another environment, so that the described one contains only the package and its dependencies.
    session.run("uv", "tool", "run", "--from=cyclonedx-bom>=6", "cyclonedx-py", "environment", *options, external=True)


@nox.session(venv_backend="uv", python=OLDEST, default=False)
def locks(session: nox.Session) -> None:
    """Update the versions and hashes in requirements/; needs uv."""
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
