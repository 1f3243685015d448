"""What pytest finds by the entry point `oped_dataset`: the name of the plug-in.

It stands in a module of its own, so that a project may also name `oped_dataset.testing.plugin` in `pytest_plugins` or
with `-p`: pytest registers no module under two names, but passes over a name it has already.
"""

from __future__ import annotations

pytest_plugins = ["oped_dataset.testing.plugin"]
