"""A printed source taken apart: journal, volume, number, date, pages; or book, place, publisher, year, edition; or
archive, fonds, item.

Numbers with their words are found first, then dates; what is left is cut at its commas, and each piece is known by
its words (``Press``, ``Verlag``), its neighbours, or its place in the line.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

from pressmark.languages import record_labels, terms
from pressmark.record.addresses import addresses_in, remarks_in
from pressmark.record.edtf import read_dates
from pressmark.record.people import LONGEST_NAME, is_capital, people_in

LONGEST = 2000
SHORT_TITLE = 5
"""A title with a word such as “Review” that is longer than this is that of a book."""

HIDDEN = "\x00"

NUMBER = r"(?:\d{1,5}[a-z]?|[IVXLCDM]{1,8}|One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten)"
RANGE = rf"{NUMBER}(?!\w)(?:\s?[-–—/]\s?{NUMBER}(?!\w))?"
URL = re.compile(
    r"(?:https?://|www\.)[^\s,;()<>\"]+[^\s,;()<>\".]|(?<![\w@.])[\w-]+(?:\.[\w-]+)*\.(?:org|com|net|edu|gov|info|eu|uk|de|ru|fr|it|es|pl|nl|ch)(?![\w@])"
)
QUOTED = re.compile(r"[«„“\"»‘]([^«»„“”\"]{2,200}?)[,.]?[»“”\"«’](?=\W|$)")
CUT = re.compile(
    rf"[,;()\[\]:{HIDDEN}]+|(?:(?<=[^\W\d_]{{3}})|(?<=[^\W\d_]{{3}}[”»’\"]))\.(?=\s|$)|(?<=[?!])(?=\s[^\W\d_])|\s[–—]\s"
)
FAMILY_FIRST = re.compile(r"([^\W\d_][\w’'-]+, [^\W\d_][\w.’'-]*(?: [^\W\d_][\w.’'-]*){0,2})\. (?=[^\W\d_])")
INITIALS_AFTER = re.compile(r"([А-ЯЁ][а-яё’-]+ (?:[А-ЯЁ]\.\s?){1,2})\s?(?=[«\"А-ЯЁ])")
"""A family name with initials after it, as Russian lists of books have it."""

SMALL_END = frozenset("in on of and the at by im am und en et y и в an a from with some".split())
"""Words at the end of a piece that are no part of it."""

TOLD = (
    "published|printed|translated|translations|edited|according|included|indicated|signed|scanned|prepared|transcribed|"
    "appeared|see|based|provided|corrected|appendix|originally|written|issued|modernisation|obvious|text|except|wurde|nach|"
    "abgedruckt|veröffentlicht|publié|publicado|напечатано"
)
PROSE = re.compile(rf"(?<!\w)(?:is|are|was|were|has|have|{TOLD})(?!\w)|\A(?i:{TOLD})(?!\w)")
"""Words of sentences: with a small letter, or first in their clause. “What Is To Be Done” is a title."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A source taken apart: its parts, the EDTF form of its date, and what share of its letters is understood."""

    parts: tuple[tuple[str, str], ...]
    normal: str
    share: float
    impossible: bool


@dataclass(slots=True)
class _Piece:
    """A piece between commas: its words, its place, what it was found to be, whether it was in quotes or brackets,
    whether a full stop or a
    colon is before it, and whether words such as “in the journal” led to it."""

    words: str
    start: int
    end: int
    kind: str = ""
    quoted: bool = False
    inside: bool = False
    stopped: bool = False
    colon: bool = False
    led: str = ""


@dataclass(slots=True)
class _Found:
    parts: list[tuple[str, str]] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)

    def add(self, part: str, words: str, start: int, end: int) -> None:
        self.parts.append((part, " ".join(words.split())))
        self.spans.append((start, end))


@cache
def _numbered(kind: str) -> re.Pattern[str]:
    """A word for a volume, an issue or pages before its number."""
    words = "|".join(sorted(map(re.escape, terms("citation.toml", kind)), key=len, reverse=True))
    more = {"pages": r"(?:\s?ff?\b\.?|\s?сл\.)?", "volume": r"(?:\s\([IVXLC\d]{1,6}\))?"}.get(kind, "")
    several = r"(?:(?:,\s?|\s(?:and|und|et|y|и)\s)(?:\d{1,4}(?:[-–]\d{1,4})?)(?!\w))*" if kind == "pages" else ""
    return re.compile(rf"(?<![\w.])(?:{words})(?:\.|\b|(?<=[№°º]))\s?({RANGE}{several}{more})", re.IGNORECASE)


SERIAL = re.compile(r"(?<=[^\W\d_])\s(\d{1,4}\s?:\s?\d{1,4})(?=,\s)")
"""The volume and the number of a journal behind its name: ``The Oven 2 : 147, Summer 2015``."""

BEFORE = re.compile(r"(?<!\w)(\d{1,3})\.\s(?:Jahrgang|Jahrg\.|Jg\.|Band|Bd\.)")


@cache
def _word_list(kind: str) -> re.Pattern[str]:
    """Any of the words of a list, whole."""
    words = "|".join(sorted(map(re.escape, terms("citation.toml", kind)), key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{words})(?!\w)", re.IGNORECASE)


@cache
def _leads(kind: str) -> tuple[str, ...]:
    return tuple(sorted(terms("citation.toml", kind), key=len, reverse=True))


def citation_in(words: str, *, published: bool = False, online: bool = False) -> Citation:
    """The parts of a source as a line cites it.

    ``published`` says that the line tells where a text first appeared, so that an opening “In” is no part of a
    title; ``online`` that it names a site, so that what has no other place is the publisher.
    """
    if len(words) > LONGEST:
        return Citation((), "", 0.0, impossible=False)
    found = _Found()
    hidden = _take_family_first(words, found)
    for start, end in remarks_in(hidden):
        hidden = _hide(hidden, start, end)
    hidden = _take_numbers(hidden, words, found)
    hidden = _take_edition(hidden, found)
    for start, end in addresses_in(hidden):
        if HIDDEN not in hidden[start:end]:
            found.spans.append((start, end))
            hidden = _hide(hidden, start, end)
    reading = read_dates(hidden.replace(HIDDEN, " "))
    for each in reading.dates:
        hidden = _hide(hidden, each.start, each.end)
        found.spans.append((each.start, each.end))
    dated = [each for each in reading.dates if each.normal]
    if len(dated) == 1:
        found.parts.append(("date", _balanced(words[dated[0].start : dated[0].end])))
    hidden = _take_archive(hidden, words, found)
    pieces = list(_pieces(hidden, words, published=published))
    _name_pieces(pieces, found, normal=reading.normal, online=online)
    for piece in pieces:
        if piece.kind == "-":
            found.spans.append((piece.start, piece.end))
        elif piece.kind != "prose" and piece.kind:
            found.add(piece.kind, piece.words, piece.start, piece.end)
    parts = _without_repeats(found.parts)
    return Citation(parts, reading.normal, _share(words, found.spans), reading.impossible)


def _without_repeats(parts: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(dict.fromkeys((part, words) for part, words in parts if words))


def _balanced(words: str) -> str:
    """Words without a closing bracket at their end that none of them opens."""
    return words.rstrip("])") if words.count("]") > words.count("[") or words.count(")") > words.count("(") else words


def _hide(words: str, start: int, end: int) -> str:
    return words[:start] + HIDDEN * (end - start) + words[end:]


def _take_family_first(words: str, found: _Found) -> str:
    """``Marx, Karl. Value, Price and Profit.``, ``Толстой Л. Н. Казаки``"""
    match = FAMILY_FIRST.match(words) or INITIALS_AFTER.match(words)
    if not match:
        return words
    name = match[1].rstrip()
    found.add("author", name, match.start(1), match.start(1) + len(name))
    return _hide(words, match.start(), match.end())


@cache
def _edition() -> re.Pattern[str]:
    """An edition with its language in brackets: ``Fifth (Russian) Ed.``"""
    words = "|".join(sorted(map(re.escape, terms("citation.toml", "edition")), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:\w{{1,12}}\s)?\(\w{{1,20}}\)\s(?:{words})(?!\w)\.?", re.IGNORECASE)


def _take_edition(hidden: str, found: _Found) -> str:
    match = _edition().search(hidden)
    if not match or HIDDEN in match.group():
        return hidden
    found.add("edition", match.group(), *match.span())
    return _hide(hidden, *match.span())


def _take_numbers(hidden: str, words: str, found: _Found) -> str:
    for part, pattern in (
        ("url", URL),
        ("volume", SERIAL),
        ("pages", _numbered("pages")),
        ("volume", _numbered("volume")),
        ("volume", BEFORE),
        ("issue", _numbered("issue")),
    ):
        for match in list(pattern.finditer(hidden)):
            group = 1 if pattern.groups else 0
            if HIDDEN in match.group() or (part == "issue" and match.group().startswith("no ")):
                continue
            found.add(part, words[match.start(group) : match.end(group)], *match.span())
            hidden = _hide(hidden, *match.span())
    return hidden


@cache
def _unit() -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, terms("citation.toml", "unit")), key=len, reverse=True))
    return re.compile(
        rf"(?<!\w)(?:{words})\.?\s?(?:№\s?)?(?:[A-Z]{{1,2}}\s)?[\w/-]{{0,6}}\d[\w/-]{{0,8}}", re.IGNORECASE
    )


def _take_archive(hidden: str, words: str, found: _Found) -> str:
    """An archive with its fonds and item, where both the archive and a numbered unit of it are named."""
    units = list(_unit().finditer(hidden))
    first = re.split(r"[,;.]\s", hidden[: units[0].start()], maxsplit=1)[0].strip(" ,;") if units else ""
    if not units or not (
        _word_list("archive").search(first) or _has_archive(first) or (first.isupper() and len(first) > 2)
    ):
        return hidden
    start = hidden.index(first)
    found.add("repository", words[start : start + len(first)], start, start + len(first))
    found.add("collection", words[units[0].start() : units[0].end()], *units[0].span())
    if len(units) > 1:
        found.add("item", words[units[1].start() : units[-1].end()], units[1].start(), units[-1].end())
    return _hide(hidden, start, units[-1].end())


def _has_archive(words: str) -> bool:
    lower = words.lower()
    return any(word in lower for word in terms("citation.toml", "archive") if len(word) > 5)


def _pieces(hidden: str, words: str, *, published: bool) -> Iterator[_Piece]:
    """The pieces between commas, brackets and full stops; what stands in quotes is one."""
    quoted = [(match.start(), match.end()) for match in QUOTED.finditer(hidden) if HIDDEN not in match.group()]
    at, opened, stopped, colon = 0, False, False, False
    for mark in [*CUT.finditer(hidden), None]:
        if mark and any(start < mark.start() < end for start, end in quoted):
            continue
        end = mark.start() if mark else len(hidden)
        piece = _piece(words, at, end, published=published)
        if piece:
            piece.inside, piece.stopped, piece.colon = opened, stopped, colon
            piece.quoted = any(start <= piece.start and piece.end <= end + 1 for start, end in quoted)
            yield piece
        if mark:
            opened = "(" in mark.group() or (opened and ")" not in mark.group())
            at, stopped, colon = mark.end(), mark.group() in (".", ""), ":" in mark.group()


def _piece(words: str, start: int, end: int, *, published: bool) -> _Piece | None:
    """A stretch without the small words and marks around it; nothing, if no letter is left."""
    first = start
    led = ""
    for _ in range(6):
        while start < end and not words[start].isalnum():
            start += 1
        rest = words[start:end]
        lead = _lead(rest, published=published and not words[:first].strip())
        if not lead:
            break
        led = led or ("journal" if lead in _leads("in_journal") else "")
        start += len(lead)
        tongue = re.match(r"\s+(\w+)(?!\w)", words[start:end]) if lead.endswith(("in", "auf", "на", "en")) else None
        if tongue and tongue[1].lower() in terms("citation.toml", "tongues"):
            start += tongue.end()
    while end > start and not words[end - 1].isalnum() and not _is_abbreviation(words[start:end]):
        end -= 1
    while (last := words[start:end].rpartition(" "))[1] and last[2].lower() in SMALL_END:
        end = start + len(last[0].rstrip())
    closing = words[end : end + 1]
    end += bool(closing) and (closing in "?!" or OPENING.get(closing, HIDDEN) in words[start:end])
    text = words[start:end]
    if not any(map(str.isalpha, text)) or text.lower() in SMALL_END | terms("citation.toml", "lead"):
        return None
    return _Piece(" ".join(text.split()), start, end, led=led)


OPENING = {"’": "‘", "»": "«", "”": "“"}


def _is_abbreviation(words: str) -> bool:
    """Whether words end with a short word and its full stop (``M.``, ``Co.``)."""
    last = words.rpartition(" ")[2]
    return last.endswith(".") and 1 < len(last) <= 4 and last[0].isupper()


ARTICLES = frozenset("the das die der la le les el журнал газета".split())
"""With these in capitals a title begins."""


def _lead(rest: str, *, published: bool) -> str:
    """The words before a title that are no part of it: lower-case ones, and at the start of a line others."""
    for lead in _leads("in_journal") + _leads("lead"):
        head = rest[: len(lead)]
        if head.lower() != lead or len(rest) == len(lead) or rest[len(lead)].isalnum():
            continue
        if " " in lead and (last := head.rpartition(" ")[2]).istitle() and last.lower() in ARTICLES:
            continue
        if (
            head == lead
            or (published and lead.split()[0] not in ARTICLES)
            or (" " in lead and lead.split()[0] not in ARTICLES)
        ):
            return lead
    return ""


def _name_pieces(pieces: list[_Piece], found: _Found, *, normal: str, online: bool) -> None:
    """Says what each piece is."""
    for piece in pieces:
        piece.kind = _kind(piece)
    _name_editors(pieces, found)
    _name_publishers(pieces)
    titles = _title_pieces(pieces) or _titles_in_prose(pieces)
    if online:
        for piece in pieces:
            if piece.inside and found.parts:
                piece.kind = "-"
            elif not piece.kind and is_capital(piece.words) and not PROSE.search(piece.words):
                piece.kind = "publisher"
        return
    _name_titles(titles, pieces, for_journal(found.parts, normal))


FIRM_WORDS = frozenset("of and the for de des du la le les et und der des für y e del von at in & и".split())


def _may_name_firm(word: str) -> bool:
    return not word[:1].islower() or word in FIRM_WORDS


@cache
def _publishing() -> re.Pattern[str]:
    """The words that lead to a publisher: ``Printed and published by the``."""
    leads = "|".join(sorted(map(re.escape, terms("citation.toml", "published_by")), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?i:{leads})\s(?:(?:the|der|die|das|la|le|les|el|los)\s)?(?=[^\W\d_a-zа-яё])")


CITED = 0.85
"""What share of a line without a label must be understood to be taken for a source."""


def cited_from(words: str) -> str:
    """The source that a line without a label cites: ``From The Oven, No. 9, June 1911``; else nothing."""
    first, _, rest = words.partition(" ")
    if record_labels().get(first.lower()) != "printed_source" or len(words) > LONGEST_NAME * 3:
        return ""
    found = citation_in(rest)
    named = {part for part, _ in found.parts}
    numbered = named & {"issue", "volume", "pages", "publisher"}
    return rest if found.share >= CITED and found.normal and numbered and named & {"journal", "book"} else ""


def is_imprint(words: str) -> bool:
    """Whether a line is an imprint: ``Printed and published by the Lantern Press, 7 Bell Street, London E.C.``"""
    if not _publishing().match(words):
        return False
    named = {part for part, _ in citation_in(words).parts}
    return "publisher" in named and bool(named & {"place", "date"})


def _kind(piece: _Piece) -> str:
    words = piece.words
    lower = words.lower().rstrip(".")
    if lower in terms("citation.toml", "undated") | terms("citation.toml", "tongues") or lower in terms(
        "months.toml", "weekdays"
    ):
        return "-"
    if lower in terms("citation.toml", "places"):
        return "place"
    if piece.quoted:
        return ""
    if clause := _publishing().search(words):
        piece.start = max(piece.start, piece.end - len(words) + clause.end())
        piece.words = " ".join(itertools.takewhile(_may_name_firm, words[clause.end() :].split(" ")))
        return "publisher"
    if _word_list("edited").match(words) or _word_list("translated").match(words):
        return ""
    if _word_list("edition").search(words) and len(words.split()) < 7 and not _word_list("works").search(words):
        return "edition"
    if PROSE.search(words):
        return "prose"
    if _word_list("publisher").search(words) and len(words.split()) < 8 and not piece.led:
        return "publisher"
    return "" if is_capital(words.split()[0]) else "prose"


def _name_editors(pieces: list[_Piece], found: _Found) -> None:
    """``edited by Teodor Shanin``; the names are parts of their own."""
    for piece in pieces:
        for role, part in (("edited", "editor"), ("translated", "translator"), ("transcribed", "")):
            match = _word_list(role).search(piece.words)
            if match and piece.kind in ("", "prose"):
                name = piece.words[match.end() :].strip(" :")
                piece.kind = "-" if part else "prose"
                for each in people_in(name).names if part else ():
                    found.add(part, each, piece.start, piece.end)


def _name_publishers(pieces: list[_Piece]) -> None:
    """Beside a place, or in brackets with one, a piece after the title is a publisher; so is ``Inc`` after one."""
    for before, piece in itertools.pairwise(pieces):
        if piece.colon and before is not pieces[0] and before.kind in ("", "place") and len(before.words.split()) < 4:
            before.kind, piece.kind = "place", "publisher" if piece.kind == "" else piece.kind
        elif piece.kind == "" and before.kind == "place" and before is not pieces[0]:
            piece.kind = "publisher"
        elif piece.kind == "place" and not piece.stopped and before.kind == "" and _may_publish(before, piece, pieces):
            before.kind = "publisher"
        elif before.kind == "publisher" and piece.words.rstrip(".").lower() in ("inc", "ltd", "co", "gmbh"):
            piece.kind = "-"
            before.words, before.end = f"{before.words}, {piece.words}", piece.end
        elif piece.kind == "place" and before.kind == "prose" and not piece.inside and not piece.stopped:
            piece.kind = "-"
    for piece in pieces:
        if piece.kind == "" and FIRM.fullmatch(piece.words) and not piece.quoted and piece not in _opening(pieces):
            piece.kind = "publisher"
    if pieces and pieces[0].kind == "place" and len(pieces) > 2 and pieces[1].kind == "":
        pieces[1].kind = "publisher"


FIRM = re.compile(r"[^\W\d_a-z][\w’'-]{1,30}(?:, [^\W\d_a-z][\w’'-]{1,30})? & [^\W\d_a-z][\w’'.-]{1,30}")
"""A firm: ``Chapman & Hall``."""


def _may_publish(piece: _Piece, place: _Piece, pieces: list[_Piece]) -> bool:
    """Whether a piece before a place may be its publisher; one in brackets only if the place is in them, too."""
    return place.inside if piece.inside else piece not in _opening(pieces)


def _opening(pieces: list[_Piece]) -> list[_Piece]:
    """The pieces before anything else is known: an author and a title, or a title with commas."""
    named = [piece for piece in pieces if piece.kind in ("", "prose")]
    if named and is_person(named[0].words) and len(named) > 1:
        return named[:2]
    return named[:1]


def _titles_in_prose(pieces: list[_Piece]) -> list[_Piece]:
    """The first title that the words of a clause lead to: ``in full text in English in the Archives``."""
    for piece in pieces:
        for match in list(WITHIN.finditer(piece.words))[-3:] if piece.kind == "prose" else ():
            rest = piece.words[match.end() :]
            if rest.lower().rstrip(".") in terms("citation.toml", "places"):
                continue
            first = rest.split(" ")[0]
            if (
                first[:1].isupper()
                and first.lower() not in terms("citation.toml", "tongues")
                and not PROSE.search(rest)
            ):
                piece.start = max(piece.start, piece.end - len(rest))
                piece.words, piece.kind = rest, ""
                return [piece]
    return []


WITHIN = re.compile(r"(?<!\w)(?:[Ii]n|im|dans|en|в)\s(?:the\s|der\s|la\s|le\s)?(?=[^\W\d_])")


def _title_pieces(pieces: list[_Piece]) -> list[_Piece]:
    return [piece for piece in pieces if piece.kind == ""]


def for_journal(parts: Iterable[tuple[str, str]], normal: str) -> float:
    """What numbers and dates say for a journal, above 0, or against one.

    A number, a day and a month are a journal's; a volume alone, an edition and an editor are a book's.
    """
    named = {part for part, _ in parts}
    found = 2.0 * ("issue" in named) - ("edition" in named) - ("editor" in named) - ("translator" in named)
    if "/" not in normal[:8] and len(normal) >= 10:
        found += 3
    elif normal[4:5] == "-" and normal[:4].isdigit():
        found += 2.0 if named & {"volume", "pages"} else 1.0
    return found - 0.5 * ("volume" in named and "issue" not in named)


def _name_titles(titles: list[_Piece], pieces: list[_Piece], journal: float) -> None:
    while len(titles) > 1 and not (titles[0].quoted or titles[1].inside) and is_person(titles[0].words):
        titles.pop(0).kind = "author"
    if not titles:
        return
    if len(titles) > 1 and titles[0].quoted and not titles[1].inside:
        titles.pop(0).kind = "article"
    first, *others = titles
    last = first
    for piece in others:
        between = pieces[pieces.index(last) + 1 : pieces.index(piece)]
        if piece.inside or piece.quoted or between or piece.start - last.end > 2:
            break
        piece.kind, last = "-", piece
        stop = "." if piece.stopped else ","
        first.words, first.end = f"{first.words}{stop} {piece.words}", piece.end
    first.kind = _title_kind(first, pieces, journal)


def _title_kind(piece: _Piece, pieces: list[_Piece], journal: float) -> str:
    """A journal or a book, by what the line says for either: a publisher is more of a book's than a place is."""
    if piece.led:
        return "journal"
    kinds = {each.kind for each in pieces}
    named = len(piece.words.split()) <= SHORT_TITLE and _word_list("journal").search(piece.words)
    journal += 1.5 * bool(named) - 2 * bool(_word_list("works").search(piece.words))
    journal -= 1.75 * ("publisher" in kinds) + ("place" in kinds) + ("edition" in kinds)
    return "journal" if journal > 0 else "book"


OTHERS = ("volume", "publisher", "journal", "works", "edition", "archive", "places")
"""Lists of words that a person's name does not have."""


NO_NAMES = frozenset("on of and the in to for und über et sur y sobre и о об".split())
"""Words that stand in titles, and in no name."""


def is_person(words: str) -> bool:
    """Whether words look like the name of one person: two to four, each a capital, an initial or a particle."""
    tokens = words.split()
    if not 2 <= len(tokens) <= 4 or len(words) > LONGEST_NAME or any(each.isdigit() or each in ":：" for each in words):
        return False
    if any(_word_list(kind).search(words) for kind in OTHERS):
        return False
    particles = ("de", "von", "van", "der", "la", "du", "di", "del")
    if tokens[0].lower() in ("the", "die", "der", "das", "le", "la", "les", "el", "los", "las", "a", "an", "on", "in"):
        return False
    if any(token.lower() in NO_NAMES for token in tokens):
        return False
    return all(is_capital(token) or token in particles for token in tokens) and tokens[-1] not in particles


def _share(words: str, spans: list[tuple[int, int]]) -> float:
    """The share of the letters of a line that belong to what was understood, or are small words."""
    covered = bytearray(len(words))
    for start, end in spans:
        covered[start:end] = b"\x01" * (end - start)
    small = terms("record.toml", "weak") | terms("record.toml", "by") | terms("citation.toml", "lead")
    small |= frozenset(word for phrase in terms("citation.toml", "in_journal") for word in phrase.split())
    small |= terms("citation.toml", "tongues")
    for match in re.finditer(r"\w+", words):
        if match.group().lower() in small:
            covered[match.start() : match.end()] = b"\x01" * (match.end() - match.start())
    letters = [index for index, letter in enumerate(words) if letter.isalnum()]
    return sum(covered[index] for index in letters) / len(letters) if letters else 0.0
