"""Names are found in the lines of a record, and nothing else is."""

from __future__ import annotations

import pytest

from pressmark.model.header import Statement, same_person
from pressmark.record.people import asides_in, people_in

EXAMPLES = [
    ("Mike Bessler.", ["Mike Bessler"], ""),
    ("Einde O’Callaghan (July 2015).", ["Einde O’Callaghan"], "2015-07"),
    ("by director@marx.org, July 1995, online Jan 4 1996", ["director@marx.org"], "{1995-07,1996-01-04}"),
    ("and corrected by Ann Bly and Chris C. (2008), Mark H. (2010)", ["Ann Bly", "Chris C.", "Mark H."], "{2008,2010}"),
    ("The Late George Hanna", ["George Hanna"], ""),
    ("from the German by Clemens Dutt", ["Clemens Dutt"], ""),
    ("by M. J. Olgin in 1926 for International Publishers", ["M. J. Olgin"], "1926"),
    ("Zodiac/Brian Baggins", ["Zodiac", "Brian Baggins"], ""),
    ("Zodiac & Brian Baggins;", ["Zodiac", "Brian Baggins"], ""),
    ("S. Ryan and B. Baggins.", ["S. Ryan", "B. Baggins"], ""),
    ("von Rosa von Luxemburg", ["Rosa von Luxemburg"], ""),
    ("Ludwig van Beethoven", ["Ludwig van Beethoven"], ""),
    ("aus dem Englischen von Karl Meier und Eva Roth", ["Karl Meier", "Eva Roth"], ""),
    ("par Jean de La Ville, 1999", ["Jean de La Ville"], "1999"),
    ("traducido por Ana de la Cruz y José Gil", ["Ana de la Cruz", "José Gil"], ""),
    ("Иван Петров (май 2004 г.)", ["Иван Петров"], "2004-05"),
    ("В. И. Ленин", ["В. И. Ленин"], ""),
    ("Samuel Moore and Edward Aveling, edited by Frederick Engels", ["Samuel Moore", "Edward Aveling"], ""),
    ("unknown", [], ""),
    ("Peter and Betty Ross", ["Peter and Betty Ross"], ""),
    ("Hans und Grete Meier, Zodiac & Tom Bly", ["Hans und Grete Meier", "Zodiac", "Tom Bly"], ""),
    ("Peter, Betty Ross and Tim", ["Peter", "Betty Ross", "Tim"], ""),
    ("from the German written in 1885", [], ""),
    ("edited and translated by P. Vos", ["P. Vos"], ""),
]


@pytest.mark.parametrize(("words", "names", "normal"), EXAMPLES)
def test_names_and_dates(words, names, normal):
    found = people_in(words, "proofreader" if "corrected" in words else "translator")
    assert list(found.names) == names
    assert found.normal == normal


def test_the_parts_stand_in_the_line_one_after_another():
    words = "and corrected by Ann Bly (2008), Mark H. (2010)."
    at = 0
    for _, part in people_in(words).parts:
        at = words.index(part, at) + len(part)


def test_what_is_not_understood_is_told():
    assert people_in("Mike Bessler (July 2015).").whole
    assert not people_in("Mike Bessler, who had no time").whole
    assert people_in("Mike Bessler (31 February 2015)").impossible


def test_asides_name_others():
    words = (
        "Letters (undated). Scanned and prepared for the archive by Paul Flewers. Translated from the Dutch by P. Vos."
    )
    found = [(each.field, words[each.start : each.end]) for each in asides_in(words)]
    assert found == [
        ("transcriber", "Scanned and prepared for the archive by Paul Flewers"),
        ("translator", "Translated from the Dutch by P. Vos"),
    ]
    assert list(asides_in("a day by the sea")) == []


def test_two_people_with_one_family_name_are_two():
    statement = Statement("translator", "Peter and Betty Ross", parts=people_in("Peter and Betty Ross").parts)
    assert statement.persons == ("Peter Ross", "Betty Ross")
    assert same_person("Betty Ross", statement.persons[1])
    assert Statement("author", "Zodiac").persons == ("Zodiac",)


def test_a_note_on_the_notes_names_no_editor():
    words = "Notes and Fragments transcribed by Andy Blunden 2006."
    assert [(each.field, words[each.named : each.end].strip()) for each in asides_in(words)] == [
        ("transcriber", "Andy Blunden 2006.")
    ]


def test_a_clause_may_say_two_things():
    assert [each.field for each in asides_in("edited and translated by P. Vos")] == ["editor", "translator"]
