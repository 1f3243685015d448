"""Look up the known weaknesses of what a lock pins, and say what could not be looked up.

    python tools/audit.py requirements/all.txt [MORE ...]

Needs pip-audit. Fails when a weakness is known. Where the service does not answer,
or knows nothing of a release, that is told as NOT AUDITED and nothing fails: a check that cannot be made is no mistake
of the tree, and no pass either.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

UNREACHABLE = ("ConnectionError", "Could not connect", "Failed to upgrade", "Max retries", "timed out", "ServiceError")
"""What pip-audit says when its service does not answer; any other failure of it is one of ours."""


def main(locks: list[str]) -> int:
    """Audit each lock; return the exit code."""
    return max(_audit(lock) for lock in locks)


def _audit(lock: str) -> int:
    options = ["--disable-pip", "--require-hashes", "--progress-spinner=off", "--format=json", "--requirement", lock]
    done = subprocess.run([sys.executable, "-m", "pip_audit", *options], capture_output=True, text=True, check=False)
    if not done.stdout.strip():
        sys.stderr.write(done.stderr)
        if any(words in done.stderr for words in UNREACHABLE):
            sys.stdout.write(f"{lock}: NOT AUDITED, the service does not answer\n")
            return 0
        return 1
    found: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    unknown = [each["name"] for each in found if "skip_reason" in each]
    weak = [(each, known) for each in found for known in each.get("vulns", ())]
    sys.stdout.writelines(f"{lock}: {each['name']} {each['version']}: {known['id']}\n" for each, known in weak)
    sys.stdout.write(f"{lock}: {len(found) - len(unknown)} audited, {len(weak)} weaknesses known\n")
    if unknown:
        sys.stdout.write(f"{lock}: NOT AUDITED, the service knows nothing of them: {', '.join(unknown)}\n")
    return 1 if weak else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
