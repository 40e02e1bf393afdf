"""Blocks into a container as the content models of the profile allow, changed as little as may be.

The content model is gone through child by child (``pressmark.tei.grammar``). A child that may not stand where it
does is taken in another form, each with its price; of all ways to the end the cheapest is taken (A. J. Viterbi,
“Error Bounds for Convolutional Codes”, 1967). A container that can hold its children in no form is a quotation,
which holds any block.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby

from pressmark.model.inventory import LEAVES, PARTED, PARTING
from pressmark.model.roles import ROLES
from pressmark.model.text import Block, Container, Leaf
from pressmark.readers.foreign_tei.attributes import redress
from pressmark.readers.foreign_tei.ledger import Ledger
from pressmark.readers.foreign_tei.lines import IMPLICIT
from pressmark.tei.grammar import NONE, WORDS, Pattern, after, choice, definitions, expected, may_end

STANDING_IN = {each.element: each.fallback for each in ROLES.values() if each.fallback and not each.within} | {
    "docAuthor": "author",
    "docDate": "dateline",
    "trailer": "heading",
    "label": "heading",
    "salute": "salutation",
    "signed": "signed",
    "addrLine": "addressee",
    "speaker": "heading",
}
"""The type of the ``ab`` that stands in for a leaf where it may not stand."""

FILLERS: dict[str, Block] = {
    "body": Leaf("p"),
    "div": Leaf("p"),
    "lg": Leaf("l"),
    "list": Leaf("item"),
    "table": Container("row", (Leaf("cell"),)),
    "row": Leaf("cell"),
    "address": Leaf("addrLine"),
    "postscript": Leaf("p"),
    "argument": Leaf("p"),
    "item": Leaf("p"),
    "cell": Leaf("p"),
}
"""What a container must have and the source leaves out: an empty one."""

ENDED, AS_ANOTHER, RENAMED, WRAPPED, FILLED, AS_A_TEXT = 1, 2, 3, 3, 6, 1000
"""The prices of an empty child at the end, of a child in another form, and of an empty one before it; that of a
division as a text within the text is the highest.
"""

SECTIONS = frozenset(("front", "body", "back", "div", "text"))
SPOKEN = {"epigraph": "epigraph", "argument": "argument"}
"""The type of the ``ab`` that stands in for a paragraph of a container that has to go."""

KEYS = {"text": "body.text"}


class _Automaton:
    """The content model of one element; states are numbers, 0 the first."""

    def __init__(self, key: str) -> None:
        self.patterns: list[Pattern] = [_blocks_in(key)]
        self.numbers = {self.patterns[0]: 0}
        self.steps: dict[tuple[int, str], int] = {}

    def step(self, state: int, name: str) -> int:
        """The state after a child of this name; -1 where it may not stand here."""
        found = self.steps.get((state, name))
        if found is None:
            found = self.steps[state, name] = self._step(self.patterns[state], name)
        return found

    def _step(self, pattern: Pattern, name: str) -> int:
        known = definitions()
        key = next((key for key in sorted(expected(pattern)) if key != WORDS and known[key].name == name), "")
        stepped = after(pattern, key) if key else NONE
        if stepped == NONE:
            return -1
        if stepped not in self.numbers:
            self.numbers[stepped] = len(self.patterns)
            self.patterns.append(stepped)
        return self.numbers[stepped]

    def through(self, state: int, blocks: Sequence[Block]) -> int:
        """The state after several children."""
        for block in blocks:
            state = self.step(state, block.name)
            if state < 0:
                break
        return state

    def may_end(self, state: int) -> bool:
        return may_end(self.patterns[state])


@cache
def _automaton(container: str) -> _Automaton:
    return _Automaton(KEYS.get(container, container))


def _blocks_in(key: str) -> Pattern:
    """The content model of a container; that of an item or a cell without its other form, which is a leaf."""
    content = definitions()[key].content
    if key in LEAVES and content[0] == "choice":
        return choice(each for each in content[1] if each[0] == "group")  # type: ignore[attr-defined]
    return content


@dataclass(frozen=True, slots=True)
class _Way:
    """The cheapest way to a state: its price, and its last step with what the child became there."""

    price: int
    blocks: tuple[Block, ...] = ()
    child: Block | None = None
    before: _Way | None = None
    wrapped: bool = False


def fit(container: Container, ledger: Ledger) -> Container:
    """The container with its children in forms that may stand in it; another container, where none may."""
    if container.name in ("text", "floatingText"):
        return _fit_parts(container, ledger)
    children = fitted(container.name, container.children, ledger)
    if children is None:
        ledger.note("R011", f"<{container.name}> kept as <quote>, for what stands in it")
        blocks = tuple(each for child in container.children for each in as_blocks(child, ledger))
        return replace(container, name="quote", children=blocks, attributes=redress(container.attributes, "quote"))
    return replace(container, children=children)


def fitted(name: str, children: tuple[Block, ...], ledger: Ledger) -> tuple[Block, ...] | None:
    """The children in forms that may stand in a container of this name; ``None`` where there are none such."""
    model = _automaton(name)
    state = model.through(0, children)
    if state >= 0 and model.may_end(state):
        return children
    way = _cheapest(model, name, children)
    return None if way is None else _taken(way, ledger)


def _cheapest(model: _Automaton, name: str, children: tuple[Block, ...]) -> _Way | None:
    ways = {0: _Way(0)}
    for child in children:
        forms = list(_forms(child, name))
        reached: dict[int, _Way] = {}
        for state, way in ways.items():
            for price, blocks, wrapped in forms:
                after_it = model.through(state, blocks)
                if after_it >= 0 and (after_it not in reached or way.price + price < reached[after_it].price):
                    reached[after_it] = _Way(way.price + price, blocks, child, way, wrapped)
        ways = reached
    if name in FILLERS:
        filler = FILLERS[name]
        for state, way in list(ways.items()):
            after_it = model.step(state, filler.name)
            price = way.price + ENDED
            if after_it >= 0 and (after_it not in ways or price < ways[after_it].price):
                ways[after_it] = _Way(price, (filler,), None, way)
    ended = [way for state, way in ways.items() if model.may_end(state)]
    return min(ended, key=lambda way: way.price, default=None)


def _taken(way: _Way, ledger: Ledger) -> tuple[Block, ...]:
    """The blocks on a way; of divisions that were put round neighbours one is made."""
    steps: list[_Way] = []
    at: _Way | None = way
    while at is not None and at.before is not None:
        steps.append(at)
        at = at.before
    out: list[Block] = []
    for wrapped, run in groupby(reversed(steps), key=lambda step: step.wrapped):
        taken = list(run)
        for step in taken:
            _tell(step, ledger)
        blocks = tuple(block for step in taken for block in step.blocks)
        held = tuple(child for block in blocks if isinstance(block, Container) for child in block.children)
        joined = fitted("div", held, ledger) if wrapped and len(blocks) > 1 else None
        out += blocks if joined is None else (Container("div", joined),)
    return tuple(out)


def _tell(step: _Way, ledger: Ledger) -> None:
    """Says in the ledger what a child became."""
    if step.child is None or step.blocks == (step.child,):
        return
    forms = ", ".join(dict.fromkeys(f"<{each.name}>" for each in step.blocks if each != step.child)) or "nothing"
    how = "put into" if step.wrapped else "kept as"
    ledger.note("R011", f"<{step.child.name}> where the profile has none, {how} {forms}")


def _forms(child: Block, container: str) -> Iterator[tuple[int, tuple[Block, ...], bool]]:
    """The forms that a child may be taken in: (price, blocks, whether a division was put round it)."""
    ledger = Ledger()  # only what is taken in the end is counted
    yield 0, (child,), False
    if container in FILLERS:
        yield FILLED, (FILLERS[container], child), False
    blocks = as_blocks(child, ledger)
    if blocks != (child,):
        yield AS_A_TEXT if child.name in SECTIONS else AS_ANOTHER + len(blocks) - 1, blocks, False
    if isinstance(child, Leaf) and (renamed := _renamed(child, IMPLICIT.get(container, "p"))):
        yield RENAMED, (renamed,), False
    if isinstance(child, Leaf) and child.name != "p" and (plain := _renamed(child, "p")):
        yield RENAMED + 1, (plain,), False
    if container in ("front", "body", "back", "div"):
        inner = fitted("div", blocks, ledger)
        if inner is not None:
            yield WRAPPED, (Container("div", inner),), True
    elif container in ("list", "table", "row"):
        yield WRAPPED, (_wrapped(child, blocks, container, ledger),), False


def _renamed(leaf: Leaf, name: str) -> Leaf | None:
    """The leaf under another name, if one of that name can hold what interrupts it."""
    if leaf.name == "graphic" or leaf.name == name or not _can_be(leaf, name):
        return None
    return replace(leaf, name=name, attributes=redress(leaf.attributes, name))


def _can_be(leaf: Leaf, name: str) -> bool:
    return name in PARTED or not any(mark.block and mark.name in PARTING for mark in leaf.insets)


def _wrapped(child: Block, blocks: tuple[Block, ...], container: str, ledger: Ledger) -> Block:
    """A child as an item of a list, a row of a table, a cell of a row."""
    inner = "item" if container == "list" else "cell"
    only = blocks[0] if len(blocks) == 1 else None
    leaf = _renamed(only, inner) if isinstance(only, Leaf) else None
    held = fitted(inner, blocks, ledger)
    assert held is not None, "an item and a cell hold every block"
    cell = leaf or Container(inner, held)
    return Container("row", (cell,)) if container == "table" else cell


def as_blocks(block: Block, ledger: Ledger) -> tuple[Block, ...]:
    """What a block is where only paragraphs and their like may stand: itself, or something in its stead."""
    if _automaton("quote").step(0, block.name) >= 0:
        return (block,)
    if block.name == "item":
        return (fit(Container("list", (block,)), ledger),)
    if block.name in ("row", "cell"):
        row = block if block.name == "row" else Container("row", (block,))
        return (fit(Container("table", (row,)), ledger),)
    if isinstance(block, Leaf):
        return (_as_ab(block),)
    if block.name in SECTIONS:
        return (_fit_parts(Container("floatingText", (block,)), ledger),)
    blocks = tuple(each for child in block.children for each in as_blocks(child, ledger))
    kind = SPOKEN.get(block.name)
    if not kind:
        return blocks
    return tuple(_typed(each, kind) if isinstance(each, Leaf) and each.name == "p" else each for each in blocks)


def _typed(leaf: Leaf, kind: str) -> Leaf:
    return replace(leaf, name="ab", attributes=tuple(sorted((*redress(leaf.attributes, "ab"), ("type", kind)))))


def _as_ab(leaf: Leaf) -> Block:
    """A leaf as an ``ab`` that says what it is, a paragraph, or a picture in a figure."""
    if leaf.name == "graphic":
        return Container("figure", (leaf,))
    kind = STANDING_IN.get(leaf.name, "")
    if leaf.name == "titlePart":
        kind = "title" if leaf.get("type") in ("main", "alt") else "subtitle"
    bare = replace(leaf, attributes=tuple(pair for pair in leaf.attributes if pair[0] != "type"))
    return _typed(bare, kind) if kind else replace(bare, name="p", attributes=redress(bare.attributes, "p"))


PARTS = ("front", "body", "back")


def _fit_parts(container: Container, ledger: Ledger) -> Container:
    """A text of front, body and back. What else stands in it, or stands there twice, is put into the body."""
    model = _automaton(container.name)
    state = model.through(0, container.children)
    if state >= 0 and model.may_end(state):
        return container
    children = list(container.children)
    first = {name: next((child for child in children if child.name == name), None) for name in PARTS}
    front = first["front"] if children and children[0] is first["front"] else None
    back = first["back"] if children and children[-1] is first["back"] else None
    inner: list[Block] = []
    for child in children:
        if child is front or child is back:
            continue
        if child.name == "body" and isinstance(child, Container):
            inner += child.children
        elif child.name in ("front", "back", "text") and isinstance(child, Container):
            inner.append(_as_div(child, ledger))
        else:
            inner.append(child)
    body = first["body"]
    held = body if isinstance(body, Container) else Container("body")
    made = fit(replace(held, children=tuple(inner)), ledger)
    if made.name != "body":
        made = Container("body", (made,))
    return replace(container, children=tuple(each for each in (front, made, back) if each is not None))


def _as_div(part: Container, ledger: Ledger) -> Block:
    """The front or the back of a text as a division of its body."""
    children: list[Block] = []
    for child in part.children:
        held = child.children if isinstance(child, Container) and child.name in PARTS else (child,)
        children += held if part.name == "text" else (child,)
    attributes = dict(redress(part.attributes, "div")) | {"type": part.name}
    return fit(Container("div", tuple(children), part.id, tuple(sorted(attributes.items()))), ledger)
