"""The record of a page, from its head, its record lines, and what its HTML declares."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pressmark.checks import checks
from pressmark.exporters.listing import authors_of, language_of, year_of, years_of
from pressmark.model.edition import Edition, number
from pressmark.model.header import SOURCE, Hand, Header, Statement
from pressmark.model.text import Block, Container, Leaf, attributes
from pressmark.pipeline import run
from pressmark.readers import read
from pressmark.stages import INTAKE
from pressmark.stages.recover_record import recover_record
from pressmark.tei import parse, write

PAGE_OF_1940 = Path(__file__).parents[3].parent / "shared/data/seed/000_77bd333e3ab6d5f1.txt"


def edition(*lines: str, heads: tuple[Block, ...] = (), said: tuple[Statement, ...] = ()) -> Edition:
    """An edition with record lines, as the stage before leaves it."""
    record = tuple(Leaf("ab", line, attributes=attributes(type="record")) for line in lines)
    front = Container("front", (*heads, *record))
    text = Container("text", (front, Container("body", (Leaf("p", "It rained. " * 30),))))
    hands = (Hand("pressmark", "Pressmark", "program", "made"), Hand("source", "The page", "source", "says"))
    return number(Edition(Header(statements=said, hands=hands), text))


def title(words: str) -> Leaf:
    return Leaf("titlePart", words, attributes=attributes(type="main", cert="0.9"))


def recovered(*lines: str, heads: tuple[Block, ...] = (), said: tuple[Statement, ...] = ()) -> Header:
    return recover_record(edition(*lines, heads=heads, said=said)).header


def parts(header: Header, field: str) -> dict[str, str]:
    return dict(header.all(field)[0].parts)


def names(header: Header, field: str) -> list[str]:
    return [name for statement in header.all(field) for name in statement.all("name")]


def codes(header: Header) -> set[str]:
    made = replace(edition(), header=header)
    return {finding.code for check in checks() for finding in check.find(made)}


def meta(field: str, value: str) -> Statement:
    place = "html:title" if field == "page_title" else f"meta:{field}"
    return Statement(field, value, found=place, resp=SOURCE)


@pytest.fixture(scope="module")
def page() -> Header:
    if not PAGE_OF_1940.exists():
        pytest.skip("the page of 1940 is not here; it lies beside the project, not in it")
    return run(read(str(PAGE_OF_1940)), INTAKE, when="2020-01-01").header


def test_the_page_of_1940(page):
    assert page.value("title") == "Father and Son"
    assert authors_of(page) == ("Natalia Sedova Trotsky",)
    assert page.all("written")[0].normal == "1940"
    assert parts(page, "printed_source") == {
        "journal": "Fourth International",
        "date": "August 1941",
        "volume": "II",
        "issue": "7",
        "pages": "196–200",
    }
    assert page.all("printed_source")[0].normal == "1941-08"
    assert parts(page, "online_version") == {"publisher": "Natalia Sedova Internet Archive", "date": "December 2001"}
    assert names(page, "transcriber") == names(page, "encoder") == ["Mike Bessler"]
    assert parts(page, "proofreader") == {"name": "Einde O’Callaghan", "date": "July 2015"}


def test_the_record_is_written_as_tei_and_read_again():
    made = recover_record(
        edition(
            "Written: London, March 18-28, 1875",
            "Source: The Oven, Vol. II No. 9, June 1911, pp. 3–5.",
            "Published by: Bundesarchiv Koblenz, Bestand R 43, Akte 12",
            "Transcribed/HTML Markup: Ann Bly and C. Day (2001).",
            "Public Domain: Baker Archive (2004). You may freely copy this work.",
            heads=(title("The Bakers"),),
        )
    )
    assert made.header.value("rights")
    assert parse(write(made)) == made


def test_a_second_time_changes_nothing():
    lines = ("Written: 1843", "First published: 1834", "Author: Ann Bly", "HTML Markup: Lena Okafor", "By: C. Day")
    once = recover_record(edition(*lines, said=(meta("author", "Lena Okafor"), meta("page_title", "Bly: Bread"))))
    assert recover_record(once) == once


def test_a_german_record_in_another_order():
    header = recovered(
        "Korrekturlesung: Ilse Brandt (März 2012)",
        "Quelle: Die Gleichheit, 21. Jg., Nr. 9, 30. Januar 1911, S. 129–131.",
        "Abschrift und HTML-Markierung: Heinz Vogt.",
        "Aus dem Englischen von: Karl Meier",
        "Entstanden: Anfang Januar 1911",
        "Lizenz: gemeinfrei",
        heads=(title("Der Brunnen"), Leaf("byline", "Von Käthe Brömmel", attributes=attributes(cert="0.9"))),
    )
    assert header.value("title") == "Der Brunnen"
    assert authors_of(header) == ("Käthe Brömmel",)
    assert parts(header, "proofreader") == {"name": "Ilse Brandt", "date": "März 2012"}
    assert parts(header, "printed_source") == {
        "journal": "Die Gleichheit",
        "volume": "21",
        "issue": "9",
        "date": "30. Januar 1911",
        "pages": "129–131",
    }
    assert names(header, "transcriber") == names(header, "encoder") == ["Heinz Vogt"]
    assert names(header, "translator") == ["Karl Meier"]
    assert header.all("written")[0].normal == "1911-01~"
    assert header.all("rights")[0].normal == "public-domain"


def test_a_russian_record_in_another_order():
    header = recovered(
        "Источник: Красная новь, № 4, апрель 1925 г., с. 17–31.",
        "Вычитка: Мария Попова (июнь 2010 г.)",
        "Впервые напечатано: Звезда, № 2, 3 (16) марта 1917 г.",
        "Набор и вёрстка: Иван Петров",
        "Дата написания: 24 мая 1916 г.",
        "Перевод: с английского А. Н. Сидорова",
        heads=(title("Смотритель маяка"), Leaf("byline", "Елена Ветрова", attributes=attributes(cert="0.9"))),
    )
    assert authors_of(header) == ("Елена Ветрова",)
    assert parts(header, "printed_source") == {
        "journal": "Красная новь",
        "issue": "4",
        "date": "апрель 1925 г.",
        "pages": "17–31",
    }
    assert header.all("printed_source")[0].normal == "1925-04"
    assert header.all("published")[0].normal == "1917-03-16"
    assert parts(header, "published")["journal"] == "Звезда"
    assert header.all("written")[0].normal == "1916-05-24"
    assert names(header, "transcriber") == names(header, "encoder") == ["Иван Петров"]
    assert names(header, "proofreader") == ["Мария Попова"]
    assert names(header, "translator") == ["А. Н. Сидорова"]


def test_a_french_record_in_another_order():
    header = recovered(
        "Mise en ligne : Archives du Quai, janvier 2005",
        "Source : Jean Morel, Le Pont, Éditions du Seuil, Paris, 1931, t. II, p. 40-52",
        "Première parution : La Revue blanche, n° 12, 3 mai 1899",
        "Transcription : Luc Petit et Anne Roy",
        "Balisage : Anne Roy",
        "Écrit : hiver 1898–99",
        "Droits : domaine public",
        heads=(title("Le Pont"),),
    )
    assert parts(header, "printed_source") == {
        "author": "Jean Morel",
        "book": "Le Pont",
        "publisher": "Éditions du Seuil",
        "place": "Paris",
        "date": "1931",
        "volume": "II",
        "pages": "40-52",
    }
    assert parts(header, "published") == {"journal": "La Revue blanche", "issue": "12", "date": "3 mai 1899"}
    assert header.all("published")[0].normal == "1899-05-03"
    assert header.all("written")[0].normal == "1898-24"
    assert names(header, "transcriber") == ["Luc Petit", "Anne Roy"]
    assert names(header, "encoder") == ["Anne Roy"]
    assert header.all("rights")[0].normal == "public-domain"
    assert header.all("online_version")[0].normal == "2005-01"


@pytest.mark.parametrize(
    ("head", "author"),
    [
        ("Karl Marx: The Civil War in France", "Karl Marx"),
        ("V. I. Lenin", "V. I. Lenin"),
        ("Works of Karl Marx 1845", "Karl Marx"),
        ("Karl Marx 1859", "Karl Marx"),
    ],
)
def test_a_heading_names_the_author(head, author):
    running = Leaf("fw", head, attributes=attributes(type="runningTitle"))
    said = (meta("author", author),)
    header = recovered(heads=(running, title("The First Address")), said=said)
    assert header.value("title") == "The First Address"
    (statement,) = header.all("author")[:1]
    assert statement.value == author
    assert statement.probability > 0.9


def test_what_cannot_be_a_name_is_no_author():
    byline = Leaf("byline", "Father and Son", attributes=attributes(cert="0.64"))
    header = recovered(heads=(title("Natalia Sedova"), byline))
    assert header.value("title") == "Father and Son"
    assert authors_of(header) == ("Natalia Sedova",)


def test_an_author_who_is_the_transcriber_is_doubted_and_reported():
    byline = Leaf("byline", "Marta Lind", attributes=attributes(cert="0.9"))
    header = recovered(
        "HTML Markup: Lena Okafor, 2001",
        heads=(title("The Bakers"), byline),
        said=(meta("author", "Lena Okafor"), meta("page_title", "Marta Lind: The Bakers")),
    )
    assert {statement.value for statement in header.all("author")} == {"Lena Okafor", "Marta Lind"}
    assert authors_of(header) == ("Marta Lind",)
    assert "C001" in codes(header)


def test_contrary_years_are_kept_and_reported():
    header = recovered("Written: 1843", "First published: 1834", heads=(title("A"),))
    assert [each.value for field in ("written", "published") for each in header.all(field)] == ["1843", "1834"]
    assert header.all("written")[0].probability <= 0.7
    assert "C002" in codes(header)
    assert "C002" not in codes(recovered("Written: 1833", "First published: 1834", heads=(title("A"),)))


def test_a_contrary_title_is_reported():
    said = (meta("page_title", "Letters 1866"),)
    assert "C003" in codes(recovered(heads=(title("The Weight of Bells"),), said=said))
    assert "C003" not in codes(recovered(heads=(title("The Letters"),), said=said))


def test_certainty_follows_the_evidence():
    def sure(line: str) -> float:
        (statement, *_) = recovered(line, heads=(title("A"),)).all("written")
        return statement.probability

    assert sure("Written: May 5, 1911") > sure("Writen: May 5, 1911")
    assert sure("Written: May 5, 1911") > sure("Written: one evening, to please his aunt")
    assert sure("Written: one evening, to please his aunt") > sure("Written: 31 February 1911")


def test_what_a_person_said_is_left_alone():
    said = (Statement("author", "Ann Bly", found="meta:author", resp="kr", cert="low"),)
    header = recovered("Author: C. Day", said=said, heads=(title("A"),))
    assert header.all("author")[0] == said[0]


def test_the_years_of_lists():
    def shown(line: str) -> tuple[str, str]:
        header = recovered(line, heads=(title("A"),))
        return year_of(header), years_of(header)

    assert shown("Written: 1911–12") == ("1911", "1911–12")
    assert shown("Written: December 1811") == ("1811", "1811")
    assert shown("Written: in the 1920s") == ("1920", "1920s")
    assert shown("Written: Dec. 1899 – Jan. 1901") == ("1899", "1899–1901")
    assert shown("Written: by hand") == ("", "")


def paragraphs(*words: str, heads: tuple[Block, ...] = ()) -> Header:
    """The record of an edition whose last paragraphs are these."""
    made = edition(heads=heads)
    body = made.text.children[1]
    assert isinstance(body, Container)
    more = tuple(Leaf("p", each) for each in words)
    text = replace(made.text, children=(made.text.children[0], replace(body, children=(*body.children, *more))))
    return recover_record(number(replace(made, text=text))).header


def test_lines_outside_the_record_name_who_made_the_page():
    header = paragraphs("[Marked up by Dai Pritchard]", "Transcribed, edited & formatted by Ann Bly & Tom Roe in 2008.")
    assert names(header, "encoder") == ["Dai Pritchard", "Ann Bly", "Tom Roe"]
    assert names(header, "transcriber") == ["Ann Bly", "Tom Roe"]
    assert all(each.probability < 0.85 for each in header.all("transcriber"))


def test_an_imprint_outside_the_record_is_where_it_was_published():
    header = paragraphs("Printed and published by the Lantern Press, 7 Bell Street, London E.C.")
    assert parts(header, "published") == {"publisher": "Lantern Press", "place": "London"}


def test_running_text_states_nothing():
    header = paragraphs(
        "Transcribed by nobody, the letter lay in the drawer.", "From Leeds we went on to York in May 1900."
    )
    assert not header.all("transcriber")
    assert not header.all("printed_source")


def test_the_name_of_the_issue_is_no_title():
    header = recovered("Source: The Oven, No. 9, June 1911", heads=(title("The Oven, June 1911"), title("On Crust")))
    assert [each.value for each in header.all("title")] == ["On Crust"]


def test_an_author_with_a_first_name_is_told_from_a_title_without_one():
    byline = Leaf("byline", "Human Baking", attributes=attributes(cert="0.9"))
    header = recovered("Written: 1911", heads=(title("Sylvia Crumb"), byline))
    assert [each.value for each in header.all("title")] == ["Human Baking"]
    assert names(header, "author") == ["Sylvia Crumb"]


GERMAN = (
    "Am Morgen, als das Feuer zum ersten Mal zog, stand mein Vater schon im Hof und hielt die Hand gegen den Wind. "
)


def in_german(*lines: str, said: tuple[Statement, ...] = ()) -> Edition:
    made = edition(*lines, said=said)
    text = replace(made.text, children=(made.text.children[0], Container("body", (Leaf("p", GERMAN * 5),))))
    return recover_record(number(replace(made, text=text)))


def test_the_language_is_what_the_words_tell():
    (stated,) = in_german().header.all("language")
    assert (stated.normal, stated.resp, stated.found) == ("de", "pressmark", "text:words")
    assert stated.probability > 0.95
    assert language_of(in_german(), "en") == "de"


def test_a_template_in_another_language_is_kept_and_doubted():
    said = Statement("language", "en", "en", "html:lang", SOURCE)
    made = in_german(said=(said,))
    assert {(each.normal, each.probability > 0.9) for each in made.header.all("language")} == {
        ("en", False),
        ("de", True),
    }
    assert language_of(made, "en") == "de"
    person = Hand("kr", "K. R.", "person", "decided")
    decided = replace(made.header, statements=(*made.header.statements, Statement("language", "da", "da", resp="kr")))
    assert language_of(replace(made, header=replace(decided, hands=(*decided.hands, person))), "en") == "da"


def test_figures_are_read_as_the_language_of_the_text_has_them():
    assert in_german("Geschrieben: 5/6/1940").header.all("written")[0].normal == "1940-06-05"
    assert recovered("Written: 5/6/1940").all("written")[0].normal == "1940"
