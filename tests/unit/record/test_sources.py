"""Printed sources are taken apart."""

from __future__ import annotations

import time

import pytest

from pressmark.record.sources import citation_in, cited_from, is_imprint, is_person

JOURNALS = [
    (
        "Fourth International, Vol. II No. 7, August 1941, pp. 196–200.",
        {"journal": "Fourth International", "volume": "II", "issue": "7", "date": "August 1941", "pages": "196–200"},
        "1941-08",
    ),
    (
        "»Der Heimgarten«, Heft 6, Juni 1923, S. 88 f.",
        {"journal": "Der Heimgarten", "issue": "6", "date": "Juni 1923", "pages": "88 f."},
        "1923-06",
    ),
    (
        'журнал "Северный Берег", N 4, апрель 1908 г., с. 17-18.',
        {"journal": "Северный Берег", "issue": "4", "date": "апрель 1908 г.", "pages": "17-18"},
        "1908-04",
    ),
    (
        "L’Humanité, n° 245, 3 mai 1911, p. 2",
        {"journal": "L’Humanité", "issue": "245", "date": "3 mai 1911", "pages": "2"},
        "1911-05-03",
    ),
    (
        "El Sol, núm. 12, 3 de mayo de 1931, págs. 4-5",
        {"journal": "El Sol", "issue": "12", "date": "3 de mayo de 1931", "pages": "4-5"},
        "1931-05-03",
    ),
    ("The Oven, June 1911, pp. 280-290, No. 5", {"journal": "The Oven", "issue": "5", "pages": "280-290"}, "1911-06"),
    ("The Oven, March 1919", {"journal": "The Oven", "date": "March 1919"}, "1919-03"),
    (
        "The Oven, Vol 5, No 3, April/May 1923, Lantern Trust, London",
        {"journal": "The Oven", "volume": "5", "issue": "3", "publisher": "Lantern Trust", "place": "London"},
        "1923-04/1923-05",
    ),
    (
        "Pekarnya (The Bakery), No.s 2-3, 1970, Moscow, pp. 244-5",
        {"journal": "Pekarnya", "issue": "2-3", "place": "Moscow", "pages": "244-5"},
        "1970",
    ),
    ("Die Glocke. Blätter für Gießer", {"journal": "Die Glocke. Blätter für Gießer"}, ""),
    (
        "“The Bakers”, The Oven, No. 9, June 1911",
        {"article": "The Bakers", "journal": "The Oven", "issue": "9", "date": "June 1911"},
        "1911-06",
    ),
]

BOOKS = [
    (
        "Lenin Collected Works, Progress Publishers, [197[4]], Moscow, Volume 21, page 42.",
        {
            "book": "Lenin Collected Works",
            "publisher": "Progress Publishers",
            "place": "Moscow",
            "volume": "21",
            "pages": "42",
        },
        "1974",
    ),
    (
        "Marx, Karl. Value, Price and Profit. New York: International Co., Inc, 1969.",
        {
            "author": "Marx, Karl",
            "book": "Value, Price and Profit",
            "place": "New York",
            "publisher": "International Co., Inc",
            "date": "1969",
        },
        "1969",
    ),
    (
        "A. Bebel, Aus meinem Leben, Part 2, Stuttgart, 1911",
        {"author": "A. Bebel", "book": "Aus meinem Leben", "volume": "2", "place": "Stuttgart", "date": "1911"},
        "1911",
    ),
    (
        "Late Marx and the Russian Road, edited by Teodor Shanin, Monthly Review Press, New York, 1983",
        {"book": "Late Marx and the Russian Road", "editor": "Teodor Shanin", "publisher": "Monthly Review Press"},
        "1983",
    ),
    (
        "The Civil War in France, Foreign Languages Press, Peking, First edition 1966",
        {"book": "The Civil War in France", "edition": "First edition", "place": "Peking", "date": "1966"},
        "1966",
    ),
    (
        "В. И. Ленин, Полное собрание сочинений, 5-е изд., т. 21, М., Политиздат, 1961, с. 40–41",
        {
            "author": "В. И. Ленин",
            "book": "Полное собрание сочинений",
            "volume": "21",
            "publisher": "Политиздат",
            "pages": "40–41",
        },
        "1961",
    ),
    (
        "K. Marx, F. Engels, Werke, Dietz Verlag, Berlin 1962, Bd. 19, S. 13–32.",
        {"book": "Werke", "publisher": "Dietz Verlag", "place": "Berlin", "volume": "19", "pages": "13–32"},
        "1962",
    ),
]

BOOKS += [
    (
        "The Theory of Bread, Lantern Publishers, Moscow, 1974",
        {"book": "The Theory of Bread", "publisher": "Lantern Publishers", "place": "Moscow"},
        "1974",
    ),
    (
        "The Bakers’ Year, Workers' Press, July 1923",
        {"book": "The Bakers’ Year", "publisher": "Workers' Press", "date": "July 1923"},
        "1923-07",
    ),
    ("What Is To Be Baked?, London, May 1920", {"book": "What Is To Be Baked?", "place": "London"}, "1920-05"),
    (
        "in: Karl Weber. Das Brot des Nordens, Hamburg, 1885",
        {"author": "Karl Weber", "book": "Das Brot des Nordens", "place": "Hamburg"},
        "1885",
    ),
    (
        "Громыхалов А. П. Записки лоцмана. — Самара: Издательство «Речник», 1958.",
        {"author": "Громыхалов А. П.", "book": "Записки лоцмана", "publisher": "Издательство «Речник»"},
        "1958",
    ),
    (
        "Anna Bell, Selected Writings, Crumb & Loaf, 1977",
        {"author": "Anna Bell", "book": "Selected Writings", "publisher": "Crumb & Loaf"},
        "1977",
    ),
]

IMPRINTS = [
    (
        "Printed and published by the Lantern Press, 7 Bell Street, London E.C.",
        {"publisher": "Lantern Press", "place": "London"},
        "",
    ),
    (
        "Published by the Bakers’ League, 37a Oven Green, London, E.C.4, 1908",
        {"publisher": "Bakers’ League", "place": "London", "date": "1908"},
        "1908",
    ),
    (
        "Gedruckt und verlegt bei J. Weber, Hauptstraße 12, Leipzig 1904",
        {"publisher": "J. Weber", "place": "Leipzig", "date": "1904"},
        "1904",
    ),
    (
        "Imprimé par la Librairie Moreau, 12 rue des Fours, Paris, 1908",
        {"publisher": "Librairie Moreau", "place": "Paris", "date": "1908"},
        "1908",
    ),
]

ARCHIVES = [
    (
        "РГАСПИ, ф. 17, оп. 2, д. 34, л. 5.",
        {"repository": "РГАСПИ", "collection": "ф. 17", "item": "оп. 2, д. 34, л. 5"},
        "",
    ),
    (
        "Bundesarchiv Koblenz, Bestand R 43, Akte 12",
        {"repository": "Bundesarchiv Koblenz", "collection": "Bestand R 43", "item": "Akte 12"},
        "",
    ),
]


@pytest.mark.parametrize(("words", "parts", "normal"), JOURNALS + BOOKS + IMPRINTS + ARCHIVES)
def test_a_source_is_taken_apart(words, parts, normal):
    found = citation_in(words)
    assert parts.items() <= dict(reversed(found.parts)).items()
    assert found.normal == normal
    assert found.share > 0.8


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("in Die Neue Zeit, 1894–95.", {"journal": "Die Neue Zeit", "date": "1894–95"}),
        ("In Die Neue Zeit, 1894–95.", {"journal": "Die Neue Zeit", "date": "1894–95"}),
        (
            "First published in 1896 in the miscellany Rabotnik, No. 1–2. Published according to the text in Rabotnik.",
            {"journal": "Rabotnik", "issue": "1–2", "date": "1896"},
        ),
        (
            "by Progress Publishers, Moscow, 1934",
            {"publisher": "Progress Publishers", "place": "Moscow", "date": "1934"},
        ),
        ("in Leipzig in 1845", {"place": "Leipzig", "date": "1845"}),
    ],
)
def test_where_it_first_appeared(words, parts):
    assert dict(citation_in(words, published=True).parts) == parts


def test_a_site_is_a_publisher():
    found = citation_in("Marx & Engels Internet Archive (marxists.org) 2000.", online=True)
    assert dict(found.parts) == {"publisher": "Marx & Engels Internet Archive", "url": "marxists.org", "date": "2000"}


def test_what_is_not_understood_lowers_the_share():
    whole = citation_in("The Oven, No. 9, June 1911").share
    part = citation_in("The Oven, No. 9, June 1911, which was later scanned again and corrected by nobody").share
    assert part < whole == 1


def test_persons_are_told_from_titles():
    assert is_person("Karl Marx")
    assert is_person("V. I. Lenin")
    assert is_person("Rosa von Luxemburg")
    for words in ("The Oven", "Collected Works", "Progress Publishers", "Father and Son", "Marx", "New York"):
        assert not is_person(words), words


@pytest.mark.parametrize("piece", ["Vol. ", "1, ", "in the ", "a.b", "-", "«", "(", "S. 1, 2, ", "ed. by "])
def test_a_long_line_takes_no_long_time(piece):
    started = time.perf_counter()
    citation_in((piece * 2000)[:2000])
    assert time.perf_counter() - started < 1


def test_a_line_that_is_too_long_is_not_looked_at():
    assert citation_in("The Oven, No. 9 " * 200).parts == ()


def test_the_numbers_of_a_remark_are_not_those_of_the_source():
    words = (
        "Selected Works, Volume One, p. 13. Note that this version differs from the one that is in Volume 5, pp. 6-8"
    )
    assert dict(citation_in(words).parts) == {"book": "Selected Works", "volume": "One", "pages": "13"}


def test_an_imprint_and_a_source_are_known_without_a_label():
    assert all(is_imprint(words) for words, _, _ in IMPRINTS)
    assert not is_imprint("Published by my aunt in the winter after the flood")
    assert (
        cited_from("From The Oven, vol. 6 No. 3, March 1945, pp. 91-95.")
        == "The Oven, vol. 6 No. 3, March 1945, pp. 91-95."
    )
    for words in ("From the author to the reader, May 1900", "From Leeds, 3 May 1900", "The Oven, No. 9, June 1911"):
        assert cited_from(words) == ""
