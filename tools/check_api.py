"""Compare the public API with that of the last release by griffe, and require changelog entries for breaking changes.

Run it as `python tools/check_api.py`. The last release is the newest tag or, without tags or repository, the file
`tests/released/api.txt` written by `--record`. The changelog since then must name every object with a breaking change
in backticks (`load`, `Article.attach`).

Only the names that `docs/stability.md` calls public are compared. Both sides are first written as stubs of the names in
`__all__`, with the `__init__` of attrs classes; the file has the same form. griffe does not compare types, which are
tested by the typed sample in `tests/downstream/`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import griffe
from last_release import ROOT, last_tag, told_since

RECORDED = ROOT / "tests" / "released" / "api.txt"
PACKAGE = "oped_dataset"
PUBLIC = (PACKAGE, f"{PACKAGE}.authoring", f"{PACKAGE}.errors", f"{PACKAGE}.exports", f"{PACKAGE}.testing")


def main(arguments: list[str]) -> int:
    """Compare or record; return the exit code."""
    now = present()
    if "--record" in arguments:
        RECORDED.write_text(now, "utf-8", newline="\n")
        sys.stdout.write(f"wrote {RECORDED.name}\n")
        return 0
    name, before = released()
    untold = list(broken(before, now, told_since(last_tag(), (ROOT / "CHANGELOG.md").read_text("utf-8"))))
    sys.stdout.write(
        "".join(f"{each}: breaks code written for {name}, but the changelog does not name it\n" for each in untold)
    )
    sys.stdout.write(f"compared with {name}: {len(untold)} breaking changes without a changelog entry\n")
    return 1 if untold else 0


def present(root: Path = ROOT) -> str:
    """Return the stubs of the tree."""
    return stubs(griffe.load(PACKAGE, search_paths=[root / "src"], allow_inspection=False))


def released(root: Path = ROOT) -> tuple[str, str]:
    """Return the name of the last release, and its stubs."""
    tag = last_tag(root)
    if tag is None:
        return "tests/released/api.txt", RECORDED.read_text("utf-8")
    loaded = griffe.load_git(PACKAGE, ref=tag, repo=root, search_paths=["src"], allow_inspection=False)
    return tag, stubs(loaded)


def broken(before: str, now: str, told: str) -> Iterator[str]:
    """Return the breaking changes that the changelog does not name, each with the object and the kind of change."""
    new = modules(now)
    for name, old in modules(before).items():
        if name not in new:
            yield f"{name}: package was removed"
            continue
        for found in griffe.find_breaking_changes(old, new[name]):
            path = found.obj.path.removeprefix(f"{name}.")
            if f"`{path}`" not in told:
                yield f"{path} ({name}): {found.kind.value.lower()}"


def modules(written: str) -> dict[str, griffe.Module]:
    """Load stubs by griffe, by package."""
    _, *parts = re.split(r"^# (\S+)\n", written, flags=re.MULTILINE)
    return {
        name: griffe.visit(name, filepath=Path(f"{name}.pyi"), code=code)
        for name, code in zip(parts[::2], parts[1::2], strict=True)
    }


# The stubs.


def stubs(package: griffe.Object | griffe.Alias) -> str:
    """Write the public packages as stubs, one under the name of the other."""
    return "".join(f"# {name}\n{''.join(_package(_part(package, name)))}" for name in PUBLIC)


def _part(package: griffe.Object | griffe.Alias, name: str) -> griffe.Object | griffe.Alias:
    inner = name.removeprefix(PACKAGE).removeprefix(".")
    return package[inner] if inner else package


def _package(package: griffe.Object | griffe.Alias) -> Iterator[str]:
    for name in sorted(str(each) for each in package.exports or ()):
        found = package[name]
        # A name in `__all__` that cannot be resolved counts as removed.
        with suppress(griffe.AliasResolutionError):
            yield from _stub(name, found.final_target if isinstance(found, griffe.Alias) else found, "")


def _stub(name: str, found: griffe.Object | griffe.Alias, indent: str) -> Iterator[str]:
    if isinstance(found, griffe.Class):
        bases = ", ".join(str(base) for base in found.bases)
        yield f"{indent}class {name}({bases}):\n"
        yield from (f"{indent}    {line}" for line in _made_by_attrs(found))
        members = [each for each in sorted(found.members) if _is_public(each)]
        for each in members:
            yield from _stub(each, found.members[each], f"{indent}    ")
        yield f"{indent}    ...\n"
    elif isinstance(found, griffe.Function):
        yield from (f"{indent}@{kind}\n" for kind in ("classmethod", "staticmethod") if kind in found.labels)
        yield f"{indent}def {found.signature()}: ...\n"
    elif isinstance(found, griffe.Attribute):
        yield f"{indent}{name}: {found.annotation or 'object'}\n"


def _made_by_attrs(found: griffe.Class) -> Iterator[str]:
    """Return the `__init__` that attrs generates, which griffe cannot find in the source."""
    decorators = [str(each.value) for each in found.decorators]
    ours = [each for each in decorators if re.match(r"(attrs\.)?(frozen|define|mutable)\b", each)]
    if ours and "__init__" not in found.members:
        fields = [each for each in found.members.values() if isinstance(each, griffe.Attribute) and _is_field(each)]
        parameters = [f"{each.name.lstrip('_')}: {each.annotation}{' = ...' * _has_default(each)}" for each in fields]
        yield f"def __init__({', '.join(['*'] * ('kw_only=True' in ours[0] and bool(fields)) + parameters)}): ...\n"


def _is_field(found: griffe.Attribute) -> bool:
    return found.annotation is not None and "property" not in found.labels and "ClassVar" not in str(found.annotation)


def _is_public(name: str) -> bool:
    return not name.startswith("_") or (
        name.startswith("__") and name.endswith("__") and not name.startswith(("__attrs_", "__slots__"))
    )


def _has_default(found: griffe.Attribute) -> bool:
    # In an attrs class, a field with an assigned value may still lack a default.
    value = "" if found.value is None else str(found.value)
    return bool(value) and (
        not value.startswith(("field(", "attrs.field(")) or "default=" in value or "factory=" in value
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
