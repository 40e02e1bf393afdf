"""The pictures of a page: brought in where they lie beside it, reported where they do not."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

from lxml import etree

from pressmark.model.edition import Picture
from pressmark.model.text import plain
from pressmark.readers.html.drafts import Draft
from pressmark.readers.html.links import pointer
from pressmark.readers.html.page import Page
from pressmark.readers.html.remarks import Remarks, shown
from pressmark.readers.source import Source, picture_beside

Element = etree._Element

ELSEWHERE = re.compile(r"\s*(?:[a-zA-Z][a-zA-Z0-9+.\-]*:|//)")
SIZE = re.compile(r"\s*(\d{1,5})(?:px)?\s*")


class Pictures:
    """Finds the pictures that a page shows; ``found`` are those that lie beside it, each once."""

    def __init__(self, source: Source, remarks: Remarks) -> None:
        self.source, self.remarks = source, remarks
        self._by_address: dict[str, Picture | None] = {}

    @property
    def found(self) -> tuple[Picture, ...]:
        """The pictures beside the page, in the order in which it shows them."""
        return tuple({picture.name: picture for picture in self._by_address.values() if picture}.values())

    def graphic(self, element: Element, page: Page, at: int) -> Draft | None:
        """The ``graphic`` of an ``img``; ``None`` for a picture of no size that nobody is meant to see."""
        sizes = {name: SIZE.fullmatch(element.get(name) or "") for name in ("width", "height")}
        if all(size and int(size.group(1)) <= 1 for size in sizes.values()):
            return None
        address = page.restored(element.get("src") or "").strip()
        attributes = {name: f"{int(size.group(1))}px" for name, size in sizes.items() if size}
        attributes["url"] = self.url(address, at)
        if alt := plain(page.restored(element.get("alt") or "")):
            attributes["alt"] = alt
        return Draft("graphic", attributes, at=at)

    def url(self, address: str, at: int) -> str:
        """Where the edition keeps the picture, or the address that the page gives."""
        if address.lower().startswith("data:"):
            self.remarks.add("R002", "a picture is written into the page itself and was not kept", at, at)
            return "data:"
        if ELSEWHERE.match(address):
            message = f"the picture {shown(address)} lies on another site and was not fetched"
            self.remarks.add("R002", message, at, at, hint="save it beside the page")
            return pointer(address) or "about:blank"
        if address not in self._by_address:
            self._by_address[address] = self._beside(address)
        picture = self._by_address[address]
        if picture is not None:
            return "pages/" + quote(picture.name)
        message = f"the picture {shown(address) or 'without an address'} does not lie beside the page"
        self.remarks.add("R001", message, at, at, hint="save it in the folder of the page, and add the page again")
        return pointer(address) or "about:blank"

    def _beside(self, address: str) -> Picture | None:
        """The picture under the address as written, as decoded, and without its query."""
        bare = re.split(r"[?#]", address, maxsplit=1)[0]
        for each in dict.fromkeys((address, unquote(bare).replace("\\", "/"), bare)):
            if picture := picture_beside(self.source, each):
                return picture
        return None
