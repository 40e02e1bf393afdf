"""Every code that Pressmark prints, with its page: errors, checks, and what readers remark on."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from textwrap import fill

from pressmark.checks import checks
from pressmark.errors import all_errors
from pressmark.readers import remarks


@dataclass(frozen=True, slots=True)
class Explanation:
    """A code, its name, and its page as plain text."""

    code: str
    name: str
    page: str


def explanations() -> dict[str, Explanation]:
    """The page of each code, sorted by code."""
    pages = [
        Explanation(error.code, error.__name__, f"{inspect.getdoc(error)}\n\nExit status: {error.exit_status}.")
        for error in all_errors()
        if not error.code.endswith("000")
    ]
    pages += [Explanation(check.code, check.name, check.page) for check in checks()]
    pages += [Explanation(code, "remark of a reader", fill(page, 90)) for code, page in remarks().items()]
    return {page.code: page for page in sorted(pages, key=lambda page: page.code)}
