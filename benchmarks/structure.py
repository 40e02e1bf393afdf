"""How well Pressmark sees structure, and how far its certainties can be believed.

    python dev.py bench structure [FOLDER] [PAGES]

FOLDER holds a benchmark of structure: ``structure/FAMILY/dev/NAME.txt`` with the truth in ``NAME.json``, and beside
it the scorer ``score_structure.py``. PAGES holds the web pages that the texts of its family ``mia`` were copied from:
then what is seen in the page is compared with what is seen in its text. Nothing here is a part of Pressmark; without
it there is nothing to measure.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from types import ModuleType
from typing import Any

from pressmark.exporters.inspection import inspection
from pressmark.pipeline import run
from pressmark.readers import read
from pressmark.stages import INTAKE

FAMILIES = ("mia", "gutenberg", "scan")
SHARED = Path(__file__).parent.parent.parent / "shared" / "bench"
BANDS = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 1.01)
"""The upper ends of the bands of certainty."""

Judged = tuple[float, bool]
"""The certainty of a block, and whether it is right."""


def main(arguments: list[str]) -> None:
    """Prints the table of each family, and of its certainties."""
    folder = Path(arguments[0]) if arguments else SHARED
    if not (folder / "score_structure.py").is_file():
        sys.exit(f"There is no benchmark of structure in {folder}: nothing was measured.")
    scorer = scorer_in(folder)
    for family in FAMILIES:
        total, judged = measured(scorer, folder, family)
        scorer.show(total, f"{family} (dev)")
        print(f"\n{'certainty':>10} {'blocks':>8} {'said':>7} {'right':>7}")
        for low, high, band in bands(judged):
            said = sum(certainty for certainty, _ in band) / len(band)
            right = sum(right for _, right in band) / len(band)
            print(f"{low:.2f}–{min(high, 1):.2f} {len(band):8} {said:7.3f} {right:7.3f}")
        print()
    if len(arguments) > 1:
        compare(folder / "structure" / "mia" / "dev", Path(arguments[1]))


def scorer_in(folder: Path) -> ModuleType:
    """The scorer of a benchmark, as a module."""
    path = folder / "score_structure.py"
    spec = importlib.util.spec_from_file_location("score_structure", path)
    if spec is None or spec.loader is None:
        raise ImportError(str(path))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def measured(scorer: ModuleType, folder: Path, family: str) -> tuple[Any, list[Judged]]:
    """The scorer's tally of a family, and each block's certainty with whether it is right."""
    texts = sorted((folder / "structure" / family / "dev").glob("*.txt"))
    total, judged = scorer.Tally(), []
    with ProcessPoolExecutor() as pool:
        for path, found in zip(texts, pool.map(_blocks, texts), strict=True):
            tally, each = _scored(scorer, path, found)
            total.add(tally)
            judged += each
    return total, judged


def _blocks(path: Path) -> dict[str, Any]:
    return inspection(run(read(path), INTAKE), str(path))


def _text(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as file:
        return file.read()


def _scored(scorer: ModuleType, path: Path, found: dict[str, Any]) -> tuple[Any, list[Judged]]:
    text, truth = _text(path), json.loads(path.with_suffix(".json").read_text("utf-8"))
    page = scorer.Doc(text)
    blocks, said = page.read(truth)[0], page.read(found)[0]
    right = set(scorer.match(page, blocks, said, True).values())
    judged = [(block["raw"].get("certainty"), number in right) for number, block in enumerate(said)]
    return scorer.score(truth, found, text), [each for each in judged if each[0] is not None]


def bands(judged: Iterable[Judged]) -> Iterator[tuple[float, float, list[Judged]]]:
    """The blocks in bands of certainty: (lower end, upper end, blocks), those that have any."""
    found: dict[float, list[Judged]] = defaultdict(list)
    for each in judged:
        found[next(high for high in BANDS if each[0] < high)].append(each)
    for low, high in zip((0.0, *BANDS), BANDS, strict=False):
        if found[high]:
            yield low, high, found[high]


def compare(texts: Path, pages: Path) -> None:
    """What is seen in web pages beside what is seen in their texts: blocks with the same words and a role that the
    truth allows, of all that the truth has.
    """
    count = Counter[str]()
    for path in sorted(texts.glob("*.txt")):
        truth = json.loads(path.with_suffix(".json").read_text("utf-8"))
        page = pages / truth["source"]["page"].partition("/archive/")[2]
        if not page.is_file():
            continue
        text = _text(path)
        wanted = [block for block in truth["blocks"] if block["role"] not in ("note_anchor", "line_end_hyphen")]
        for name, source, words in (("text", path, text), ("page", page, None)):
            edition = run(read(source), INTAKE)
            source_text = words if words is not None else edition.source_text or ""
            said = Counter[tuple[str, str]]()
            for block in inspection(edition, "")["blocks"]:  # type: ignore[attr-defined]
                said[_ink(source_text, block), block["role"]] += 1
            for block in wanted:
                key = _ink(text, block)
                role = next((r for r in (block["role"], *block.get("also", ())) if said[key, r]), "")
                said[key, role] -= 1
                count[name] += bool(role)
        count["blocks"] += len(wanted)
        count["pages"] += 1
    if count["pages"]:
        print(f"{count['pages']} web pages with {count['blocks']} blocks, right in words and role:")
        print(f"  read as plain text {count['text'] / count['blocks']:.3f}")
        print(f"  read as web pages  {count['page'] / count['blocks']:.3f}")


def _ink(text: str, block: dict[str, Any]) -> str:
    spans = block.get("spans") or [(block["start"], block["end"])]
    return "".join("".join(text[start:end].split()) for start, end in spans)
