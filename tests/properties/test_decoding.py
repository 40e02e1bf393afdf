"""Whatever bytes come: no crash, and every one of them can be made again from the text."""

from __future__ import annotations

import contextlib

from hypothesis import given
from hypothesis import strategies as st

from pressmark.errors import SourceError
from pressmark.readers.decoding import decode, refuse_what_is_no_text

LETTERS = st.text(
    alphabet=st.sampled_from("etaoin shrdlu,.\n'ÀÉéèüöäßñçœ“”’—–…§ąęłžšřőПриветёмир«»αβΩ字\u0301😀\x1a\r\t")
)
PIECES = st.lists(
    st.one_of(
        st.binary(max_size=12),
        st.sampled_from(
            [
                b"The end of it. ",
                "été ".encode(),
                "été ".encode("cp1252"),
                "мир".encode("koi8-r"),
                b"\xef\xbb\xbf",
            ]
        ),
    ),
    max_size=12,
).map(b"".join)


@given(LETTERS)
def test_utf_8_is_read_exactly(text):
    assert decode(text.encode()).text == text.removeprefix("\ufeff")


@given(LETTERS, st.sampled_from(["utf-16-le", "utf-16-be", "utf-32-le"]))
def test_marked_utf_16_and_32_are_read_exactly(text, encoding):
    decoded = decode(("\ufeff" + text).encode(encoding))
    assert (decoded.text, decoded.bom) == (text, True)


@given(st.one_of(PIECES, st.binary()))
def test_no_byte_is_lost(data):
    decoded = decode(data)
    assert decoded.received() == data
    assert [start for start, _, _ in decoded.runs] == [0, *(end for _, end, _ in decoded.runs)][: len(decoded.runs)]
    assert sum(end - start for start, end, _ in decoded.runs) == len(decoded.text)


@given(PIECES)
def test_findings_stand_in_the_text(data):
    decoded = decode(data, declared="iso-8859-1")
    assert all(0 <= one.start < one.end <= len(decoded.text) for one in decoded.findings)


@given(st.one_of(PIECES, st.binary()))
def test_only_source_errors_are_raised(data):
    with contextlib.suppress(SourceError):
        refuse_what_is_no_text(data, place="x")


@given(PIECES)
def test_replacement_characters_are_not_invented(data):
    assert ("\ufffd" in decode(data).text) <= ("\ufffd".encode() in data or b"\xfd\xff" in data or b"\xff\xfd" in data)
