"""An archive folder: texts taken in, kept with their sources and their history, checked, and built into a site.

``Archive("my-archive")`` does all that the commands do. Every call that writes says who does it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from pressmark.archive import checking, settings
from pressmark.archive.building import Built, build_site
from pressmark.archive.catalogue import Catalogue, Catalogued
from pressmark.archive.checking import proved
from pressmark.archive.history import Entry
from pressmark.archive.locking import writing
from pressmark.archive.paths import find_texts, is_part, parse_pressmark, read_inside, slug, source_name
from pressmark.archive.soundness import Problem
from pressmark.archive.store import TextStore, sha256
from pressmark.archive.writing import make_folder, write_atomically
from pressmark.carrying import Loss, carry_over, difference
from pressmark.errors import ChangedSource, NotAnArchive, PressmarkTaken, SameText, UsageError
from pressmark.exporters.listing import authors_of
from pressmark.model.edition import Edition
from pressmark.model.text import Block, Container, Leaf, rewrite
from pressmark.pipeline import run
from pressmark.readers import MAX_SIZE, read_source
from pressmark.readers.source import Source, load
from pressmark.stages import STAGES
from pressmark.tei import parse, write

PAGES = "pages/"
UNSORTED = "unsorted"
"""The collection of a text whose author is not known."""


FOR_GIT = {
    ".gitignore": b"/site/\n/.pressmark/\n.tmp-*\n",
    ".gitattributes": b"# Every byte counts: checksums are taken of these files.\n* -text\n",
}
"""What an archive tells git: what can be thrown away, and to leave line ends alone."""


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a source: taken in as a new text, found to be there already, or made a new witness.

    ``lost`` lists what of the old state has no place in the new one; ``edition`` carries what was noticed.
    """

    pressmark: str
    outcome: Literal["added", "unchanged", "updated"]
    edition: Edition
    lost: tuple[Loss, ...] = ()


class Archive:
    """The archive in the folder ``root``, as its ``settings`` say.

    ``on_wait`` may be set to what is called when another Pressmark is writing and has to be waited for.

    Raises ``NotAnArchive``, ``NewerArchive`` or ``UnreadableSettings`` where it cannot be opened.
    """

    def __init__(self, root: str | os.PathLike[str]) -> None:
        self.root = Path(root).absolute()
        self.settings = settings.load(self.root)
        self.on_wait: Callable[[], None] | None = None
        self._catalogue: Catalogue | None = None

    @classmethod
    def create(cls, root: str | os.PathLike[str], *, title: str = "") -> Archive:
        """Makes a folder an archive. An archive that is there already is opened as it stands."""
        folder = Path(root).absolute()
        try:
            return cls(folder)
        except NotAnArchive:
            if folder.exists() and not folder.is_dir():
                raise UsageError("this is a file, and an archive is a folder", place=str(folder)) from None
        make_folder(folder)
        with writing(folder):
            name = title or " ".join(folder.resolve().name.replace("-", " ").split()).capitalize() or "Archive"
            for part in ("texts", "authorities"):
                make_folder(folder / part)
            if not (folder / settings.SETTINGS_FILE).exists():
                write_atomically(folder / settings.SETTINGS_FILE, settings.initial(name).encode())
            for name_of_file, lines in FOR_GIT.items():
                if not (folder / name_of_file).exists():
                    write_atomically(folder / name_of_file, lines)
        return cls(folder)

    def texts(self) -> list[str]:
        """The pressmarks of all texts, sorted."""
        return list(find_texts(self.root))

    def store(self, pressmark: str) -> TextStore:
        """The folder of one text."""
        return TextStore(self.root, parse_pressmark(pressmark))

    def read(self, pressmark: str) -> Edition:
        """The edition at a pressmark. Raises ``NoSuchText`` or ``InvalidEdition``."""
        store = self.store(pressmark)
        return parse(store.read(), place=str(store.folder / "text.xml"))

    def add(
        self,
        path: str | os.PathLike[str],
        *,
        who: str,
        pressmark: str | None = None,
        collection: str | None = None,
        encoding: str | None = None,
        max_size: int = MAX_SIZE,
        update: bool = False,
        again: bool = False,
        when: str | None = None,
    ) -> Added:
        """Takes a source in: reads it, recovers structure and record, and keeps it with the edition made of it.

        ``pressmark`` is where it is to stand; otherwise that follows from collection or author, and title.
        A source that is here already changes nothing. Raises ``SameText`` for the same words in another file
        (unless ``again``), ``ChangedSource`` for a changed file of a text that is here (unless ``update``),
        ``PressmarkTaken``, and any ``SourceError``.
        """
        source = load(path, max_size=max_size)
        edition = run(read_source(source, encoding=encoding, place=os.fspath(path)), STAGES, when=_day(when))
        with self.batch() as catalogue:
            return self._take_in(catalogue, source, edition, who, pressmark, collection, update, again, when or now())

    @contextmanager
    def batch(self) -> Iterator[Catalogue]:
        """Holds the archive for a number of additions, so that what it has is looked up once for all of them."""
        if self._catalogue is not None:
            yield self._catalogue
            return
        with self._writing():
            self._catalogue = Catalogue.read(self.root)
            try:
                yield self._catalogue
            finally:
                self._catalogue.keep(self.root)
                self._catalogue = None

    def _writing(self) -> AbstractContextManager[None]:
        """The right to write; ``on_wait`` is called where another Pressmark has it."""
        return writing(self.root, on_wait=self.on_wait)

    def _take_in(
        self,
        catalogue: Catalogue,
        source: Source,
        edition: Edition,
        who: str,
        pressmark: str | None,
        collection: str | None,
        update: bool,
        again: bool,
        when: str,
    ) -> Added:
        witness = edition.header.witnesses[-1]
        wanted = parse_pressmark(pressmark) if pressmark else self._pressmark(edition, source, collection)
        same_bytes = catalogue.with_source(witness.sha256)
        if same_bytes and (pressmark is None or wanted in same_bytes) and not (again or update):
            return Added(wanted if wanted in same_bytes else same_bytes[0], "unchanged", edition)
        there = catalogue.get(wanted)
        if there is None and pressmark is None:
            there = catalogue.with_name(source_name(source.name), wanted)
        if there and update and (pressmark or source_name(source.name) in there.names):
            if there.sources[-1] == witness.sha256 and not self._has_new_pictures(there.pressmark, edition):
                return Added(there.pressmark, "unchanged", edition)
            added = self._update(there.pressmark, source, edition, who, when)
            catalogue.refresh(self.root, there.pressmark)
            return added
        if there and source_name(source.name) in there.names and not again:
            raise self._changed(there, edition)
        same_words = catalogue.with_ink(witness.ink)
        if same_words and not again:
            raise SameText(
                f"this is the text of {same_words[0]}, letter for letter, in another encoding or line-wrapping",
                place=source.name,
                hint=f"nothing was added; to add it all the same: --again; as a new witness: "
                f"--as {same_words[0]} --update",
            )
        if there:
            raise PressmarkTaken(
                f"{wanted} is taken by {there.title!r}",
                place=source.name,
                hint=f"choose another place: --as {wanted}-2; or, if it is the same work: --as {wanted} --update",
            )
        added = self._create(wanted, source, edition, who, when)
        catalogue.refresh(self.root, wanted)
        return added

    def _has_new_pictures(self, pressmark: str, edition: Edition) -> bool:
        folder = self.store(pressmark).folder
        return any(read_inside(self.root, folder / PAGES / each.name) != each.data for each in edition.pictures)

    def _pressmark(self, edition: Edition, source: Source, collection: str | None) -> str:
        header = edition.header
        stem = Path(source.name).stem
        author = next(iter(authors_of(header)), "")
        folder = collection or (slug(author, fallback=UNSORTED) if author else UNSORTED)
        if not all(is_part(part) for part in folder.split("/")):
            folder = slug(folder, fallback=UNSORTED)
        return parse_pressmark(f"{folder}/{slug(header.value('title', stem), fallback=slug(stem, fallback='text'))}")

    def _create(self, pressmark: str, source: Source, edition: Edition, who: str, when: str) -> Added:
        name = source_name(source.name)
        edition = self._signed(edition, pressmark, name, when)
        pictures = {picture.name: picture.data for picture in edition.pictures}
        TextStore.create(
            self.root,
            pressmark,
            write(edition),
            sources={name: source.data},
            pages=pictures,
            who=who,
            when=when,
        )
        return Added(pressmark, "added", edition)

    def _signed(self, edition: Edition, pressmark: str, name: str, when: str) -> Edition:
        header = edition.header
        *others, witness = header.witnesses
        witnesses = (*others, replace(witness, file=name, when=_day(when)))
        publisher = header.publisher or self.settings.title
        return replace(edition, header=replace(header, pressmark=pressmark, publisher=publisher, witnesses=witnesses))

    def _changed(self, there: Catalogued, edition: Edition) -> ChangedSource:
        lines = list(difference(self.read(there.pressmark), edition))
        error = ChangedSource(
            f"the file differs from the one that {there.pressmark} was made of",
            place=there.pressmark,
            hint="nothing was changed; to take it in as a new witness: --update",
        )
        for line in lines:
            error.add_note(line)
        return error

    def _update(self, pressmark: str, source: Source, edition: Edition, who: str, when: str) -> Added:
        store = self.store(pressmark)
        before = store.read()
        old = parse(before, place=str(store.folder / "text.xml"))
        name = store.add_source(source_name(source.name), source.data)
        kept = {picture.name: store.add_page(picture.name, picture.data) for picture in edition.pictures}
        signed = self._signed(_with_pictures(edition, kept), pressmark, name, when)
        new, lost = carry_over(old, signed)
        document = write(new)
        store.replace(
            document,
            expected_before=sha256(before),
            who=who,
            action="update",
            why=f"new witness {name}",
            when=when,
            extra={"lost": [loss.message for loss in lost]} if lost else None,
        )
        return Added(pressmark, "updated", new, lost)

    def adopt(self, pressmark: str, *, who: str, why: str = "", when: str | None = None) -> Entry | None:
        """Puts an edit by hand on record under a name, once the text is valid and has lost nothing of its source.

        ``None`` where there was no such edit. Raises ``InvalidEdition`` or ``LostText``; then nothing is recorded.
        """
        with self._writing():
            proved(self.root, pressmark, thorough=True)
            return self.store(pressmark).adopt(who=who, why=why, when=when or now())

    def undo(self, pressmark: str, *, who: str, when: str | None = None) -> Entry:
        """Restores the text as it was before the last change. Raises ``NothingToUndo``."""
        with self._writing():
            return self.store(pressmark).undo(who=who, when=when or now())

    def redo(self, pressmark: str, *, who: str, when: str | None = None) -> Entry:
        """Brings back what the last undo took away."""
        with self._writing():
            return self.store(pressmark).redo(who=who, when=when or now())

    def check(self, pressmarks: Sequence[str] = ()) -> Iterator[tuple[str, list[Problem]]]:
        """What is wrong, text by text: (pressmark, problems), and at last (``""``, what concerns the whole)."""
        yield from checking.check(self.root, pressmarks)

    def build(self, *, on_progress: Callable[[int, int], None] | None = None) -> Built:
        """Builds the site in ``site/``; the old one stands until the new one is whole."""
        with self._writing():
            return build_site(self.root, self.settings, on_progress=on_progress)


def _with_pictures(edition: Edition, names: dict[str, str]) -> Edition:
    """The edition with its pictures under the names that they are kept under."""

    def rename(block: Block) -> Block:
        name = block.get("url").removeprefix(PAGES) if block.name == "graphic" else ""
        if names.get(name, name) == name or not isinstance(block, Leaf):
            return block
        given = {**dict(block.attributes), "url": f"{PAGES}{names[name]}"}
        return replace(block, attributes=tuple(sorted(given.items())))

    text = rewrite(edition.text, rename)
    assert isinstance(text, Container)
    return replace(edition, text=text)


def now() -> str:
    """The present moment in UTC, ISO 8601, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _day(when: str | None) -> str:
    return (when or now())[:10]
