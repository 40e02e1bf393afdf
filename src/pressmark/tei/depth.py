"""How deep elements may be nested: hostile files are bottomless, and Python's stack is not."""

from __future__ import annotations

from functools import cache

from lxml import etree

from pressmark.errors import NestedTooDeep

DEEPEST = 150
"""How deep elements may be nested, the root counted; a text of a library has some twenty levels."""


@cache
def _too_deep() -> etree.XPath:
    return etree.XPath("boolean(" + "/*" * (DEEPEST + 1) + ")")


def refuse_too_deep(root: etree._Element, *, place: str = "") -> None:
    """Raises ``NestedTooDeep`` where elements of the tree are nested deeper than ``DEEPEST``."""
    if _too_deep()(root):
        raise too_deep(place=place)


def too_deep(*, place: str = "") -> NestedTooDeep:
    """The error for a tree that is too deep."""
    return NestedTooDeep(
        f"elements are nested more than {DEEPEST} deep",
        place=place,
        hint="no text is so deep: look for a program that wrote the same start tag again and again",
    )
