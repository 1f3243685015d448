"""The module of the pytest entry point `oped_dataset`: it names the plug-in.

The indirection lets a project also name `oped_dataset.testing.plugin` in `pytest_plugins` or with `-p`: pytest rejects
a module under two names, but ignores a name that is already registered.
"""

from __future__ import annotations

pytest_plugins: list[str] = ["oped_dataset.testing.plugin"]
