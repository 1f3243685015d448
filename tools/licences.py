"""List the licences of everything the extras install, in `docs/licences.md`.

    python tools/licences.py           fails if the page lacks a needed package, or gives a different licence for it
    python tools/licences.py --write   writes the page

Run it in an environment with `oped-dataset[all]`: `nox -s licences -- --write`.
"""

from __future__ import annotations

import re
import sys
from collections import deque
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PAGE = Path(__file__).resolve().parent.parent / "docs" / "licences.md"
INTRODUCTION = """# Licences of dependencies

This page lists every package that `pip install oped-dataset` and its extras install, directly or indirectly, with the
licence that the package declares. Our distributions contain none of them. `tools/licences.py` made the page under
CPython {python} on {system}; other platforms may need a few others.

`pip install oped-dataset` alone installs: {core}.

| package | licence |
|---|---|
"""


def main(arguments: list[str]) -> int:
    """Write the page, or compare it with the installed packages; return the exit code."""
    found = {name: _find_licence(name) for name in sorted(_collect_needed("oped-dataset", {"all"}))}
    if "--write" in arguments:
        core = ", ".join(sorted(_collect_needed("oped-dataset", set())))
        python = f"{sys.version_info.major}.{sys.version_info.minor}"
        text = INTRODUCTION.format(python=python, system=sys.platform.capitalize(), core=core)
        rows = "".join(f"| {name} | {licence} |\n" for name, licence in found.items())
        PAGE.write_text(text + rows, encoding="utf-8", newline="\n")
        return 0
    listed = dict(re.findall(r"^\| (\S+) \| (.+) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    unlike = {name: licence for name, licence in found.items() if listed.get(name) != licence}
    wrong = [f"{name}: {licence}, listed: {listed.get(name)}" for name, licence in unlike.items()]
    sys.stdout.write("\n".join([*wrong, f"{len(found)} packages, {len(wrong)} not as in docs/licences.md\n"]))
    return 1 if wrong else 0


def _collect_needed(name: str, extras: set[str]) -> set[str]:
    """Collect the packages that a package requires, directly or indirectly."""
    found: set[str] = set()
    seen: set[tuple[str, str]] = set()
    waiting = deque((name, extra) for extra in extras | {""})
    while waiting:
        package, extra = waiting.popleft()
        if (package, extra) in seen:
            continue
        seen.add((package, extra))
        for line in metadata.requires(package) or ():
            requirement = Requirement(line)
            if requirement.marker is None or requirement.marker.evaluate({"extra": extra}):
                needed = canonicalize_name(requirement.name)
                found.add(needed)
                waiting.extend((needed, each) for each in {*requirement.extras, ""})
    return found - {name}


def _find_licence(package: str) -> str:
    """Return the licence that a package declares, in the most precise form available."""
    about = metadata.metadata(package)
    if "License-Expression" in about:
        return about["License-Expression"]
    classifiers = about.get_all("Classifier") or []
    classified = [line.rpartition(" :: ")[2] for line in classifiers if line.startswith("License ::")]
    declared = " ".join(about["License"].split()) if "License" in about else ""
    # Some packages put the whole text of the licence into the field for its name.
    return " or ".join(classified) or (declared if 0 < len(declared) <= 60 else "see its distribution")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
