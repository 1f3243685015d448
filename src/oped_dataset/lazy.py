"""Front doors: packages whose public names are imported when they are first used.

Here: the one mechanism behind `oped_dataset`, `oped_dataset.exports` and `oped_dataset.testing`.
Not here: the lists of names, which stand in those packages, once; `tools/build_pages.py` makes the stubs that type
checkers read from them.
"""

from __future__ import annotations

import sys

# Only for speed: importing `typing`, `collections.abc` or `importlib` would add half the start of the interpreter to
# `import oped_dataset`. Type checkers take a name spelled so for the one in `typing`.
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
        homes: The public names, by the module inside the package that defines them.
    """
    module_of = {name: module for module, names in homes.items() for name in names}

    def import_name(name: str) -> Any:
        """Import a public name when it is first used."""
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
