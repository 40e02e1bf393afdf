"""Which eight-bit encoding fits some bytes: the letters that each would give are weighed in context.

No eight-bit encoding says its name, and nearly all bytes are a character in each of them. What tells them
apart is whether the result could have been written: letters that the language has, capitals where words
begin, opening quotation marks before words and closing ones behind. ``chardet`` is asked too and has a voice.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import chardet

from pressmark.readers.codec import table
from pressmark.readers.utf8 import VALID_CHARACTERS

SAMPLE = 24_000
"""Bytes around non-ASCII bytes that are weighed."""

CHARDET_VOTE = 2.5
"""What the opinion of ``chardet`` counts (natural logarithm)."""

_REPEATED = 0.7
"""Exponent of counts: the same word again and again is not new evidence each time."""

PRIORS = {
    "cp1252": 0.0,
    "cp1250": -0.8,
    "cp1251": -0.8,
    "mac-roman": -1.2,
    "iso-8859-2": -1.2,
    "koi8-r": -1.2,
    "iso-8859-15": -2.0,
    "cp866": -2.0,
    "cp1254": -2.5,
    "cp1253": -2.5,
    "koi8-u": -2.6,
    "cp1257": -3.0,
    "mac-cyrillic": -3.0,
    "cp850": -4.5,
    "iso-8859-7": -3.5,
    "cp437": -5.0,
    "iso-8859-5": -3.5,
    "cp852": -5.0,
    "mac-latin2": -5.5,
}
"""How rare an encoding is before anything is read (natural logarithm), the commonest first."""


@dataclass(frozen=True, slots=True)
class Alphabet:
    """What a language writes beyond ASCII: its letters, the most frequent first, and some short words."""

    name: str
    letters: str
    words: str = ""
    letter_share: float = 0.85
    fall: float = 0.78


ALPHABETS = (
    Alphabet("English", "éèêïëüöçàñôâæœ", "the of and to in was that he his it with for had as not on at by", 0.2),
    Alphabet(
        "French",
        "éàèêçôûùîâœëïüæ",
        "le la les des et de un une du que qui dans en est pas ne il elle vous je",
    ),
    Alphabet("German", "üäößé", "der die das und ist nicht ich zu den von mit sich dem ein eine im auf sie er war"),
    Alphabet("Spanish", "óíáéñúü¿¡", "el la los las de que y en un una por con se del su para es lo al"),
    Alphabet("Portuguese", "ãçáéíóêõâúàôü", "os de que e da em um uma para com se na mais foi ao dos"),
    Alphabet("Italian", "èàùòéìî", "il la di che e non un una per si del della con sono era gli lo le da"),
    Alphabet("Nordic", "äöåøæéðþáíóúýü", "och att det som en var den med inte av til jeg ikke og er han ja ei"),
    Alphabet("Dutch", "ëéïöüèê", "de het een van en dat op te zijn niet met voor hij die aan er om"),
    Alphabet("Polish", "łęąóżśćńź", "w z na nie jest jak po za od ale co tak przez pod przy bo dla ze"),
    Alphabet("Czech", "íáéěřžýčšůúďťňóľĺôäŕ", "na se je v s z za po ale jako jsem by tak jen bylo byl od si"),
    Alphabet("Hungarian", "áéöőóíüúű", "az egy hogy nem volt ez de csak meg mint el ki van ha azt minden"),
    Alphabet("Romanian", "ăîâşţșț", "de la cu pe nu un o care din mai este sau au fost lui ce prin pentru era"),
    Alphabet("Slavonic", "šžčćđ", "je i da se na u za su od nije sam bio iz ne ko po ali to ni kako bi kao"),
    Alphabet("Turkish", "ıüşğöçİâî", "bir ve bu da de ne ama ile var daha en gibi kadar sonra onun ben biz"),
    Alphabet("Baltic", "āšēīžėųūģņčļķįęą", "ir un ar uz par ka tas kas bet jis kaip su nuo vai kad yra buvo"),
    Alphabet("Russian", "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъёѣі", "", 0.93, 0.89),
    Alphabet("Ukrainian", "оаинвітерсклудмпзяьбгчйхжшюїєщцфґ", "", 0.93, 0.89),
    Alphabet("Greek", "αοιετσνηυρπκμλωςδγίάχόέήθφβύώξζψϊ", "", 0.93, 0.89),
)

_QUOTES_AND_DASHES = "“”‘’«»„‚–—…\xa0"
_COMMON_SIGNS = "¬§©°£™®·•†‡½¼¾№¿¡\xad›‹"
_OPENING = "“‘„‚«‹"
_CLOSING = "”’»›"
_WESTERN = "àáâãäåæçèéêëíîïñòóôõöøùúûüß"
_NO_LETTERS = "ªºµƒˆ˜ˇ"
_VOWELS = frozenset("аеёиоуыэюяіїєѣ")


def choose(data: bytes, *, declared: str | None = None, beside_utf_8: bool = False) -> str:
    """The encoding that fits best, as a name that Python knows in canonical form.

    ``declared`` (canonical) is what the page says of itself: evidence, and no more. With ``beside_utf_8`` the
    bytes that are valid UTF-8 are taken as that, and only tell the language of those that are not.
    """
    sample = sample_of(data)
    company = VALID_CHARACTERS.findall(sample) if beside_utf_8 else []
    sample = VALID_CHARACTERS.sub(_stand_in if beside_utf_8 else _stand_in_for_long, sample)
    votes = dict(PRIORS)
    if declared in {"iso-8859-1", "ascii", "cp1252"}:
        votes["cp1252"] += 2.0
    elif declared in votes:
        votes[declared] += 4.0
    guess = _chardet_says(sample)
    if guess in votes:
        votes[guess] += CHARDET_VOTE
    languages = _language_votes(sample, b"".join(company).decode())
    best = max(_scores(sample, votes, languages), key=lambda scored: scored[1])[0]
    present = set(re.findall(rb"[\x80-\xff]", data if len(data) <= SAMPLE else sample))
    return next(encoding for encoding in PRIORS if _same(encoding, best, present))


def _same(one: str, other: str, present: set[bytes]) -> bool:
    return all(table(one)[byte[0]] == table(other)[byte[0]] for byte in present)


def many_byte_encoding(data: bytes) -> str | None:
    """An East Asian encoding that fits all the bytes and gives mostly East Asian letters, if there is one."""
    guess = _chardet_says(sample_of(data))
    if guess not in {"shift_jis", "cp932", "euc_jp", "gb18030", "gb2312", "gbk", "big5", "euc_kr", "cp949"}:
        return None
    try:
        text = data.decode(guess)
    except UnicodeDecodeError:
        return None
    beyond = re.sub(r"[\x00-\x7f]+", "", text)
    likely = len(re.findall(r"[\u3000-\u30ff\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff5e]", beyond))
    return guess if likely > 0.95 * len(beyond) and text.encode(guess, "replace") == data else None


def sample_of(data: bytes) -> bytes:
    """At most ``SAMPLE`` bytes around non-ASCII bytes, from the beginning, the middle and the end."""
    if len(data) <= SAMPLE:
        return data
    third = len(data) // 3
    return b" ".join(_neighbourhoods(data, part * third, (part + 1) * third) for part in range(3))


def _neighbourhoods(data: bytes, begin: int, end: int) -> bytes:
    """What stands around the first non-ASCII bytes between two places: a third of a sample."""
    pieces: list[bytes] = []
    reached, room = begin, SAMPLE // 3
    for window in range(begin, end, _WINDOW):
        if data[window : window + _WINDOW].isascii():
            continue
        for match in _BEYOND_ASCII.finditer(data, window, window + _WINDOW):
            start, stop = max(reached, match.start() - 60), min(match.end(), match.start() + 4000) + 60
            if start < stop:
                pieces.append(data[start:stop])
                room -= stop - start
                reached = stop
            if room <= 0:
                return b" ".join(pieces)
    return b" ".join(pieces)


_WINDOW = 65_536
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]+")


def _stand_in(match: re.Match[bytes]) -> bytes:
    """Valid UTF-8 as ASCII of the same nature, so that its neighbours stand beside a letter or a space."""
    return "".join("n" if letter.isalpha() else " " for letter in match.group().decode()).encode()


def _stand_in_for_long(match: re.Match[bytes]) -> bytes:
    """The same for sequences that can hardly be anything else; one or two may be letters of this encoding."""
    return _stand_in(match) if len(match.group()) > 6 else match.group()


@lru_cache(maxsize=4)
def _chardet_says(sample: bytes) -> str | None:
    guess = chardet.detect(sample, compat_names=False, prefer_superset=True)["encoding"]
    return guess.lower().replace("iso8859", "iso-8859") if guess else None


def _scores(sample: bytes, votes: dict[str, float], languages: dict[str, float]) -> Iterator[tuple[str, float]]:
    singles = Counter(re.findall(rb"[\x80-\xff]", sample))
    triples = Counter(re.findall(rb"(?s)(?=(.[\x80-\xff].))", b" " + sample + b" "))
    for encoding, vote in votes.items():
        letters = table(encoding)
        counted = [(letters[byte[0]], count**_REPEATED) for byte, count in singles.items()]
        language = max(
            languages[alphabet.name] + sum(count * _likelihood(alphabet, letter) for letter, count in counted)
            for alphabet in ALPHABETS
        )
        context = sum(
            count**_REPEATED * fitness(letters[triple[0]], letters[triple[1]], letters[triple[2]])
            for triple, count in triples.items()
        )
        yield encoding, vote + language + context


def _language_votes(sample: bytes, company: str) -> dict[str, float]:
    words = Counter(re.findall(rb"(?<![\x80-\xff<&/\w])[a-z]+(?![\x80-\xff\w=])", sample.lower()))
    hits = {alphabet.name: sum(words[word.encode()] for word in alphabet.words.split()) for alphabet in ALPHABETS}
    total = sum(hits.values()) + 1.0
    weight = min(1.0, 20 / max(1, len(company)))
    beside = Counter(company)
    return {
        alphabet.name: 2.5 * math.log((hits[alphabet.name] + 0.3) / total)
        - (0.0 if alphabet.name == "English" else 1.0)
        + weight * sum(count * _likelihood(alphabet, letter) for letter, count in beside.items())
        for alphabet in ALPHABETS
    }


@lru_cache(maxsize=20_000)
def _likelihood(alphabet: Alphabet, letter: str) -> float:
    """The natural logarithm of how often a language writes this character, among all beyond ASCII."""
    rank = alphabet.letters.find(letter.lower())
    if rank >= 0:
        return math.log(alphabet.letter_share * (1 - alphabet.fall)) + rank * math.log(alphabet.fall)
    if letter in _QUOTES_AND_DASHES:
        share = 0.3 if letter == "’" else 0.14 if letter in "“”—" else 0.04
        return math.log((1 - alphabet.letter_share) * share)
    if letter in _COMMON_SIGNS:
        return math.log((1 - alphabet.letter_share) * 0.02)
    if letter == "€":
        return math.log((1 - alphabet.letter_share) * 0.002)
    if letter.lower() in _WESTERN and alphabet.letters[0] < "\u0250":
        return -5.5
    if is_letter(letter):
        return -7.5 if _script(letter) == _script(alphabet.letters[0]) else -13.0
    return -8.5 if letter < "\u2500" else -13.0


@lru_cache(maxsize=200_000)
def fitness(before: str, letter: str, after: str) -> float:
    """How well a character stands between two others: 0 for quite naturally, -5 for hardly ever.

    The scale is that of natural logarithms, so that values of a text can be added up.
    """
    if is_letter(letter):
        return _letter_fitness(before, letter, after)
    if letter in _OPENING:
        return _opening_fitness(before, letter, after)
    if letter in _CLOSING:
        return _closing_fitness(before, letter, after)
    if "\x80" <= letter < "\xa0":
        return -5.0
    if "\u2500" <= letter < "\u25a0":
        return -5.0
    sides = is_letter(before) + is_letter(after)
    if letter in "–—\xa0":
        return 0.0
    if letter in "¬\xad":  # the hyphen at a line's end, as some OCR programs write it
        return 0.0 if is_letter(before) and not after.isalnum() else -3.0
    if letter == "…":
        return -1.5 if is_letter(after) else 0.0
    return (0.0, -2.0, -5.0)[sides]


def _letter_fitness(before: str, letter: str, after: str) -> float:
    neighbours = [other for other in (before, after) if is_letter(other)]
    value = sum(-6.0 for other in neighbours if _script(other) != _script(letter))
    value -= 2.0 * (before.isdigit() + after.isdigit())
    if _script(letter) == "LATIN":
        value -= 1.5 * sum(not other.isascii() for other in neighbours)
    elif letter in "ςσ":
        value -= 6.0 * ((letter == "ς") == is_letter(after))
    elif _script(letter) == "CYRILLIC":
        value += _cyrillic_fitness(before.lower(), letter.lower(), after.lower())
    if letter.isupper():
        return value + _capital_fitness(before, letter, after)
    alone = not neighbours and letter not in "àèéóòвиоуяаскіїєйηο"
    return value - (5.0 if after.isupper() else 0.0) - (3.0 if alone else 0.0)


def _capital_fitness(before: str, letter: str, after: str) -> float:
    if is_letter(before):
        return -0.2 if before.isupper() else -6.0
    if before in ".,;:!?":
        return -5.0
    if is_letter(after) and after.isupper() and _script(letter) == "LATIN":
        return -4.0
    alone = not is_letter(after) and letter not in "АВИКОСУЯІÀÉÓÁÍÚΗΟ"
    return -4.5 if alone else -2.5


def _cyrillic_fitness(before: str, letter: str, after: str) -> float:
    if not is_letter(before) and letter in "ьъы":
        return -6.0
    if letter == "й" and is_letter(before) and before not in _VOWELS:
        return -3.0
    if not (is_letter(before) and is_letter(after)):
        return 0.0
    vowels = sum(other in _VOWELS for other in (before, letter, after))
    return (-1.5, 0.0, 0.0, -2.5)[vowels] if "ь" not in (before, letter, after) else 0.0


def _opening_fitness(before: str, letter: str, after: str) -> float:
    if letter in "“‘«" and not before.isspace() and not is_letter(after):
        return -1.5
    value = -5.0 if before.isalnum() else 0.0
    return value - (0.5 if letter in "«‹" else 2.5) * after.isspace()


def _closing_fitness(before: str, letter: str, after: str) -> float:
    if letter == "’":
        if is_letter(before) and after in "stdm":
            return 1.0
        return -1.0 if before.isspace() else 0.0
    if letter in "»›" and before.isspace():
        return -1.0
    return -2.5 * before.isspace() - 5.0 * is_letter(after)


@lru_cache(maxsize=4096)
def is_letter(letter: str) -> bool:
    """Whether a character is a letter of a word (and not ª, µ or a lone accent)."""
    return letter not in _NO_LETTERS and unicodedata.category(letter) in {"Ll", "Lu", "Lo", "Lt"}


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    return unicodedata.name(letter, "?").split(" ", 1)[0]
