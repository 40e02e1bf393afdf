"""Is this archive sound? Each text's TEI, source, checksums, ids, links and history, and the folder around them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

from pressmark.archive import settings
from pressmark.archive.paths import find_links, find_strays, find_texts, read_inside
from pressmark.archive.soundness import Problem
from pressmark.archive.store import SOURCE_FOLDER, TextStore
from pressmark.errors import LostText, PressmarkError
from pressmark.lossless import align_text
from pressmark.model.edition import Edition, ink
from pressmark.model.header import Witness
from pressmark.readers import fingerprint, read_source
from pressmark.readers.source import Source
from pressmark.tei.parse import from_tree, parse, parse_xml
from pressmark.tei.pointers import dangling
from pressmark.tei.validate import problems


def check(root: Path, pressmarks: Sequence[str] = ()) -> Iterator[tuple[str, list[Problem]]]:
    """(pressmark, what is wrong with the text) for each text, and at last (``""``, what concerns the whole)."""
    parted: Parted = {}
    for pressmark in pressmarks or find_texts(root):
        yield pressmark, list(_as_far_as_it_goes(root, pressmark, parted))
    if not pressmarks:
        yield "", [*_whole(root), *_sums(root, parted)]


Parted: TypeAlias = dict[str, list[tuple[str, Witness]]]
"""The texts that have stretches of a file, by the digest of the file: (pressmark, witness)."""


def _as_far_as_it_goes(root: Path, pressmark: str, parted: Parted) -> Iterator[Problem]:
    """What is wrong with one text; a path that cannot be followed is such a thing, and the others are looked at."""
    try:
        yield from check_text(root, pressmark, parted)
    except PressmarkError as error:
        yield Problem(error.message, error.hint, error.place or pressmark)


def check_text(root: Path, pressmark: str, parted: Parted) -> Iterator[Problem]:
    """All that is wrong with one text. What it has of a file that several texts share is noted in ``parted``."""
    store = TextStore(root, pressmark)
    place = str(store.folder / "text.xml")
    try:
        tree = parse_xml(store.read(), place=place)
        invalid = problems(tree)
        yield from (Problem(each.sentence, each.hint, f"{place}:{each.line}") for each in invalid)
        edition = None if invalid else from_tree(tree)
    except PressmarkError as error:
        yield Problem(error.message, error.hint, error.place or place)
        edition = None
    witnesses = edition.header.witnesses if edition else ()
    yield from store.verify(sources={witness.file: witness.sha256 for witness in witnesses if witness.file})
    if edition is not None:
        yield from (Problem(each.sentence, each.hint, f"{place}:{each.line}") for each in dangling(tree))
        yield from _own_place(edition, pressmark, place)
        yield from _lossless(root, store, edition, place)
        for witness in edition.header.newest:
            if witness.stretch and witness.file:
                parted.setdefault(witness.sha256, []).append((pressmark, witness))
        yield from _pictures(root, store, edition, place)


def proved(root: Path, pressmark: str, *, thorough: bool = False) -> tuple[bytes, Edition]:
    """The document at a pressmark and its edition, once it is valid and has every character of its source.

    ``thorough`` reads the source again; otherwise the digest on record stands for it. Raises ``InvalidEdition``,
    ``LostText`` and what reading raises.
    """
    store = TextStore(root, pressmark)
    document, place = store.read(), str(store.folder / "text.xml")
    edition = parse(document, place=place)
    problem = next(_lossless(root, store, edition, place, thorough=thorough), None)
    if problem is not None:
        raise LostText(problem.sentence, place=problem.place, hint=problem.hint)
    return document, edition


def _own_place(edition: Edition, pressmark: str, place: str) -> Iterator[Problem]:
    if edition.header.pressmark != pressmark:
        yield Problem(
            f"the text says that it stands at {edition.header.pressmark or 'no pressmark'}",
            f"Move its folder back there, or write {pressmark} in its header",
            place,
        )


def _lossless(
    root: Path, store: TextStore, edition: Edition, place: str, *, thorough: bool = True
) -> Iterator[Problem]:
    """The *sic* reading against the newest sources: read again where ``thorough`` or where they are several files,
    else by the digest on record.
    """
    witnesses = edition.header.newest
    if not witnesses or not all(witness.file for witness in witnesses):
        yield Problem("no source is recorded for this text", "Add its source with --update", place)
        return
    found = {witness.id: read_inside(root, store.folder / SOURCE_FOLDER / witness.file) for witness in witnesses}
    if None in found.values():
        return
    if len(witnesses) == 1 and not thorough:
        whole = fingerprint(edition.sic) == witnesses[0].ink
    else:
        received = [_received(witness, found[witness.id] or b"") for witness in witnesses]
        same = all(fingerprint(words) == each.ink for each, words in zip(witnesses, received, strict=True))
        whole = same and fingerprint(edition.sic) == fingerprint("\n".join(received))
    if not whole:
        yield from _where_lost([(witness, found[witness.id] or b"") for witness in witnesses], edition, place)


def _received(witness: Witness, data: bytes) -> str:
    """What the edition has of a source, read again as it was read before; nothing where it cannot be read."""
    source = Source(witness.name, data)
    try:
        found = witness.borne(read_source(source).source_text or "")
        if fingerprint(found) == witness.ink or witness.format == "tei":
            return found
        return witness.borne(read_source(source, encoding=witness.encoding).source_text or "")
    except PressmarkError:
        return ""


def _where_lost(sources: Sequence[tuple[Witness, bytes]], edition: Edition, place: str) -> Iterator[Problem]:
    try:
        read = [
            witness.borne(read_source(Source(witness.name, data), encoding=_forced(witness)).source_text or "")
            for witness, data in sources
        ]
        align_text(edition.text, "\n".join(read))
        sentence = "the record of the source does not fit the source"
    except PressmarkError as error:
        sentence = error.message
    yield Problem(sentence, "What the source says was changed; corrections belong beside it (sic and corr)", place)


def _forced(witness: Witness) -> str | None:
    return witness.encoding if witness.format == "text" else None


def _pictures(root: Path, store: TextStore, edition: Edition, place: str) -> Iterator[Problem]:
    for leaf in edition.leaves():
        url = leaf.get("url")
        if leaf.name == "graphic" and url.startswith("pages/") and read_inside(root, store.folder / url) is None:
            yield Problem(f"the picture {url} is not here", "Put it back from a copy of the archive", place)


def _sums(root: Path, parted: Parted) -> Iterator[Problem]:
    """Files of several works: whether the texts made of them have all of it together, and nothing twice."""
    for texts in parted.values():
        pressmark, witness = texts[0]
        data = read_inside(root, TextStore(root, pressmark).folder / SOURCE_FOLDER / witness.file)
        if data is None or hashlib.sha256(data).hexdigest() != witness.sha256:
            continue  # this has been named
        source_text = read_source(Source(witness.name, data), encoding=_forced(witness)).source_text or ""
        at = missing = twice = 0
        for start, end in sorted(span for _, each in texts for span in each.stretches):
            missing += len(ink(source_text[at:start]))
            twice += len(ink(source_text[start : min(at, end)]))
            at = max(at, end)
        missing += len(ink(source_text[at:]))
        names = ", ".join(pressmark for pressmark, _ in texts)
        if missing:
            sentence = f"{missing:,} characters of {witness.name} are in no text; the others are in {names}"
            yield Problem(
                sentence, "Put back the text that had them, if it was not meant to go", pressmark, notice=True
            )
        if twice:
            yield Problem(
                f"{twice:,} characters of {witness.name} are in several texts: {names}", "", pressmark, notice=True
            )


def _whole(root: Path) -> Iterator[Problem]:
    for link in find_links(root):
        yield Problem("a symbolic link is not followed", "Put the file itself in its place", str(link))
    for stray in find_strays(root):
        yield Problem("this is no text of the archive, and is left alone", "Move it elsewhere", str(stray))
    there = set(find_texts(root))
    for history in sorted((root / "texts").rglob("history.jsonl")):
        pressmark = history.parent.relative_to(root / "texts").as_posix()
        if pressmark not in there:
            hint = "Put text.xml back from a copy of the archive; its history and its source are still here"
            yield Problem("the text that stood here is gone", hint, str(history.parent))
    settings.load(root)
