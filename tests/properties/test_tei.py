"""What is written can be read again, is TEI, and what the profile accepts TEI accepts too."""

from __future__ import annotations

import random
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.properties.strategies import editions

from pressmark.model.edition import Edition, ink
from pressmark.model.inventory import CHOICES, CONTAINERS, LEAVES, MARKS
from pressmark.model.text import Choice, Inset, walk
from pressmark.tei import parse, write
from pressmark.tei.explain import explain
from pressmark.tei.grammar import definitions, tree, value_fits
from pressmark.tei.names import TEI, XML_ID
from pressmark.tei.parse import local, parse_xml
from pressmark.tei.validate import schema

TEI_ALL = Path(__file__).parents[2].parent / "shared/data/tei/tei_all-4.12.0.rng"


def slow(examples: int, **given: object) -> settings:
    """Settings for tests that make whole editions."""
    unhealthy = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
    return settings(max_examples=examples, deadline=None, suppress_health_check=unhealthy, **given)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def tei_all() -> etree.RelaxNG:
    if not TEI_ALL.exists():
        pytest.skip("tei_all 4.12.0 is not here; it is too large to be part of the tests")
    return etree.RelaxNG(file=str(TEI_ALL))


@slow(60)
@given(editions())
def test_what_is_written_is_read_again(edition: Edition) -> None:
    document = write(edition)
    again = parse(document)
    assert again == edition
    assert again.sic == edition.sic
    assert write(again) == document


@slow(25)
@given(editions())
def test_no_ink_is_lost_to_xml(edition: Edition) -> None:
    """The words of a document, readings and alternative texts apart, are the sic reading."""
    root = parse_xml(write(edition))
    for element in list(root.iter(*(TEI + name for name in (*CHOICES, "supplied", "desc", "teiHeader")))):
        element.clear(keep_tail=True)
    for element in root.iter(f"{TEI}g"):
        element.text = ""
    words = "".join(str(piece) for piece in root.itertext())
    kept = "".join(character for character in edition.sic if character not in FORBIDDEN_INK)
    assert ink(words) == ink(kept)


FORBIDDEN_INK = {chr(code) for code in (*range(0x20), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF)}


def collected(count: int) -> list[Edition]:
    """As many editions as are asked for, the same in each run."""
    found: list[Edition] = []

    @slow(count, database=None, derandomize=True)
    @given(editions())
    def collect(edition: Edition) -> None:
        found.append(edition)

    collect()
    return found


@pytest.fixture(scope="session")
def many() -> list[Edition]:
    return collected(80)


def test_the_strategies_cover_the_inventory(many: list[Edition]) -> None:
    blocks = {block.name for edition in many for block in walk(edition.text)}
    leaves = [leaf for edition in many for leaf in edition.leaves()]
    marks = {mark.name for leaf in leaves for mark in leaf.marks if not isinstance(mark, Choice | Inset)}
    choices = {mark.name for leaf in leaves for mark in leaf.marks if isinstance(mark, Choice)}
    assert blocks == CONTAINERS | LEAVES
    assert marks == MARKS
    assert choices == {*CHOICES, "supplied"}


def test_what_is_written_is_tei(many: list[Edition], tei_all: etree.RelaxNG) -> None:
    for edition in many:
        document = write(edition)
        assert tei_all.validate(etree.fromstring(document)), (tei_all.error_log.last_error, document)


def test_the_profile_defines_what_the_inventory_lists() -> None:
    known = {definition.name for definition in definitions().values()}
    assert CONTAINERS | LEAVES | MARKS | {*CHOICES, *CHOICES.values(), "supplied", "choice", "g"} <= known


def test_every_element_and_attribute_is_documented() -> None:
    for definition in definitions().values():
        assert definition.documentation.endswith("."), definition.key
        for attribute in definition.attributes.values():
            assert attribute.documentation.endswith("."), (definition.key, attribute.name)


def mutants(document: bytes, seed: int, steps: int) -> Iterator[etree._Element]:
    """The document changed at random, change upon change; one that makes it invalid is taken back."""
    dice = random.Random(seed)
    root = parse_xml(document)
    names = sorted({each.name for each in definitions().values()})
    values = [(each, worth) for each in _attributes() for worth in WORTHS if value_fits(each, worth)]
    for _ in range(steps):
        before = deepcopy(root)
        _mutate(root, dice, names, values)
        yield root
        if not schema().validate(root):
            root = before


WORTHS = (
    *("de", "#b1", "#b1 #b2", "x", "a b", " x ", "0.5", "1e0", "3", "-1", "1940", "1940-02-30", "T05:00"),
    *("2001-01-01T00:00:00", "italic", "indent1 bold", "", "high", "12px", "urn:x", "http://example.org/|"),
    *("é", "0041", "001A", "main", "no"),
)
"""Values tried on every attribute; those that fit it are used."""


def _attributes() -> list:
    return [
        *{
            (attribute.name, id(attribute.pattern)): attribute
            for definition in definitions().values()
            for attribute in definition.attributes.values()
        }.values()
    ]


def _mutate(root: etree._Element, dice: random.Random, names: list[str], values: list) -> None:
    elements = [element for element in root.iter() if element is not root]
    one, other = dice.choice(elements), dice.choice(elements)
    kind = dice.randrange(8)
    if kind == 0:
        one.tag = TEI + dice.choice(names)
    elif kind == 1:
        one.getparent().remove(one)
    elif kind == 2 and other is not one and one not in other.iterancestors():
        other.insert(dice.randint(0, len(other)), one)
    elif kind == 3:
        copied = deepcopy(one)
        for number, each in enumerate(copied.iter()):
            if XML_ID in each.attrib:
                each.set(XML_ID, f"c{dice.randrange(10**9)}x{number}")
        other.insert(dice.randint(0, len(other)), copied)
    elif kind == 4:
        attribute, worth = dice.choice(values)
        name = XML_ID if attribute.name == "xml:id" else attribute.name.replace("xml:", XML_ID[:-2])
        one.set(name, worth if name != XML_ID else f"d{dice.randrange(10**9)}")
    elif kind == 5 and one.attrib:
        del one.attrib[dice.choice(sorted(one.attrib))]
    elif kind == 6:
        one.text = dice.choice(["words", " ", None])
    elif kind == 7:
        made = etree.SubElement(one, TEI + dice.choice(names))
        made.set(XML_ID, f"e{dice.randrange(10**9)}")
        one.insert(dice.randint(0, len(one)), made)


def test_what_the_profile_accepts_tei_accepts(many: list[Edition], tei_all: etree.RelaxNG) -> None:
    accepted = 0
    for seed, edition in enumerate(many[:60]):
        for root in mutants(write(edition), seed, 20):
            explained = list(explain(root))
            document = etree.tostring(root)
            read = etree.fromstring(document, etree.XMLParser(collect_ids=False))
            if schema().validate(root):
                accepted += 1
                assert not explained, (explained, document)
                assert tei_all.validate(read), (tei_all.error_log.last_error, document)
            else:
                assert explained, (schema().error_log.last_error, document)
    assert accepted > 100


@slow(25)
@given(editions(3), st.integers(0, 2**32))
def test_a_document_of_the_profile_is_read_or_refused(edition: Edition, seed: int) -> None:
    """Whatever stands in a valid file, it is read, written and read again alike, or refused in words."""
    from pressmark.errors import PressmarkError

    for root in mutants(write(edition), seed, 8):
        try:
            first = parse(etree.tostring(root))
        except PressmarkError:
            continue
        assert parse(write(first)) == first, [local(element) for element in root.iter()]


def test_the_profile_compiles_fast() -> None:
    import time

    begun = time.perf_counter()
    etree.RelaxNG(tree())
    assert time.perf_counter() - begun < 0.5
