"""What lists show of a text, and the order in which indexes have names and titles."""

from __future__ import annotations

import pytest
from tests.unit.exporters.pages import box, edition, leaf, p

from pressmark.exporters.listing import authors_of, listing, opening_of, year_of, years_of
from pressmark.exporters.site.names import inverted, letter_of, sortable, sortable_title
from pressmark.languages.script import direction, language_by_letters
from pressmark.model.header import Header, Statement


def record(*stated: tuple[str, str] | Statement) -> Header:
    return Header(statements=tuple(each if isinstance(each, Statement) else Statement(*each) for each in stated))


@pytest.mark.parametrize(
    ("written", "year", "years"),
    [
        ("1940.", "1940", "1940"),
        ("Winter 1911–12.", "1911", "1911–12"),
        ("1936-1938", "1936", "1936–38"),
        ("1899–1903", "1899", "1899–1903"),
        ("1936/1938", "1936", "1936–38"),
        ("May 24, 1940", "1940", "1940"),
        ("1940-05-24", "1940", "1940"),
        ("1938-36", "1938", "1938"),
        ("1911-12-05", "1911", "1911"),
        ("in the Corn Hall, March 9, 1910", "1910", "1910"),
        ("pp. 19401", "", ""),
        ("no date", "", ""),
    ],
)
def test_the_year_and_how_lists_print_it(written, year, years):
    header = record(("written", written))
    assert (year_of(header), years_of(header)) == (year, years)


def test_a_value_may_say_more_than_its_form_for_machines():
    assert years_of(record(Statement("written", "Winter 1911–12.", "1911-24"))) == "1911–12"
    assert years_of(record(Statement("written", "in 1917, not 1911–12", "1917"))) == "1917"
    assert years_of(record(Statement("written", "December 1911", "1911-12"))) == "1911"
    assert years_of(record(Statement("written", "at that time", "1936-07/1938"))) == "1936–38"


def test_the_year_of_writing_comes_before_that_of_printing():
    assert year_of(record(("printed_source", "A Review, 1941"), ("written", "1940"))) == "1940"
    assert year_of(record(("printed_source", "A Review, 1941"), ("written", "in exile"))) == "1941"


def test_an_author_who_is_the_transcriber_is_none():
    doubtful = Statement("author", "M. Brown", cert="low")
    assert authors_of(record(doubtful, ("transcriber", "M. Brown, 2001"))) == ()
    assert authors_of(record(doubtful)) == ("M. Brown",)


def test_a_text_begins_with_its_first_paragraph():
    header = record(("title", "A long title that is longer than twenty letters"))
    epigraph = box("epigraph", p("A motto that is long enough to be one", own="m"), own="e")
    title = p("A long title that is longer than twenty letters", own="t")
    made = edition(epigraph, title, p("It was a dark and stormy night, and so on.", own="q"), header=header)
    assert opening_of(made) == "It was a dark and stormy night, and so on"


def test_a_poem_begins_with_its_first_lines():
    made = edition(box("lg", leaf("l", "Nether and Upper,", own="a"), leaf("l", "Hob's Hole:", own="b")))
    assert opening_of(made) == "Nether and Upper, / Hob's Hole:"


def test_a_long_opening_is_cut_between_words():
    cut = opening_of(edition(p("word, " * 100)))
    assert len(cut) <= 110
    assert cut.endswith("word")
    assert len(opening_of(edition(p("x" * 500)))) == 110


def test_a_text_without_anything():
    found = listing(edition(), pressmark="a/b")
    assert (found.title, found.authors, found.year, found.words, found.opening, found.length) == (
        "Untitled",
        (),
        "",
        0,
        "",
        "",
    )


def test_a_language_without_spaces_is_counted_in_letters():
    found = listing(edition(p("吾輩は猫である。名前はまだ無い。")), pressmark="a/b")
    assert (found.language, found.length) == ("ja", "14 characters")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("In the harbour library", "en"),
        ("בספריית הנמל היו ארבע מאות ספרים, Tide Tables", "he"),
        ("كان السقّاء", "und-Arab"),
        ("Хлеб наш", "und-Cyrl"),
        ("吾輩は猫である", "ja"),
        ("道可道非常道", "zh"),
        ("안녕하세요", "ko"),
        ("12345 — …", "en"),
        ("", "en"),
    ],
)
def test_letters_tell_the_language_or_the_script(text, language):
    assert language_by_letters([text], "en") == language


@pytest.mark.parametrize(
    ("tag", "way"),
    [
        ("he", "rtl"),
        ("ar-EG", "rtl"),
        ("und-Arab", "rtl"),
        ("he-Latn", "ltr"),
        ("az-Arab", "rtl"),
        ("en", "ltr"),
        ("", "ltr"),
    ],
)
def test_which_way_a_language_is_written(tag, way):
    assert direction(tag) == way


def test_a_stated_language_counts_more_than_letters():
    made = edition(p("Хлеб наш"), header=record(Statement("language", "Bulgarian", "bg")))
    assert listing(made).language == "bg"


@pytest.mark.parametrize(
    ("name", "index"),
    [
        ("Natalia Sedova", "Sedova, Natalia"),
        ("L. D. Trotsky", "Trotsky, L. D."),
        ("Lenin V.I.", "Lenin, V.I."),
        ("Simone de Beauvoir", "Beauvoir, Simone de"),
        ("Carl von Clausewitz", "Clausewitz, Carl von"),
        ("Roland van der Meer", "Meer, Roland van der"),
        ("Daniel De Leon", "De Leon, Daniel"),
        ("Jean de La Fontaine", "La Fontaine, Jean de"),
        ("Martin Luther King, Jr.", "Martin Luther King, Jr."),
        ("Martin Luther King Jr.", "King, Martin Luther, Jr."),
        ("Sedova, Natalia", "Sedova, Natalia"),
        ("Voltaire", "Voltaire"),
        ("J. M.", "M., J."),
        ("Board of Trade", "Board of Trade"),
        ("The Commissioners", "The Commissioners"),
        ("Parvus (A. Helphand)", "Parvus (A. Helphand)"),
        ("幸徳秋水", "幸徳秋水"),
        ("", ""),
    ],
)
def test_names_as_an_index_has_them(name, index):
    assert inverted(name) == index


def test_names_are_sorted_without_accents_case_and_quotation_marks():
    assert sorted(["Zola", "Émile", "“Eden”", "d'Arc", "Ewan"], key=sortable) == [
        "d'Arc",
        "“Eden”",
        "Émile",
        "Ewan",
        "Zola",
    ]
    assert [letter_of(name) for name in ("Émile", "“Eden”", "1917", "", "Łódź", "סופר")] == [
        "E",
        "E",
        "#",
        "#",
        "Ł",
        "ס",
    ]


@pytest.mark.parametrize(
    ("title", "language", "key"),
    [
        ("The Keeper", "en", "keeper"),
        ("A Bell", "en-GB", "bell"),
        ("Die Räuber", "de", "rauber"),
        ("Die Hard", "en", "die hard"),
        ("L’Étranger", "fr", "etranger"),
        ("“The End”", "en", "end”"),
        ("The", "en", "the"),
        ("…", "en", "…"),
    ],
)
def test_titles_are_sorted_without_their_article(title, language, key):
    assert sortable_title(title, language) == key
