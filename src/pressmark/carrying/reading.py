"""What differs between two editions, for a person to read in a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from pressmark.carrying.counterparts import WORD, Letters, groups, side_by_side
from pressmark.carrying.sequences import Run, common, gaps, merged
from pressmark.model.edition import Edition
from pressmark.model.text import FORBIDDEN

WIDTH = 80
"""No line is longer (characters)."""

AROUND = 20
"""So many characters are shown before and after what differs, or the end of a word more."""

PARAGRAPH = "¶"


def difference(old: Edition, new: Edition) -> Iterator[str]:
    """Lines that show where the *sic* readings differ, paragraph by paragraph; none where they do not.

    Line-wrapping does not count. Each place takes two lines, ``-`` and ``+``, at most 80 characters long,
    with the words that differ between ``[-`` and ``-]`` or ``{+`` and ``+}``; ``¶`` among them is where a
    paragraph begins. Paragraphs that are the same are counted.
    """
    found = side_by_side(list(old.leaves()), list(new.leaves()))
    same = 0
    differs = False
    for first, second in groups(found):
        before, after = [found.old[i] for i in first], [found.new[i] for i in second]
        if [each.ink for each in before] == [each.ink for each in after]:
            same += len(before)
            continue
        yield from _counted(same)
        same, differs = 0, True
        yield _shown(before[0].leaf.id) if before else "new"
        yield from _group(before, after)
    if differs:
        yield from _counted(same)


def _counted(same: int) -> Iterator[str]:
    if same:
        yield f"… {same} paragraph{'s' if same > 1 else ''} the same"


def _group(before: list[Letters], after: list[Letters]) -> Iterator[str]:
    if not before or not after:
        words = _shown(" ".join(each.leaf.text[:WIDTH] for each in before or after))
        yield _cut("  - " if before else "  + ", words, *(("[-", "-]") if before else ("{+", "+}")))
        return
    old, new = _words(before), _words(after)
    runs = _steadied(common([word for word, _ in old], [word for word, _ in new]), old)
    for low, high, at, to in gaps(runs, len(old), len(new)):
        yield _line("  - ", old, low, high, "[-", "-]")
        yield _line("  + ", new, at, to, "{+", "+}")


def _words(leaves: list[Letters]) -> list[tuple[str, str]]:
    """The words and stops of leaves, each with the white stretch before it as one space, ``¶`` between."""
    words: list[tuple[str, str]] = []
    for each in leaves:
        if words:
            words.append((PARAGRAPH, " "))
        end = 0
        for match in WORD.finditer(each.leaf.text):
            words.append((match.group(), " " if match.start() > end or not end else ""))
            end = match.end()
    return words


def _steadied(runs: list[Run], words: list[tuple[str, str]]) -> list[Run]:
    """The runs without single stops between two differences: they would part what belongs together."""
    kept = []
    for run in runs:
        x, _, length = run
        at_edge = x == 0 or x + length == len(words)
        if length > 1 or at_edge or words[x][0].isalnum():
            kept.append(run)
    return merged(kept)


def _line(sign: str, words: list[tuple[str, str]], low: int, high: int, opening: str, closing: str) -> str:
    """One place on one line: what differs, and as much around it as there is room for."""
    differing = _joined(words, low, high).strip()
    before, after = _joined(words, max(0, low - AROUND), low), _joined(words, high, high + AROUND)
    if low < high:
        before += words[low][1] if low else ""
    if high < len(words) and words[high][1] and after:
        after = after if after.startswith(" ") else f" {after}"
    left = _tail(before, low > AROUND)
    right = _head(after, high + AROUND < len(words))
    room = WIDTH - len(sign) - len(left) - len(right) - len(opening) - len(closing)
    if low == high:
        return f"{sign}{f'{left}{right}'.strip()}"
    return f"{sign}{left}{opening}{_middle(differing, room)}{closing}{right}".rstrip()


def _joined(words: list[tuple[str, str]], low: int, high: int) -> str:
    return _shown("".join(white + word for word, white in words[low:high]), strip=False)


def _tail(words: str, more: bool) -> str:
    """The end of ``words``, from the beginning of a word where there is one."""
    if len(words) <= AROUND:
        return f"…{words}" if more else words.lstrip()
    end = words[-AROUND:]
    return "…" + (end[end.index(" ") + 1 :] if " " in end[:-1] else end)


def _head(words: str, more: bool) -> str:
    if len(words) <= AROUND:
        return f"{words}…" if more else words
    start = words[:AROUND]
    return (start[: start.rindex(" ")] if " " in start[1:] else start) + "…"


def _middle(words: str, room: int) -> str:
    """``words`` with their middle left out where they do not fit."""
    if len(words) <= room:
        return words
    half = (room - 3) // 2
    return f"{words[:half].rstrip()} … {words[len(words) - half :].lstrip()}"


def _cut(sign: str, words: str, opening: str, closing: str) -> str:
    room = WIDTH - len(sign) - len(opening) - len(closing)
    return f"{sign}{opening}{words if len(words) <= room else words[: room - 1].rstrip() + '…'}{closing}"


def _shown(words: str, *, strip: bool = True) -> str:
    """The words as a terminal may show them: on one line, without control characters."""
    line = " ".join(words.split()) if strip else words
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in FORBIDDEN.sub("\ufffd", line))
