"""Front doors: packages that import each public name on first use.

Here: the mechanism behind `oped_dataset`, `oped_dataset.exports` and `oped_dataset.testing`.
Not here: the lists of names, which those packages contain; `tools/build_pages.py` generates the stubs for type checkers
from them.
"""

from __future__ import annotations

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
        from importlib import import_module

        value = getattr(import_module(f"{package}.{module_of[name]}"), name)
        setattr(sys.modules[package], name, value)
        return value

    def list_names() -> list[str]:
        """List the public names."""
        return sorted(module_of)

    return [name for name in list_names() if not name.startswith("_")], import_name, list_names
