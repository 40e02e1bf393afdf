"""Trains the weights of ``pressmark.structure``: ``python training/structure.py PAIRS``.

PAIRS is the folder of the structure benchmark. Only its ``gutenberg`` and ``scan`` halves named ``dev`` are read
(Standard Ebooks, CC0), and pages made up of their words (``web_pages.py``). ``--leave-out`` keeps books apart, so
that they can be judged by a model that has not seen them. Where none is kept apart, models that
leave out a quarter of the books each tell besides how far certainties can be believed. It needs python-crfsuite and
takes a quarter of an hour on one core; the same pairs give the same weights.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import tempfile
import textwrap
from collections import defaultdict
from itertools import pairwise
from math import exp, log
from pathlib import Path

import pycrfsuite

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "training")]

from web_pages import Book, Maker, Sheet, book_of  # noqa: E402

from pressmark.lossless import align  # noqa: E402
from pressmark.readers import read_source  # noqa: E402
from pressmark.readers.source import Source  # noqa: E402
from pressmark.structure.model import UNSEEN, Weights, read, weigh  # noqa: E402
from pressmark.structure.row import look, seen  # noqa: E402

Truth = dict[str, object]
Row = tuple[list[list[str]], list[str]]
INLINE = ("note_anchor", "line_end_hyphen", "running_head", "page_number")
FLOWING = frozenset("paragraph block_quote footnote list_item epigraph argument caption editor_note".split())
"""The roles whose blocks are broken into lines by their width alone; but verse may be an epigraph too."""

CALL = re.compile(r"\[(\d{1,3})\]")
STRAIGHT = str.maketrans("“”‘’", "\"\"''")
FOLDS = 4
"""Into so many parts the books are put, each of which is left out once."""

FOLD_MODELS = 3
"""So many models are averaged where books are left out."""

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
    gutenberg: dict[str, list[tuple[str, Truth]]],
    scan: dict[str, list[tuple[str, Truth]]],
    names: set[str],
    times: int,
    seed: int,
) -> dict[str, list[Row]]:
    """The rows of the real texts of the books named, by book, those of e-texts also set anew so many ``times``."""
    rows: dict[str, list[Row]] = defaultdict(list)
    for name, found in gutenberg.items():
        if name not in names:
            continue
        chance = random.Random(f"{name} {seed}")
        for text, truth in found:
            blocks = [block for block in truth["blocks"] if block["role"] not in INLINE]  # type: ignore[attr-defined]
            rows[name].append(row_of(text, blocks))
            rows[name] += [row_of(*set_anew(text, blocks, chance)) for _ in range(times)]
    for name, found in scan.items():
        for text, truth in found if name in names else ():
            rows[name].append(row_of(*without_furniture(text, truth)))
    return rows


def set_anew(text: str, blocks: list[dict[str, object]], chance: random.Random) -> tuple[str, list[dict[str, object]]]:
    """A real text as somebody else would have set it: without the breaks of its lines as web pages are, or in another
    width, with other distances and indents. The blocks and their order stay.
    """
    wide = chance.choice((0, 0, 0, 58, 64, 70, 76))
    usual = 2 if not wide or chance.random() < 0.8 else 1
    first = chance.choice((0, 0, 2, 4)) if wide and usual > 1 else 4 if wide else 0
    depth = chance.choice((2, 4, 6)) if wide else 0
    straight = chance.random() < 0.4
    plain = chance.random() < 0.5
    calls = chance.choice((r"[\1]", r"[\1]", r"(\1)"))
    sheet = Sheet()
    before = 0
    told = False
    for block in sorted(blocks, key=lambda each: each["start"]):  # type: ignore[arg-type, return-value]
        start, end = int(block["start"]), int(block["end"])  # type: ignore[call-overload]
        words = CALL.sub(calls, text[start:end])
        if block["role"] == "block_quote" and not wide and not told and words[:1] not in "“\"‘'«„":
            before = end  # nothing that could be seen would tell it
            continue
        told = block["role"] in ("block_quote", "salutation", "dateline") or words.rstrip()[-1:] in ":—-"
        if straight:
            words = words.translate(STRAIGHT)
        if plain:
            words = words.replace("_", "")
        gap = text.count("\n", before, start)
        column = start - text.rfind("\n", 0, start) - 1
        deep = depth if wide and column > 1 and block["role"] != "paragraph" else 0
        if block["role"] in FLOWING and not (block["role"] == "epigraph" and is_verse(words)):
            words = " ".join(words.split())
            if wide:
                lead = " " * (deep + (first if block["role"] == "paragraph" else 0))
                words = textwrap.fill(
                    words, wide, initial_indent=lead, subsequent_indent=" " * deep, break_on_hyphens=False
                )
        else:
            lines = words.split("\n")
            least = min((len(line) - len(line.lstrip()) for line in lines[1:] if line.strip()), default=0)
            lines = [lines[0], *(line[min(least, column) :] for line in lines[1:])]
            if not wide:
                lines = [line.strip() for line in lines]
            words = "\n".join(" " * (min(column, 30) if wide else 0) + line for line in lines)
        sheet.add(str(block["role"]), words, max(1, gap - 2 + usual))
        before = end
    return sheet.text, sheet.blocks


def is_verse(words: str) -> bool:
    """Whether words are in lines that each begin with a capital."""
    lines = [line.strip() for line in words.split("\n")]
    return len(lines) > 1 and all(line.lstrip("“\"‘'_")[:1].isupper() for line in lines)


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
            features[feature][label] = weight
        steps: dict[str, dict[str, float]] = defaultdict(dict)
        for (before, after), weight in sorted(info.transitions.items()):
            steps[before][after] = weight
        labels = sorted(info.labels)
        tagger.close()
    return {"labels": labels, "features": features, "steps": steps}


def averaged(forms: list[dict[str, object]]) -> dict[str, object]:
    """The mean of several models, each learnt from other pages made up: chance decides less. Weights near to nothing
    are left out; a step that some of the models do not have counts there as one that is not seen.
    """
    labels = sorted({label for form in forms for label in form["labels"]})  # type: ignore[attr-defined]
    mean: dict[str, dict[str, dict[str, float]]] = {}
    for part, least, none in (("features", LEAST, 0.0), ("steps", 0.0, UNSEEN)):
        pairs = sorted({(a, b) for form in forms for a, found in form[part].items() for b in found})  # type: ignore[attr-defined]
        table: dict[str, dict[str, float]] = defaultdict(dict)
        for a, b in pairs:
            weight = sum(form[part].get(a, {}).get(b, none) for form in forms) / len(forms)  # type: ignore[attr-defined]
            if abs(weight) >= least:
                table[a][b] = round(weight, 2)
        mean[part] = table
    return {"labels": labels, **mean}


def judged(rows: list[Row], model: Weights) -> list[tuple[float, bool]]:
    """Of each unit of rows the probability that a model gives to its role, and whether that is right."""
    found = []
    for features, labels in rows:
        joins = [label.endswith("+") for label in labels]
        for decision, label in zip(weigh(features, joins, [""] * len(labels), model), labels, strict=True):
            found.append((decision.certainty, decision.role == label.rstrip("+")))
    return found


def trust_of(found: list[tuple[float, bool]]) -> tuple[float, float]:
    """The two numbers that make log odds right as often as they say, by Newton's method (Platt 1999)."""
    slope, shift = 1.0, 0.0
    odds = [(log(sure / (1 - sure)), right) for chance, right in found if (sure := min(max(chance, 1e-6), 1 - 1e-6))]
    for _ in range(60):
        g0 = g1 = h00 = h01 = h11 = 0.0
        for odd, right in odds:
            said = 1 / (1 + exp(-(slope * odd + shift)))
            wrong, weight = right - said, said * (1 - said)
            g0, g1 = g0 + wrong * odd, g1 + wrong
            h00, h01, h11 = h00 + weight * odd * odd, h01 + weight * odd, h11 + weight
        bend = h00 * h11 - h01 * h01
        slope += limited((h11 * g0 - h01 * g1) / bend)
        shift += limited((h00 * g1 - h01 * g0) / bend)
    return round(slope, 3), round(shift, 3)


def limited(step: float) -> float:
    """A step that does not go too far at once."""
    return min(max(step, -0.3), 0.3)


def left_out(
    gutenberg: dict[str, list[tuple[str, Truth]]], scan: dict[str, list[tuple[str, Truth]]], given: argparse.Namespace
) -> list[tuple[float, bool]]:
    """What models that have not seen a quarter of the books say of it, and whether they are right."""
    names = sorted({*gutenberg, *scan})
    found = []
    for number in range(FOLDS):
        out = {name for at, name in enumerate(names) if at % FOLDS == number}
        model = read(averaged(learnt_from(gutenberg, scan, set(names) - out, given, FOLD_MODELS)))
        rows = [row for some in real_rows(gutenberg, scan, out, 1, 77).values() for row in some]
        found += judged(rows + made_rows(books_of(gutenberg, out), 60, 2000 + number), model)
    return found


def learnt_from(
    gutenberg: dict[str, list[tuple[str, Truth]]],
    scan: dict[str, list[tuple[str, Truth]]],
    names: set[str],
    given: argparse.Namespace,
    models: int,
) -> list[dict[str, object]]:
    """Models of the books named, each with other pages made up."""
    forms = []
    for number in range(models):
        rows = real_rows(gutenberg, scan, names, given.times, number)
        learnt = [row for name in sorted(rows) for row in rows[name]]
        learnt += made_rows(books_of(gutenberg, names), given.pages, 1941 + number)
        forms.append(train(learnt, sparse=given.sparse, smooth=given.smooth, most=given.iterations))
    return forms


def main() -> None:
    """Trains, and writes the weights or judges them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--out", type=Path, default=ROOT / "src/pressmark/structure/weights.json")
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--models", type=int, default=5, help="how many models are averaged")
    parser.add_argument("--times", type=int, default=1, help="how often each e-text is set anew")
    parser.add_argument("--sparse", type=float, default=0.06)
    parser.add_argument("--smooth", type=float, default=0.06)
    parser.add_argument("--iterations", type=int, default=120)
    parser.add_argument("--leave-out", default="", help="books that are not learnt from, by name, with commas")
    given = parser.parse_args()
    gutenberg, scan = pairs_of(given.pairs, "gutenberg"), pairs_of(given.pairs, "scan")
    names = {*gutenberg, *scan} - set(given.leave_out.split(","))
    form = averaged(learnt_from(gutenberg, scan, names, given, given.models))
    if names == {*gutenberg, *scan}:
        form["trust"] = trust_of(left_out(gutenberg, scan, given))
    given.out.write_text(json.dumps(form, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n", "utf-8")
    print(f"{given.out.stat().st_size:,} bytes, trust {form.get('trust')}")


if __name__ == "__main__":
    main()
