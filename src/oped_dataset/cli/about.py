"""The versions of the program, and scripts by which a shell completes its commands.

Here: the lines of `--version`, and the scripts of `--completion`, which the library shtab generates.
Not here: the commands and options (`parser.py`).
"""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any, Final

from oped_dataset.authoring.projects import TOOLS
from oped_dataset.cli import asked
from oped_dataset.exports.registry import formats
from oped_dataset.extras import need
from oped_dataset.library import bundled_versions, names
from oped_dataset.model.article import TABLES
from oped_dataset.model.citation import STYLES
from oped_dataset.model.vocabulary import Act, Channel, Commitment
from oped_dataset.scoring.matching import ALIGNS, MATCHES
from oped_dataset.validation.reporting import FORMATS
from oped_dataset.version import __version__

_FILES: Final = ("PATH", "FILE", "PREDICTED", "A", "B", "OUTPUT", "PAGE", "ARTICLE.json", "LIST.jsonl")
_VALUES: Final[dict[Any, tuple[str, ...]]] = {
    "ID|LAYER": TABLES,
    "LAYER": TABLES,
    "FORMAT": tuple(each.name for each in formats()),
    "REPORT": FORMATS,
    "MATCH": MATCHES,
    "ALIGN": ALIGNS,
    "STYLE": STYLES,
    "TOOL": TOOLS,
    "SHELL": ("bash", "zsh", "tcsh"),
    **{kind.__name__.upper(): tuple(label.value for label in kind) for kind in (Act, Channel, Commitment)},
}
"""The possible values of arguments, by their metavar in the help."""


def versions() -> Iterator[str]:
    """Yield the version of the code, and of the data of every bundled article."""
    yield f"oped-dataset {__version__}"
    for name, version in bundled_versions().items():
        yield f"{name} {version}"


def completion(parser: ArgumentParser, shell: str) -> str:
    """Return the script by which a shell completes commands, options and their values.

    Raises:
        InvalidRecord: The shell is unknown.
        MissingExtra: shtab is not installed.
    """
    shtab = need("shtab", "cli")
    asked.one_of("shell", shell, tuple(shtab.SUPPORTED_SHELLS))
    values = {**_VALUES, "NAME|PATH": names()}
    for action in _actions(parser):
        if action.metavar in _FILES:
            action.complete = shtab.FILE
        elif action.metavar in values:
            action.choices = values[action.metavar]
    script: str = shtab.complete(parser, shell)
    return script


def _actions(parser: ArgumentParser) -> Iterator[Any]:
    # argparse has no public way to list the arguments of a parser; shtab reads the same attribute.
    for action in parser._actions:
        yield action
        if isinstance(action.choices, dict):
            for command in action.choices.values():
                yield from _actions(command)
