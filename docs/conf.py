"""How Sphinx makes the site: `sphinx-build -W --keep-going -b html docs build/docs`.

Nothing is fetched, neither while it is built nor while it is read. The page of the explorer and the charts are made
while the site is built, from the article that may be shown with its text.
"""

from __future__ import annotations

import shutil
from importlib import metadata
from pathlib import Path
from typing import Any

from oped_dataset import explore, load, plot_relays, plot_timeline, plot_voices

project = "oped-dataset"
author = "The oped-dataset authors"
project_copyright = "2026, The oped-dataset authors"
release = version = metadata.version("oped-dataset")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx.ext.viewcode"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["build"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 4

autodoc_default_options = {"members": True, "show-inheritance": True, "member-order": "bysource"}
autodoc_typehints = "description"
# What a parameter is stands where its record tells of it, and not a second time.
autodoc_typehints_description_target = "documented"
napoleon_google_docstring = True
napoleon_numpy_docstring = False
# The attributes of a record are told once, in its own docstring.
napoleon_use_ivar = True

# Every name that is referred to must be documented; but not names of other projects, whose inventories would have to be
# fetched, and not names of ours that only shorten a signature or a class.
nitpicky = True
nitpick_ignore_regex = [
    ("py:class", r"(collections\.abc|datetime|decimal|enum|hypothesis|os|pathlib)\..+"),
    ("py:(class|obj)", r"(.*\.)?(RecordT|PathT|PathLike|OnError|Watch|Files|Format|Shown|ConverterT|_\w+)"),
]

html_theme = "furo"
html_title = "oped-dataset"
html_copy_source = False
html_show_sphinx = False

EXPLORED = "harbour-toll"


def _write_views(app: Any, error: Exception | None) -> None:
    if error is None and app.builder.format == "html":
        article = load(EXPLORED)
        shutil.copytree(Path(app.srcdir, "pictures"), Path(app.outdir, "pictures"), dirs_exist_ok=True)
        Path(app.outdir, f"{EXPLORED}.html").write_text(explore(article), encoding="utf-8", newline="\n")
        for name, plot in (("timeline", plot_timeline), ("voices", plot_voices), ("relays", plot_relays)):
            plot(article).save(str(Path(app.outdir, f"{name}.svg")))
            plot(article, theme="dark").save(str(Path(app.outdir, f"{name}-dark.svg")))


def _open_at_a_chain(app: Any, page: str, source: list[str]) -> None:
    """Open the explorer on the front page at a claim with a long chain of voices, whatever its id is."""
    deepest = max(load(EXPLORED).claims, key=lambda claim: len(claim.voices))
    source[0] = source[0].replace("#DEEPEST", f"#claim/{deepest.id}")


def setup(app: Any) -> None:
    """Have the explorer's page and the charts made when the site has been built."""
    app.connect("source-read", _open_at_a_chain)
    app.connect("build-finished", _write_views)
