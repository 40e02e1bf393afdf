"""Every role has a home in TEI, and is found again there."""

from __future__ import annotations

import pytest

from pressmark.model.edition import Edition, number
from pressmark.model.header import Header
from pressmark.model.inventory import AB_TYPES, FURNITURE
from pressmark.model.roles import ROLES, blocks_of, role_of
from pressmark.model.text import Block, Container, Leaf, attributes, inset
from pressmark.tei import parse, write

BLOCKS = {role: encoding for role, encoding in ROLES.items() if role not in ("note_anchor", "line_end_hyphen")}
HOLDERS = {"list": "item", "table": "row", "row": "cell", "lg": "l"}


def preferred(role: str) -> Block:
    """The block that the table of roles prefers, with what TEI demands around it and in it."""
    encoding = BLOCKS[role]
    block = made(encoding.element, attributes(type=encoding.type))
    for around in reversed(encoding.within.split(" ")[:1] if encoding.within else []):
        kind = encoding.within.partition(" ")[2]
        block = Container(around, (block,), attributes=attributes(type=kind))
    return block


def made(name: str, given: tuple[tuple[str, str], ...] = ()) -> Block:
    if name in HOLDERS:
        return Container(name, (made(HOLDERS[name]),), attributes=given)
    return Leaf(name, "words", attributes=given)


def placed(block: Block) -> Edition:
    """The block where it may stand."""
    if block.name == "titlePart":
        text = Container("text", (Container("front", (block,)), Container("body", (Container("div"),))))
    elif block.name == "closer":
        text = Container("text", (Container("body", (Leaf("p", ""), block)),))
    else:
        text = Container("text", (Container("body", (block, Container("div"))),))
        if block.name not in (
            "byline",
            "head",
            "dateline",
            "epigraph",
            "argument",
            "address",
            "opener",
            "div",
        ):
            text = Container("text", (Container("body", (Leaf("p", ""), block, Leaf("p", ""))),))
    return number(Edition(Header(), text))


def roles(edition: Edition) -> list[str]:
    return [role for role, _, leaves in blocks_of(edition.text) if any(leaf.text for leaf in leaves)]


@pytest.mark.parametrize("role", BLOCKS)
def test_the_preferred_encoding_of_a_role_is_valid_and_found_again(role: str) -> None:
    edition = placed(preferred(role))
    assert parse(write(edition)) == edition
    assert roles(edition) == [role]


@pytest.mark.parametrize("role", [role for role, encoding in BLOCKS.items() if encoding.fallback])
def test_the_fallback_of_a_role_may_stand_wherever_a_paragraph_may(role: str) -> None:
    fallback = Leaf("ab", "words", attributes=attributes(type=BLOCKS[role].fallback))
    for around in ("quote", "div", "body"):
        block = fallback if around == "body" else Container(around, (Leaf("p", ""), fallback))
        edition = (
            placed(block)
            if around != "div"
            else number(Edition(Header(), Container("text", (Container("body", (block,)),))))
        )
        assert parse(write(edition)) == edition
        assert roles(edition) == [role]


def test_every_type_of_ab_and_fw_has_a_role() -> None:
    for kind in AB_TYPES:
        assert role_of(Leaf("ab", "x", attributes=attributes(type=kind)), ()) in ROLES
    for kind in FURNITURE:
        assert role_of(Leaf("fw", "x", attributes=attributes(type=kind)), ()) in ROLES


def test_a_note_in_a_quotation_in_a_note_is_a_footnote_of_its_own() -> None:
    inner = Container("note", (Leaf("p", "inner"),), attributes=attributes(type="editorNote"))
    quoted = Container("quote", (Leaf("p", "quoted", (inset(3, inner),)),))
    text = Container("body", (Container("note", (quoted,)),))
    assert [(role, block.name) for role, block, _ in blocks_of(text)] == [
        ("footnote", "p"),
        ("editor_note", "p"),
    ]


def test_a_poem_is_as_many_blocks_as_it_has_stanzas() -> None:
    stanza = Container("lg", (Leaf("l", "one"), Leaf("l", "two")))
    poem = Container("lg", (Leaf("head", "Title"), stanza, stanza))
    found = [(role, [leaf.text for leaf in leaves]) for role, _, leaves in blocks_of(poem)]
    assert found == [("heading", ["Title"]), ("verse", ["one", "two"]), ("verse", ["one", "two"])]


def test_a_table_is_one_block_and_a_note_in_it_another() -> None:
    note = Container("note", (Leaf("p", "note"),))
    cells = (Leaf("cell", "a"), Leaf("cell", "b", (inset(1, note),)))
    found = [
        (role, [leaf.text for leaf in leaves])
        for role, _, leaves in blocks_of(Container("table", (Container("row", cells),)))
    ]
    assert found == [("table", ["a", "b"]), ("footnote", ["note"])]


@pytest.mark.parametrize(
    ("leaf", "around", "role"),
    [
        ("p", "item", "list_item"),
        ("p", "floatingText", "block_quote"),
        ("l", "quote", "verse"),
        ("l", "epigraph", "epigraph"),
        ("bibl", "epigraph", "attribution"),
        ("salute", "closer", "signed"),
        ("head", "figure", "caption"),
        ("head", "lg", "heading"),
        ("l", "lg", ""),
        ("pb", "body", ""),
    ],
)
def test_the_role_of_a_block_depends_on_where_it_stands(leaf: str, around: str, role: str) -> None:
    block = Leaf(leaf, "")
    assert role_of(block, (Container("body"), Container(around, (block,)))) == role
