"""Trains the weights of ``pressmark.structure``: ``python training/structure.py PAIRS``.

PAIRS is the folder of the structure benchmark. Only its ``gutenberg`` and ``scan`` halves named ``dev`` are read
(Standard Ebooks, CC0), and pages made up of their words (``web_pages.py``). ``--leave-out`` keeps books apart, so
that they can be judged by a model that has not seen them. It needs python-crfsuite and takes a few minutes on
one core; the same pairs give the same weights.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import pycrfsuite

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "training")]

from web_pages import Book, Maker, book_of  # noqa: E402

from pressmark.lossless import align  # noqa: E402
from pressmark.readers import read_source  # noqa: E402
from pressmark.readers.source import Source  # noqa: E402
from pressmark.structure.row import look, seen  # noqa: E402

Truth = dict[str, object]
Row = tuple[list[list[str]], list[str]]
INLINE = ("note_anchor", "line_end_hyphen", "running_head", "page_number")
LEAST = 0.03
"""Weights nearer to nothing than this are left out."""


def without_furniture(text: str, truth: Truth) -> tuple[str, list[dict[str, object]]]:
    """A scan without its running heads and page numbers, as a reader that knows them gives it, and its blocks."""
    keep = bytearray(b"\1" * len(text))
    for block in truth["blocks"]:  # type: ignore[attr-defined]
        if block["role"] in ("running_head", "page_number"):
            first = text.rfind("\n", 0, block["start"]) + 1
            end = text.find("\n", block["end"])
            after = end + 1 if end >= 0 else len(text)
            keep[first:after] = bytes(after - first)
    for block in truth["blocks"]:  # type: ignore[attr-defined]
        for (_, end), (start, _) in pairwise(block.get("spans") or ()):
            if all(not keep[i] or text[i].isspace() for i in range(end, start)):
                keep[end:start] = bytes(start - end)
                keep[end] = 1
    new = []
    out = []
    for index, character in enumerate(text):
        new.append(len(out))
        if keep[index]:
            out.append("\n" if character == "\f" else character)
    new.append(len(out))
    blocks = []
    for block in truth["blocks"]:  # type: ignore[attr-defined]
        if block["role"] in INLINE:
            continue
        blocks.append({**block, "start": new[block["start"]], "end": new[block["end"]]})
    return "".join(out), blocks


def row_of(text: str, blocks: list[dict[str, object]]) -> Row:
    """The features and the labels of the units of a text."""
    edition = read_source(Source("page.txt", text.encode("utf-8")), place="page.txt")
    alignment = align(edition)
    sheet = look(edition, alignment)
    source = alignment.source_text
    shift = 0
    assert len(source) == len(text), "the reader changed the text"
    top = sorted((b for b in blocks if b["role"] not in INLINE), key=lambda b: b["start"])  # type: ignore[arg-type, return-value]
    labels: list[str] = []
    last = -1
    at = 0
    for unit in sheet.units:
        start = alignment.offset(unit.leaf, unit.start) + shift
        end = alignment.offset(unit.leaf, unit.end - 1) + 1
        while at < len(top) and top[at]["end"] <= start:  # type: ignore[operator]
            at += 1
        best, most = -1, 0
        for number in range(at, len(top)):
            if top[number]["start"] >= end:  # type: ignore[operator]
                break
            shared = min(end, top[number]["end"]) - max(start, top[number]["start"])  # type: ignore[type-var, operator, call-overload]
            if shared > most:
                best, most = number, shared
        role = str(top[best]["role"]) if best >= 0 else "paragraph"
        labels.append(role + "+" if unit.joins and best == last and best >= 0 else role)
        last = best
    return seen(sheet), labels


def pairs_of(folder: Path, family: str) -> dict[str, list[tuple[str, Truth]]]:
    """The texts and truths of one family, by book."""
    found: dict[str, list[tuple[str, Truth]]] = defaultdict(list)
    for path in sorted((folder / family / "dev").glob("*.json")):
        truth = json.loads(path.read_text("utf-8"))
        with path.with_suffix(".txt").open(encoding="utf-8", newline="") as file:
            found[path.stem.rsplit("_", 1)[0]].append((file.read(), truth))
    return dict(found)


def books_of(pairs: dict[str, list[tuple[str, Truth]]], names: set[str]) -> list[Book]:
    """The words of the books named."""
    made = [book_of(name, found) for name, found in sorted(pairs.items()) if name in names]
    return [book for book in made if len(book.prose) > 20]


def real_rows(
    gutenberg: dict[str, list[tuple[str, Truth]]], scan: dict[str, list[tuple[str, Truth]]]
) -> dict[str, list[Row]]:
    """The rows of the real texts, by book."""
    rows: dict[str, list[Row]] = defaultdict(list)
    for name, found in gutenberg.items():
        rows[name] += [row_of(text, truth["blocks"]) for text, truth in found]  # type: ignore[arg-type]
    for name, found in scan.items():
        for text, truth in found:
            rows[name].append(row_of(*without_furniture(text, truth)))
    return rows


def made_rows(books: list[Book], count: int, seed: int) -> list[Row]:
    """The rows of pages made up."""
    maker = Maker(books, seed)
    rows = []
    for _ in range(count):
        text, blocks = maker.page()
        if text.strip():
            rows.append(row_of(text, blocks))
    return rows


def train(rows: list[Row], *, sparse: float, smooth: float, most: int) -> dict[str, object]:
    """The weights learnt from rows, as JSON."""
    trainer = pycrfsuite.Trainer(verbose=False)
    for features, labels in rows:
        kept = [(f, label) for f, label in zip(features, labels, strict=True)]
        trainer.append([f for f, _ in kept], [label for _, label in kept])
    trainer.set_params(
        {
            "c1": sparse,
            "c2": smooth,
            "max_iterations": most,
            "feature.minfreq": 2,
            "feature.possible_transitions": False,
        }
    )
    with tempfile.TemporaryDirectory() as folder:
        name = str(Path(folder) / "model")
        trainer.train(name)
        tagger = pycrfsuite.Tagger()
        tagger.open(name)
        info = tagger.info()
        features: dict[str, dict[str, float]] = defaultdict(dict)
        for (feature, label), weight in sorted(info.state_features.items()):
            if abs(weight) >= LEAST:
                features[feature][label] = round(weight, 2)
        steps: dict[str, dict[str, float]] = defaultdict(dict)
        for (before, after), weight in sorted(info.transitions.items()):
            steps[before][after] = round(weight, 2)
        labels = sorted(info.labels)
        tagger.close()
    return {"labels": labels, "features": features, "steps": steps}


def main() -> None:
    """Trains, and writes the weights or judges them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--out", type=Path, default=ROOT / "src/pressmark/structure/weights.json")
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--iterations", type=int, default=120)
    parser.add_argument("--leave-out", default="", help="books that are not learnt from, by name, with commas")
    given = parser.parse_args()
    gutenberg, scan = pairs_of(given.pairs, "gutenberg"), pairs_of(given.pairs, "scan")
    names = {*gutenberg, *scan} - set(given.leave_out.split(","))
    rows = real_rows({n: p for n, p in gutenberg.items() if n in names}, {n: p for n, p in scan.items() if n in names})
    learnt = [row for name in sorted(rows) for row in rows[name]]
    learnt += made_rows(books_of(gutenberg, names), given.pages, 1941)
    form = train(learnt, sparse=0.06, smooth=0.06, most=given.iterations)
    given.out.write_text(json.dumps(form, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n", "utf-8")
    print(f"{len(learnt)} pages, {sum(len(row[1]) for row in learnt)} units, {given.out.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
