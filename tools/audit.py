"""Look up the known vulnerabilities of the releases in a lock file, and list those that could not be looked up.

    python tools/audit.py requirements/all.txt [MORE ...]

Needs pip-audit. Fails if a vulnerability is known. If the service does not answer, or does not know a release, the
report says NOT AUDITED, but the audit does not fail, since the tree is not at fault.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

UNREACHABLE = ("ConnectionError", "Could not connect", "Failed to upgrade", "Max retries", "timed out", "ServiceError")
"""The messages of pip-audit if its service does not answer; any other failure is an error of the audit."""


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
    sys.stdout.write(f"{lock}: {len(found) - len(unknown)} audited, {len(weak)} with known vulnerabilities\n")
    if unknown:
        sys.stdout.write(f"{lock}: NOT AUDITED, the service knows nothing of them: {', '.join(unknown)}\n")
    return 1 if weak else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
