"""Holding an edition against the Pressmark profile of TEI, and saying in plain words what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import islice

from lxml import etree

from pressmark.errors import InvalidEdition
from pressmark.tei import grammar
from pressmark.tei.depth import refuse_too_deep
from pressmark.tei.explain import Problem, explain
from pressmark.tei.grammar import describe
from pressmark.tei.pointers import dangling, misjoined

__all__ = ["Problem", "dangling", "describe", "problems", "validate"]

Element = etree._Element

EXPLAIN = "`pressmark explain V001` says more"


@cache
def schema() -> etree.RelaxNG:
    """The profile, compiled (some 12 ms, once)."""
    return etree.RelaxNG(grammar.tree())


def validate(root: Element, *, place: str = "") -> None:
    """Raises ``InvalidEdition`` where the tree breaks the profile, ``NestedTooDeep`` where it is a bottomless
    well. ``place`` is the path of the file; the line is added where it is known.
    """
    refuse_too_deep(root, place=place)
    problem = next(_invalid(root), None)
    if problem is None:
        return
    where = f"{place}:{problem.line}" if place and problem.line else place
    message = problem.sentence if where or not problem.line else f"line {problem.line}: {problem.sentence}"
    raise InvalidEdition(message, place=where, hint="; ".join(filter(None, (problem.hint, EXPLAIN))))


def problems(root: Element, *, limit: int = 20) -> list[Problem]:
    """All that ``validate`` would raise for, in document order, at most ``limit``.

    What does not make an edition invalid, but should be looked at, ``pressmark.tei.pointers.dangling`` gives.
    """
    return list(islice(_invalid(root), limit))


def _invalid(root: Element) -> Iterator[Problem]:
    compiled = schema()
    if compiled.validate(root):
        yield from misjoined(root)
        return
    explained = False
    for problem in explain(root):
        explained = True
        yield problem
    if not explained:
        entry = compiled.error_log.last_error
        yield Problem(entry.message, line=entry.line)
