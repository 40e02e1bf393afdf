"""The browser tools see what they are there to see; a blind watcher would pass every page."""

from __future__ import annotations

from pathlib import Path

import pytest

GOOD = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title>
<meta name="viewport" content="width=device-width"><style>
@media (prefers-color-scheme: dark) { body { background: #000; color: #fff } }</style></head>
<body><main><h1>A page</h1><p>Some text.</p></main></body></html>"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "index.html").write_text(GOOD, encoding="utf-8")
    bad = GOOD.replace("<p>Some text.", '<p style="color:#eee;background:#fff">Faint <img src="data:,">')
    (tmp_path / "bad.html").write_text(bad, encoding="utf-8")
    return tmp_path


def test_a_good_page_breaks_no_rule_anywhere(any_page, serve, axe, site):
    any_page.goto(serve(site) + "/")
    assert any_page.inner_text("h1") == "A page"
    assert [str(each) for each in axe(any_page)] == []


def test_axe_names_the_element_that_cannot_be_read(new_page, serve, axe, site):
    page = new_page(size="phone")
    page.goto(serve(site) + "/bad.html")
    found = {violation.rule: violation for violation in axe(page)}
    assert {"color-contrast", "image-alt"} <= found.keys()
    assert "<img" in found["image-alt"].elements[0]


def test_a_phone_is_narrow_and_dark_is_dark(new_page, serve, site):
    page = new_page(size="phone", scheme="dark")
    page.goto(serve(site) + "/")
    assert page.evaluate("innerWidth") == 360
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(0, 0, 0)"


def test_a_page_that_asks_another_computer_is_caught(browser):
    from tests.browser.conftest import Watch

    watch, context = Watch(), browser.new_context()
    watch.over(context)
    page = context.new_page()
    page.route("**/*", lambda route: route.fulfill(body=""))  # nothing really leaves
    page.set_content('<img src="https://elsewhere.example/pixel.png"><script>nothing.at.all()</script>')
    page.wait_for_timeout(100)
    context.close()
    assert any("elsewhere.example" in fault for fault in watch.faults), watch.faults
    assert any("a script failed" in fault for fault in watch.faults), watch.faults
