"""What the last release was, and what has been told since; `check_api.py` and `check_data_release.py` ask for it."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def last_tag(root: Path = ROOT) -> str | None:
    """The tag of the newest release before this commit; None where there is none yet, or no repository.

    The tag of this commit does not count, so that a release is compared with the one before it.
    """
    # A source distribution may be unpacked somewhere inside another repository, whose tags are not ours.
    if (_git(root, "rev-parse", "--show-prefix") or "elsewhere").strip():
        return None
    tags = (_git(root, "tag", "--list", "v*", "--no-contains", "HEAD", "--sort=-version:refname") or "").split()
    return tags[0] if tags else None


def released(path: str, root: Path = ROOT) -> tuple[str, str]:
    """What a file of the last release is called and holds; before the first one, what it holds now."""
    tag = last_tag(root)
    content = None if tag is None else _git(root, "show", f"{tag}:{path}")
    if content is None:
        return path, (root / path).read_text("utf-8")
    return f"{path} of {tag}", content


def told_since(tag: str | None, changelog: str) -> str:
    """The part of a changelog that tells what came after a release; of no release, what is *Unreleased*.

    While the next release is prepared this is more than *Unreleased*, since its section is there before its tag.
    """
    end = r"^## " if tag is None else rf"^## {re.escape(tag.removeprefix('v'))}(?=\s)"
    return re.split(end, f"{changelog}\n".partition("\n## Unreleased\n")[2], maxsplit=1, flags=re.MULTILINE)[0]


def _git(root: Path, *arguments: str) -> str | None:
    git = shutil.which("git")
    if git is None:
        return None
    done = subprocess.run([git, *arguments], cwd=root, capture_output=True, check=False, encoding="utf-8")
    return done.stdout if done.returncode == 0 else None
