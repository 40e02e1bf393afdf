"""What can be seen of each unit of a page: its layout, its form, its words, its neighbours, the style of the page.

A feature is a name such as ``ends=colon``; ``pressmark.structure.wording`` has its meaning in words. Everything is
relative to the page: its own width, its own distances, its own way of labelling.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pressmark.page import LABEL, SCENE_BREAK, label_of
from pressmark.structure.units import Sheet, Unit
from pressmark.structure.words import collections, kinds_of, months

SHORT = 90
PROSE = 200
NEAR = 8
"""Two labelled blocks with more blocks than this between them are no series."""

SAMPLE = 300_000
"""So many characters of running text show which words a page writes without a capital."""

NUMERAL = re.compile(r"\W{0,2}(?:[IVXLCDM]{1,8}|\d{1,3}|[ivxlc]{1,6}|[A-Z])\W{0,2}\Z")
LABELLED = re.compile(
    r"\W{0,2}?(?:(?P<bracket>[\[(])\s*(?P<in>\d{1,4}|[a-zA-Zа-я]|[ivxlc]{1,6}|[IVXLC]{1,6}|[*†‡§¶]{1,4})\s*[\])]"
    r"|(?P<number>\d{1,4})(?P<dot>[.)])(?=\s|$|[A-ZÀ-ÞА-Я“\"«„])|(?P<bare>\d{1,3})(?=\s+[A-ZÀ-ÞА-Я“\"«„])"
    r"|(?P<sign>[*†‡§¶]{1,4})(?=\s*[^\s*])"
    r"|(?P<roman>[IVX][IVXLC]{0,5}|[LC][IVXLC]{1,5})(?P<rdot>[.)])\s|(?P<letter>[a-zA-Zа-я])(?P<ldot>[.)])\s|(?P<bullet>[•·●▪◦]|[-–—]\s))"
)
"""The label with which a note, an item or a thesis begins."""

RAISED = re.compile(r"([⁰¹²³⁴-⁹]{1,3})\s*(?=[^\W\d_]|[“\"'‘«„(\[])")
MAY_CALL = re.compile(r"[\[(*†‡⁰¹²³⁴-⁹0-9]")
"""The characters with which a call of a note begins."""

ANCHOR = re.compile(
    r"\[(\d{1,4}[a-z]?|[a-zA-Z]|[*†‡]{1,3}|[ivxlc]{1,5})\]|\((\d{1,3}|[*†‡]{1,3})\)|(?<=[\w.,;:!?”’\"'»)])([*†‡]{1,3})(?![*\w])"
    r"|([⁰¹²³⁴-⁹]{1,3})|(?<=[^\W\d_][.,;:!?”’\"»)])(\d{1,3})(?=[\s—–]|$)"
    r"|(?<=[^\W\d_A-ZА-Я][^\W\d_A-ZА-Я])(\d{1,2})(?=[\s—–.,;:!?”]|$)"
    r"|(?:(?<=[^\W\d_]|[.,;:!?”’\"»])|(?<=[^\W\d_] )|(?<=[.,;:!?”’\"»] ))(\d{1,2})\)(?=[\s—–.,;:]|$)"
)
"""The places where a note may be called."""

SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
PLACE_DATE = re.compile(
    r"\W*[^\W\d_a-zа-я][^\W\d]+(?:[ -][^\W\d]+){0,2},?\]?,?\s+(?:(?:den|le|el|the|on)\s+)?"
    r"(?:\d{1,2}(?:st|nd|rd|th|\.)?\s+\w+|[^\W\d_]{3,10}\.?\s+\d)"
)
"""A place and a date, as they stand over a letter."""

YEAR = re.compile(r"(?<!\d)1[0-9]\d\d(?!\d)|(?<!\d)20\d\d(?!\d)")
WORD = re.compile(r"[^\W\d_][\w'’]*")
CAPITALISED = re.compile(r"[^\W\d_]")
SMALL = frozenset(
    "of the and in on to a an for by at from with or de la le les du des der die das und von zu y el los en "
    "и в на с о".split()
)
PARTICLES = frozenset("de von van du la der da di del le af av".split())
ARTICLES = frozenset("the a an der die das ein eine le la les un une el los las una".split())
ENDS = {
    ".": "stop",
    ",": "comma",
    ";": "semicolon",
    ":": "colon",
    "?": "question",
    "!": "exclamation",
    "…": "dots",
    "—": "dash",
    "–": "dash",
    "-": "dash",
}
LONG_QUOTES = '“"«»„'
"""What opens a quotation that may go over several blocks."""

QUOTES = LONG_QUOTES + "‘'"
"""What opens a quotation, in one language or another."""

CLOSING = {"«": "»", "»": "«", "„": "“", "“": "”"}
"""What closes a quotation, by what opens it."""

OPENERS = {"quote": QUOTES, "dash": "—–-", "bracket": "[({", "italic": "_"}
CLOSERS = "\"'”’»“)]}_*"
ILLUSTRATION = re.compile(r"\[\s*(?:illustration|picture|image|figure|abbildung|рис)", re.IGNORECASE)
WEB = re.compile(r"https?://|www\.|\w@\w|\.(?:org|com|net|html?)\b")
COLUMNS = re.compile(r"\S(?:\s{3,}|\t+)\S")
LEADERS = re.compile(r"(?:\.\s?){4,}\s*\d*\W*\Z|\S\s{2,}\d{1,4}\Z")
SEPARATORS = re.compile(r"\s[|•·»›>/]\s|\s::\s|[|]|←|→|<<|>>|«\s|\s»")
NAME = re.compile(
    r"(?:[^\W\d_]\.\s?){0,3}(?:[^\W\d_][\w’'.-]*\s+){0,3}(?:(?:de|von|van|of|du|la|der|da)\s+)?[^\W\d_][\w’'-]+(?:,?\s+(?:Jr|Sr|M\.D|Ph\.D)\.?)?\Z"
)
CITED = re.compile(
    r"\bpp?\.\s?\d|\bvol\.|\bop\. ?cit|\bibid|\bl\. ?c\.|\bcit\.|\bS\.\s?\d|\bт\.\s?\d|\bс\.\s?\d", re.IGNORECASE
)
SPEAKER = re.compile(r"(?:[A-ZÀ-ÞА-Я][A-ZÀ-ÞА-Я'’. ]{2,24}|_[A-Z][\w. ]{2,24}_)[.:]\s")
ED = re.compile(
    r"[–—-]\s*(?:ed|editor|note by|trans|transcriber|tr|die red|ред|прим|n\.? ?d|hrsg)\b[^.]{0,30}\.?\W*\Z",
    re.IGNORECASE,
)


class Series(NamedTuple):
    """Units whose labels count up: how many, the share that is called, whether long text without a label stands after
    the last, and how the block before the first ends.
    """

    length: int
    called: float
    goes_on: bool
    after: str


@dataclass(slots=True)
class Page:
    """What is true of the page as a whole."""

    count: int
    gap: int
    dialogue: str
    anchors: dict[tuple[str, str], int]
    labels: Counter[tuple[str, str]]
    repeated: Counter[str]
    looks: Counter[tuple[str, ...]]
    first_prose: int
    last_prose: int
    kinds: list[set[str]] = field(default_factory=list)
    found: list[tuple[str, str] | None] = field(default_factory=list)
    styles: list[tuple[str, ...]] = field(default_factory=list)
    sizes: list[str] = field(default_factory=list)
    notes_from: int = 1 << 30
    records: list[int] = field(default_factory=list)
    """The lines of the record: those at the head of the page or, where it has none there, all."""
    record_at_head: bool = False
    wrapped: bool = False
    set_in: bool = False
    """Whether long blocks are indented as a whole, beside others that are not."""
    open_quote: list[bool] = field(default_factory=list)
    tokens: set[str] = field(default_factory=set)
    run: dict[int, int] = field(default_factory=dict)
    together: dict[int, tuple[int, bool, bool]] = field(default_factory=dict)
    """Of each unit that stands close to others: how many they are, whether each begins with a capital, whether
    two of them rhyme.
    """
    series: dict[int, Series] = field(default_factory=dict)


CALLS = {"[": "[", "(": "(", "*": "*", "†": "*", "‡": "*"}
"""The styles of calls by their first characters."""

ANSWERS = {"[": "[", "(": "(1", "*": "*[(", "1": "[1()"}
"""The styles of calls that a label may answer, by the character with which its own style begins."""


def size_of(length: int) -> str:
    """A length in characters as one of ten words, the shortest ``a``."""
    for limit, name in (
        (3, "a"),
        (10, "b"),
        (22, "c"),
        (38, "d"),
        (55, "e"),
        (80, "f"),
        (120, "g"),
        (200, "h"),
        (420, "i"),
    ):
        if length <= limit:
            return name
    return "j"


def label_style(words: str) -> tuple[str, str] | None:
    """The style of the label with which words begin (``[1]``, ``1.``, ``*``) and the label itself."""
    if raised := RAISED.match(words):
        return "1", raised[1].translate(SUPERSCRIPT)
    match = LABELLED.match(words[:16])
    if not match:
        return None
    if inner := match["in"]:
        style = "[1]" if match["bracket"] == "[" else "(1)"
        return (style if inner.isdigit() else style.replace("1", "*" if inner[0] in "*†‡§¶" else "a")), inner
    if match["number"]:
        return "1" + match["dot"], match["number"]
    if match["bare"]:
        return "1", match["bare"]
    if match["sign"]:
        return "*", match["sign"]
    if match["roman"]:
        return "I" + match["rdot"], match["roman"]
    if match["letter"]:
        return "a" + match["ldot"], match["letter"].lower()
    return "-", "-"


def anchors_in(words: str, *, start: int = 0) -> list[tuple[int, int, str]]:
    """The places (start, end, label) in words where a note may be called, from ``start`` on."""
    found = []
    at = start
    while (first := MAY_CALL.search(words, at)) is not None:
        at = first.start()
        match = ANCHOR.match(words, at)
        if match is None:
            at += 1
            while words[at : at + 1].isdigit():
                at += 1
            continue
        label = next(group for group in match.groups() if group)
        found.append((at, match.end(), label.translate(SUPERSCRIPT)))
        at = match.end()
    return found


def page_of(sheet: Sheet) -> Page:
    """Looks at all units of a page once."""
    units = sheet.units
    gaps = Counter(min(unit.gap, 4) for unit in units if not unit.joins)
    prose = [number for number, unit in enumerate(units) if len(unit.words) >= PROSE]
    page = Page(
        len(units), gaps.most_common(1)[0][0] if gaps else 2, "", {}, Counter(), Counter(), Counter(),
        prose[0] if prose else len(units), prose[-1] if prose else -1,
    )  # fmt: skip
    quoted = 0
    records: list[int] = []
    page.wrapped = sum(len(unit.rows) > 2 for unit in units) > 0.05 * len(units)
    long = [indent_of(unit, sheet) for unit in units if len(unit.rows) > 1 and len(unit.words) >= PROSE]
    page.set_in = 0 < long.count("block") < len(long)
    open_quote = False
    for number, unit in enumerate(units):
        words = unit.words
        short = len(words) < SHORT
        page.kinds.append(kinds_of(words))
        label = label_style(words)
        page.found.append(label)
        if label:
            page.labels[label] += 1
        for at, end, anchor in anchors_in(words, start=6 if label else 1):
            page.anchors.setdefault((call_style(words[at:end]), anchor.lower()), number)
        page.open_quote.append(open_quote)
        if words[:1] in LONG_QUOTES:
            open_quote = _is_open(words)
        elif open_quote and (words.count("”") > words.count("“") or len(words) < 40):
            open_quote = False
        quoted += words[:1] in QUOTES + "—"
        page.sizes.append(size_of(len(words)))
        style = _look(unit, sheet, words) if short else ()
        page.styles.append(style)
        if short:
            page.looks[style] += 1
            page.repeated[_bare(words)] += 1
        if label_of(words[:100] + " x") and len(words) < 500:
            records.append(number)
        if "=notes" in page.kinds[-1]:
            page.notes_from = number
    page.records = [number for number in records if number <= page.first_prose + 2] or records
    page.record_at_head = bool(page.records) and page.records[0] <= page.first_prose + 2
    _find_series(page, units)
    _find_together(page, units)
    page.tokens = _tokens(units)
    share = quoted / (len(units) or 1)
    page.dialogue = "none" if share < 0.04 else "some" if share < 0.2 else "much"
    return page


def _find_together(page: Page, units: list[Unit]) -> None:
    """Finds the runs of lines that no wider distance parts."""
    starts = [number for number, unit in enumerate(units) if not unit.joins]
    for first, after in zip(starts, [*starts[1:], len(units)], strict=True):
        if after - first > 1:
            lines = range(first, after)
            capitals = all(units[number].words.lstrip("".join(OPENERS.values()))[:1].isupper() for number in lines)
            rhyming = any(rhymes(units, number) for number in lines)
            for number in lines:
                page.together[number] = (after - first, capitals, rhyming)


def _tokens(units: list[Unit]) -> set[str]:
    """The words of the running text of a page, as they stand between spaces."""
    found: set[str] = set()
    size = 0
    for unit in units:
        if len(unit.words) >= PROSE:
            found.update(unit.words.split())
            size += len(unit.words)
            if size > SAMPLE:
                break
    return found


def is_name(words: str, bare: str) -> bool:
    """Whether words have the form of a person's name: capitals throughout but for particles, and no article."""
    if LABELLED.match(words) or not NAME.match(bare):
        return False
    parts = bare.split()
    if parts[0].lower() in ARTICLES:
        return False
    return all(part[:1].isupper() or part.lower() in PARTICLES for part in parts)


def lowered(words: str, tokens: set[str]) -> str:
    """Of the words with a capital, how many the text also has without: those of names it has not."""
    chief = [word for word in WORD.findall(words) if word[:1].isupper() and word.lower() not in SMALL and len(word) > 2]
    if not chief:
        return "-"
    count = 0
    for word in chief:
        low = word.lower()
        count += low in tokens or low + "," in tokens or low + "." in tokens or low + ";" in tokens
    return "none" if not count else "all" if count == len(chief) else "some"


def _is_open(words: str) -> bool:
    """Whether words that begin with a quotation mark leave the quotation open."""
    if words[0] == '"':
        return words.count('"') % 2 == 1
    if words[0] in "‘'—":
        return False
    opening = words[0]
    closing = CLOSING[opening]
    return words.count(opening) > words.count(closing)


def _bare(words: str) -> str:
    return " ".join(WORD.findall(words.lower()))


def _look(unit: Unit, sheet: Sheet, words: str) -> tuple[str, ...]:
    """How a short unit looks: what a page gives all its headings, or all its items, alike."""
    label = label_style(words)
    return (
        indent_of(unit, sheet),
        case_of(words),
        str(min(unit.gap, 4)),
        label[0] if label else "",
        end_of(words),
    )


def indent_of(unit: Unit, sheet: Sheet) -> str:
    """Where a unit stands in the measure of the page: ``flush``, ``first`` line, ``block``, ``centre`` or ``right``."""
    indent = unit.rows[0].indent - sheet.base
    if len(unit.rows) > 1:
        rest = min(row.indent for row in unit.rows[1:]) - sheet.base
        if rest > 1:
            return "block"
        return "first" if indent > 0 else "flush"
    if indent <= 0:
        return "flush"
    right = sheet.width - unit.rows[0].right
    if sheet.width and indent > 5 and abs(indent - right) <= 0.25 * indent + 3:
        return "centre"
    if sheet.width and indent > 0.35 * sheet.width:
        return "right"
    return "first" if indent < 5 else "block"


def case_of(words: str) -> str:
    """How words use capitals."""
    found = WORD.findall(words[:120])
    if not found:
        return "none"
    if not words.islower() and words.upper() == words:
        return "upper"
    chief = [word for word in found if word.lower() not in SMALL]
    if chief and all(word[:1].isupper() for word in chief):
        return "title"
    first = found[0][:1]
    return "sentence" if first.isupper() else "lower"


def end_of(words: str) -> str:
    """With what words end, closing quotation marks and brackets left out."""
    words = words[-12:]
    bare = words.rstrip(CLOSERS)
    last = bare[-1:] or words[-1:]
    kind = ENDS.get(last, "digit" if last.isdigit() else "word")
    return kind + ("+quote" if words[-1:] in '"”»’' else "+bracket" if words[-1:] in ")]" else "")


def features(sheet: Sheet, page: Page, number: int) -> list[str]:
    """The features of the unit ``number``."""
    unit = sheet.units[number]
    words = unit.words
    found = ["all"]
    found += _place(sheet, page, number)
    found += _layout(sheet, page, number)
    found += _continuity(sheet, page, number)
    found += _form(page, words)
    found += _words(page, number, words)
    found += _labels(page, number)
    found += _neighbours(sheet, page, number)
    if unit.hint:
        found.append(f"tag={unit.hint}")
    return found


def _place(sheet: Sheet, page: Page, number: int) -> list[str]:
    """Where a unit stands on its page, and what surrounds it."""
    unit = sheet.units[number]
    size = page.sizes[number]
    top, bottom = number, page.count - 1 - number
    found = [f"size={size}", f"gap={_gap(unit, page)}", f"after={_distance(unit.after, page)}"]
    found.append(f"gap={_gap(unit, page)} after={_distance(unit.after, page)}")
    if top < 12:
        found.append(f"top={top if top < 4 else '4-6' if top < 7 else '7-11'}")
    if bottom < 8:
        found.append(f"bottom={bottom if bottom < 3 else '3-7'}")
    if number == page.first_prose:
        found.append(f"first-prose begins={begins(unit.words)}")
        if "editor" in page.kinds[number]:
            found.append("first-prose editor")
    if number < page.first_prose:
        found.append("before-prose")
        if size < "h":
            found.append(f"before-prose size={size}")
    if number > page.last_prose:
        found.append("after-prose")
    if number > page.notes_from:
        found.append("after-notes-heading")
    if page.records and (where := _beside_records(page, number)):
        found.append(f"records={where}")
    return found


def _beside_records(page: Page, number: int) -> str:
    """Whether a unit stands before, within or right after the lines of the record; else nothing."""
    first, last = page.records[0], page.records[-1]
    if number < first:
        return "before" if page.record_at_head else ""
    return "within" if number <= last else "after" if number <= last + 3 else ""


def _layout(sheet: Sheet, page: Page, number: int) -> list[str]:
    """How a unit is set, in the measure of its page."""
    unit = sheet.units[number]
    size = page.sizes[number]
    length = "short" if size < "f" else "long"
    indent = indent_of(unit, sheet)
    found = [f"indent={indent}", f"indent={indent} size={size}", f"lines={min(len(unit.rows), 3)}"]
    deeper = unit.rows[0].indent - sheet.base
    found.append(f"column={'0' if deeper <= 0 else '1-3' if deeper < 4 else '4-8' if deeper < 9 else '9+'}")
    if unit.new_page:
        found.append("new-page")
    begin = "quote" if unit.words[:1] in QUOTES else "other"
    if page.wrapped:
        found.append(f"wrapped indent={indent} begins={begin} {length}")
        if page.set_in and indent != "block":
            found.append(f"set-in elsewhere begins={begin} {length}")
        if number:
            step = unit.rows[-1].indent - sheet.units[number - 1].rows[-1].indent
            way = "same" if abs(step) < 2 else "in" if step > 0 else "out"
            found += [f"step={way}", f"step={way} {length} begins={begin}"]
    else:
        found.append(f"unwrapped begins={begin} {length}")
    return found


def _continuity(sheet: Sheet, page: Page, number: int) -> list[str]:
    """Whether a unit may go on with what stands before it."""
    unit = sheet.units[number]
    size = page.sizes[number]
    found = []
    if page.open_quote[number]:
        found.append("open-quote" + (" again" if unit.words[:1] in LONG_QUOTES else ""))
    if unit.joins:
        found.append("may-join")
        found.append(f"may-join {'wrapped' if page.wrapped else 'unwrapped'}")
        found.append(f"may-join size={size}")
        found.append(f"may-join gap={_gap(unit, page)} {'before-prose' if number <= page.first_prose else 'later'}")
        if number and _last_word(sheet.units[number - 1].words) in SMALL:
            found.append("may-join prev-small")
        if unit.words.partition(" ")[0].lower() in SMALL:
            found.append("may-join small")
    if number in page.together:
        lines, capitals, rhyming = page.together[number]
        many = str(lines) if lines < 4 else "4-9" if lines < 10 else "10+"
        found.append(f"together={many}")
        if capitals:
            found.append(f"together={many} in-capitals {'rhymed' if rhyming else 'free'}")
    if rhymes(sheet.units, number):
        found.append("rhymes")
    if unit.row_count > 1:
        found.append(f"of-rows={min(unit.row_count, 3) if unit.row_count < 6 else '6+'}")
    if unit.gap == 0:
        found.append("same-line")
    return found


def rhymes(units: Sequence[Unit], number: int) -> bool:
    """Whether a line ends as one of the two before or after it does: on the same letters, but not on the same word."""
    own = _rhyme(units[number].words)
    if not own[0]:
        return False
    for distance in (-2, -1, 1, 2):
        if 0 <= number + distance < len(units):
            other = _rhyme(units[number + distance].words)
            if own[0] == other[0] and own[1] != other[1]:
                return True
    return False


def _rhyme(words: str) -> tuple[str, str]:
    """The letters on which a line of the length of verse may rhyme, and its last word."""
    if not 12 <= len(words) <= 70:
        return "", ""
    last = "".join(character for character in _last_word(words) if character.isalpha())
    return (last[-2:] if len(last) > 2 else last if len(last) == 2 else ""), last


def _last_word(words: str) -> str:
    return words[-12:].rpartition(" ")[2].lower()


def _gap(unit: Unit, page: Page) -> str:
    return _distance(unit.gap, page)


def _distance(gap: int, page: Page) -> str:
    return "same" if gap == page.gap else "less" if gap < page.gap else "more" if gap == page.gap + 1 else "much"


def begins(words: str) -> str:
    """With what words begin."""
    begin = words[:1]
    for kind, characters in OPENERS.items():
        if begin in characters:
            return kind
    return "digit" if begin.isdigit() else "lower" if begin.islower() else "upper" if begin.isupper() else "sign"


def _form(page: Page, words: str) -> list[str]:
    size = size_of(len(words))
    begin = words[:1]
    first = begins(words)
    end = end_of(words)
    found = [f"begins={first}", f"ends={end}", f"begins={first} ends={end}", f"size={size} ends={end}"]
    if first == "quote" and words[-1:] in "”\"»«'’“":
        found.append("quoted")
    if len(words) > PROSE:
        if ED.search(words[-60:]):
            found.append("editor-signs")
        return found
    case = case_of(words)
    found += [f"case={case}", f"case={case} size={size}", f"case={case} ends={end}"]
    if len(words) < 80 and SCENE_BREAK.match(words):
        found.append("ornament")
    if NUMERAL.match(words):
        found.append("numeral")
    if begin == "[" and words[-1:] == "]":
        found.append("bracketed")
    if begin == "(" and words.rstrip(".")[-1:] == ")":
        found.append("parenthesis")
    if begin == "_" and words.rstrip(".,;:!")[-1:] == "_":
        found.append("italic")
    if ILLUSTRATION.match(words):
        found.append("illustration")
    if WEB.search(words):
        found.append("web")
    if SEPARATORS.search(words):
        found.append("separators")
    if words.count(": ") + words.count(" > ") >= 3 and first not in ("quote", "digit"):
        found.append("path")
    if COLUMNS.search(words):
        found.append("columns")
    if LEADERS.search(words):
        found.append("leaders")
    if CITED.search(words):
        found.append("cited")
    if ED.search(words):
        found.append("editor-signs")
    if SPEAKER.match(words):
        found.append("speaker")
    if len(words) < SHORT:
        found += _short(words, case, page.tokens)
    return found


def _short(words: str, case: str, tokens: set[str]) -> list[str]:
    found = []
    bare = words.strip(CLOSERS + "“«»„ .,;:–—-")
    many = bare.count(" ") + 1
    if case in ("title", "upper") and many <= 6 and is_name(words, bare):
        common = lowered(bare, tokens)
        found.append(f"name={many if many < 4 else '4+'}")
        found.append(f"common={common}")
        found.append(f"name={many if many < 4 else '4+'} common={common}")
    else:
        found.append(f"name=no case={case}")
    if bare.split(" ")[0].lower() in ARTICLES:
        found.append("article")
    lower = {word.lower() for word in WORD.findall(words)}
    month = bool(lower & months())
    if month or YEAR.search(words):
        year = bool(YEAR.search(words))
        found.append("date" if month and (year or any(c.isdigit() for c in words)) else "month" if month else "year")
        if many <= 7 and "," in words:
            found.append("date with comma")
        if PLACE_DATE.match(words) and many <= 9:
            found.append("place and date")
    if lower & collections():
        found.append("collection")
    digits = sum(character.isdigit() for character in words)
    if digits * 3 > len(words):
        found.append("digits")
    if many == 1:
        found.append("one-word")
    if words.count(",") >= 2:
        found.append("commas")
    return found


def _words(page: Page, number: int, words: str) -> list[str]:
    size = page.sizes[number]
    found = []
    last = number == page.count - 1
    for kind in page.kinds[number]:
        found.append(f"word={kind}")
        if last and size < "g":
            found.append(f"last word={kind}")
        if size < "g":
            found.append(f"word={kind} size={size}")
    if len(words) < 600:
        known = label_of(words[:100] + " x")
        if known:
            found += ["record-label", f"record-label {'short' if size < 'i' else 'long'}"]
        elif (match := LABEL.match(words[:70])) and size < "i":
            found.append(f"colon-label={'1' if ' ' not in match[1] else '2' if match[1].count(' ') < 3 else '3'}")
    return found


def _labels(page: Page, number: int) -> list[str]:
    label = page.found[number]
    if not label:
        return []
    style = label[0]
    size = page.sizes[number]
    called = is_called(page, number)
    found = [f"label={style}", f"label={style} size={'short' if size < 'f' else 'long'}"]
    if style not in ("-", "•"):
        found += [f"called={called}", f"label={style} called={called}"]
    if style[0] == "I":
        found.append("roman=" + ("letter" if len(label[1]) == 1 else "number"))
    before = _step(page, number, -1)
    after = _step(page, number, 1)
    found.append(f"series={before}{after}")
    if page.labels[label] > 1:
        found.append("label-again")
    series = page.series.get(number)
    if series:
        count, share, more, before_it = series
        often = "none" if not share else "some" if share < 0.5 else "most"
        found += [
            f"series-called={often}",
            f"series-called={often} label={style}",
            f"series-count={count if count < 3 else '3-5' if count < 6 else '6+'}",
            f"series-called={often} then={'text' if more else 'end'}",
            f"series-called={often} series-after={before_it}",
        ]
    return found


def is_called(page: Page, number: int) -> bool:
    """Whether a call in the text before answers the label of a unit."""
    style, value = page.found[number] or ("", "")
    begin = "1" if style[:1] in "1aI" else style[:1]
    styles = ANSWERS.get(begin, "")
    return any(page.anchors.get((each, value.lower()), 1 << 30) < number for each in styles)


def call_style(mark: str) -> str:
    """The style of a call of a note: ``[``, ``(``, ``*``, ``1`` for a bare or raised number, ``)`` for ``1)``."""
    return ")" if mark[0].isdigit() and mark[-1] == ")" else CALLS.get(mark[0], "1")


def _find_series(page: Page, units: list[Unit]) -> None:
    """Finds the units whose labels count up: for each how many they are, the share that is called, and whether
    long text without a label stands after the last of them.
    """
    runs: list[list[int]] = []
    last: dict[str, int] = {}
    for number, label in enumerate(page.found):
        if not label or label[0] in "-•":
            continue
        style, value = label
        before = last.get(style, -99)
        if number - before <= NEAR and _goes_up((page.found[before] or ("", ""))[1], value):
            runs[page.run[before]].append(number)
            page.run[number] = page.run[before]
        else:
            page.run[number] = len(runs)
            runs.append([number])
        last[style] = number
    for run in runs:
        share = sum(is_called(page, number) for number in run) / len(run)
        after = run[-1] + 1
        goes_on = after < page.count and len(units[after].words) >= PROSE and page.found[after] is None
        end = end_of(units[run[0] - 1].words).split("+")[0] if run[0] else "none"
        series = Series(len(run), share, goes_on, end if end in ("colon", "none", "word") else "stop")
        for number in run:
            page.series[number] = series


def _goes_up(before: str, value: str) -> bool:
    if before.isdigit() and value.isdigit():
        return 0 < int(value) - int(before) <= 3
    return not before.isdigit() and not value.isdigit() and (before < value or before[:1] in "*†‡ivxIVX")


def _step(page: Page, number: int, way: int) -> str:
    """Whether the label before or after, of those near, goes on with this one: ``+`` next to it, ``~`` near, ``0``."""
    style, value = page.found[number] or ("", "")
    for distance in range(1, 5):
        other = number + way * distance
        if not 0 <= other < page.count:
            return "0"
        label = page.found[other]
        if label and label[0] == style:
            counted = value.isdigit() and label[1].isdigit()
            right = not counted or int(label[1]) - int(value) == way
            return ("+" if distance == 1 else "~") if right else "x"
    return "0"


def _neighbours(sheet: Sheet, page: Page, number: int) -> list[str]:
    units = sheet.units
    found = []
    size = page.sizes[number]
    coarse = "S" if size < "f" else "M" if size < "i" else "L"
    for way, name in ((-1, "prev"), (1, "next")):
        other = number + way
        if not 0 <= other < page.count:
            found.append(f"{name}=none")
            continue
        words = units[other].words
        found.append(f"{name}-size={page.sizes[other]} {coarse}")
        end = end_of(words)
        if way < 0:
            found.append(f"prev-ends={end}")
            if end.startswith(("colon", "dash")):
                begin = begins(units[number].words)
                found.append(f"prev-colon begins={'quote' if begin == 'quote' else 'other'} {coarse}")
                if begin == "quote":
                    found.append(f"prev-colon dialogue={page.dialogue} {coarse}")
        else:
            if words[:1].islower():
                found.append("next-lower")
        for kind in page.kinds[other]:
            if page.sizes[other] < "g" and kind in (
                "salutation",
                "closing",
                "notes",
                "=notes",
                "chapter",
                "=contents",
                "byline",
            ):
                found.append(f"{name}-word={kind} {coarse}")
        label = page.found[other]
        if label:
            found.append(f"{name}-label={label[0]} {coarse}")
        if page.styles[other] and page.styles[other] == page.styles[number]:
            found.append(f"{name}-alike")
    if units[number].words[:1] in QUOTES:
        found.append(f"quote dialogue={page.dialogue}")
        coarser = "long" if size > "i" else "middle" if size > "f" else "short"
        own = units[number].words
        whole = "quoted" if own[-1:] in "”\"»«'’“" else "open" if _is_open(own) else "said"
        found.append(f"quote dialogue={page.dialogue} {coarser} {whole}")
        if number and units[number - 1].words[:1] in QUOTES:
            found.append("prev-quote")
            found.append(f"prev-quote dialogue={page.dialogue} {whole}")
    if 0 < number < page.count - 1 and size < "e" and min(page.sizes[number - 1], page.sizes[number + 1]) > "h":
        found.append(f"between-prose size={size} {case_of(units[number].words)} ends={end_of(units[number].words)}")
    style = page.styles[number]
    if style:
        alike = page.looks[style]
        share = alike / page.count
        found.append(f"alike={'1' if alike == 1 else '2-3' if alike < 4 else '4-9' if alike < 10 else '10+'}")
        found.append(f"share={'low' if share < 0.1 else 'mid' if share < 0.4 else 'high'}")
        if page.repeated[_bare(units[number].words)] > 1:
            found.append("repeated")
    return found
