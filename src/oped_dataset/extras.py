"""Libraries that are there only when their extra is installed.

Here: the one way to import them, and the one error when they are missing.
Not here: what is done with them, which is in the modules that call `need`.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from oped_dataset.errors import MissingExtra


def need(module: str, extra: str) -> Any:
    """Import a module of an optional library.

    Its type is `Any`, because the library may be absent when the types are checked.

    Args:
        module: The module's full name.
        extra: The extra of this distribution that installs it.

    Raises:
        MissingExtra: It cannot be imported; the message tells how to install it.
    """
    try:
        return import_module(module)
    except ImportError as error:
        raise MissingExtra(module, extra) from error
