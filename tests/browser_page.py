"""The type of the fixture `opened`, which several files of browser tests use."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from playwright.sync_api import Page

Opened: TypeAlias = Callable[..., "Page"]
"""Opens the page of an article, given the article, the part of the address after the file, and browser options."""
