"""A real browser for tests: pages served from a folder of this computer, seen on a phone and on a desk.

Each page is watched: a request that leaves this computer, or a script that fails, fails the test.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Literal, Protocol
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, BrowserContext, Page, Request, WebError, sync_playwright
from tests.tools import chromium_path

Size = Literal["phone", "desktop"]
Scheme = Literal["light", "dark"]

VIEWPORTS: dict[Size, tuple[int, int]] = {"phone": (360, 800), "desktop": (1366, 900)}
"""Width and height in CSS pixels."""

QUIETLY = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
"""No look-ups of its own, and able to start as root in a container."""

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
"""The axe rules that count: WCAG 2.2 level AA, and what its makers advise."""


class OpensPages(Protocol):
    """Opens a new, empty page with the settings of some reader."""

    def __call__(self, *, size: Size = "desktop", scheme: Scheme = "light", javascript: bool = True) -> Page: ...


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule of accessibility that a page breaks, and the elements that break it (selector and source)."""

    rule: str
    impact: str
    help: str
    elements: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.rule} ({self.impact}): {self.help}" + "".join(f"\n    {each}" for each in self.elements)


@dataclass  # without slots: Playwright notes something on the owner of a listener
class Watch:
    """What pages did that no page of ours may do."""

    faults: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        """Note what the pages of a context do from now on."""
        context.on("request", self.request)
        context.on("weberror", self.error)

    def request(self, request: Request) -> None:
        """Note a request that leaves this computer."""
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob", "about") and parts.hostname not in ("127.0.0.1", "localhost"):
            self.faults.append(f"the page asks another computer: {request.url}")

    def error(self, error: WebError) -> None:
        """Note a script that ended in an error nobody caught."""
        self.faults.append(f"a script failed: {error.error}")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all tests of this folder, so that ``-m 'not browser'`` leaves them out."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a worker; each test has contexts of its own (``new_page``).

    While it runs, ``asyncio.run`` cannot be called in this thread: Playwright's own loop is there.
    """
    executable = chromium_path()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=list(QUIETLY))
        yield chromium
        chromium.close()


@pytest.fixture
def new_page(browser: Browser) -> Iterator[OpensPages]:
    """Opens pages: ``new_page(size="phone", scheme="dark", javascript=False)``; closes them at the end."""
    watch = Watch()
    with ExitStack() as closing:

        def open_page(*, size: Size = "desktop", scheme: Scheme = "light", javascript: bool = True) -> Page:
            width, height = VIEWPORTS[size]
            context = browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme=scheme,
                java_script_enabled=javascript,
                is_mobile=size == "phone",
                has_touch=size == "phone",
                reduced_motion="reduce",
                locale="en-GB",
            )
            closing.callback(context.close)
            watch.over(context)
            return context.new_page()

        yield open_page
    assert not watch.faults, "\n".join(watch.faults)


@pytest.fixture(
    params=[(size, scheme) for size in ("phone", "desktop") for scheme in ("light", "dark")],
    ids=lambda param: "-".join(param),
)
def any_page(request: pytest.FixtureRequest, new_page: OpensPages) -> Page:
    """A page; the test runs four times, on a phone and on a desk, in light and in dark colours."""
    size, scheme = request.param
    return new_page(size=size, scheme=scheme)


class Quiet(SimpleHTTPRequestHandler):
    """Serves files with the same media types on every system, and writes nothing to the terminal."""

    extensions_map = {  # noqa: RUF012  (the base class's name and kind)
        **SimpleHTTPRequestHandler.extensions_map,
        ".css": "text/css",
        ".epub": "application/epub+zip",
        ".html": "text/html",
        ".js": "text/javascript",
        ".json": "application/json",
        ".svg": "image/svg+xml",
        ".wasm": "application/wasm",
        ".xml": "application/xml",
    }

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address, without a slash at its end, under which a folder is served as long as this lasts."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def serve() -> Iterator[Callable[[Path], str]]:
    """``serve(folder)`` gives the address under which a folder is served until the test ends."""
    with ExitStack() as closing:
        yield lambda folder: closing.enter_context(served(folder))


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[Violation]]:
    """``axe(page)`` gives the rules of accessibility that a page breaks; the page needs JavaScript on."""
    checker = Axe()

    def violations(page: Page) -> list[Violation]:
        answer = checker.run(page, options={"runOnly": {"type": "tag", "values": list(RULES)}})
        return [violation_of(each) for each in answer.response["violations"]]

    return violations


def violation_of(found: dict[str, object]) -> Violation:
    """A violation as axe tells it."""
    nodes = found["nodes"]
    assert isinstance(nodes, list)
    elements = tuple(f"{' '.join(map(str, node['target']))}: {node['html']}" for node in nodes)
    return Violation(str(found["id"]), str(found.get("impact")), str(found["help"]), elements)
