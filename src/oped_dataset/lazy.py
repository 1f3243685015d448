"""Front doors: packages that import each public name on first use.

Here: the mechanism behind `oped_dataset`, `oped_dataset.exports` and `oped_dataset.testing`.
Not here: the lists of names, which those packages contain; `tools/build_pages.py` generates the stubs for type checkers
from them.
"""

from __future__ import annotations

import os
import sys

# For speed: importing `typing`, `collections.abc` or `importlib` would add half of the interpreter's start to
# `import oped_dataset`. Type checkers treat every name with this spelling as the one in `typing`.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any


def front_door(
    package: str, homes: Mapping[str, tuple[str, ...]]
) -> tuple[list[str], Callable[[str], Any], Callable[[], list[str]]]:
    """Make `__all__`, `__getattr__` and `__dir__` (PEP 562) of a package.

    Args:
        package: Its `__name__`.
        homes: For each module of the package, the public names that it defines.
    """
    module_of = {name: module for module, names in homes.items() for name in names}

    def import_name(name: str) -> Any:
        """Import a public name and keep it in the package."""
        if name not in module_of:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        home = f"{package}.{module_of[name]}"
        _importing.append(home)
        try:
            __import__(home)
        finally:
            _importing.remove(home)
        value = getattr(sys.modules[home], name)
        setattr(sys.modules[package], name, value)
        return value

    def list_names() -> list[str]:
        """List the public names."""
        return sorted(module_of)

    return [name for name in list_names() if not name.startswith("_")], import_name, list_names


_importing: list[str] = []
"""The modules that are being imported; the import system lists a module only when its file is found."""

_MOST_ROUNDS = 1000


def _wait_for_imports() -> None:
    """Wait until other threads have imported modules of this package.

    A forked process inherits the locks of unfinished imports, but not the threads that would release them.
    """
    from contextlib import suppress

    package = __name__.partition(".")[0]
    # A thread may go on with the next import. The rounds are limited, because this thread may import a module itself.
    for _ in range(_MOST_ROUNDS):
        modules = [(name, module) for name, module in [*sys.modules.items()] if name.startswith(package)]
        pending = [*_importing, *(name for name, module in modules if _is_unfinished(module))]
        if not pending:
            return
        for name in pending:
            # An import that fails is reported where it was requested.
            with suppress(Exception):
                __import__(name)


def _is_unfinished(module: object) -> bool:
    # The import system reads this attribute to decide whether an import must wait for another thread.
    return getattr(getattr(module, "__spec__", None), "_initializing", False)


if hasattr(os, "register_at_fork"):  # pragma: no branch - Windows has no fork
    os.register_at_fork(before=_wait_for_imports)
