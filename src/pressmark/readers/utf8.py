"""What valid UTF-8 looks like, as patterns over bytes (The Unicode Standard, table 3-7)."""

from __future__ import annotations

import re

_BEYOND_ASCII = (
    rb"[\xc2-\xdf][\x80-\xbf]"
    rb"|\xe0[\xa0-\xbf][\x80-\xbf]"
    rb"|[\xe1-\xec\xee\xef][\x80-\xbf]{2}"
    rb"|\xed[\x80-\x9f][\x80-\xbf]"
    rb"|\xf0[\x90-\xbf][\x80-\xbf]{2}"
    rb"|[\xf1-\xf3][\x80-\xbf]{3}"
    rb"|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)

_FIRST_BEYOND_ASCII = (
    rb"[\xc2-\xf4](?:(?<=[\xc2-\xdf])[\x80-\xbf]"
    rb"|(?<=\xe0)[\xa0-\xbf][\x80-\xbf]"
    rb"|(?<=[\xe1-\xec\xee\xef])[\x80-\xbf]{2}"
    rb"|(?<=\xed)[\x80-\x9f][\x80-\xbf]"
    rb"|(?<=\xf0)[\x90-\xbf][\x80-\xbf]{2}"
    rb"|(?<=[\xf1-\xf3])[\x80-\xbf]{3}"
    rb"|(?<=\xf4)[\x80-\x8f][\x80-\xbf]{2})"
)
# The same, written so that the engine can leap to the first byte.

VALID_CHARACTERS = re.compile(_FIRST_BEYOND_ASCII + rb"(?:" + _BEYOND_ASCII + rb")*+")
"""Characters beyond ASCII that follow each other, as long as they are valid."""

VALID_STRETCH = re.compile(rb"(?:[\x00-\x7f]++|" + _BEYOND_ASCII + rb")++")
"""Text that is valid UTF-8, ASCII or not, as long as it lasts. The bytes between two matches are none."""
