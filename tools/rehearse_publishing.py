"""Publish the distributions in `dist/` to a package index on this machine, and install from there as a user would.

    python tools/rehearse_publishing.py

Needs the dependency group `release`. Uploads with twine, installs by name in a new environment outside the tree, and
compares the output of the README's example with the README.
"""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 30.0
"""The seconds within which the index must answer."""


def main() -> int:
    """Upload, install, run the example; return the exit code."""
    files = [str(file) for file in sorted((ROOT / "dist").iterdir())]
    with tempfile.TemporaryDirectory() as folder, _index(Path(folder) / "packages") as index:
        upload = ["upload", "--repository-url", index, "--username", "anyone", "--password", "anything"]
        subprocess.run([sys.executable, "-m", "twine", *upload, "--disable-progress-bar", *files], check=True)
        subprocess.run([sys.executable, "-m", "venv", f"{folder}/venv"], check=True)
        python = f"{folder}/venv/bin/python"
        # Dependencies come from the default index; the package itself is not cached.
        install = ["install", "--quiet", "--no-cache-dir", "--extra-index-url", f"{index}simple/", "oped-dataset"]
        subprocess.run([python, "-m", "pip", *install], check=True, cwd=folder)
        example, promised = _readme_example()
        printed = subprocess.run([python, "-c", example], check=True, cwd=folder, capture_output=True, text=True).stdout
    if printed != promised:
        sys.stdout.write(f"error: the README's example printed\n{printed}\ninstead of\n{promised}")
        return 1
    sys.stdout.write("Uploaded, installed by name, and the README's example prints what it says.\n")
    return 0


@contextmanager
def _index(folder: Path) -> Iterator[str]:
    """Serve an empty directory as a package index that accepts uploads from anyone, and yield its address."""
    folder.mkdir()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    serve = ["run", "--interface", "127.0.0.1", "--port", str(port), "--passwords", ".", "--authenticate", "."]
    server = subprocess.Popen([sys.executable, "-m", "pypiserver", *serve, "--disable-fallback", str(folder)])
    try:
        _wait(f"http://127.0.0.1:{port}/", server)
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.terminate()
        server.wait()


def _wait(address: str, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            urllib.request.urlopen(address).close()
        except urllib.error.URLError:
            if time.monotonic() > end or server.poll() is not None:
                raise
            time.sleep(0.1)
        else:
            return


def _readme_example() -> tuple[str, str]:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = dict(re.findall(r"^```(python|text)\n(.*?)^```$", readme, re.MULTILINE | re.DOTALL))
    return blocks["python"], blocks["text"]


if __name__ == "__main__":
    sys.exit(main())
