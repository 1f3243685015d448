"""Publish to a package index on this machine, install from it in a new environment, and run the README's example.

    python tools/rehearse_publishing.py

Needs build, twine and pypiserver. What the package depends on is looked up where pip usually does; the package itself
can only come from the index here, since no file of the tree is given to pip.
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
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TRIES = 100


def main() -> int:
    """Build, upload, install, run; return the exit code."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for name in ("dist", "index", "empty"):
            (place / name).mkdir()
        _run("-m", "build", "--outdir", str(place / "dist"), str(ROOT))
        port = _free_port()
        address = f"http://127.0.0.1:{port}"
        serve = ["-m", "pypiserver", "run", "--disable-fallback", "--interface=127.0.0.1", f"--port={port}"]
        # Whoever asks may upload here.
        open_to_all = ["--authenticate=.", "--passwords=."]
        server = subprocess.Popen([sys.executable, *serve, *open_to_all, str(place / "index")])
        try:
            _wait_for(address)
            files = [str(file) for file in sorted((place / "dist").iterdir())]
            login = ("--username=nobody", "--password=none", "--non-interactive", "--disable-progress-bar")
            _run("-m", "twine", "upload", f"--repository-url={address}/", *login, *files)
            _use(place, f"{address}/simple/")
        finally:
            server.terminate()
            server.wait()
    sys.stdout.write("uploaded, installed from the index, and the README's example prints what it shows\n")
    return 0


def _use(place: Path, index: str) -> None:
    """Install from the index, and run the README's example in an empty folder."""
    venv.create(place / "venv", with_pip=True)
    places = [place / "venv" / name for name in ("bin/python", "Scripts/python.exe")]
    [python] = [path for path in places if path.exists()]
    install = ("-m", "pip", "install", "--quiet", "--no-cache-dir", f"--extra-index-url={index}", "oped-dataset")
    subprocess.run([python, *install], check=True, cwd=place / "empty")
    program, shown = _example()
    printed = subprocess.check_output([python, "-"], input=program, text=True, cwd=place / "empty")
    if printed != shown:
        raise SystemExit(f"the README's example shows\n{shown}\nand prints\n{printed}")
    subprocess.run([python, "-m", "oped_dataset", "validate"], check=True, cwd=place / "empty")


def _example() -> tuple[str, str]:
    """The first program of the README, and what it says that it prints."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    found = re.search(r"```python\n(.*?)```.*?```text\n(.*?)```", readme, re.DOTALL)
    if found is None:
        raise SystemExit("README.md shows no program with what it prints")
    return found[1], found[2]


def _run(*arguments: str) -> None:
    subprocess.run([sys.executable, *arguments], check=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _wait_for(address: str) -> None:
    for _ in range(TRIES):
        try:
            urllib.request.urlopen(address).close()
        except urllib.error.URLError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the package index does not answer")


if __name__ == "__main__":
    sys.exit(main())
