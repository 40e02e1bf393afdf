"""An archive folder: texts taken in, kept with their sources and their history, checked, and built into a site.

``Archive("my-archive")`` does all that the commands do. Every call that writes says who does it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Literal

from pressmark.archive import checking, settings
from pressmark.archive.building import Built, build_site
from pressmark.archive.catalogue import Catalogue, Catalogued
from pressmark.archive.checking import proved
from pressmark.archive.history import Entry
from pressmark.archive.locking import writing
from pressmark.archive.paths import find_texts, fold, is_part, numbered, parse_pressmark, read_inside, slug, source_name
from pressmark.archive.soundness import Problem
from pressmark.archive.store import TextStore, sha256
from pressmark.archive.writing import make_folder, write_atomically
from pressmark.carrying import Loss, carry_over, difference, with_rulings
from pressmark.errors import ChangedSource, NotAnArchive, PressmarkTaken, SameText, UsageError
from pressmark.exporters.listing import authors_of
from pressmark.gathering import (
    Chapters,
    File,
    collection_of,
    in_order,
    inheriting,
    joined,
    parts_of,
    place_of,
    wanted_places,
)
from pressmark.model.edition import Edition
from pressmark.model.ruling import Ruling
from pressmark.model.text import Block, Container, Leaf, rewrite
from pressmark.pipeline import run
from pressmark.readers import MAX_SIZE, read_source
from pressmark.readers.source import Source, load
from pressmark.ruling import Row, ruled, signed
from pressmark.stages import INTAKE, STAGES
from pressmark.tei import parse, write

PAGES = "pages/"
UNSORTED = "unsorted"
"""The collection of a text whose author is not known."""

BY_HAND = "change text.xml by hand, and sign it: pressmark adopt PRESSMARK"

FOR_GIT = {
    ".gitignore": b"/site/\n/.pressmark/\n.tmp-*\n",
    ".gitattributes": b"# Every byte counts: checksums are taken of these files.\n* -text\n",
}
"""What an archive tells git: what can be thrown away, and to leave line ends alone."""


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a source: taken in as a new text, found to be there already, or made a new witness; ``gone`` is
    a work that a new state of its file has no more, whose text is left as it is.

    ``lost`` lists what of the old state has no place in the new one; ``edition`` carries what was noticed. ``alone``
    are the texts of the archive that have a file of a work alone, or a file of several works whole.
    """

    pressmark: str
    outcome: Literal["added", "unchanged", "updated", "gone"]
    edition: Edition
    lost: tuple[Loss, ...] = ()
    alone: tuple[str, ...] = ()


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
        roles: Sequence[Row] = (),
    ) -> Added:
        """Takes a source in: reads it, recovers structure and record, and keeps it with the edition made of it.

        ``roles`` are what ``who`` has decided of its blocks (``pressmark.ruling.rows_of``); given for a source that is
        here already they change its text.

        ``pressmark`` is where it is to stand; otherwise that follows from collection or author, and title.
        A source that is here already changes nothing. Raises ``SameText`` for the same words in another file
        (unless ``again``), ``ChangedSource`` for a changed file of a text that is here (unless ``update``),
        ``PressmarkTaken``, ``WrongRoles``, and any ``SourceError``.
        """
        source = load(path, max_size=max_size)
        fresh = read_source(source, encoding=encoding, place=os.fspath(path))
        if roles and "recover_structure" in fresh.performed:
            raise UsageError("this TEI says itself what its blocks are", place=os.fspath(path), hint=BY_HAND)
        fresh = ruled(fresh, roles, who=who, when=_day(when))
        edition = run(fresh, STAGES, when=_day(when))
        with self.batch() as catalogue:
            return self._take_in(
                catalogue, source, fresh, edition, who, pressmark, collection, update, again, when or now()
            )

    def add_work(
        self,
        paths: Sequence[str | os.PathLike[str]],
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
        """Takes several files in as the chapters of one text, in the order in which their index links to them, else in
        that of their names. All of them are kept as its sources.

        The same files a second time change nothing. Raises what ``add`` raises.
        """
        given = {place_of(os.fspath(path)): os.fspath(path) for path in paths}
        if len(given) < 2:
            raise UsageError("a work of several files needs at least two", hint="to add one file, leave --work out")
        loaded = [(path, load(path, max_size=max_size)) for path in given.values()]
        fresh = _read_together(loaded, encoding)
        chapters = in_order(fresh)
        sources = dict(loaded)
        ordered = [sources[file.path] for file in chapters.files]
        digests = [source.sha256 for source in ordered]
        edition = _joined(chapters, None, _day(when))
        with self.batch() as catalogue:
            wanted = parse_pressmark(pressmark) if pressmark else self._pressmark(edition, ordered[0], collection)
            alone = sorted({each for digest in digests for each in catalogue.with_source(digest)} - {wanted})
            there = catalogue.get(wanted)
            if there is None:
                added = self._create_work(wanted, ordered, edition, who, when or now())
            elif again:
                message = f"{wanted} is taken by {there.title!r}"
                raise PressmarkTaken(message, place=ordered[0].name, hint=f"choose another place: --as {wanted}-2")
            else:
                old = self.read(wanted)
                newest = [witness.sha256 for witness in old.header.newest]
                if newest == digests:
                    return Added(wanted, "unchanged", edition)
                if not update and not (len(newest) == 1 and newest[0] in digests):  # a chapter of it that stood alone
                    raise self._changed(there, edition)
                added = self._update_work(old, ordered, _joined(chapters, old, _day(when)), who, when or now())
            catalogue.refresh(self.root, wanted)
            return replace(added, alone=tuple(alone))

    def add_parts(
        self,
        path: str | os.PathLike[str],
        *,
        who: str,
        collection: str | None = None,
        encoding: str | None = None,
        max_size: int = MAX_SIZE,
        update: bool = False,
        again: bool = False,
        when: str | None = None,
    ) -> list[Added]:
        """Takes a file of several works in as a text for each, in their order; first, where there is such, a text of
        what the page has around them. Each keeps the whole file as its source, and has a stretch of it.

        Of a changed file (``update``) each work is led to the text that it was: the one at its pressmark, else the next
        that has none. Works that are here already are left alone. Raises ``UsageError`` where the file seems to hold
        one work, and what ``add`` raises; then nothing is written.
        """
        source = load(path, max_size=max_size)
        fresh = read_source(source, encoding=encoding, place=os.fspath(path))
        found = collection_of(run(fresh, INTAKE, when=_day(when)))
        if found is None:
            hint = "add it without --parts; or cut it in two by hand and add each"
            raise UsageError("this file seems to hold one work", place=os.fspath(path), hint=hint)
        if fresh.header.witnesses[-1].format == "tei":
            raise UsageError("a TEI file is a text of its own", place=os.fspath(path), hint="add it without --parts")
        parts = list(parts_of(fresh, found))
        with self.batch() as catalogue:
            old = self._parts_of(catalogue, source)
            differs = any(each.header.newest[0].sha256 != source.sha256 for each in old.values())
            if differs and not (again or update):
                raise ChangedSource(
                    f"the file differs from the one that {', '.join(old)} were made of",
                    place=source.name,
                    hint="nothing was changed; to take it in as a new witness: --parts --update",
                )
            if not again:
                _require_new(catalogue, parts, set(old), source)
            return self._take_parts_in(
                catalogue, source, parts, {} if again else old, who, collection, when or now(), framed=bool(found.frame)
            )

    def _parts_of(self, catalogue: Catalogue, source: Source) -> dict[str, Edition]:
        """The texts that have a stretch of the newest state of a file of this name, in the order of that file."""
        found = {}
        for pressmark in catalogue.named(source_name(source.name)):
            edition = self.read(pressmark)
            newest = edition.header.newest[0]
            if newest.stretch and source_name(newest.name) == source_name(source.name):
                found[pressmark] = edition
        return dict(sorted(found.items(), key=lambda item: item[1].header.newest[0].stretches))

    def _take_parts_in(
        self,
        catalogue: Catalogue,
        source: Source,
        parts: Sequence[Edition],
        old: dict[str, Edition],
        who: str,
        collection: str | None,
        when: str,
        *,
        framed: bool,
    ) -> list[Added]:
        frame = run(parts[0], INTAKE, when=_day(when)) if framed else None

        def made(part: Edition, before: Edition | None) -> Edition:
            edition = run(with_rulings(before, part) if before else part, INTAKE, when=_day(when))
            is_frame = framed and part is parts[0]
            return run(edition if is_frame else inheriting(edition, frame), STAGES, when=_day(when))

        wanted = [self._pressmark(made(part, None), source, collection) for part in parts]
        same = {_stretch_of(each): pressmark for pressmark, each in old.items()}
        kept = {same.get(_stretch_of(part)) for part in parts}
        left = [each for each in old if each not in wanted and each not in kept]
        done: list[Added] = []
        for part, own in zip(parts, wanted, strict=True):
            here = same.get(_stretch_of(part), "")
            if here:
                done.append(Added(here, "unchanged", old[here]))
                continue
            if own in old and own not in [each.pressmark for each in done] and own not in kept:
                here = own
            elif left:
                here = left.pop(0)
            if here:
                added = self._update_work(old[here], [source], made(part, old[here]), who, when)
            else:
                free = next(name for name in _numbered(own) if catalogue.get(name) is None)
                added = self._create(free, source, made(part, None), who, when)
            catalogue.refresh(self.root, added.pressmark)
            done.append(added)
        gone = [Added(pressmark, "gone", old[pressmark]) for pressmark in left]
        whole = [each for each in catalogue.with_source(source.sha256) if each not in [one.pressmark for one in done]]
        done[0] = replace(done[0], alone=tuple(whole))
        return [*done, *gone]

    def _create_work(self, pressmark: str, sources: Sequence[Source], edition: Edition, who: str, when: str) -> Added:
        names = _names_for(sources)
        edition = self._signed(edition, pressmark, names, when)
        TextStore.create(
            self.root,
            pressmark,
            write(edition),
            sources={name: source.data for name, source in zip(names, sources, strict=True)},
            pages={picture.name: picture.data for picture in edition.pictures},
            who=who,
            when=when,
        )
        return Added(pressmark, "added", edition)

    def _update_work(self, old: Edition, sources: Sequence[Source], edition: Edition, who: str, when: str) -> Added:
        store = self.store(old.header.pressmark)
        before = store.read()
        names = [store.add_source(name, each.data) for name, each in zip(_names_for(sources), sources, strict=True)]
        kept = {picture.name: store.add_page(picture.name, picture.data) for picture in edition.pictures}
        new, lost = carry_over(old, self._signed(_with_pictures(edition, kept), old.header.pressmark, names, when))
        store.replace(
            write(new),
            expected_before=sha256(before),
            who=who,
            action="update",
            why=f"new witnesses {', '.join(names)}"[:400],
            when=when,
            extra={"lost": [loss.message for loss in lost]} if lost else None,
        )
        return Added(old.header.pressmark, "updated", new, lost)

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
        fresh: Edition,
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
        if same_bytes and fresh.rulings and not again and (pressmark is None or wanted in same_bytes):
            here = wanted if wanted in same_bytes else same_bytes[0]
            return self._refreshed(catalogue, here, source, fresh, who, when)
        if same_bytes and (pressmark is None or wanted in same_bytes) and not (again or update):
            return Added(wanted if wanted in same_bytes else same_bytes[0], "unchanged", edition)
        there = catalogue.get(wanted)
        if there is None and pressmark is None:
            there = catalogue.with_name(source_name(source.name), wanted)
        if there and update and (pressmark or source_name(source.name) in there.names):
            if there.sources[-1] == witness.sha256 and not self._has_new_pictures(there.pressmark, edition):
                return Added(there.pressmark, "unchanged", edition)
            return self._refreshed(catalogue, there.pressmark, source, fresh, who, when)
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

    def _refreshed(
        self, catalogue: Catalogue, pressmark: str, source: Source, fresh: Edition, who: str, when: str
    ) -> Added:
        """The text made anew of a source, and the catalogue told of it."""
        added = self._update(pressmark, source, fresh, who, when)
        catalogue.refresh(self.root, pressmark)
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
        edition = self._signed(edition, pressmark, [name], when)
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

    def _signed(self, edition: Edition, pressmark: str, names: Sequence[str], when: str) -> Edition:
        """The edition with its place, its archive, and for its last witnesses the names they are kept under."""
        header = edition.header
        others, fresh = header.witnesses[: -len(names)], header.witnesses[-len(names) :]
        kept = (replace(each, file=name, when=_day(when)) for each, name in zip(fresh, names, strict=True))
        publisher = header.publisher or self.settings.title
        header = replace(header, pressmark=pressmark, publisher=publisher, witnesses=(*others, *kept))
        return replace(edition, header=header)

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

    def _update(self, pressmark: str, source: Source, fresh: Edition, who: str, when: str) -> Added:
        """The text made anew of a source as it was read: of a new one, or of the present one under new rulings."""
        store = self.store(pressmark)
        before = store.read()
        old = parse(before, place=str(store.folder / "text.xml"))
        if old.header.newest and old.header.newest[0].stretch:
            raise UsageError(
                f"{pressmark} is one of several works in one file",
                place=source.name,
                hint="give the file with --parts --update; change roles in its text.xml by hand",
            )
        if len(old.header.newest) > 1:
            raise UsageError(
                f"{pressmark} is a work of {len(old.header.newest)} files, and this is one of them",
                place=source.name,
                hint="give all its files: pressmark add --work FILES --update; change roles in its text.xml by hand",
            )
        known = {witness.sha256: witness.file for witness in old.header.witnesses}
        if fresh.rulings and known.get(source.sha256, "") and old.header.witnesses[-1].sha256 != source.sha256:
            raise UsageError(
                f"{pressmark} has been made of a newer source since",
                place=source.name,
                hint=f"give the roles with that one: texts/{pressmark}/source/{old.header.witnesses[-1].file}",
            )
        edition = run(with_rulings(old, fresh), STAGES, when=_day(when))
        is_new = old.header.witnesses[-1].sha256 != source.sha256 if old.header.witnesses else True
        name = store.add_source(source_name(source.name), source.data) if is_new else known[source.sha256]
        kept = {picture.name: store.add_page(picture.name, picture.data) for picture in edition.pictures}
        signed_ = self._signed(_with_pictures(edition, kept), pressmark, [name], when)
        new, lost = carry_over(old, signed_)
        if not is_new and fresh.rulings:
            new = replace(new, header=replace(new.header, witnesses=old.header.witnesses))
        store.replace(
            write(new),
            expected_before=sha256(before),
            who=who,
            action="update" if is_new or not fresh.rulings else "roles",
            why=f"new witness {name}" if is_new or not fresh.rulings else _counted(fresh.rulings),
            when=when,
            extra={"lost": [loss.message for loss in lost]} if lost else None,
        )
        return Added(pressmark, "updated", new, lost)

    def adopt(self, pressmark: str, *, who: str, why: str = "", when: str | None = None) -> Entry | None:
        """Puts an edit by hand on record under a name, once the text is valid and has lost nothing of its source. What
        was made of a block by hand, and names no person, is signed with that name.

        ``None`` where there was no such edit. Raises ``InvalidEdition`` or ``LostText``; then nothing is recorded.
        """
        with self._writing():
            document, edition = proved(self.root, pressmark, thorough=True)
            store = self.store(pressmark)
            recorded = store.recorded()
            if recorded is not None and recorded != document:
                old = parse(recorded, place=str(store.folder / "text.xml"))
                after, _ = signed(old, edition, who=who)
                if after is not edition:
                    store.put_in_hand(write(after), expected_before=sha256(document))
            return store.adopt(who=who, why=why, when=when or now())

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


def _read_together(loaded: Sequence[tuple[str, Source]], encoding: str | None) -> list[File]:
    """The files of one work as their reader sees them, with every place that one of them links to in another."""
    files = []
    for path, source in loaded:
        edition = read_source(source, encoding=encoding, place=path)
        if edition.header.witnesses[-1].format == "tei":
            raise UsageError("a TEI file is a text of its own", place=path, hint="leave it out of the work")
        files.append(File(path, edition))
    wanted = wanted_places(files)
    return [
        file if not names else File(path, read_source(replace(source, wanted=names), encoding=encoding, place=path))
        for file, names, (path, source) in zip(files, wanted, loaded, strict=True)
    ]


def _joined(chapters: Chapters, old: Edition | None, day: str) -> Edition:
    """Each chapter recovered, and all made one edition; what persons ruled of the ``old`` one holds."""
    fresh = [with_rulings(old, file.edition) if old else file.edition for file in chapters.files]
    done = tuple(
        replace(file, edition=run(edition, INTAKE, when=day))
        for file, edition in zip(chapters.files, fresh, strict=True)
    )
    edition = joined(replace(chapters, files=_with_own_pictures(done)))
    return run(replace(edition, rulings=tuple(each for one in fresh for each in one.rulings)), STAGES, when=day)


def _with_own_pictures(files: Sequence[File]) -> tuple[File, ...]:
    """The files, with a name of its own for each picture that is not the same in all."""
    known: dict[str, bytes] = {}
    made = []
    for file in files:
        names = {}
        for picture in file.edition.pictures:
            names[picture.name] = next(
                name for name in numbered(picture.name) if known.setdefault(name, picture.data) == picture.data
            )
        pictures = tuple(replace(each, name=names[each.name]) for each in file.edition.pictures)
        made.append(replace(file, edition=replace(_with_pictures(file.edition, names), pictures=pictures)))
    return tuple(made)


def _require_new(catalogue: Catalogue, parts: Sequence[Edition], own: set[str], source: Source) -> None:
    """Raises ``SameText`` where the archive has one of the works already, in a text that is not ``own``."""
    for part in parts:
        same = [each for each in catalogue.with_ink(part.header.witnesses[-1].ink) if each not in own]
        if same:
            raise SameText(
                f"one of its works is the text of {same[0]}, letter for letter",
                place=source.name,
                hint="nothing was added; to add all the same: --again",
            )


def _stretch_of(edition: Edition) -> tuple[str, str]:
    """The digest of the file that an edition has a stretch of, and the stretch."""
    newest = edition.header.newest[0]
    return newest.sha256, newest.stretch


def _numbered(pressmark: str) -> Iterator[str]:
    yield pressmark
    yield from (f"{pressmark[:75].rstrip('-')}-{number}" for number in count(2))


def _names_for(sources: Sequence[Source]) -> list[str]:
    """The name under which each source is kept, no two alike on any file system."""
    names: list[str] = []
    taken: set[str] = set()
    for source in sources:
        name = next(each for each in numbered(source_name(source.name)) if fold(each) not in taken)
        taken.add(fold(name))
        names.append(name)
    return names


def _counted(rulings: Sequence[Ruling]) -> str:
    return "the role of 1 block" if len(rulings) == 1 else f"the roles of {len(rulings)} blocks"


def now() -> str:
    """The present moment in UTC, ISO 8601, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _day(when: str | None) -> str:
    return (when or now())[:10]
