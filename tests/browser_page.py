"""The type of the fixture `opened` of the browser tests, which more than one of their files names."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from playwright.sync_api import Page

Opened: TypeAlias = Callable[..., "Page"]
"""Opens an article's page: the article, the address after the file's, and options of the browser's context."""
