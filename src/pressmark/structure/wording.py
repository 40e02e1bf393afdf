"""The features of ``pressmark.structure.features`` in words, for a person who asks why."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

SIZES = {
    "a": "is up to 3 characters long",
    "b": "is 4 to 10 characters long",
    "c": "is 11 to 22 characters long",
    "d": "is 23 to 38 characters long",
    "e": "is 39 to 55 characters long",
    "f": "is 56 to 80 characters long",
    "g": "is 81 to 120 characters long",
    "h": "is 121 to 200 characters long",
    "i": "is 201 to 420 characters long",
    "j": "is longer than 420 characters",
}
COARSE = {"S": "short", "M": "of middle length", "L": "long"}
PLAIN = {
    "all": "how often blocks are this",
    "before-prose": "stands before the first long paragraph",
    "after-prose": "stands after the last long paragraph",
    "after-notes-heading": "stands after a heading for notes",
    "records=before": "stands before the lines of the record",
    "records=within": "stands among the lines of the record",
    "records=after": "stands right after the lines of the record",
    "may-join": "stands close under a short line",
    "same-line": "stands on one line with the words before",
    "new-page": "begins a page of the print",
    "quoted": "stands in quotation marks from end to end",
    "ornament": "is only signs",
    "numeral": "is only a number",
    "place and date": "is a place and a date",
    "open-quote": "a quotation before it has not ended",
    "open-quote again": "a quotation before it has not ended, and it begins with a quotation mark",
    "wrapped": "stands on a page of lines of one width",
    "unwrapped": "stands on a page with a line for each paragraph",
    "short": "is short",
    "long": "is not short",
    "bracketed": "stands in square brackets",
    "parenthesis": "stands in round brackets",
    "italic": "is all in italics",
    "illustration": "says that it is an illustration",
    "web": "has an address of the web",
    "separators": "has strokes or arrows between its words",
    "columns": "has wide spaces within its lines",
    "leaders": "ends with dots and a page number",
    "cited": "cites a page or a volume",
    "editor-signs": "is signed by an editor",
    "speaker": "begins with the name of a speaker",
    "date": "has a date",
    "month": "names a month",
    "year": "names a year",
    "date with comma": "has a place or day and a date",
    "collection": "names a collection",
    "digits": "is mostly figures",
    "one-word": "is one word",
    "article": "begins with an article",
    "commas": "has several commas",
    "record-label": "begins with a known label of a record",
    "prev-quote": "follows a block that begins with a quotation mark",
    "next-lower": "the block after it begins with a small letter",
    "repeated": "its words stand on the page again",
    "prev-alike": "looks like the block before",
    "next-alike": "looks like the block after",
    "set-in": "is not indented as other long blocks are",
    "in-capitals": "each begins with a capital",
    "rhymed": "some rhyme",
    "free": "none rhyme",
    "rhymes": "ends like a line near it",
    "path": "names a way through several pages",
    "first-prose": "is the first long paragraph",
    "between-prose": "stands alone between two long paragraphs",
    "last": "is the last block",
    "prev-small": "the line before ends with a small word",
    "small": "begins with a small word",
    "later": "stands in or after the text",
    "editor": "begins with words of editors",
    "said": "has words outside its quotation marks",
    "open": "leaves a quotation open",
    "title": "has capitals as titles have",
    "sentence": "has capitals as sentences have",
    "upper": "is all in capitals",
    "lower": "begins with a small letter",
    "label-again": "its number stands on the page again",
}
BEGINS = {
    "quote": "a quotation mark", "dash": "a dash", "bracket": "a bracket", "digit": "a figure",
    "lower": "a small letter", "upper": "a capital", "italic": "italics", "sign": "a sign",
}  # fmt: skip
ENDS = {
    "stop": "a full stop", "comma": "a comma", "semicolon": "a semicolon", "colon": "a colon",
    "question": "a question mark", "exclamation": "an exclamation mark", "dots": "dots", "dash": "a dash",
    "digit": "a figure",
    "word": "a word without a stop",
}  # fmt: skip
CASES = {
    "upper": "is all in capitals", "title": "has capitals as titles have", "sentence": "has capitals as sentences have",
    "lower": "begins with a small letter", "none": "has no words",
}  # fmt: skip
KINDS = {
    "chapter": "a word for a chapter", "division": "a word for a preface or the like", "notes": "a word for notes",
    "contents": "a word for contents", "salutation": "words that greet", "closing": "words that close a letter",
    "byline": "a word for “by”", "updated": "words for the last change",
    "navigation": "a word for a way to another page",
    "contact": "words for writing to somebody", "dedication": "words that dedicate", "editor": "words of editors",
    "picture": "a word for a picture", "source": "words that name a source", "postscript": "the sign of a postscript",
    "piece": "a word for a kind of text",
}  # fmt: skip
PLACES = {
    "flush": "begins at the edge", "first": "has its first line indented", "block": "is indented as a whole",
    "centre": "stands in the middle", "right": "stands at the right",
}  # fmt: skip
GAPS = {
    "same": "the usual distance",
    "less": "less than the usual distance",
    "more": "more than the usual distance",
    "much": "a wide distance",
}


def reasons(names: Sequence[str]) -> tuple[str, ...]:
    """Features in words, each once."""
    return tuple(dict.fromkeys(words_for(name) for name in names))


@cache
def words_for(name: str) -> str:
    """A feature in words."""
    if name in PLAIN:
        return PLAIN[name]
    head, _, rest = name.partition(" ")
    first = _one(head)
    if not rest:
        return first
    if rest in COARSE:
        return f"{first}, and is {COARSE[rest]}"
    if head == "set-in":
        return first
    if name.startswith("prev-colon"):
        return "follows a colon" + (" and begins with a quotation mark" if "begins=quote" in rest else "")
    more = " and ".join(_one(each) for each in rest.split(" ") if each not in COARSE)
    return f"{first} and {more}" if more else first


def _one(name: str) -> str:
    if name in PLAIN:
        return PLAIN[name]
    kind, _, value = name.partition("=")
    base = value.split("+")[0]
    match kind:
        case "size":
            return SIZES.get(value, value)
        case "gap":
            return f"has {GAPS.get(value, value)} before it"
        case "after":
            return f"has {GAPS.get(value, value)} after it"
        case "top":
            return f"is among the first blocks ({value} before it)"
        case "bottom":
            return f"is among the last blocks ({value} after it)"
        case "indent":
            return PLACES.get(value, value)
        case "column":
            return f"is indented by {value} columns"
        case "lines":
            return "has one line" if value == "1" else f"has {value} lines or more"
        case "of-rows":
            return f"is a line of a block of {value} lines"
        case "begins":
            return f"begins with {BEGINS.get(value, value)}"
        case "ends":
            return f"ends with {ENDS.get(base, base)}" + (" and a closing mark" if "+" in value else "")
        case "case":
            return CASES.get(value, value)
        case "name":
            return "has not the form of a name" if value == "no" else f"may be a name of {value} words"
        case "word":
            return ("is only " if value.startswith("=") else "begins with ") + KINDS.get(value.lstrip("="), value)
        case "colon-label":
            return f"begins with {value} words and a colon"
    return _relation(kind, value)


def _relation(kind: str, value: str) -> str:
    base = value.split("+")[0]
    match kind:
        case "label":
            return f"is labelled like {value}"
        case "called":
            return "its label is called in the text" if value == "True" else "its label is not called in the text"
        case "series":
            return "is one of a numbered series" if "+" in value or "~" in value else "is not one of a numbered series"
        case "series-called":
            return f"of a series of labels {'none is' if value == 'none' else value + ' are'} called in the text"
        case "roman":
            return "its label is a Roman number" if value == "number" else "its label may be a Roman number or a letter"
        case "together":
            return f"is one of {value} lines that stand together"
        case "step":
            return {
                "in": "is indented more than the block before",
                "out": "is indented less than the block before",
            }.get(value, "is indented like the block before")
        case "series-after":
            return "its series has nothing before it" if value == "none" else f"its series {_after(value)}"
        case "series-count":
            return f"is one of a series of {value}"
        case "then":
            return "text goes on after it" if value == "text" else "no text goes on after it"
        case "common":
            return {
                "none": "its words are capitalised everywhere",
                "all": "its words also stand without capitals",
                "some": "some of its words also stand without capitals",
            }.get(value, "it has no capitalised words")
        case "prev-size" | "next-size":
            return f"the block {_side(kind)} {SIZES.get(value, value)}"
        case "prev-ends":
            return f"the block before ends with {ENDS.get(base, base)}"
        case "prev-word" | "next-word":
            return f"the block {_side(kind)} begins with {KINDS.get(value.lstrip('='), value)}"
        case "prev-label" | "next-label":
            return f"the block {_side(kind)} is labelled like {value}"
        case "prev" | "next":
            return f"has no block {_side(kind)} it"
        case "dialogue":
            return f"quotation marks begin {'no' if value == 'none' else value} blocks of the page"
        case "quote":
            return "begins with a quotation mark"
        case "alike":
            return "no other block looks like it" if value == "1" else f"{value} blocks of the page look alike"
        case "share":
            return {"low": "few", "mid": "several", "high": "many"}.get(
                value, value
            ) + " blocks of the page look like it"
        case "records":
            return f"stands {value} the lines of the record"
        case "tag":
            return "is tagged as a heading in the source"
    return f"{kind} {value}".replace("=", " ").strip()


def _after(value: str) -> str:
    return {"colon": "follows a colon", "word": "follows a block without a stop"}.get(value, "follows a stop")


def _side(kind: str) -> str:
    return "before" if kind.startswith("prev") else "after"
