"""Which pages a site has, and what goes into each.

``Site`` is given the listings of all texts first, so that every page can name its neighbours, and then makes one
text's pages at a time: memory does not grow with the archive.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources import files
from itertools import groupby
from urllib.parse import quote

from anyascii import anyascii
from minijinja import Environment, safe

from pressmark.exporters import text as text_file
from pressmark.exporters.listing import Listing
from pressmark.exporters.outline import Entry, contents
from pressmark.exporters.phrases import attributes, language, speakable, web_address
from pressmark.exporters.site.citation import citation
from pressmark.exporters.site.names import inverted, letter_of, sortable, sortable_title
from pressmark.exporters.site.page import SiteHtml
from pressmark.exporters.site.record import record_fields, revisions
from pressmark.model.edition import Edition, Picture

TEMPLATES = ("_list", "author", "authors", "base", "colophon", "home", "missing", "text", "years")
STATIC = ("style.css", "icon.svg")

TAKEN = frozenset(
    ["index", "con", "prn", "aux", "nul"] + [f"{port}{number}" for port in ("com", "lpt") for number in range(10)]
)
"""Names that no author's page has: that of the index, and those that Windows keeps for devices."""

File = tuple[str, bytes]
"""A path in the site, with forward slashes, and what the file holds."""


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """What the archive says of itself. ``base_url`` is empty, or where the site will stand."""

    title: str
    base_url: str = ""
    language: str = "en"
    rights: str = ""
    contact: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class Archived:
    """A text of the archive, with the bytes of its ``text.xml`` and its pictures."""

    pressmark: str
    edition: Edition
    document: bytes = field(repr=False)
    pictures: tuple[Picture, ...] = field(default=(), repr=False)


class Site:
    """The pages of one archive's site."""

    def __init__(self, settings: SiteSettings, listings: Sequence[Listing]) -> None:
        self.settings = settings
        self.listings = sorted(listings, key=_place)
        self.by_pressmark = {each.pressmark: index for index, each in enumerate(self.listings)}
        self.author_pages = _author_pages(self.listings)

    @cached_property
    def environment(self) -> Environment:
        """The templates, each output escaped unless a page says that it is ready HTML."""
        folder = files(__package__) / "templates"
        templates = {f"{name}.html": (folder / f"{name}.html").read_text("utf-8") for name in TEMPLATES}
        return Environment(  # type: ignore[no-any-return, call-overload]  # its stubs lag behind
            templates=templates,
            auto_escape_callback=lambda name: True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined_behavior="semi_strict",
        )

    def frame(self) -> Iterator[File]:
        """Every page that is not a text's: home, authors, years, about, the page for what is missing, the style."""
        yield "index.html", self._home()
        yield from self._authors()
        yield "years/index.html", self._years()
        yield "about/index.html", self._about()
        yield "404.html", self._missing()
        for name in STATIC:
            yield name, (files(__package__) / name).read_bytes()

    def text(self, text: Archived) -> Iterator[File]:
        """The files of one text: its page, its TEI, its plain text, its pictures."""
        folder = f"texts/{text.pressmark}"
        plain = text_file.EXPORTER.export(text.edition)
        yield f"{folder}/index.html", self._text_page(text, len(plain))
        yield f"{folder}/text.xml", text.document
        yield f"{folder}/text.txt", plain
        for picture in text.pictures:
            yield f"{folder}/pictures/{picture.name}", picture.data

    def _render(self, template: str, path: str, section: str, title: str, description: str, **more: object) -> bytes:
        settings = self.settings
        base = settings.base_url.rstrip("/") if settings.base_url.lower().startswith(("http://", "https://")) else ""
        words = {
            "root": safe("../" * path.count("/")),
            "lang": "en",
            "section": section,
            "title": title,
            "description": description,
            "canonical": f"{base}/{quote(path.removesuffix('index.html'))}" if base else None,
            "version": settings.version,
            "archive": {
                "title": settings.title,
                "licence": {"name": settings.rights} if settings.rights else None,
                "contact": _contact(settings.contact),
            },
        }
        return speakable(self.environment.render_template(f"{template}.html", **(words | more))).encode()

    def _home(self) -> bytes:
        collections = [
            {"id": _collection_id(name), "title": _titled(name), "texts": [self._line(each) for each in group]}
            for name, group in groupby(self.listings, key=lambda each: each.collection)
        ]
        summary = self._summary()
        description = f"{self.settings.title}: {summary}."
        return self._render(
            "home", "index.html", "texts", self.settings.title, description, collections=collections, summary=summary
        )

    def _summary(self) -> str:
        years = sorted(each.year for each in self.listings if each.year)
        said = [_count(len(self.listings), "text")]
        if self.author_pages:
            said[0] += f" by {_count(len(self.author_pages), 'author')}"
        if years:
            said.append(years[0] if years[0] == years[-1] else f"{years[0]}–{years[-1]}")
        return ", ".join(said)

    def _line(self, each: Listing) -> dict[str, object]:
        return {
            "href": f"texts/{each.pressmark}/index.html",
            "title": each.title,
            "caps": each.title.isupper(),
            "lang": each.language,
            "dir": each.direction,
            "author": ", ".join(each.authors),
            "year": each.years or each.year,
            "length": each.length,
            "opening": each.opening,
        }

    def _authors(self) -> Iterator[File]:
        texts: dict[str, list[Listing]] = {}
        for each in sorted(self.listings, key=lambda each: each.year or "9"):
            for name in each.authors:
                texts.setdefault(name, []).append(each)
        letters: dict[str, list[dict[str, object]]] = {}
        for name, page in sorted(self.author_pages.items(), key=lambda pair: _surname_first(pair[0])):
            shown = inverted(name)
            entry = {"href": page, "name": shown, "count": len(texts[name])}
            letters.setdefault(letter_of(shown), []).append(entry)
            yield page, self._author(name, page, texts[name])
        groups = [{"letter": letter, "authors": authors} for letter, authors in letters.items()]
        description = f"The authors of {self.settings.title}."
        path = "authors/index.html"
        yield path, self._render("authors", path, "authors", "Authors", description, groups=groups)

    def _author(self, name: str, page: str, texts: Sequence[Listing]) -> bytes:
        description = f"Texts by {name} in {self.settings.title}."
        lines = [self._line(each) for each in texts]
        return self._render("author", page, "authors", name, description, author={"name": name}, texts=lines)

    def _years(self) -> bytes:
        dated = sorted((each for each in self.listings if each.year), key=lambda each: each.year)
        decades: list[dict[str, object]] = []
        for decade, group in groupby(dated, key=lambda each: each.year[:-1]):
            years = [
                {"label": year, "texts": [self._line(each) for each in texts]}
                for year, texts in groupby(group, key=lambda each: each.year)
            ]
            decades.append({"label": f"{decade}0s", "years": years})
        undated = [self._line(each) for each in self.listings if not each.year]
        if undated:
            decades.append({"label": "Undated", "years": [{"label": "", "texts": undated}]})
        description = f"The texts of {self.settings.title} by year."
        return self._render("years", "years/index.html", "years", "Years", description, decades=decades)

    def _about(self) -> bytes:
        words = sum(each.words for each in self.listings)
        figures = [
            {"label": "Texts", "value": f"{len(self.listings):,}"},
            {"label": "Authors", "value": f"{len(self.author_pages):,}"},
            {"label": "Words", "value": f"{words:,}"},
        ]
        description = f"About {self.settings.title}, and how its editions are made."
        return self._render("colophon", "about/index.html", "about", "About", description, figures=figures)

    def _missing(self) -> bytes:
        path = self.settings.base_url.partition("://")[2].partition("/")[2]
        root = f"/{path.strip('/')}/".replace("//", "/")
        return self._render(
            "missing",
            "404.html",
            "",
            "Not here",
            "This page is not here.",
            root=safe(quote(root, safe="/%")),
            canonical=None,
        )

    def _text_page(self, text: Archived, plain_size: int) -> bytes:
        index = self.by_pressmark[text.pressmark]
        each = self.listings[index]
        edition = text.edition
        html = SiteHtml(edition, text.pictures, shown=(each.title, each.subtitle, *each.authors))
        body = f'<div class="text"{attributes(language(each.language))}>\n{html.body()}</div>\n'
        state = hashlib.sha256(text.document).hexdigest()
        entries = contents(edition, omit=html.omitted)
        downloads = [
            {"label": "TEI edition", "href": "text.xml", "type": "application/tei+xml", "note": _size(text.document)},
            {"label": "Plain text", "href": "text.txt", "type": "text/plain", "note": _size(plain_size)},
        ]
        by = f" by {', '.join(each.authors)}" if each.authors else ""
        return self._render(
            "text",
            f"texts/{text.pressmark}/index.html",
            "",
            each.title,
            f"{each.title}{by}: {each.opening} …" if each.opening else f"{each.title}{by}.",
            text=self._facts(each, edition),
            pictures=[],
            contents=[_contents_entry(entry, html) for entry in entries] if _leads(entries) else [],
            body=body,
            record=record_fields(edition, html.address),
            downloads=downloads,
            citation=citation(each, edition, archive=self.settings.title, state=state),
            state=state,
            revisions=revisions(edition),
            previous=self._neighbour(index, -1),
            next=self._neighbour(index, 1),
        )

    def _facts(self, each: Listing, edition: Edition) -> dict[str, object]:
        written = edition.header.value("written").rstrip(" .,;:")
        return {
            "title": each.title,
            "subtitle": each.subtitle,
            "lang": each.language,
            "dir": each.direction,
            "pressmark": each.pressmark,
            "authors": [{"name": name, "href": self.author_pages[name]} for name in each.authors],
            "caps": each.title.isupper(),
            "written": written if len(written) < 40 else None,
            "length": each.length or None,
            "collection": {
                "title": _titled(each.collection),
                "href": f"index.html#c-{_collection_id(each.collection)}",
            },
        }

    def _neighbour(self, index: int, step: int) -> dict[str, object] | None:
        other = index + step
        if not 0 <= other < len(self.listings):
            return None
        each = self.listings[other]
        return self._line(each) if each.collection == self.listings[index].collection else None


def _place(each: Listing) -> tuple[str, str, str]:
    """Where a text stands among all: by collection, then by title."""
    return each.collection, sortable_title(each.title, each.language), each.pressmark


def _surname_first(name: str) -> tuple[str, str]:
    return sortable(inverted(name)), name


def _collection_id(name: str) -> str:
    """A collection's id: no two are the same, since no part of a pressmark has two hyphens together."""
    return name.replace("/", "--")


def _leads(entries: Sequence[Entry]) -> bool:
    """Whether a table of contents leads anywhere: one entry that is not the whole of it is none."""
    return len(entries) > 1 or any(entry.children for entry in entries)


def _contents_entry(entry: Entry, html: SiteHtml) -> dict[str, object]:
    return {
        "href": html.address(f"#{entry.id}"),
        "title": entry.title,
        "caps": entry.title.isupper(),
        "children": [_contents_entry(child, html) for child in entry.children],
    }


def _author_pages(listings: Sequence[Listing]) -> dict[str, str]:
    """The page of each author: named after the author, with a number where two names come to the same."""
    pages: dict[str, str] = {}
    taken = set(TAKEN)
    for name in sorted({name for each in listings for name in each.authors}):
        plain = "".join(letter if letter.isalnum() else "-" for letter in anyascii(name).lower())
        stem = "-".join(filter(None, plain.split("-")))[:60].strip("-")
        stem = stem or f"author-{hashlib.sha256(name.encode('utf-8', 'replace')).hexdigest()[:8]}"
        page, number = stem, 2
        while page in taken:
            page, number = f"{stem}-{number}", number + 1
        taken.add(page)
        pages[name] = f"authors/{page}.html"
    return pages


def _contact(contact: str) -> dict[str, str] | None:
    """Where to write: an address of the web or of mail; whatever else is said stands there as it is."""
    contact = contact.strip()
    if address := web_address(contact):
        return {"label": contact.partition(":")[2].strip("/"), "href": address}
    if "@" in contact and not any(map(str.isspace, contact)):
        return {"label": contact, "href": f"mailto:{quote(contact, safe='@.+-_', errors='replace')}"}
    return {"label": contact, "href": ""} if contact else None


def _titled(collection: str) -> str:
    """A collection's name as words: its folder's name with capitals, until it is given one of its own."""
    return " · ".join(" ".join(word.capitalize() for word in part.split("-")) for part in collection.split("/"))


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _size(given: bytes | int) -> str:
    size = given if isinstance(given, int) else len(given)
    return f"{max(1, round(size / 1024)):,} KB"
