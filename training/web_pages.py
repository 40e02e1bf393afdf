# ruff: noqa: E501
"""Pages made up for training: the words of books in the public domain, set as web archives and typists set them.

Every page is made of blocks of the Standard Ebooks pairs (CC0) and of names, dates and words from ``languages/``;
so the role of each block is known. A page is made by a generator of chance numbers with a given seed: the same
books and seed give the same pages.
"""

from __future__ import annotations

import random
import re
import textwrap
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

LANGUAGES = Path(__file__).parent.parent / "src" / "pressmark" / "languages"
CODES = ("en", "en", "en", "en", "de", "fr", "es", "ru")
SENTENCE = re.compile(r"(?<=[.!?])[\"”’]?\s+(?=[A-Z“\"])")
NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,9} [A-Z][a-z]{2,11}(?=[ ,.;])")
PLACE = (
    "London",
    "Berlin",
    "Paris",
    "Moscow",
    "Madrid",
    "Zurich",
    "New York",
    "Geneva",
    "Vienna",
    "Coyoacán",
    "Mexico City",
    "Prinkipo",
    "Brussels",
    "Manchester",
    "Hamburg",
    "München",
    "Lyon",
    "Barcelona",
    "Москва",
    "Петроград",
    "Chicago",
    "Oslo",
    "Rome",
    "Leipzig",
)
FIRST = (
    "Karl",
    "Rosa",
    "Natalia",
    "Leon",
    "Anna",
    "Victor",
    "Clara",
    "Paul",
    "Emma",
    "Peter",
    "Maria",
    "James",
    "William",
    "Sylvia",
    "Jean",
    "Louise",
    "Pedro",
    "Dolores",
    "Andreu",
    "Ivan",
    "Вера",
    "Иван",
    "Мария",
    "Heinrich",
    "August",
    "John",
    "Mary",
    "Alice",
    "George",
    "Max",
)
LAST = (
    "Halden",
    "Mercer",
    "Kowalski",
    "Brandt",
    "Lefèvre",
    "Ortega",
    "Sokolov",
    "Winter",
    "Marsh",
    "Keller",
    "Duval",
    "Serrano",
    "Петров",
    "Соколова",
    "Ashby",
    "Roth",
    "Vogel",
    "Lambert",
    "Ruiz",
    "Orlova",
    "Hughes",
    "Shaw",
    "Bauer",
    "Novak",
    "Lind",
    "Grey",
)
JOURNAL = (
    "The New Review",
    "Labour Monthly",
    "Die Neue Zeit",
    "Fourth Quarterly",
    "The Clarion",
    "La Vie Ouvrière",
    "Cultura",
    "Искра",
    "Правда",
    "The Vanguard",
    "Der Funke",
    "International Review",
    "Workers’ Voice",
    "The Nation",
    "Le Temps",
    "El Socialista",
    "Justice",
    "The Masses",
)
NOUN = (
    "Letters",
    "Archive",
    "Internet Archive",
    "Library",
    "Works",
    "Collected Works",
    "Correspondence",
    "Selected Writings",
    "Collection",
    "Pamphlets",
)
MARKS = {
    "en": ("“”", "“”", "‘’"),
    "de": ("„“", "»«", "„“", "«»"),
    "fr": ("«»", "“”"),
    "es": ("«»", "“”"),
    "ru": ("«»", "«»", "„“"),
}
"""The quotation marks of each language."""

ORNAMENT = ("* * *", "*", "***", "* * * * *", "§", "—", "~", "• • •", "#", "⁂", "-----", "_______________", "*   *   *")
LEAD = {
    "en": ("in the", "of the", "and the", "towards a", "on the"),
}


@dataclass
class Book:
    """The words of one book: blocks by role, each a list of texts with their own line breaks."""

    name: str
    title: str
    author: str
    by_role: dict[str, list[str]]
    prose: list[str]
    spoken: list[str]
    names: list[str]


@dataclass
class Sheet:
    """A page that grows: its text and the blocks in it."""

    text: str = ""
    blocks: list[dict[str, object]] = field(default_factory=list)

    def add(self, role: str, words: str, gap: int, **more: object) -> None:
        """A block ``gap`` line ends after the last."""
        if not words.strip():
            return
        self.text += "\n" * gap if self.text else ""
        indent = len(words) - len(words.lstrip())
        start = len(self.text) + indent
        self.text += words
        self.blocks.append({"role": role, "start": start, "end": len(self.text.rstrip()), **more})


def book_of(name: str, pairs: list[tuple[str, dict[str, object]]]) -> Book:
    """The words of a book from its pairs of text and truth."""
    by_role: dict[str, list[str]] = {}
    for text, truth in pairs:
        for block in truth["blocks"]:  # type: ignore[attr-defined]
            if block["role"] in ("note_anchor", "line_end_hyphen") or block.get("spans"):
                continue
            by_role.setdefault(block["role"], []).append(text[block["start"] : block["end"]])
    flat = [_unwrapped(words) for words in by_role.get("paragraph", ())]
    spoken = [words for words in flat if words[:1] in "“\"‘'"]
    prose = [words for words in flat if words[:1] not in "“\"‘'"]
    title = " ".join(word.capitalize() if word.isupper() else word for word in name.replace("-", " ").title().split())
    author = re.sub(r"^by ", "", by_role.get("author", [""])[0]) or "Anna Marsh"
    names = sorted(set(NAME.findall(" ".join(flat))))
    return Book(name, title, author, by_role, prose, spoken, names or ["Anna Marsh"])


def _unwrapped(words: str) -> str:
    return re.sub(r"\[\d+\]", "", " ".join(words.split()))


def _some(book: Book, chance: random.Random) -> Book:
    """The book with few of its paragraphs, so that a page's headings and its text are of the same words."""
    count = min(len(book.prose), chance.choice((15, 30, 60)))
    return replace(book, prose=chance.sample(book.prose, count))


class Maker:
    """Makes one page after another of some books."""

    def __init__(self, books: list[Book], seed: int) -> None:
        self.books = books
        self.chance = random.Random(seed)
        self.lists = {
            code: {
                name: tomllib.loads((LANGUAGES / code / f"{name}.toml").read_text("utf-8"))
                for name in ("structure", "record", "months")
            }
            for code in set(CODES)
        }

    def page(self) -> tuple[str, list[dict[str, object]]]:
        """The text of a page and its blocks."""
        c = self.chance
        self.book = _some(c.choice(self.books), c)
        self.code = c.choice(CODES)
        self.sheet = Sheet()
        self.usual = c.choices((2, 1, 3), (80, 10, 10))[0]
        self.wide = 0 if c.random() < 0.62 else c.choice((58, 62, 66, 70, 72, 75, 78))
        self.indent = c.choice((0, 0, 0, 2, 3, 4)) if self.wide else 0
        if self.usual == 1 and self.wide and not self.indent:
            self.usual = 2
        self.centred = self.wide and c.random() < 0.5
        self.caps = c.random() < 0.25
        self.curly = c.random() < 0.6
        self.talk = c.random() < 0.3
        self.wider = 0
        self.marks = c.choice(MARKS[self.code]) if c.random() < 0.6 else "“”" if self.curly else '""'
        self.titles: list[str] = []
        self.called: list[str] = []
        self.note_style = c.choice(("[1]", "[1]", "(1)", "(1)", "*", "1", "[a]", "[a]", "1.", "1)", "sup"))
        self.noted = c.random() < 0.65
        kind = c.choices(("article", "letter", "chapter", "poem", "index", "play", "notes"), (42, 16, 30, 4, 4, 3, 1))[
            0
        ]
        self.top(kind)
        self.wider = c.choice((0, 0, 0, 1, 1, 2))
        getattr(self, f"_{kind}")()
        self.bottom(kind)
        return self.sheet.text, self.sheet.blocks

    # words

    def listed(self, kind: str, name: str = "structure") -> str:
        """A word of one list of the page's language."""
        words = self.lists[self.code][name].get(kind) or self.lists["en"][name][kind]
        return self.chance.choice(words)  # type: ignore[no-any-return]

    def label(self, field_: str) -> str:
        """A record label, with capitals."""
        words = self.listed(field_, "record")
        return words.title() if self.chance.random() < 0.5 else words[:1].upper() + words[1:]

    def name(self) -> str:
        c = self.chance
        if c.random() < 0.35:
            return c.choice(self.book.names)
        first, last = c.choice(FIRST), c.choice(LAST)
        return c.choice(
            (
                f"{first} {last}",
                f"{first} {last}",
                f"{first[0]}. {last}",
                f"{first[0]}. {c.choice(FIRST)[0]}. {last}",
                f"{first} {c.choice(FIRST)} {last}",
            )
        )

    def month(self) -> str:
        months = self.lists[self.code]["months"]["months"]
        word = self.chance.choice([each if isinstance(each, str) else each[0] for each in months])
        return word if self.code in ("fr", "es", "ru") else word.capitalize()

    def date(self) -> str:
        c = self.chance
        year, day, month = c.randint(1820, 1995), c.randint(1, 28), self.month()
        if self.code == "de":
            return c.choice((f"{day}. {month} {year}", f"{month} {year}", f"{day}.{c.randint(1, 12)}.{year}"))
        if self.code == "es":
            return c.choice((f"{day} de {month} de {year}", f"{month} de {year}"))
        return c.choice(
            (
                f"{month} {day}, {year}",
                f"{day} {month} {year}",
                f"{month} {year}",
                f"{day} {month}, {year}",
                f"{month} {day}th, {year}",
            )
        )

    def place_date(self) -> str:
        c = self.chance
        day = c.choice(
            (self.date(), self.date(), f"{self.month()} {c.randint(1, 28)}", f"{c.randint(1, 28)}th {self.month()}")
        )
        return c.choice(
            (
                f"{c.choice(PLACE)}, {day}",
                f"{c.choice(PLACE)}, {day}",
                day,
                f"{c.choice(PLACE)}. {day}.",
                f"[{c.choice(PLACE)},] {day}",
                f"{c.choice(PLACE)}, {day}.",
            )
        )

    def sentence(self, least: int = 20, most: int = 260) -> str:
        c = self.chance
        for _ in range(20):
            parts = [part for part in SENTENCE.split(c.choice(self.book.prose)) if least <= len(part) <= most]
            if parts:
                return c.choice(parts)
        return "Nothing more was said about it."

    def phrase(self) -> str:
        """Some words that may be a heading."""
        c = self.chance
        if self.book.by_role.get("heading") and c.random() < 0.3:
            words = _unwrapped(c.choice(self.book.by_role["heading"]))
            if len(words) > 8 and not words.isupper():
                return words
        words = re.findall(r"[^\W\d_][\w’'-]*", self.sentence(30, 200))
        take = words[c.randint(0, 2) :][: c.choice((1, 2, 2, 3, 3, 4, 5, 6, 8, 11))]
        while len(take) > 1 and take[-1].lower() in SMALL:
            take.pop()
        lead = c.choice(
            (
                "",
                "",
                "The ",
                "On the ",
                "Introduction to ",
                "Theses on ",
                "The Question of ",
                f"{self.name()} and the ",
                "What Is ",
                "Against ",
                "In Defence of ",
                "Letter to ",
                "Speech on ",
            )
        )
        text = (lead + " ".join(take)).strip()
        style = c.random()
        if style < 0.65:
            text = " ".join(
                w if w.lower() in SMALL and i else w[:1].upper() + w[1:] for i, w in enumerate(text.split())
            )
        else:
            text = text[:1].upper() + text[1:]
        if c.random() < 0.08:
            text += c.choice(("?", "!", "."))
        if c.random() < 0.05:
            text = f"“{text}”"
        return text

    def quoted(self, words: str) -> str:
        opening, closing = self.marks
        return f"{opening}{words}{closing}"

    # setting

    def set(self, role: str, words: str, gap: int = 0, *, keep: bool = False, deep: int = 0, **more: object) -> None:
        """A block as the page sets such blocks."""
        gap = gap or self.usual
        if self.wider and role in ("paragraph", "block_quote"):
            gap, self.wider = gap + self.wider, 0
        if self.wide:
            first = self.indent if role in ("paragraph", "footnote") else deep
            lines = words.split("\n") if keep else [words]
            out = []
            for line in lines:
                own = len(line) - len(line.lstrip())
                out += textwrap.wrap(
                    line.strip(),
                    self.wide - (deep and 2),
                    initial_indent=" " * (first + own),
                    subsequent_indent=" " * (deep + own),
                    break_on_hyphens=False,
                ) or [""]
            if (
                role in ("heading", "title", "author", "subtitle", "scene_break")
                and self.centred
                and max(map(len, out)) < self.wide - 8
            ):
                out = [line.strip().center(self.wide).rstrip() for line in out]
            words = "\n".join(out)
        self.sheet.add(role, words, gap, **more)

    def heading_style(self, words: str) -> str:
        return words.upper() if self.caps else words

    # parts

    def top(self, kind: str) -> None:
        c = self.chance
        author = self.book.author if c.random() < 0.3 else self.name()
        work = self.phrase()
        title = work if c.random() < 0.5 else self.phrase()
        self.author, self.work, self.title = author, work, title
        if c.random() < 0.25:
            self.navigation()
        if c.random() < 0.12:
            self.picture()
        plain = c.random() < 0.12
        lead = not plain and c.random() < 0.5
        if lead:
            running = c.choice(
                (
                    author,
                    author,
                    author,
                    work,
                    f"{author} {c.choice(NOUN)}",
                    f"{author}: {work}",
                    f"{work}, {c.randint(1840, 1990)}",
                    f"{author} {c.choice(NOUN)} {c.randint(1840, 1990)}",
                    c.choice(JOURNAL),
                    f"{author}, {work}",
                    f"{author}'s {work}",
                    title,
                    f"{self.listed('said').capitalize()} {self.phrase().split()[0].lower()}",
                    f"{self.phrase()} {self.listed('said').capitalize()}",
                    f"{author}. {work} {c.randint(1840, 1960)}",
                )
            )
            self.set("running_title", running, c.choice((2, 2, 3, 1)))
            if c.random() < 0.08:
                self.picture()
        parts = []
        if not plain and not lead and c.random() < (0.6 if kind == "chapter" else 0.15):
            self.set("author", author, c.choice((2, 1)))
            self.set(
                "running_title",
                c.choice(
                    (work, work, f"{work}, {c.randint(1840, 1990)}", f"{self.listed('piece').capitalize()} {work}")
                ),
                c.choice((1, 1, 2)),
            )
            if c.random() < 0.1:
                self.picture()
        elif not plain and c.random() < 0.55:
            parts.append(
                (
                    "author",
                    c.choice(
                        (
                            author,
                            author,
                            author,
                            f"{self.byline()} {author}",
                            author.upper(),
                            f"{author}\n{c.choice(PLACE)}" if c.random() < 0.1 else author,
                        )
                    ),
                )
            )
        if (not plain and kind != "chapter") or c.random() < 0.3:
            lines = self.heading_style(title)
            draw = c.random()
            if draw < 0.2 and len(lines.split()) > 2:
                cut = lines.split()
                lines = " ".join(cut[: len(cut) // 2]) + "\n" + " ".join(cut[len(cut) // 2 :])
            elif draw < 0.35 and self.usual > 1:
                lines += "\n" + c.choice(
                    (self.date(), self.place_date(), f"{c.choice(PLACE)}. {self.date()}", self.phrase(), self.name())
                )
            elif draw < 0.4:
                lines = (
                    f"{self.listed('division').capitalize()} {c.choice(('to', 'of', 'for'))}\n{self.name()}’s\n{lines}"
                )
            parts.append(("title", lines))
            for _ in range(c.choice((0, 0, 0, 1, 1, 2))):
                parts.append(
                    (
                        "subtitle",
                        c.choice(
                            (
                                f"({self.date()})",
                                f"[{self.phrase()}]",
                                f"A {self.phrase()}",
                                f"A {self.listed('piece').capitalize()}",
                                self.listed("piece").capitalize(),
                                f"{self.listed('piece').capitalize()} {c.choice(LAST)}",
                                f"{self.listed('piece').capitalize()} by {self.name()} at {c.choice(PLACE)}, {self.date()}",
                                self.phrase(),
                                f"of the {self.phrase()}",
                                f"({self.phrase()})",
                                self.date(),
                                f"{self.listed('piece').capitalize()} {self.phrase()}, {self.date()}",
                            )
                        ),
                    )
                )
        if c.random() < 0.4:
            parts = [each for each in parts if each[0] != "author"] + [each for each in parts if each[0] == "author"]
        for role, words in parts:
            self.set(role, words, c.choice((2, 2, 3, self.usual)), keep=True)
        if c.random() < 0.06:
            self.picture()
        if not plain and c.random() < 0.06:
            self.set("heading", self.listed("division").capitalize(), c.choice((2, 3)))
        if not plain and c.random() < 0.7:
            self.records()
        if c.random() < 0.08:
            self.editor_note()
        if c.random() < 0.07:
            self.set(
                "dedication",
                c.choice(
                    (
                        f"{self.listed('dedication').capitalize()} {self.name()}",
                        f"{self.listed('dedication').capitalize()} {self.name()},\n{self.phrase().lower()}",
                        f"{self.listed('dedication').upper()} {self.name().upper()}",
                        f"{self.listed('dedication').capitalize()} {self.name()}, {self.sentence(20, 60).split()[-1].strip('.,!?”').lower()}",
                        f"{self.listed('dedication').capitalize()} my {self.sentence(20, 80).lower().rstrip('.')}",
                    )
                ),
                c.choice((2, 3)),
                keep=True,
            )
        if kind in ("chapter", "article") and c.random() < 0.05:
            self.contents()
        if c.random() < 0.15 and kind != "letter":
            self.epigraph()

    def byline(self) -> str:
        words = self.listed("byline")
        return words.capitalize() if self.chance.random() < 0.6 else words

    def picture(self) -> None:
        c = self.chance
        who = self.name()
        words = c.choice(
            (
                f"{self.listed('picture')} of {who}",
                f"{self.listed('picture')} of {who}",
                who.split()[-1].lower(),
                who.split()[-1].lower(),
                who.split()[-1],
                who,
                f"{who} in {c.choice(PLACE)}",
                who.lower(),
                f"{self.listed('picture')} {self.phrase().lower()}",
                f"{who.split()[0].lower()} in {self.sentence(20, 60).split()[-1].strip('.,!?”').lower()}",
                self.listed("picture"),
                f"{self.listed('picture').capitalize()}: {self.phrase()}",
                f"{self.listed('picture').capitalize()} of the {self.phrase()}",
                f"{who.split()[-1].lower()} {c.randint(1840, 1990)}",
            )
        )
        self.set("image_alt", words, c.choice((1, 1, 2)))

    def records(self) -> None:
        c = self.chance
        names = {
            "title": 1,
            "author": 1,
            "written": 6,
            "published": 6,
            "printed_source": 9,
            "translator": 5,
            "transcriber": 6,
            "proofreader": 4,
            "encoder": 3,
            "online_version": 5,
            "rights": 4,
            "editor": 1,
        }
        count = c.choice((1, 1, 2, 3, 4, 5, 5, 6, 7))
        chosen = [name for name in names if c.random() < names[name] / 8][:count] or ["printed_source"]
        if c.random() < 0.3:
            c.shuffle(chosen)
        if c.random() < 0.1:
            self.set("scene_break", c.choice(ORNAMENT), 2)
        end = c.choice((".", ";", ".", ""))
        gap = 2
        between = c.choice((1, 1, 1, 2))
        for name in chosen:
            self.set("record", f"{self.label(name)}: {self.value(name)}{end}", gap)
            gap = between
        if c.random() < 0.1:
            self.set("scene_break", c.choice(ORNAMENT), 2)

    def value(self, name: str) -> str:
        c = self.chance
        pages = f"pp. {c.randint(1, 300)}–{c.randint(301, 500)}"
        match name:
            case "title":
                return self.phrase()
            case "written":
                return c.choice(
                    (
                        self.date(),
                        str(c.randint(1820, 1990)),
                        f"{self.date()}, {c.choice(PLACE)}",
                        f"by {self.name()}, {self.date()}",
                    )
                )
            case "published":
                return c.choice(
                    (
                        f"{c.choice(JOURNAL)}, {self.date()}",
                        f"in {self.phrase()}, {c.randint(1840, 1990)}",
                        self.date(),
                        f"As a pamphlet, {c.choice(PLACE)}, {c.randint(1840, 1990)}, in the series {self.phrase()}, under the title {self.quoted(self.phrase())}",
                    )
                )
            case "printed_source":
                return c.choice(
                    (
                        f"{c.choice(JOURNAL)}, Vol. {c.randint(1, 40)} No. {c.randint(1, 12)}, {self.date()}, {pages}",
                        f"{self.name()}, {self.phrase()}, {c.choice(PLACE)} {c.randint(1840, 1990)}, {pages}",
                        f"{self.phrase()}, Progress Publishers, {c.randint(1920, 1990)}",
                        f"{self.name()}, {self.phrase()} ({c.choice(PLACE)}, undated). Scanned and prepared by {self.name()}",
                        self.phrase(),
                    )
                )
            case "rights":
                return c.choice(
                    (
                        f"{self.name()} {c.randint(1990, 2020)}. {self.sentence(60, 200)}",
                        "Permission is granted to copy and distribute this document under the terms of the licence",
                        f"{c.choice(NOUN)} ({c.randint(1990, 2020)}). You may freely copy, distribute, display and perform this work",
                    )
                )
            case "online_version":
                return c.choice(
                    (
                        f"{self.name()} {c.choice(NOUN)}, {self.date()}",
                        f"{c.choice(NOUN)} ({c.randint(1990, 2020)})",
                        self.date(),
                    )
                )
            case _:
                return c.choice(
                    (
                        self.name(),
                        f"{self.name()} and {self.name()}",
                        f"{self.name()} ({self.date()})",
                        f"{self.name()}, {c.randint(1990, 2020)}",
                        f"{self.name()} for the {self.phrase()} Archive",
                    )
                )

    def editor_note(self) -> None:
        c = self.chance
        text = " ".join(self.sentence(40, 220) for _ in range(c.choice((1, 1, 2, 3))))
        form = c.random()
        signs = ("Editor’s note: ", "Note by the editor: ", f"{self.listed('editor').capitalize()} ")
        begin = (
            c.choice(signs)
            if form >= 0.7
            else c.choice(
                (
                    "",
                    "",
                    "Editor’s note: ",
                    "Note by the editor: ",
                    "This article first appeared in " + c.choice(JOURNAL) + ". ",
                    "The following was written in " + self.date() + ". ",
                    "This text was translated by " + self.name() + " in " + self.date() + ". ",
                    self.listed("editor").capitalize() + " ",
                    "These are the notes of a speech made in " + c.choice(PLACE) + ". ",
                    "From " + c.choice(JOURNAL) + ", " + self.date() + ". ",
                )
            )
        )
        text = begin + text
        text = (
            f"[{text}]"
            if form < 0.3
            else f"_{text}_"
            if form < 0.4
            else f"{text} – Ed."
            if form < 0.6
            else f"({text})"
            if form < 0.65
            else text
        )
        self.set("editor_note", text, c.choice((2, 3)), deep=c.choice((0, 4)) if self.wide else 0)

    def epigraph(self) -> None:
        c = self.chance
        deep = c.choice((0, 4, 8)) if self.wide else 0
        if self.book.by_role.get("verse") and c.random() < 0.4:
            self.set("epigraph", self.stanza(), c.choice((2, 3)), keep=True, deep=deep)
        else:
            words = self.sentence(40, 240)
            marked = c.random() < 0.75
            self.set("epigraph", self.quoted(words) if marked else words, c.choice((2, 3)), deep=deep)
            if not marked and not deep:
                self.attribution(c.choice((1, 2, 2)), deep, motto=True)
                return
        if c.random() < 0.75:
            self.attribution(c.choice((1, 2, 2)), deep, motto=True)

    def attribution(self, gap: int, deep: int = 0, *, motto: bool = False) -> None:
        c = self.chance
        if motto and c.random() < 0.15:
            words = c.choice((self.phrase(), self.sentence(12, 50).lower().rstrip(".")))
            self.set("attribution", f"{self.listed('source').capitalize()} {words}", gap, deep=deep * 2)
            return
        who = c.choice(
            (
                self.name(),
                self.name().split()[-1],
                f"{self.name()}, {self.phrase()}",
                f"{self.date()}, {self.name()}",
                f"{self.name()}: {self.phrase()}",
                f"{self.name()}, Op. cit., p. {c.randint(1, 400)}",
                f"{self.phrase()}, p. {c.choice(('', 'x', 'xi', 'v'))}{c.randint(1, 400)}.",
                f"{self.name().split()[-1]}, l. c., p.{c.randint(1, 400)}.",
                f"Quoted by {self.name()}, {self.phrase()}, {c.choice(PLACE)}, {c.randint(1820, 1950)}, p. {c.randint(1, 400)}",
                f"p. {c.randint(1, 400)}",
                f"{self.phrase()}, pp. {c.randint(1, 90)}–{c.randint(91, 400)}",
                self.phrase(),
            )
        )
        form = c.random()
        who = (
            f"— {who}"
            if form < 0.3
            else f"– {who}"
            if form < 0.4
            else f"--{who}"
            if form < 0.5
            else f"({who})"
            if form < 0.65
            else f"[{who}]"
            if form < 0.75
            else who
        )
        self.set("attribution", who, gap, deep=deep * 2)

    def stanza(self) -> str:
        c = self.chance
        words = c.choice(self.book.by_role.get("verse") or ["And so the long day ended,\nAnd so the lamp was lit,"])
        lines = [line.strip() for line in words.split("\n")]
        return "\n".join(lines)

    def contents(self) -> None:
        c = self.chance
        self.set("heading", self.heading_style(self.listed("contents").capitalize()), c.choice((2, 3)))
        count = c.randint(4, 14)
        style = c.choice(("", "1.", "I.", "c"))
        roman = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV")
        rows = []
        paged = c.random() < 0.35
        for number in range(count):
            lead = {
                "": "",
                "1.": f"{number + 1}. ",
                "I.": f"{roman[number]}. ",
                "c": f"{self.listed('chapter').capitalize()} {number + 1}: ",
            }[style]
            page = f" {'.' * c.randint(4, 20)} {number * 11 + 3}" if paged else ""
            rows.append(lead + self.phrase() + page)
        self.set("contents", "\n".join(rows), 2, keep=True, deep=c.choice((0, 1, 4)) if self.wide else 0)

    def heading(self, number: int, style: str) -> None:
        c = self.chance
        roman = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")[number % 12]
        gap = c.choice((2, 3, 3, 4)) if self.usual > 1 or c.random() < 0.8 else 1
        words = self.heading_style(self.phrase())
        chapter = self.listed("chapter").capitalize()
        match style:
            case "plain":
                if not self.wide and c.random() < 0.12 and len(words.split()) > 3:
                    cut = words.split()
                    at = c.randint(2, len(cut) - 1)
                    words = " ".join(cut[:at]) + "\n" + " ".join(cut[at:])
                self.set("heading", words, gap, keep=True)
            case "numeral":
                self.set(
                    "heading", c.choice((roman, f"{roman}.", str(number + 1), f"{number + 1}.", f"§ {number + 1}")), gap
                )
            case "chapter":
                first = c.choice((f"{chapter} {roman}", f"{chapter} {number + 1}.", f"{chapter.upper()} {roman}"))
                if self.usual > 1 and c.random() < 0.3:
                    self.set("heading", f"{first}\n{words}", gap, keep=True)
                    return
                self.set("heading", first, gap)
                if c.random() < 0.8:
                    self.set("heading", words, c.choice((2, self.usual)))
            case "both":
                self.set(
                    "heading",
                    c.choice(
                        (
                            f"{roman}. {words}",
                            f"{number + 1}. {words}",
                            f"{chapter} {number + 1}: {words}",
                            f"{chapter} {roman}. {words}",
                            f"({number + 1}) {words}",
                            f"{chr(65 + number)}. {words}",
                        )
                    ),
                    gap,
                )
            case "two":
                self.set("heading", roman, gap)
                self.set("heading", words, c.choice((2, self.usual)))
            case "date":
                self.set(
                    "heading",
                    c.choice((self.date(), f"{self.month()} {number + 1}", f"{number + 1} {self.month()}")),
                    gap,
                )

    def prose(self, paragraph: str | None = None) -> str:
        c = self.chance
        words = paragraph or (
            c.choice(self.book.spoken)
            if self.talk and self.book.spoken and c.random() < 0.5
            else c.choice(self.book.prose)
        )
        if not self.curly:
            words = words.replace("“", '"').replace("”", '"').replace("’", "'")
        if c.random() < 0.7:
            words = words.replace("_", "")
        if self.noted and c.random() < 0.15 and len(words) > 60 and len(self.called) < 30:
            words = self.call(words)
        return words

    def call(self, words: str) -> str:
        c = self.chance
        number = len(self.called) + 1
        label = (
            "*" * (1 + (number - 1) % 3)
            if self.note_style == "*"
            else chr((64 if self.caps else 96) + min(number, 26))
            if self.note_style == "[a]"
            else str(number)
        )
        mark = {
            "[1]": f"[{label}]",
            "(1)": f"({label})",
            "*": label,
            "1": label,
            "[a]": f"[{label}]",
            "1)": f"{label})",
            "1.": f"[{label}]",
            "sup": label.translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")),
        }[self.note_style]
        places = [match.end() for match in re.finditer(r"[a-z][,.;:]|[a-z](?= )", words)]
        if self.note_style == "1":
            places = [match.end() for match in re.finditer(r"[a-z][,.;:](?= |$)", words)]
        if not places:
            return words
        at = c.choice(places)
        self.called.append(label)
        space = " " if self.note_style in ("[1]", "(1)", "1.", "1)") and c.random() < 0.4 else ""
        return words[:at] + space + mark + words[at:]

    def section(self, count: int) -> None:
        c = self.chance
        for _ in range(count):
            kind = c.choices(
                (
                    "paragraph",
                    "quote",
                    "list",
                    "verse",
                    "break",
                    "table",
                    "theses",
                    "notes",
                    "letter",
                    "editor",
                    "image",
                ),
                (100, 9, 5, 3.0, 2, 0.7, 0.6, 1.5, 0.8, 0.2, 1.2),
            )[0]
            getattr(self, f"put_{kind}")()

    def put_paragraph(self) -> None:
        c = self.chance
        words = self.prose(self.sentence(8, 120) if c.random() < 0.12 else None)
        if c.random() < 0.02:
            words = (
                c.choice(
                    (
                        "From the ",
                        "This pamphlet ",
                        "This article ",
                        "The following ",
                        "By ",
                        "These are ",
                        "To ",
                        "My dear friend ",
                        "Your ",
                        "I am ",
                    )
                )
                + words[:1].lower()
                + words[1:]
            )
        if c.random() < 0.03 and len(words) > 100:
            words = words.rstrip(".") + ":"
        self.set("paragraph", words)

    def put_quote(self) -> None:
        c = self.chance
        words = self.prose(c.choice(self.book.prose))
        self.set("paragraph", words.rstrip('.!?”"') + c.choice((":", ":", ":", ":", ".", ", ", ":—", ".")).strip())
        marks = c.random()
        deep = c.choice((0, 2, 4, 6)) if self.wide else 0
        bare = marks >= 0.82 and not (self.wide and not deep)
        for number in range(count := c.choice((1, 1, 1, 2, 3)) if not bare or deep else c.choice((1, 1, 2))):
            words = c.choice(self.book.prose).replace("“", "‘").replace("”", "’").replace('"', "'")
            if not bare:
                words = self.marks[0] + words + (self.marks[1] if number == count - 1 or c.random() < 0.3 else "")
            if c.random() < 0.1:
                words = "..." + words[:1].lower() + words[1:] if words[:1].isupper() else words
            self.set("block_quote", words, deep=deep)
        if c.random() < 0.3:
            self.attribution(c.choice((self.usual, 2)), deep)

    def put_list(self) -> None:
        c = self.chance
        words = self.prose(c.choice(self.book.prose))
        self.set("paragraph", words.rstrip('.!?”"') + c.choice((":", ":", ":", ".")))
        style = c.choice(("1.", "1.", "(1)", "a)", "(a)", "-", "•", "–", "", "1)", "I."))
        gap = c.choice((1, 2)) if style else 1
        long = c.random() < 0.4
        roman = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")
        for number in range(c.randint(2, 8)):
            lead = {
                "1.": f"{number + 1}. ",
                "(1)": f"({number + 1}) ",
                "a)": f"{chr(97 + number)}) ",
                "(a)": f"({chr(97 + number)}) ",
                "-": "- ",
                "•": "• ",
                "–": "– ",
                "": "",
                "1)": f"{number + 1}) ",
                "I.": f"{roman[number % 8]}. ",
            }[style]
            body = (
                self.prose(c.choice(self.book.prose))
                if long and c.random() < 0.5
                else self.sentence(60, 400)
                if long
                else self.sentence(12, 130)
            )
            if c.random() < 0.3:
                body = body[:1].lower() + body[1:].rstrip(".") + ";"
            self.set("list_item", lead + body, self.usual if number == 0 else gap, deep=2 if self.wide else 0)

    def put_theses(self) -> None:
        c = self.chance
        style = c.choice(("{}. ", "{}. ", "({}) ", "{}) ", "§ {}. "))
        for number in range(c.randint(3, 9)):
            self.set("paragraph", style.format(number + 1) + self.prose(c.choice(self.book.prose)))

    def put_verse(self) -> None:
        for _ in range(self.chance.choice((1, 1, 2, 4))):
            self.set("verse", self.stanza(), max(self.usual, 2), keep=True, deep=4 if self.wide else 0)

    def put_break(self) -> None:
        self.set("scene_break", self.chance.choice(ORNAMENT), max(self.usual, 2))

    def put_image(self) -> None:
        if not self.wide:
            self.picture()

    def put_editor(self) -> None:
        self.editor_note()

    def put_table(self) -> None:
        c = self.chance
        rows = c.randint(2, 8)
        columns = c.randint(2, 4)
        gap = c.choice(("    ", "\t", "  |  "))
        lines = []
        for _ in range(rows):
            cells = [self.phrase()[:18].strip()] + [f"{c.randint(1, 99999):,}" for _ in range(columns - 1)]
            lines.append(
                gap.join(
                    cell.ljust(20) if gap == "    " and not i else cell.rjust(8) if gap == "    " else cell
                    for i, cell in enumerate(cells)
                ).rstrip()
            )
        self.sheet.add("table", "\n".join(lines), max(2, self.usual))

    def put_notes(self) -> None:
        c = self.chance
        if self.note_style != "*" or not self.noted:
            return
        words = self.prose(c.choice(self.book.prose))
        self.set(
            "paragraph",
            words + "*" if c.random() < 0.7 else words[: len(words) // 2].rstrip() + "*" + words[len(words) // 2 :],
        )
        self.set("footnote", "*" + c.choice(("", " ")) + self.sentence(30, 300), n="*")

    def put_letter(self) -> None:
        self.set("paragraph", self.prose(self.chance.choice(self.book.prose)).rstrip(".") + ":")
        self.letter("block_quote")

    def letter(self, role: str) -> None:
        c = self.chance
        deep = 4 if self.wide and role == "block_quote" else 0
        late = c.random() < 0.25
        if not late and c.random() < 0.25:
            lines = [f"{c.randint(1, 90)} {c.choice(LAST)} {c.choice(('Street', 'Lane', 'Road', 'Square'))},"]
            lines += [f"{c.choice(PLACE)}," for _ in range(c.choice((0, 1)))] + [self.place_date()]
            self.set("dateline", "\n".join(lines), 2, keep=True, deep=deep + (30 if self.wide else 0))
        elif not late and c.random() < 0.7:
            self.set(
                "dateline",
                self.place_date(),
                c.choice((2, 3)),
                deep=deep + (30 if self.wide and c.random() < 0.5 else 0),
            )
        if c.random() < 0.25:
            self.set(
                "addressee",
                c.choice(
                    (
                        f"To {self.name()}",
                        f"To {self.name()},\n{c.choice(PLACE)}",
                        f"{self.name()}, Esq.",
                        f"To the {self.phrase()}",
                        f"Comrade {self.name()}",
                    )
                ),
                keep=True,
                deep=deep,
            )
        whom = self.name().split()
        salute = self.listed("salutation").capitalize()
        if c.random() < 0.85:
            self.set(
                "salutation",
                c.choice(
                    (
                        f"{salute} {whom[0]},",
                        f"{salute} {whom[-1]}!",
                        f"{salute} {whom[0]}:",
                        f"{salute} {whom[0]}",
                        f"{salute},",
                        f"{salute}!",
                        f"Dear {whom[0]},",
                        "Dear Sir,",
                        "Dear Comrades,",
                        f"My dear {whom[-1]}:",
                    )
                ),
                deep=deep,
            )
        for _ in range(c.randint(1, 7 if role == "paragraph" else 3)):
            self.set(role, self.prose(c.choice(self.book.prose)), deep=deep)
        closing = self.listed("closing").capitalize()
        lines = c.choice(
            (
                [f"{closing},"],
                [f"{closing}", "ever,"],
                [closing, "Yours,"],
                [f"{closing} {self.sentence(10, 40).lower().rstrip('.')}"],
                [],
            )
        )
        name = c.choice(
            (
                self.name(),
                self.name().split()[0],
                f"{self.name().split()[0][0]}. {self.name().split()[-1]}",
                self.name().upper(),
                "".join(w[0] for w in self.name().split()),
                f"{self.name().split()[0][0]}.{self.name().split()[-1][0]}.",
            )
        )
        if c.random() < 0.4:
            self.set("signed", "\n".join([*lines, name]), keep=True, deep=deep + (20 if self.wide else 0))
        else:
            for line in (*lines, name):
                self.set("signed", line, deep=deep + (20 if self.wide else 0))
        if late:
            self.set("dateline", self.place_date(), deep=deep)
        if c.random() < 0.15:
            self.set(role, f"P.S. {self.sentence()}", deep=deep)

    # kinds of pages

    def _article(self) -> None:
        c = self.chance
        if c.random() < 0.15:
            self.set(
                "salutation",
                c.choice(
                    (
                        "Comrades!",
                        "Workers!",
                        "Fellow citizens:",
                        f"{self.listed('salutation').capitalize()}!",
                        "Ladies and Gentlemen:",
                        "Comrades, friends:",
                    )
                ),
                c.choice((2, 3)),
            )
        if c.random() < 0.15:
            self.set("heading", self.listed("division").capitalize(), c.choice((2, 3)))
        if c.random() < 0.15:
            begin = c.choice(
                (f"{self.listed('editor').capitalize()} ", f"This {self.listed('piece')} ", "The following ")
            )
            words = self.prose(c.choice(self.book.prose))
            self.set("paragraph", begin + words[:1].lower() + words[1:])
        if c.random() < 0.55:
            self.section(c.randint(4, 18))
        if c.random() < 0.7:
            style = c.choice(("plain", "plain", "plain", "plain", "numeral", "both", "both", "both", "two", "date"))
            for number in range(c.randint(1, 6)):
                self.heading(number, style)
                self.section(c.randint(2, 12))
                if c.random() < 0.12:
                    self.sign()
        if c.random() < 0.35:
            self.sign()

    def sign(self) -> None:
        c = self.chance
        words = c.choice(
            (
                self.name(),
                self.name().upper(),
                f"{self.name()}\n{self.place_date()}",
                f"{self.name()}\n{c.choice(PLACE)}\n{self.date()}",
                f"For the {self.phrase()},\n{self.name()}",
                f"{self.name()}, {self.name()}",
                f"{self.name()} & {self.name()}\n{self.date()}, {c.choice(PLACE)}",
                f"{self.name().split()[0][0]}. {self.name().split()[-1][0]}.",
            )
        )
        if c.random() < 0.25:
            self.set("dateline", self.place_date(), keep=True)
            if c.random() < 0.5:
                return
        self.set("signed", words, keep=True, deep=20 if self.wide and c.random() < 0.6 else 0)
        if c.random() < 0.2:
            self.set("dateline", self.place_date(), keep=True)

    def _chapter(self) -> None:
        c = self.chance
        style = c.choice(("plain", "chapter", "chapter", "both", "two"))
        first = c.randint(0, 9)
        if style == "plain" and c.random() < 0.3:
            self.set("heading", self.listed("division").capitalize(), c.choice((2, 3)))
        else:
            self.heading(first, style)
        if c.random() < 0.1:
            self.epigraph()
        if c.random() < 0.1:
            words = c.choice((" – ", "--", " — ", ". "))
            self.set(
                "argument",
                words.join(self.phrase() for _ in range(c.randint(3, 8))) + ".",
                deep=c.choice((0, 2)) if self.wide else 0,
            )
        self.section(c.randint(6, 26))
        if c.random() < 0.25:
            for number in range(c.randint(1, 3)):
                self.heading(first + number + 1, "plain" if style in ("both", "two") else style)
                self.section(c.randint(3, 9))

    def _letter(self) -> None:
        if self.chance.random() < 0.3:
            self.set("heading", self.listed("division").capitalize(), self.chance.choice((2, 3)))
        self.letter("paragraph")

    def _poem(self) -> None:
        c = self.chance
        for number in range(c.randint(2, 9)):
            if c.random() < 0.08:
                self.heading(number, "numeral")
            self.set("verse", self.stanza(), 2, keep=True)

    def _index(self) -> None:
        c = self.chance
        if c.random() < 0.7:
            self.put_paragraph()
        self.contents()
        if c.random() < 0.5:
            self.section(3)

    def _play(self) -> None:
        c = self.chance
        self.heading(c.randint(0, 4), "chapter")
        people = [self.name().split()[0].upper() for _ in range(4)]
        for _ in range(c.randint(10, 30)):
            self.set("paragraph", f"{c.choice(people)}. {self.sentence(20, 200)}")

    def _notes(self) -> None:
        c = self.chance
        self.set("heading", self.listed("notes").capitalize(), 2)
        for number in range(c.randint(5, 30)):
            self.set("footnote", f"{number + 1}. {self.sentence(30, 300)}", n=number + 1)

    def bottom(self, kind: str) -> None:
        c = self.chance
        if c.random() < 0.12:
            self.navigation()
        if self.called:
            self.notes()
        if c.random() < 0.05 and kind != "letter":
            self.editor_note()
        if c.random() < 0.06:
            self.records()
        if c.random() < 0.72:
            for _ in range(c.choice((1, 1, 2))):
                self.navigation()
        if c.random() < 0.25:
            words = self.listed("contact").capitalize()
            self.set(
                "contact",
                c.choice(
                    (
                        f"{words} {self.name()}",
                        f"{words} the {self.author} Archive administrator",
                        f"{words}: archive@example.org",
                        f"{words} {self.listed('navigation')}",
                        f"{words} the editors",
                    )
                ),
                c.choice((1, 2, 2)),
            )
        if c.random() < 0.3:
            words = self.listed("updated").capitalize()
            self.set(
                "last_updated",
                c.choice(
                    (
                        f"{words}: {self.date()}",
                        f"{words} on: {self.date()}",
                        f"{words} {self.date()}",
                        f"{words}: {c.randint(1, 28)}.{c.randint(1, 12)}.{c.randint(1998, 2022)}",
                        f"{words} on {c.randint(1, 28)} {self.month()} {c.randint(1998, 2022)}",
                    )
                ),
                c.choice((1, 2, 2)),
            )

    def notes(self) -> None:
        c = self.chance
        headed = c.random() < 0.65
        if headed:
            self.set(
                "heading",
                c.choice(
                    (
                        self.listed("notes").capitalize(),
                        self.listed("notes").upper(),
                        self.listed("notes").capitalize() + ":",
                    )
                ),
                c.choice((2, 3, 4)),
            )
        elif c.random() < 0.2:
            self.set("scene_break", c.choice(ORNAMENT), 2)
        form = {
            "[1]": c.choice(("[{}] ", "{}. ", "[{}]. ", "{} ")),
            "(1)": c.choice(("({}) ", "{}) ")),
            "*": c.choice(("{} ", "{}")),
            "1": c.choice(("{}. ", "{} ")),
            "[a]": c.choice(("[{}] ", "{}. ", "{}. ")),
            "1)": c.choice(("{}) ", "{}. ")),
            "1.": "{}. ",
            "sup": "{}. ",
        }[self.note_style]
        for label in self.called:
            draw = c.random()
            words = (
                self.sentence(12, 300)
                if draw < 0.55
                else _unwrapped(c.choice(self.book.prose))
                if draw < 0.75
                else f"{self.name()}, {self.phrase()}, {c.choice(PLACE)} {c.randint(1840, 1990)}, p. {c.randint(1, 400)}."
            )
            words += c.choice(
                ("", "", "", "", " – Ed.", " – Editor", "—Transcriber", " [Editor’s note]", f" – {self.author}.")
            )
            self.set(
                "footnote",
                form.format(label) + words,
                c.choice((self.usual, self.usual, 3)) if label == self.called[0] else self.usual,
                n=label,
            )
            if c.random() < 0.12:
                words = self.prose(c.choice(self.book.prose))
                self.set("footnote", self.quoted(words) if c.random() < 0.3 else words)
                if c.random() < 0.3:
                    self.set(
                        "footnote",
                        c.choice((f"[{self.name()}: {self.phrase()}, p. {c.randint(1, 400)}]", self.sentence(30, 200))),
                    )

    def navigation(self) -> None:
        c = self.chance
        lines = []
        way = lambda: self.listed("navigation").capitalize()  # noqa: E731
        for _ in range(c.choice((1, 1, 1, 2, 3))):
            lines.append(
                c.choice(
                    (
                        " | ".join(way() for _ in range(c.randint(2, 4))),
                        f"{self.author} {c.choice(NOUN)}",
                        f"{way()}: {self.phrase()}",
                        f"{self.name()} {c.choice(NOUN)} | {self.name()} {c.choice(NOUN)}",
                        f"{self.author} {c.choice(NOUN)}{self.name()} {c.choice(NOUN)}",
                        f"{way()} {self.listed('contents')}",
                        f"{self.work} {self.listed('said').capitalize()}",
                        f"{self.phrase()} {self.listed('said').capitalize()} | {self.phrase()}",
                        ": ".join(
                            (self.name(), self.listed("said").capitalize(), str(c.randint(1840, 1990)), self.phrase())
                        ),
                        f"{self.listed('contents').capitalize()}: {self.work}",
                        f"{way()} > {self.author} > {self.work}",
                        way(),
                        f"{way()} {self.listed('chapter')}: {self.phrase()}",
                        f"{self.listed('chapter').capitalize()} {c.randint(1, 20)}: {self.phrase()}",
                        f"{self.listed('chapter').capitalize()} {c.randint(1, 20)}: {self.phrase()}",
                        f"{self.listed('chapter').capitalize()} {c.randint(1, 20)}: [{self.phrase()}]",
                        f"{self.listed('division').capitalize()} ({c.randint(1840, 1990)})",
                        f"{self.phrase()} ...",
                        ": ".join(
                            (
                                *(self.phrase() for _ in range(c.choice((1, 2)))),
                                self.listed("said").capitalize(),
                                self.work,
                                f"{self.listed('chapter').capitalize()} {c.randint(1, 20)}",
                                f"[{self.phrase()}]",
                            )
                        ),
                        f"{way()}: {self.listed('chapter')} {c.randint(1, 20)}",
                        f"{c.choice(('I', 'II', 'III', 'IV', 'V', 'VI'))}. {self.phrase()}",
                        f"< {way().lower()} {way().lower()} >",
                        f"{self.listed('contents').capitalize()} | {way()} | {self.author} {c.choice(NOUN)}",
                    )
                )
            )
        if len(lines) > 1 and c.random() < 0.4:
            for number, line in enumerate(lines):
                self.set("navigation", line, c.choice((2, 3)) if number == 0 else 1)
            return
        self.set("navigation", "\n".join(lines), c.choice((2, 3, 2, self.usual)), keep=True)


SMALL = frozenset(
    "a an the of in on to and or for from by with at as is was were are be been had has have that which who his her their its it he she they not but so".split()
)

Page = Callable[[], tuple[str, list[dict[str, object]]]]
