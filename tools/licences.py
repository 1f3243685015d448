"""List the licences of everything the extras install, in `docs/licences.md`.

    python tools/licences.py           fails when a package is needed that the page lacks, or has another licence
    python tools/licences.py --write   writes the page

Run it where the package is installed with `[all]`: `nox -s licences -- --write`.
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

What `pip install oped-dataset` and each of its extras bring along, directly or through others, and what each says its
licence is. None of it is in our distributions. Made by `tools/licences.py` under CPython {python} on {system};
elsewhere there may be a few others.

`pip install oped-dataset` alone brings: {core}.

| package | licence |
|---|---|
"""


def main(arguments: list[str]) -> int:
    """Write the page, or hold what is installed to it; return the exit code."""
    found = {name: _licence(name) for name in sorted(_needed("oped-dataset", {"all"}))}
    if "--write" in arguments:
        core = ", ".join(sorted(_needed("oped-dataset", set())))
        python = f"{sys.version_info.major}.{sys.version_info.minor}"
        text = INTRODUCTION.format(python=python, system=sys.platform.capitalize(), core=core)
        rows = "".join(f"| {name} | {licence} |\n" for name, licence in found.items())
        PAGE.write_text(text + rows, encoding="utf-8", newline="\n")
        return 0
    told = dict(re.findall(r"^\| (\S+) \| (.+) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    unlike = {name: licence for name, licence in found.items() if told.get(name) != licence}
    wrong = [f"{name}: {licence}, told: {told.get(name)}" for name, licence in unlike.items()]
    sys.stdout.write("\n".join([*wrong, f"{len(found)} packages, {len(wrong)} not as docs/licences.md tells\n"]))
    return 1 if wrong else 0


def _needed(name: str, extras: set[str]) -> set[str]:
    """The packages that are installed because a package asks for them, however indirectly."""
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


def _licence(package: str) -> str:
    """What a package says of its licence, in the most exact of the ways there are."""
    about = metadata.metadata(package)
    if "License-Expression" in about:
        return about["License-Expression"]
    classifiers = about.get_all("Classifier") or []
    classified = [line.rpartition(" :: ")[2] for line in classifiers if line.startswith("License ::")]
    told = " ".join(about["License"].split()) if "License" in about else ""
    # Some packages give the whole text where the name is asked for.
    return " or ".join(classified) or (told if 0 < len(told) <= 60 else "see its distribution")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
