"""A text's page: what the site's HTML does otherwise than ``Html``."""

from __future__ import annotations

import io
from itertools import groupby

import imagesize

from pressmark.exporters.html import Html
from pressmark.model.edition import Edition, Picture
from pressmark.model.text import Block, Container

HEAD_OF_SOURCE = "The head of the page, as received"


class SiteHtml(Html):
    """The body of a text's page. The title block above it shows title and author, so the body does not again."""

    def __init__(self, edition: Edition, pictures: tuple[Picture, ...] = ()) -> None:
        super().__init__(edition)
        self.sizes = {picture.name: _size(picture) for picture in pictures}

    def block_front(self, block: Block) -> str:
        """What the title block shows already is folded away, and what is text of its own is not."""
        assert isinstance(block, Container)
        out = []
        for folded, run in groupby(block.children, key=_is_shown_above):
            inner = "".join(map(self.block, run))
            out.append(f"<details class=\"source-head\"><summary>{HEAD_OF_SOURCE}</summary>\n{inner}</details>\n" if folded else inner)
        return self.tag("div", block, "".join(out), "front")

    def image(self, block: Block) -> str:
        name = block.get("url").removeprefix("pages/")
        return super().image(block) if name in self.sizes else ""

    def size_of(self, block: Block) -> tuple[int, int]:
        return self.sizes.get(block.get("url").removeprefix("pages/"), (0, 0))


def _size(picture: Picture) -> tuple[int, int]:
    """Width and height in pixels; zeros where the file does not tell."""
    width, height = imagesize.get(io.BytesIO(picture.data))
    return max(0, width), max(0, height)


def _is_shown_above(block: Block) -> bool:
    return block.name in ("titlePart", "docAuthor", "fw") or (block.name == "ab" and block.get("type") == "record")
