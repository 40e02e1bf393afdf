"""Names and titles in the order of an index: by family name, without accents, without the article."""

from __future__ import annotations

import re
import unicodedata

PARTICLES = frozenset(
    "von vom zu zum zur van de den der het 't ten ter du des d' di da del della degli dos do das e y af av la le "
    "bin ibn el al".split()
)
"""Small words of family names; one that begins with a small letter follows the given names in an index."""

SUFFIXES = frozenset("jr jr. sr sr. junior senior ii iii iv esq esq. m.d. ph.d. m.p.".split())
INITIAL = re.compile(r"(?:\w\.[-\u2010]?)+")

ARTICLES = {
    "de": "der die das ein eine",
    "en": "the a an",
    "es": "el la los las un una",
    "fr": "le la les l’ l' un une",
    "it": "il lo la i gli le l’ l' un uno una",
    "nl": "de het een",
    "pt": "o a os as um uma",
}
"""Articles that do not count where titles of a language are sorted (the others have none, or ending in the noun)."""


def inverted(name: str) -> str:
    """A name with the family name first, as far as its form tells: ``Beauvoir, Simone de``, ``King, Martin L., Jr.``.

    A name that is one word, has a comma or brackets already, or is that of a body (``Board of Trade``), stays.
    """
    words = name.split()
    suffixes: list[str] = []
    while len(words) > 2 and words[-1].casefold() in SUFFIXES:
        suffixes.insert(0, words.pop())
    if len(words) < 2 or re.search(r"[,()\[\]/&]", " ".join(words)) or not _is_personal(words):
        return name
    if INITIAL.fullmatch(words[-1]) and not INITIAL.fullmatch(words[0]):
        return ", ".join([words[0], " ".join(words[1:]), *suffixes])
    start = len(words) - 1
    while start > 1 and words[start - 1].casefold() in PARTICLES:
        start -= 1
    while start < len(words) - 1 and words[start].islower():
        start += 1
    return ", ".join([" ".join(words[start:]), " ".join(words[:start]), *suffixes])


def _is_personal(words: list[str]) -> bool:
    """Whether no word after the first is one that names of people do not have, such as ``of``."""
    return words[0].casefold() not in ("the", "various", "anonymous") and all(
        not word[:1].islower() or word.casefold() in PARTICLES for word in words[1:]
    )


def sortable(words: str) -> str:
    """What decides the order of names and titles: no case, no accents, no signs before the first letter."""
    folded = unicodedata.normalize("NFKD", words.casefold())
    plain = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return re.sub(r"^[\W_]+", "", plain) or words


def sortable_title(title: str, language: str) -> str:
    """The same for a title, without the article that it begins with."""
    plain = sortable(title)
    for article in ARTICLES.get(language.split("-")[0].lower(), "").split():
        rest = plain.removeprefix(article if article[-1] in "’'" else f"{article} ")
        if rest != plain and rest:
            return sortable(rest)
    return plain


def letter_of(name: str) -> str:
    """The letter under which a name stands, ``#`` for what begins with none."""
    first = sortable(name)[:1].upper()
    return first if first.isalpha() else "#"
