"""The status of rights, the licence, its giver and its country."""

from __future__ import annotations

import pytest

from pressmark.record.rights import licence_of, rights_in

BY_SA = "https://creativecommons.org/licenses/by-sa/3.0/"


@pytest.mark.parametrize(
    ("label", "words", "status"),
    [
        ("Public Domain", "Lenin Internet Archive (2004). You may freely copy this work.", "public-domain"),
        ("Copyleft", "Marxists Internet Archive, 1999", "copyleft"),
        ("Rechte", "gemeinfrei", "public-domain"),
        ("Licence", "Creative Commons Attribution 4.0", "licence"),
        ("Copyright", "© 1983 Monthly Review Press", "copyright"),
        ("Права", "общественное достояние", "public-domain"),
        ("Rights", "ask the librarian", ""),
    ],
)
def test_the_status(label, words, status):
    assert rights_in(words, label).status == status


def test_the_licence_is_an_address():
    assert licence_of("Creative Commons Attribution-ShareAlike 3.0") == BY_SA
    assert licence_of("CC BY-SA 3.0") == BY_SA
    assert licence_of("under the GNU Free Documentation License") == "https://www.gnu.org/licenses/fdl-1.3.html"
    assert licence_of(f"see {BY_SA}.") == BY_SA
    assert licence_of("all rights reserved") == ""


def test_the_giver_the_year_and_the_country():
    parts = dict(rights_in("Lenin Internet Archive (2004).", "Public Domain").parts)
    assert parts == {"holder": "Lenin Internet Archive", "date": "2004"}
    assert ("jurisdiction", "United States") in rights_in("public domain in the United States").parts


def test_what_contradicts_is_less_sure():
    assert rights_in("gemeinfrei").sure
    assert not rights_in("public domain; copyright 1983 by the translator").sure
