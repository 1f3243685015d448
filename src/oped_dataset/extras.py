"""Optional libraries, which the extras of the package install.

Here: importing them, and the error when they are missing.
Not here: their use, which is in the modules that call `need`.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from oped_dataset.errors import MissingExtra


def need(module: str, extra: str) -> Any:
    """Import a module of an optional library.

    The return type is `Any`, because the library may be absent when types are checked.

    Args:
        module: The module's full name.
        extra: The extra of this distribution that installs the library.

    Raises:
        MissingExtra: The module cannot be imported; the message contains the command that installs the library.
    """
    try:
        return import_module(module)
    except ImportError as error:
        raise MissingExtra(module, extra) from error
