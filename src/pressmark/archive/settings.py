"""``pressmark.toml``: what an archive says about itself. The file makes a folder an archive."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from pressmark.archive.paths import read_inside
from pressmark.errors import NewerArchive, NotAnArchive, UnreadableSettings

SETTINGS_FILE = "pressmark.toml"
FORM = 1
LARGEST = 1_000_000  # bytes

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")  # the shape of a BCP 47 tag
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
_HINT = "Put it right in an editor of plain text; pressmark init in an empty folder makes one to compare with"


@dataclass(frozen=True, slots=True)
class Settings:
    """An archive's settings. ``form`` is the version of the archive folder's own form.

    ``base_url`` is empty or begins with http:// or https://; ``languages`` are BCP 47 tags, the site's own
    first; ``editor`` is the name under which decisions are put down where none is given.
    """

    title: str = ""
    base_url: str = ""
    languages: tuple[str, ...] = ("en",)
    rights: str = ""
    contact: str = ""
    theme: str = "default"
    editor: str = ""
    form: int = FORM


def load(root: Path) -> Settings:
    """The settings of the archive at ``root``; keys that this version does not know are left alone.

    Raises ``NotAnArchive`` where there is no file, ``NewerArchive`` where its form is not known here,
    ``UnreadableSettings`` (``path:line``) where it is not TOML or a value is of the wrong kind.
    """
    data = read_inside(root, SETTINGS_FILE)
    path = root / SETTINGS_FILE
    if data is None:
        raise NotAnArchive(
            "this folder is not an archive: it has no pressmark.toml",
            place=str(root),
            hint=f"pressmark init {root} makes it one",
        )
    if len(data) > LARGEST:
        raise UnreadableSettings("the file is too large for settings", place=str(path), hint=_HINT)
    return _Reader(path, _decoded(data, path)).settings()


def initial(title: str) -> str:
    """The text of a new ``pressmark.toml`` with comments. Any title is safe: control characters go, and
    white space becomes single spaces.
    """
    return f"""\
# What this archive says about itself. Lines that begin with # are notes and do nothing.

# The archive's name, as it stands on every page.
title = {_quoted(title)}

# Where the site will be, such as "https://example.org/archive/". May stay empty.
base_url = ""

# The languages of the texts, the site's own first: "en", "de", "ru", …
languages = ["en"]

# Under what terms the texts may be used, and whom to write to.
rights = ""
contact = ""

# How the site looks.
theme = "default"

# The name put down for decisions where none is given.
editor = ""

# The form of this folder. Leave it to Pressmark.
form = {FORM}
"""


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads settings out of the TOML in ``source``; every complaint names ``path`` and the line."""

    path: Path
    source: str

    def settings(self) -> Settings:
        values = self._parsed()
        form = self._form(values)
        return Settings(
            title=self._text(values, "title", ""),
            base_url=self._base_url(values),
            languages=self._languages(values),
            rights=self._text(values, "rights", ""),
            contact=self._text(values, "contact", ""),
            theme=self._text(values, "theme", "default"),
            editor=self._text(values, "editor", ""),
            form=form,
        )

    def _parsed(self) -> dict[str, object]:
        try:
            return tomllib.loads(self.source)
        except RecursionError as error:
            raise self._wrong("", "brackets are nested too deep") from error
        except ValueError as error:  # TOMLDecodeError, or a number of thousands of digits
            found = re.search(r"\(at line (\d+), column \d+\)", str(error))
            line = int(found[1]) if found else self.source.count("\n") + 1
            what = str(error).split(" (at ")[0]
            raise UnreadableSettings(
                f"this is not valid TOML ({what})",
                place=f"{self.path}:{line}",
                hint='Each line is a name, "=" and a value, and a text stands in double quotes',
            ) from error

    def _form(self, values: dict[str, object]) -> int:
        form = values.get("form", FORM)
        if type(form) is not int or form < 1:
            raise self._wrong("form", "“form” must be a number from 1 upwards")
        if form > FORM:
            raise NewerArchive(
                f"this archive has form {form}, and this Pressmark knows forms up to {FORM}",
                place=str(self.path),
                hint="Install a newer Pressmark",
            )
        return form

    def _text(self, values: dict[str, object], key: str, default: str) -> str:
        value = values.get(key, default)
        if not isinstance(value, str):
            raise self._wrong(key, f"“{key}” must be a text in double quotes")
        if _CONTROL.search(value):
            raise self._wrong(key, f"“{key}” holds a control character")
        return value

    def _base_url(self, values: dict[str, object]) -> str:
        url = self._text(values, "base_url", "")
        if url and not _is_web_address(url):
            raise self._wrong("base_url", "“base_url” must be empty or a web address that begins with https://")
        return url

    def _languages(self, values: dict[str, object]) -> tuple[str, ...]:
        languages = values.get("languages", ["en"])
        if not isinstance(languages, list) or not all(map(_is_language, languages)):
            raise self._wrong("languages", '“languages” must be a list of language codes, such as ["en", "de"]')
        return tuple(languages)

    def _wrong(self, key: str, message: str) -> UnreadableSettings:
        return UnreadableSettings(message, place=f"{self.path}:{self._line(key)}", hint=_HINT)

    def _line(self, key: str) -> int:
        found = re.search(rf"^[ \t]*[\"']?{key}[\"']?[ \t]*=", self.source, re.MULTILINE) if key else None
        return self.source.count("\n", 0, found.start()) + 1 if found else 1


def _decoded(data: bytes, path: Path) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableSettings(
            f"byte 0x{data[error.start]:02X} is not UTF-8",
            place=f"{path}:{line}",
            hint="Save the file again as UTF-8",
        ) from error


def _is_web_address(url: str) -> bool:
    if re.search(r"[\s<>\"'\\?#]", url):
        return False
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _is_language(tag: object) -> bool:
    return isinstance(tag, str) and bool(_LANGUAGE.fullmatch(tag))


def _quoted(title: str) -> str:
    words = " ".join(title.encode("utf-8", "replace").decode().split())
    escaped = _CONTROL.sub("", words).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
