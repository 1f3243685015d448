"""The version of this code, available without installed metadata: when vendored, frozen or in a zip file."""

from __future__ import annotations

DISTRIBUTION = "oped-dataset"
"""The name of the distribution."""

__version__ = "0.1.0"
"""The version of the code; the build reads it from this line."""
