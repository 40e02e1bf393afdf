"""From bytes to text: the encoding is found, nothing is lost, and what is odd is said."""

from __future__ import annotations

import time
import tracemalloc

import pytest
from tests.unit.readers.samples import FEW_SIGNS_IN_LONG, LONG, SHORT, Sample

from pressmark.errors import BinarySource, EmptySource, ForeignFormat, UndecodableSource, UsageError
from pressmark.readers.decoding import REMARKS, Decoded, decode, refuse_what_is_no_text


def codes(decoded: Decoded) -> list[str]:
    return [finding.code for finding in decoded.findings]


def stretches(decoded: Decoded, code: str) -> list[str]:
    return [decoded.text[one.start : one.end] for one in decoded.findings if one.code == code]


def cases(samples: tuple[Sample, ...]) -> list[tuple[str, str, str]]:
    return [(one.language, encoding, one.text) for one in samples for encoding in one.encodings]


class TestWhichEncoding:
    @pytest.mark.parametrize(("language", "encoding", "text"), cases(LONG + FEW_SIGNS_IN_LONG))
    def test_a_long_text_is_always_read_right(self, language, encoding, text):
        assert decode(text.encode(encoding)).text == text

    def test_nearly_every_single_sentence_is_read_right(self):
        wrong = [(encoding, text) for _, encoding, text in cases(SHORT) if decode(text.encode(encoding)).text != text]
        assert len(wrong) <= 1, wrong

    @pytest.mark.parametrize("sample", SHORT + LONG)
    @pytest.mark.parametrize(
        "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"]
    )
    def test_unicode_is_always_read_right(self, sample, encoding):
        decoded = decode(sample.text.encode(encoding))
        assert decoded.text == sample.text
        assert decoded.encoding in {"utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"}
        assert decoded.bom == (encoding in {"utf-8-sig", "utf-16", "utf-32"})
        assert decoded.findings == ()

    def test_ascii_is_utf_8(self):
        assert decode(b"A page.\r\n").encoding == "utf-8"

    def test_no_sample_has_a_finding_in_any_encoding(self):
        odd = [
            (encoding, text, found)
            for _, encoding, text in cases(LONG + FEW_SIGNS_IN_LONG)
            if (found := decode(text.encode(encoding)).findings)
        ]
        assert odd == []

    def test_curly_quotes_of_windows_and_of_the_macintosh(self):
        text = "“It isn’t far,” she said, and opened the door."
        assert decode(text.encode("cp1252")).encoding == "cp1252"
        assert decode(text.encode("mac-roman")).encoding == "mac-roman"

    def test_hyphens_that_an_ocr_program_left_at_the_lines_end(self):
        text = "The secretary read the min¬\nutes of the meeting, and the trea¬\nsurer his report."
        assert decode(text.encode("cp1252")).text == text

    @pytest.mark.parametrize(
        ("encoding", "text"),
        [
            ("shift_jis", "春になって町へ帰りました。家は空で、窓は割れていました。父は黙っていました。"),
            ("gb18030", "春天我们回到了城里。房子空着，窗户都碎了。父亲坐在门口，很久没有说话。"),
        ],
    )
    def test_east_asian_encodings(self, encoding, text):
        decoded = decode(text.encode(encoding))
        assert decoded.text == text
        assert decoded.received() == text.encode(encoding)

    def test_line_ends_and_odd_characters_stay(self):
        text = "one\r\ntwo\rthree\n\x1a four\x0c\ufeff"
        assert decode(text.encode()).text == text


class TestTwoEncodings:
    UTF_8 = "L’été fut sec. Les élèves étaient à la rivière.\n"
    OTHER = "La fenêtre du café était fermée ; “trop tôt”.\n"

    def test_a_stretch_of_windows_in_a_utf_8_file(self):
        data = (self.UTF_8 * 4).encode() + self.OTHER.encode("cp1252") + self.UTF_8.encode()
        decoded = decode(data)
        assert decoded.text == self.UTF_8 * 4 + self.OTHER + self.UTF_8
        assert decoded.encoding == "utf-8"
        assert stretches(decoded, "E002") == ["ê" + self.OTHER.split("ê")[1][:-2]]
        assert decoded.received() == data

    def test_a_stretch_of_utf_8_in_a_windows_file(self):
        data = (self.OTHER * 4).encode("cp1252") + "Le café d’été.\n".encode() + self.OTHER.encode("cp1252")
        decoded = decode(data)
        assert decoded.text == self.OTHER * 4 + "Le café d’été.\n" + self.OTHER
        assert decoded.encoding == "cp1252"
        assert codes(decoded) == ["E002"]
        assert decoded.received() == data

    def test_one_strange_byte(self):
        data = (self.UTF_8 * 3).encode() + b"caf\xe9"
        assert decode(data).text == self.UTF_8 * 3 + "café"
        assert stretches(decode(data), "E002") == ["é"]

    def test_a_mark_and_then_another_encoding(self):
        data = b"\xef\xbb\xbf" + self.OTHER.encode("cp1252")
        decoded = decode(data)
        assert (decoded.text, decoded.encoding, decoded.bom) == (self.OTHER, "utf-8", True)
        assert decoded.received() == data

    def test_many_stretches_are_summed_up(self):
        data = ((self.UTF_8 * 3).encode() + self.OTHER.encode("cp1252")) * 60
        found = [finding for finding in decode(data).findings if finding.code == "E002"]
        assert len(found) == 21
        assert found[-1].message.startswith("40 more")

    @pytest.mark.parametrize("encoding", ["koi8-r", "cp866", "cp1251", "mac-cyrillic"])
    def test_chance_sequences_in_russian_are_left_alone(self, encoding):
        text = "Всё ещё ранняя весна, и страна ждёт. Нёс он тёплый хлеб; рана болела. " * 3
        decoded = decode(text.encode(encoding))
        assert decoded.text == text
        assert decoded.findings == ()


class TestWhatStandsForNoCharacter:
    def test_bytes_that_windows_does_not_define(self):
        text = "He wasn’t there, and the café was shut. “Come,” she said.\n"
        decoded = decode(text.encode("cp1252") + b"a\x81b\x8dc")
        assert decoded.text == text + "a\x81b\x8dc"
        assert stretches(decoded, "E005") == ["\x81", "\x8d"]
        assert decoded.received() == text.encode("cp1252") + b"a\x81b\x8dc"

    def test_half_a_pair_in_utf_16(self):
        data = "\ufeffA page with half a pair: ".encode("utf-16-le") + b"\x00\xd8" + "and on".encode("utf-16-le")
        decoded = decode(data)
        assert decoded.text == "A page with half a pair: \ud800and on"
        assert stretches(decoded, "E005") == ["\ud800"]
        assert decoded.received() == data

    def test_a_last_byte_alone_in_utf_16(self):
        data = "\ufeffA page".encode("utf-16-be") + b"\xe9"
        decoded = decode(data)
        assert decoded.text == "A pageé"
        assert stretches(decoded, "E005") == ["é"]
        assert decoded.received() == data

    def test_codes_that_unicode_keeps_free(self):
        decoded = decode("one \ufdd0 two \ufffe three \U0001ffff".encode())
        assert stretches(decoded, "E005") == ["\ufdd0", "\ufffe", "\U0001ffff"]
        assert {finding.severity for finding in decoded.findings} == {"notice"}

    def test_a_control_code_that_was_a_windows_quote(self):
        (finding,) = decode("He wasn\x92t there.".encode()).findings
        assert (finding.code, finding.replacement) == ("E005", "’")

    def test_emoji_are_not_odd(self):
        assert decode("fine 😀 day".encode()).findings == ()

    def test_characters_lost_before(self):
        decoded = decode("d\ufffdj\ufffd\ufffd vu".encode())
        assert stretches(decoded, "E004") == ["\ufffd", "\ufffd\ufffd"]
        assert codes(decode(("caf\ufffd " * 100).encode())) == ["E004"] * 21


class TestMisreadText:
    @pytest.mark.parametrize(
        ("text", "stretch", "repaired"),
        [
            ("It was the cafÃ© at the corner.", "Ã©", "é"),
            ("They donâ€™t know.", "â€™", "’"),
            ("the boysâ€™ coats", "â€™", "’"),
            ("She said â€œno more.", "â€œ", "“"),
            ("the war â€” and after", "â€”", "—"),
            ("Il va Ã\xa0 Paris", "Ã\xa0", "à"),
            ("the end.Â\xa0 And then", "Â\xa0", "\xa0"),
            ("the end. Â And then", "Â", ""),
            ("ÃƒÂ©tait", "ÃƒÂ©", "é"),
            ("StaÅ‚ pod oknem", "Å‚", "ł"),
            ("РџСЂРёРІРµС‚ всем", "РџСЂРёРІРµС‚", "Привет"),
            ("caf√© noir", "√©", "é"),
            ("don‚Äôt go", "‚Äô", "’"),
            ("don\u00e2\u0080\u0099t go", "\u00e2\u0080\u0099", "’"),
            ("\u00ef\u00bb\u00bfChapter I", "\u00ef\u00bb\u00bf", "\ufeff"),
        ],
    )
    def test_it_is_said_and_not_changed(self, text, stretch, repaired):
        decoded = decode(text.encode())
        assert decoded.text == text
        (finding,) = decoded.findings
        assert (finding.code, text[finding.start : finding.end]) == ("E001", stretch)
        assert finding.replacement == repaired

    @pytest.mark.parametrize(
        "text",
        [
            "NÃO HÁ PÃO. «AMANHû, DISSE A IRMÃ… CORAÇÃO",
            "L’ÉTÉ « ÉTAIT » PASSÉ… GRILLÉE» À «L’ÂME» DÉJÀ—",
            "Müller’s „Größe“ – Ärger… Österreich »Ö«",
            "РІК, Рік, Сім, Їжа. «С…» В\xa0доме. Р—Р. Её",
            "Å i åa ä e ö. Åse, Ærø",
            "Việt Nam “đã” là «được»…",
            "ΓΕΙΆ «Γ» 5 √ 9 = 3 ¬ p",
            "25 °C, n° 7. ESPAÑA «ESPAÑ»",
        ],
    )
    def test_true_letters_are_left_alone(self, text):
        assert decode(text.encode()).findings == ()

    @pytest.mark.parametrize("sample", SHORT + LONG)
    def test_whole_texts_read_wrongly_and_rightly(self, sample):
        assert "E001" not in codes(decode(sample.text.encode()))
        misread = sample.text.encode().decode("cp1252", "ignore")
        if sample.language in {"English", "French", "German", "Russian"} and len(sample.text) > 200:
            assert "E001" in codes(decode(misread.encode()))

    def test_many_are_summed_up(self):
        found = decode(("cafÃ© " * 80).encode()).findings
        assert len(found) == 51
        assert found[-1].message.startswith("30 more")


class TestWhatThePageSays:
    def test_latin_1_that_is_utf_8(self):
        decoded = decode("déjà vu".encode(), declared="iso-8859-1")
        assert (decoded.text, codes(decoded)) == ("déjà vu", ["E003"])
        assert decoded.findings[0].message == "the page says iso-8859-1 and is UTF-8"

    def test_utf_8_that_is_windows(self):
        decoded = decode("déjà vu — encore".encode("cp1252"), declared="utf-8")
        assert (decoded.text, codes(decoded)) == ("déjà vu — encore", ["E003"])

    def test_latin_1_with_windows_quotes_is_what_everybody_means(self):
        assert decode("“déjà vu”".encode("cp1252"), declared="ISO-8859-1").findings == ()

    def test_what_is_right_or_does_not_matter(self):
        assert decode("été".encode(), declared="utf8").findings == ()
        assert decode(b"plain", declared="koi8-r").findings == ()
        assert decode("Письмо".encode("koi8-r"), declared="koi8-r").findings == ()

    def test_it_tips_the_scales_where_the_bytes_leave_it_open(self):
        data = "kość".encode("iso-8859-2")
        assert decode(data, declared="iso-8859-2").text == "kość"

    def test_a_name_that_nobody_knows(self):
        assert codes(decode("été".encode(), declared="x-none\0")) == ["E003"]


class TestForced:
    def test_it_is_used_as_it_is(self):
        assert decode("é".encode(), forced="latin1").text == "Ã©"
        assert decode("é".encode(), forced="latin1").encoding == "iso-8859-1"
        assert decode("\ufeffé".encode(), forced="UTF8").text == "é"
        assert decode("\ufeffé".encode("utf-16-be"), forced="utf-16").text == "é"
        assert decode("Łódź".encode("cp852"), forced="cp852").text == "Łódź"

    def test_bytes_that_do_not_fit(self):
        with pytest.raises(UndecodableSource) as raised:
            decode(b"one\r\ntwo\ncaf\xe9 au lait", forced="utf-8", place="letters/1843-05.txt")
        assert str(raised.value) == "letters/1843-05.txt:3: byte 0xE9 is not UTF-8 [S004]"
        assert raised.value.hint == "try --encoding cp1252"

    @pytest.mark.parametrize("name", ["base64", "rot13", "zip", "hex", "no-such", "", "idna", "a\0b", "é", "undefined"])
    def test_what_is_no_encoding_of_text(self, name):
        with pytest.raises(UsageError) as raised:
            decode(b"x", forced=name)
        assert "cp1252" in raised.value.hint


class TestNoText:
    @pytest.mark.parametrize(
        "data",
        [
            b"",
            b" \r\n\t\n",
            b"\xef\xbb\xbf",
            b"\xff\xfe",
            b"\xfe\xff",
            "\ufeff \r\n".encode("utf-16-le"),
            " \r\n ".encode("utf-16-le"),
            " \n".encode("utf-16-be"),
            "\u3000\u2003\xa0".encode(),
            b"\x1a",
            b" " * 100_000,
        ],
    )
    def test_empty(self, data):
        with pytest.raises(EmptySource) as raised:
            refuse_what_is_no_text(data, place="a.txt")
        assert raised.value.place == "a.txt"

    @pytest.mark.parametrize(
        ("data", "name"),
        [
            (b"{\\rtf1\\ansi Hello}", "RTF"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "DOC"),
            (b"PK\x03\x04....word/document.xml", "DOCX"),
            (b"PK\x03\x04....mimetypeapplication/vnd.oasis.opendocument.text", "ODT"),
            (b"PK\x03\x04....mimetypeapplication/epub+zip", "EPUB"),
            (b"PK\x03\x04....page.html", "ZIP"),
            (b"%PDF-1.4\n", "PDF"),
            (b"%!PS-Adobe-3.0\n", "PostScript"),
            (b"AT&TFORM\0\0", "DjVu"),
            (b"\x1f\x8b\x08", "gzip"),
            (b"7z\xbc\xaf\x27\x1c", "7z"),
            (b"\x89PNG\r\n\x1a\n", "PNG"),
            (b"\xff\xd8\xff\xe0", "JPEG"),
            (b"GIF89a\x01\0", "GIF"),
            (b"II*\0", "TIFF"),
            (b"MM\0*", "TIFF"),
            (b"\x7fELF", "program"),
            (b"MZ\x90\0", "program"),
        ],
    )
    def test_foreign_formats(self, data, name):
        with pytest.raises(ForeignFormat, match=name) as raised:
            refuse_what_is_no_text(data, place="letter.txt")
        assert raised.value.hint

    @pytest.mark.parametrize(
        "data", [b"a text with one \0 in it", bytes(100), bytes(range(1, 32)) * 5, b"\xff\xfe" + bytes(20)]
    )
    def test_binary(self, data):
        with pytest.raises(BinarySource) as raised:
            refuse_what_is_no_text(data, place="x")
        assert raised.value.hint

    @pytest.mark.parametrize(
        "data",
        [
            b"x",
            b"MZ was his sign. PK too, and BM.",
            b"GIF89a was a format of pictures.",
            b"RIFF and raff",
            "Письмо".encode("utf-16-le"),
            "A page\r\n".encode("utf-16"),
            "A page".encode("utf-32"),
            "“".encode(),
            b"\xe9",
            b"page 1\x0cpage 2\x1a",
            b"<p>The %PDF- format</p>",
        ],
    )
    def test_texts_pass(self, data):
        refuse_what_is_no_text(data, place="x")


class TestLargeFiles:
    @pytest.mark.parametrize("word", ["plain words, ", "été, déjà; ", "слово и дело, "])
    def test_utf_8_is_read_fast_even_on_one_line(self, word):
        data = (word * (8_000_000 // len(word.encode()))).encode()
        begin = time.process_time()
        assert decode(data).findings == ()
        assert time.process_time() - begin < 8 / 10  # 10 MB/s on a slow machine that does other things too

    @pytest.mark.parametrize(
        "unit",
        [
            b"\xe9",
            b"\xc3\xa9\xe9",
            b"\x81\xe9",
            "Ã© ".encode(),
            "â€".encode(),
            b"\xd0\xa0\xc2",
            b"\xf0\x9f",
            b"a\xff",
        ],
    )
    def test_hostile_repetition_does_not_explode(self, unit):
        data = unit * (600_000 // len(unit))
        begin = time.process_time()
        tracemalloc.start()
        decoded = decode(data)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert time.process_time() - begin < 15
        assert peak < 150_000_000
        assert len(decoded.findings) < 150
        assert decoded.received() == data


def test_every_finding_is_explained():
    assert sorted(REMARKS) == ["E001", "E002", "E003", "E004", "E005"]
    assert all(len(remark.split(". ")) >= 2 for remark in REMARKS.values())
