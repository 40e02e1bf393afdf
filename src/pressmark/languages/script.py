"""Which way a language is written, and which language to name for a text whose record names none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

RIGHT_TO_LEFT = frozenset("ar arc ckb dv fa he ku ps sd syr ug ur yi".split())
"""Languages written from right to left (their BCP 47 primary tags)."""

RIGHT_TO_LEFT_SCRIPTS = frozenset("adlm arab hebr mand nkoo rohg samr syrc thaa".split())
"""Scripts written from right to left (ISO 15924), as a language tag may name them."""

BLOCKS = (
    (0x0370, 0x03FF, "el"),
    (0x0400, 0x052F, "und-Cyrl"),
    (0x0530, 0x058F, "hy"),
    (0x0590, 0x05FF, "he"),
    (0x0600, 0x06FF, "und-Arab"),
    (0x0750, 0x077F, "und-Arab"),
    (0x0900, 0x097F, "und-Deva"),
    (0x0E00, 0x0E7F, "th"),
    (0x10A0, 0x10FF, "ka"),
    (0x1F00, 0x1FFF, "el"),
    (0x3040, 0x30FF, "ja"),
    (0x3400, 0x9FFF, "zh"),
    (0xAC00, 0xD7AF, "ko"),
    (0xFB1D, 0xFB4F, "he"),
    (0xFB50, 0xFEFC, "und-Arab"),
)
"""First and last code point of a block of letters (Unicode 15, Blocks.txt), and the language that it tells:
where several are written with the letters, only the script is named (BCP 47, ``und-Cyrl``)."""

UNKNOWN = "und"
"""BCP 47 for a language that is not known."""

ENOUGH = 5_000

KANA = 0.05
"""From this share of kana on, what is written with Chinese characters is Japanese."""


def direction(language: str) -> str:
    """``rtl`` for a language tag (BCP 47) written from right to left, else ``ltr``; its script decides."""
    primary, *more = language.lower().split("-")
    script = next((part for part in more if len(part) == 4 and part.isalpha()), "")
    if script:
        return "rtl" if script in RIGHT_TO_LEFT_SCRIPTS else "ltr"
    return "rtl" if primary in RIGHT_TO_LEFT else "ltr"


def language_by_letters(texts: Iterable[str], default: str) -> str:
    """The language tag that the letters tell; ``default`` where most of them are Latin or there are none.

    Some thousands of letters are enough; what comes after them is not looked at.
    """
    counts: Counter[str] = Counter()
    for text in texts:
        if text.isascii():
            counts[""] += sum(map(str.isalpha, text))
        else:
            counts.update(_told_by(ord(letter)) for letter in text[:ENOUGH] if letter.isalpha())
        if counts.total() > ENOUGH:
            break
    asian = counts["zh"] + counts["ja"]
    if counts["ja"] > KANA * asian:
        counts["ja"], counts["zh"] = asian, 0
    most = counts.most_common(1)
    return (most[0][0] if most else "") or default


def _told_by(point: int) -> str:
    if point < 0x0370:
        return ""
    return next((language for first, last, language in BLOCKS if first <= point <= last), "")
