"""The last release, and the changelog since then, for `check_api.py` and `check_data_release.py`."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def last_tag(root: Path = ROOT) -> str | None:
    """Return the tag of the newest release before this commit; None without a tag or a repository.

    The tag of this commit is ignored, so that a release is compared with the previous one.
    """
    # A source distribution may be unpacked inside an unrelated repository, whose tags must be ignored.
    if (_git(root, "rev-parse", "--show-prefix") or "elsewhere").strip():
        return None
    tags = (_git(root, "tag", "--list", "v*", "--no-contains", "HEAD", "--sort=-version:refname") or "").split()
    return tags[0] if tags else None


def released(path: str, root: Path = ROOT) -> tuple[str, str]:
    """Return the name of the last release and its version of a file; before the first release, the present version."""
    tag = last_tag(root)
    content = None if tag is None else _git(root, "show", f"{tag}:{path}")
    if content is None:
        return path, (root / path).read_text("utf-8")
    return f"{path} of {tag}", content


def told_since(tag: str | None, changelog: str) -> str:
    """Return the part of a changelog after a release; without a release, the section *Unreleased*.

    During the preparation of a release this includes its section, which is written before its tag.
    """
    end = r"^## " if tag is None else rf"^## {re.escape(tag.removeprefix('v'))}(?=\s)"
    return re.split(end, f"{changelog}\n".partition("\n## Unreleased\n")[2], maxsplit=1, flags=re.MULTILINE)[0]


def _git(root: Path, *arguments: str) -> str | None:
    git = shutil.which("git")
    if git is None:
        return None
    done = subprocess.run([git, *arguments], cwd=root, capture_output=True, check=False, encoding="utf-8")
    return done.stdout if done.returncode == 0 else None
