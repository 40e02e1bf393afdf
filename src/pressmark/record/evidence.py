"""How sure the statements of a record are, once all are known: what agrees bears out, what contradicts takes away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pressmark.model.header import PROGRAM, SOURCE, Statement, same_person
from pressmark.record.edtf import years
from pressmark.record.paths import is_from_path

MAKERS = ("transcriber", "encoder", "proofreader")

META_AUTHOR = 0.6
"""How sure the ``author`` of a web page is, where nothing bears it out or speaks against it."""


def weighed(statements: Sequence[Statement], against: Sequence[Statement]) -> Iterator[Statement]:
    """The statements, with the certainty of those on title, author and date as the others leave it.

    ``against`` is all that was found, with the same words found in several places each time.
    """
    for statement in statements:
        if statement.resp not in (PROGRAM, SOURCE):
            yield statement
        elif statement.field == "author":
            yield _author(statement, against)
        elif statement.field == "title":
            yield _title(statement, against)
        elif statement.field == "language":
            yield _language(statement, against)
        elif statement.field == "written":
            yield _dated(statement, against)
        else:
            yield statement


def is_maker(statement: Statement, statements: Sequence[Statement]) -> bool:
    """Whether somebody named is also said to have transcribed, marked up or proofread the text."""
    makers = [name for each in statements if each.field in MAKERS for name in each.persons]
    return any(same_person(name, maker) for name in statement.persons for maker in makers)


def _agree(statement: Statement, other: Statement) -> bool:
    return any(same_person(name, another) for name in statement.persons for another in other.persons)


def _author(statement: Statement, statements: Sequence[Statement]) -> Statement:
    others = [each for each in statements if each.field == "author" and each.found != statement.found]
    bearing = any(_agree(statement, each) for each in others)
    titled = any(
        same_person(name, each.value.partition(":")[0])
        for name in statement.persons
        for each in statements
        if each.field == "page_title"
    )
    if not statement.found.startswith("meta:"):
        return _borne_out(statement, bearing) if bearing or titled else statement
    sure = META_AUTHOR
    if is_maker(statement, statements):
        sure = 0.5 if bearing or titled else 0.25
    elif bearing or titled:
        sure = 0.95
    elif any(not each.found.startswith("meta:") for each in others):
        sure = 0.4
    return replace(statement, cert=f"{sure:.2f}")


def _borne_out(statement: Statement, bearing: bool) -> Statement:
    return replace(statement, cert=f"{max(statement.probability, 0.96):.2f}") if statement.cert else statement


def letters(words: str) -> str:
    """The letters and digits of words, in lower case."""
    return "".join(filter(str.isalnum, words.casefold()))


def _title(statement: Statement, statements: Sequence[Statement]) -> Statement:
    """A title is borne out by the page's title, its description or another title that holds it."""
    if not statement.found.startswith("#"):
        return statement
    own = letters(statement.value)
    named = [letters(each.value) for each in statements if each.field in ("page_title", "description")]
    if own and any(own in other or (len(other) > 5 and other in own) for other in named):
        return replace(statement, cert=f"{max(statement.probability, 0.96):.2f}")
    return statement


TOLD = 0.95
"""What the words of a text tell with so much certainty takes away from what is said of its language."""


def _language(statement: Statement, statements: Sequence[Statement]) -> Statement:
    """A language that the words of the text speak against: a template's, or that of the original."""
    told = [
        each for each in statements if each.field == "language" and each.resp == PROGRAM and each.probability >= TOLD
    ]
    own = statement.normal.split("-")[0].lower()
    if statement.resp == SOURCE and own and any(each.normal != own for each in told):
        return replace(statement, cert="0.40")
    return statement


def _dated(statement: Statement, statements: Sequence[Statement]) -> Statement:
    """A date of writing after that of publication, or another than one stated elsewhere, is less sure."""
    if contradicts(statement, statements):
        return replace(statement, cert=f"{min(statement.probability, 0.7):.2f}")
    return statement


def contradicts(statement: Statement, statements: Sequence[Statement]) -> bool:
    """Whether a date of writing has no year in common with another, or is later than the text was published.

    What the name of a file says does not speak against the page.
    """
    own = years(statement.normal)
    if not own:
        return False
    for other in statements:
        weak = is_from_path(other) and not is_from_path(statement)
        their = years(other.normal) if other is not statement and not weak else ()
        if not their:
            continue
        if other.field == "written" and (min(own) > max(their) or max(own) < min(their)):
            return True
        if other.field == "published" and min(own) > max(their):
            return True
    return False
