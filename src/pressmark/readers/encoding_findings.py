"""What a person should know about the encoding of a source: the findings E001 to E005."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice

from pressmark.model.stand_off import Finding, Severity
from pressmark.readers.codec import canonical, is_eight_bit, shown, table, text_of
from pressmark.readers.mojibake import Misreading, misreadings

REMARKS = {
    "E001": (
        "The text was UTF-8, was once read as another encoding, and was saved so: é became “Ã©”, an "
        "apostrophe “â€™”. Readers see nonsense and a search does not find the word. The finding proposes "
        "what stood there; look at it and accept it."
    ),
    "E002": (
        "The file holds two encodings, as happens when pieces of several files are pasted together. "
        "Each stretch was read in the encoding that fits it, and no byte was lost. Look at the words named: "
        "if they read well, there is nothing to do."
    ),
    "E003": (
        "The page names an encoding for itself and its bytes are in another, which is common on old pages. "
        "Pressmark went by the bytes. If accented letters look wrong, say the right encoding with --encoding."
    ),
    "E004": (
        "The file holds the replacement character U+FFFD. Some program put it where it could not read a "
        "character, before the file came here, and the character itself is gone. Compare the place with the "
        "page image or another copy, and put in what is printed there."
    ),
    "E005": (
        "Something in the file stands for no character: a byte that its encoding does not define, half of a "
        "UTF-16 pair, a control code, or a code that Unicode keeps free. It is kept so that nothing is lost, "
        "but no reader can see it. Compare the place with the page image and correct or delete it."
    ),
}
"""What each finding means, why it matters and what to do, by code: what ``pressmark explain`` prints."""

_MOST_FINDINGS = 20
_MOST_MISREADINGS = 50
_MOST_COUNTED = 5_000
_ODD = re.compile(
    r"[\x80-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(chr(plane << 16 | end) for plane in range(1, 17) for end in (0xFFFE, 0xFFFF))
    + "]"
)

_ODD_BYTES = (
    re.compile(rb"\xc2[\x80-\x84\x86-\x9f]"),
    re.compile(rb"\xed[\xa0-\xbf]"),
    re.compile(rb"\xef(?:\xb7[\x90-\xaf]|\xbf[\xbe\xbf])"),
)

Run = tuple[int, int, str]
"""Start and end in code points, half-open, and the encoding."""


def encoding_findings(
    text: str, runs: tuple[Run, ...], main: str, *, data: bytes, declared: str | None = None
) -> Iterator[Finding]:
    """All that is odd about how ``data`` became ``text``; offsets are code points into ``text``.

    ``main`` is the encoding of the greater part, ``declared`` what the page says of itself. Each kind of
    finding is given for the first places, and then summed up.
    """
    if text.isascii():
        return
    misread = list(islice(misreadings(text), _MOST_COUNTED))
    yield from _misread(misread)
    yield from _two_encodings(text, runs, main)
    if declared is not None:
        yield from _wrongly_declared(text, runs, main, declared, data)
    yield from _lost_characters(text)
    yield from _odd_characters(text, runs, {at for one in misread for at in range(one.start, one.end)})


def _misread(found: list[Misreading]) -> Iterator[Finding]:
    yield from map(_misreading_finding, found[:_MOST_MISREADINGS])
    rest = found[_MOST_MISREADINGS:]
    if rest:
        yield _sum_up("E001", len(rest), _MOST_COUNTED, rest[0].start, rest[-1].end, "misread characters")


def _misreading_finding(misreading: Misreading) -> Finding:
    lost = "\ufffd" in misreading.repaired
    return Finding(
        "E001",
        "encoding",
        f"this is UTF-8 that was read as {shown(misreading.encoding)}"
        + (", and a character was lost before that" if lost else ""),
        misreading.start,
        misreading.end,
        replacement=None if lost else misreading.repaired,
        confidence=0.95 if misreading.repaired else 0.7,
        hint="compare it with the page image" if lost else "accept the proposed characters if they read well",
    )


def _two_encodings(text: str, runs: tuple[Run, ...], main: str) -> Iterator[Finding]:
    strange = _merged([run for run in runs if run[2] != main and not text[run[0] : run[1]].isascii()], text)
    for start, end, encoding in strange[:_MOST_FINDINGS]:
        yield Finding(
            "E002",
            "encoding",
            f"this stretch is {shown(encoding)} and the file otherwise is {shown(main)}",
            start,
            end,
            confidence=0.9,
            hint="if it reads well there is nothing to do",
        )
    rest = strange[_MOST_FINDINGS:]
    if rest:
        yield _sum_up("E002", len(rest), 0, rest[0][0], rest[-1][1], f"stretches that are not {shown(main)}")


def _merged(runs: list[Run], text: str) -> list[Run]:
    """Runs cut to their non-ASCII characters, joined where less than a line of ASCII stands between them."""
    merged: list[Run] = []
    for start, end, encoding in runs:
        inside = text[start:end]
        for match in re.finditer(r"[^\x00-\x7f](?:[^\n\r]{0,80}[^\x00-\x7f])?", inside):
            at = (start + match.start(), start + match.end())
            if merged and merged[-1][2] == encoding and _are_near(text, merged[-1][1], at[0]):
                merged[-1] = (merged[-1][0], at[1], encoding)
            else:
                merged.append((*at, encoding))
    return merged


def _are_near(text: str, end: int, start: int) -> bool:
    between = text[end:start] if start - end <= 80 else "\n"
    return between.isascii() and "\n" not in between and "\r" not in between


def _wrongly_declared(text: str, runs: tuple[Run, ...], main: str, declared: str, data: bytes) -> Iterator[Finding]:
    first = re.search(r"[^\x00-\x7f]", text)
    said = canonical(declared)
    if first is None or (said is not None and _agrees(said, text, runs, main, data)):
        return
    yield Finding(
        "E003",
        "encoding",
        f"the page says {declared.strip()[:40]}{'' if said else ', which is no known encoding,'} and is {shown(main)}",
        first.start(),
        first.end(),
        confidence=0.95,
        severity="notice",
        hint="if accented letters look wrong, say the right encoding with --encoding",
    )


def _agrees(said: str, text: str, runs: tuple[Run, ...], main: str, data: bytes) -> bool:
    """Whether what the page says gives the same text; Latin-1 means cp1252 (WHATWG Encoding, section 4.2)."""
    said = {"ascii": "cp1252", "iso-8859-1": "cp1252", "iso-8859-9": "cp1254"}.get(said, said)
    if main == said or (said in {"utf-16", "utf-32"} and main.startswith(said)):
        return True
    one = len(runs) == 1 and is_eight_bit(main) and is_eight_bit(said)
    return one and text_of(data, said) == text


def _lost_characters(text: str) -> Iterator[Finding]:
    if "\ufffd" not in text:
        return
    yield from _capped(
        re.finditer("\ufffd+", text),
        lambda match: Finding(
            "E004",
            "encoding",
            "a character was lost here before the file came to Pressmark (it holds U+FFFD)",
            match.start(),
            match.end(),
            hint="compare it with the page image or another copy",
        ),
        "places where characters were lost",
    )


def _odd_characters(text: str, runs: tuple[Run, ...], explained: set[int]) -> Iterator[Finding]:
    odd_end = len(runs) == 2 and runs[0][2].startswith("utf-16") and runs[1][2] == "iso-8859-1"
    if odd_end:
        yield _odd("a last byte stands alone, and UTF-16 has two to a character", *runs[1][:2], severity="warning")
    if _may_be_odd(text):
        odd = (match for match in _ODD.finditer(text) if match.start() not in explained)
        yield from _capped(odd, _odd_character, "codes that stand for no character")


def _may_be_odd(text: str) -> bool:
    """A quick look over the bytes that ``text`` would have in UTF-8: most texts hold none of these."""
    written = text.encode("utf-8", "surrogatepass")
    high = any(written.find(lead) >= 0 for lead in (b"\xf0", b"\xf1", b"\xf2", b"\xf3", b"\xf4"))
    return high or any(pattern.search(written) for pattern in _ODD_BYTES)


def _odd_character(match: re.Match[str]) -> Finding:
    letter = match.group()
    if "\ud800" <= letter <= "\udfff":
        return _odd(f"half of a UTF-16 pair (U+{ord(letter):04X}) stands alone", *match.span())
    if letter >= "\ufdd0":
        message = f"U+{ord(letter):04X} is a code that Unicode keeps free"
        return _odd(message, *match.span(), severity="notice")
    meant = table("cp1252")[ord(letter)]
    return _odd(
        f"U+{ord(letter):04X} is a control code, which no reader sees",
        *match.span(),
        replacement=meant if meant != letter else None,
    )


def _odd(
    message: str, start: int, end: int, *, severity: Severity = "warning", replacement: str | None = None
) -> Finding:
    return Finding(
        "E005",
        "encoding",
        message,
        start,
        end,
        replacement=replacement,
        severity=severity,
        hint="compare it with the page image, then correct or delete it",
    )


def _capped(
    matches: Iterator[re.Match[str]], finding: Callable[[re.Match[str]], Finding], what: str
) -> Iterator[Finding]:
    """A finding for each of the first matches, and one that sums up the others."""
    code = ""
    for match in islice(matches, _MOST_FINDINGS):
        made = finding(match)
        code = made.code
        yield made
    rest = list(islice(matches, _MOST_COUNTED))
    if rest:
        yield _sum_up(code, len(rest), _MOST_COUNTED, rest[0].start(), rest[-1].end(), what)


def _sum_up(code: str, count: int, most: int, start: int, end: int, what: str) -> Finding:
    number = f"{count:,} or more" if most and count >= most - _MOST_MISREADINGS else f"{count:,}"
    return Finding(
        code,
        "encoding",
        f"{number} more {what} follow",
        start,
        end,
        hint=f"`pressmark explain {code}` says what can be done about many",
    )
