"""The built site in a real browser: read on a phone and on a desk, with the keyboard alone, on paper, from a disk."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import as_file, files
from pathlib import Path

import pytest
from tests.browser.conftest import VIEWPORTS, served
from tests.tools import vnu

import pressmark

KEEPER = "texts/demo/the-keeper-of-the-nether-sluice/index.html"
SPEECH = "texts/demo/who-shall-pay-for-the-river/index.html"
REPORT = "texts/demo/newspaper-report/index.html"
POEM = "texts/demo/poem/index.html"
HEBREW = "texts/odd/hebrew-right-to-left/index.html"
JAPANESE = "texts/odd/japanese-without-spaces/index.html"
LISTS = "texts/odd/html-lists-and-pictures/index.html"

FRAME = ["index.html", "authors/index.html", "authors/hanna-revell.html", "years/index.html", "about/index.html"]
TEXTS = [KEEPER, SPEECH, REPORT, POEM, HEBREW, LISTS]

DEMO = {
    "memoir-chapter.txt": "the-keeper-of-the-nether-sluice",
    "speech-with-notes.txt": "who-shall-pay-for-the-river",
    "newspaper-report.html": "newspaper-report",
    "poem.txt": "poem",
    "letter.txt": "letter",
}
UNAVOIDABLE = ("Content Security Policy", "Unicode Normalization Form C")
"""What the checker says of good pages: it does not know what ``'self'`` is in a file, and a text may be in any form."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, project: Path) -> Path:
    """The sites' folder: the demonstration, and every odd text that there is, in one archive."""
    archive = pressmark.Archive.create(tmp_path_factory.mktemp("site") / "archive", title="The Stavenham Archive")
    when = "2026-11-23T12:00:00Z"
    with as_file(files("pressmark") / "samples") as samples:
        for name, own in DEMO.items():
            archive.add(samples / name, who="test", pressmark=f"demo/{own}", when=when)
    for folder in sorted((project / "tests" / "editions").glob("*/source")):
        for source in sorted(folder.iterdir()):
            if source.suffix in (".txt", ".htm", ".html"):
                archive.add(source, who="test", pressmark=f"odd/{folder.parent.name}", when=when)
    return archive.build().folder


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with served(site) as found:
        yield found


@pytest.fixture
def page(new_page):
    return new_page()


def test_every_page_is_valid_html(site):
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 30
    messages = vnu([*pages, site / "style.css", site / "icon.svg"])
    assert [str(each) for each in messages if not any(known in each.text for known in UNAVOIDABLE)] == []


EVERYTHING = [*FRAME, "404.html", *TEXTS]
READERS = {
    ("desktop", "light"): EVERYTHING,
    ("phone", "dark"): EVERYTHING,
    ("desktop", "dark"): ["index.html", KEEPER],
    ("phone", "light"): ["index.html", REPORT],
}
"""Which pages are looked at how: each size and each scheme of colours sees every one."""


@pytest.mark.parametrize(("reader", "paths"), READERS.items(), ids=["-".join(reader) for reader in READERS])
def test_everybody_can_use_every_kind_of_page(new_page, axe, address, reader, paths):
    size, scheme = reader
    page = new_page(size=size, scheme=scheme)
    for path in paths:
        page.goto(f"{address}/{path}")
        assert [str(each) for each in axe(page)] == [], path


def test_folded_parts_are_usable_when_they_are_open(new_page, axe, address):
    page = new_page(size="phone")
    for path in (KEEPER, REPORT):
        page.goto(f"{address}/{path}")
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        assert [str(each) for each in axe(page)] == [], path


def test_nothing_is_wider_than_the_narrowest_phone(page, site, address):
    page.set_viewport_size({"width": 320, "height": 640})
    for found in sorted(site.rglob("*.html")):
        page.goto(f"{address}/{found.relative_to(site).as_posix()}", wait_until="domcontentloaded")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, found


def test_nothing_is_wider_than_any_screen(page, address):
    for path in ["index.html", KEEPER, REPORT, POEM, HEBREW, LISTS]:
        page.goto(f"{address}/{path}", wait_until="domcontentloaded")
        for width in (360, 480, 768, 1024, 1280, 1366, 1920):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)


def test_no_page_breaks_its_own_rules_or_asks_anybody_else(page, site, address):
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    failed: list[str] = []
    page.on("response", lambda answer: failed.append(answer.url) if answer.status >= 400 else None)
    for path in [*FRAME, *TEXTS, JAPANESE]:
        page.goto(f"{address}/{path}")
    assert (said, failed) == ([], [])


def test_the_watch_for_rules_sees_a_broken_one(page, address):
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{address}/index.html")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color:red\">x</p>')")
    assert any("Content Security Policy" in text for text in said)


def test_the_site_opens_from_a_disk_with_its_style_and_pictures(browser, site):
    context = browser.new_context()
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    page.goto((site / REPORT).as_uri())
    picture = page.locator(".text img").first
    picture.scroll_into_view_if_needed()
    picture.evaluate("image => image.decode()")
    assert picture.evaluate("image => image.naturalWidth") == 800
    assert page.evaluate("getComputedStyle(document.querySelector('.permalink')).textDecorationLine") == "none"
    page.click(".eyebrow a")
    assert page.url.startswith((site / "index.html").as_uri())
    context.close()
    assert [url for url in asked if not url.startswith(site.as_uri())] == []


def test_every_link_within_the_site_leads_to_something(site):
    from tests.unit.exporters.pages import Page

    pages = {path: Page(path.read_text("utf-8")) for path in site.rglob("*.html") if path.name != "404.html"}
    dead = []
    for path, page in pages.items():
        for href in page.hrefs:
            if ":" in href:
                continue
            target, _, anchor = href.partition("#")
            found = (path.parent / target).resolve() if target else path
            ids = {each.attributes.get("id") for each in pages[found].elements} if found in pages else set()
            if not found.is_file() or (anchor and anchor not in ids):
                dead.append((path.relative_to(site).as_posix(), href))
    assert dead == []


# The keyboard.


def focused(page) -> str:
    """What has the focus: its class, else its words."""
    return page.evaluate("document.activeElement.className || document.activeElement.innerText")


def test_the_keyboard_skips_to_the_text_first_and_then_goes_through_the_frame(page, address):
    page.goto(f"{address}/{SPEECH}")
    order = []
    for _ in range(6):
        page.keyboard.press("Tab")
        order.append(focused(page))
    assert order[0] == "skip"
    assert order[1:] == ["The Stavenham Archive", "Texts", "Authors", "Years", "About"]


def test_the_skip_link_is_seen_when_it_is_reached_and_leads_into_the_text(page, address):
    page.goto(f"{address}/{SPEECH}")
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.querySelector('.skip')).clipPath") == "none"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("javascript", [True, False], ids=["with-scripts", "without-scripts"])
def test_a_note_is_reached_and_left_with_the_keyboard(new_page, address, javascript):
    page = new_page(javascript=javascript)
    page.goto(f"{address}/{SPEECH}")
    for _ in range(60):
        page.keyboard.press("Tab")
        if "noteref" in focused(page):
            break
    anchor = page.evaluate("document.activeElement.id")
    assert anchor
    page.keyboard.press("Enter")
    note = page.evaluate("document.querySelector(':target').id")
    assert page.locator(f"[id='{note}']").get_attribute("class") == "note"
    for _ in range(5):
        page.keyboard.press("Tab")
        if "backlink" in focused(page):
            break
    page.keyboard.press("Enter")
    assert page.evaluate("document.querySelector(':target').id") == anchor


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_every_paragraph_has_an_address_that_leads_to_it(new_page, address, size):
    page = new_page(size=size)
    page.goto(f"{address}/{KEEPER}")
    links = page.locator(".permalink")
    assert links.count() > 20
    link = links.nth(10)
    link.focus()
    assert link.evaluate("link => getComputedStyle(link).opacity") == "1"
    box = link.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= VIEWPORTS[size][0]
    page.keyboard.press("Enter")
    assert page.evaluate("document.querySelector(':target').classList.contains('p')")
    assert page.evaluate("document.querySelector(':target').querySelector('.permalink').innerText") == "11"
    assert page.evaluate("document.querySelector(':target').getBoundingClientRect().top") < 400


def test_numbers_of_paragraphs_are_not_copied_with_the_text(page, address):
    page.goto(f"{address}/{KEEPER}")
    copied = page.evaluate(
        "() => { const s = getSelection(); s.selectAllChildren(document.querySelector('.text > .p'));"
        " return s.toString() }"
    )
    assert copied.strip()
    assert not copied.strip()[0].isdigit()


def test_the_folded_head_of_the_page_opens_for_a_link_into_it(page, address):
    page.goto(f"{address}/{KEEPER}")
    page.locator(".record dd a").first.click()
    assert page.locator(":target").is_visible()


# Letters, directions, paper.


def test_hebrew_runs_from_right_to_left(page, address):
    page.goto(f"{address}/{HEBREW}")
    assert page.evaluate("getComputedStyle(document.querySelector('.text .p')).direction") == "rtl"
    text, link = (page.locator(each).first.bounding_box() for each in (".text .p", ".text .permalink"))
    assert link["x"] > text["x"] + text["width"] / 2
    assert page.locator("h1").evaluate("each => getComputedStyle(each).direction") == "rtl"


def test_the_title_is_shown_once(page, address):
    page.goto(f"{address}/{KEEPER}")
    visible = [
        each for each in page.get_by_text("The Keeper of the Nether Sluice", exact=True).all() if each.is_visible()
    ]
    in_text = [each for each in visible if each.evaluate("each => each.closest('.text') !== null")]
    assert in_text == []
    assert page.locator("h1").count() == 1


def test_on_paper_there_is_the_text_with_its_notes_and_no_navigation(page, address):
    page.goto(f"{address}/{SPEECH}")
    page.emulate_media(media="print")
    for hidden in (".site-header", ".skip", ".neighbours", ".downloads", ".source-head", ".backlink"):
        for each in page.locator(hidden).all():
            assert not each.is_visible(), hidden
    for shown in ("h1", ".byline", ".text .p", ".text .note", ".citation", ".record"):
        assert page.locator(shown).first.is_visible(), shown
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"


def test_on_paper_no_picture_waits_to_be_scrolled_to(page, address):
    page.set_viewport_size({"width": 400, "height": 300})
    page.goto(f"{address}/{REPORT}")
    assert page.evaluate("[...document.images].every(image => image.complete && image.naturalWidth > 0)")


def test_a_dark_room_has_a_dark_page_and_paper_stays_white(new_page, address):
    page = new_page(scheme="dark")
    page.goto(f"{address}/{SPEECH}")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(22, 21, 19)"
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
