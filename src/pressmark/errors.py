"""Every error that Pressmark raises.

An error stops the work; a finding (``pressmark.model.stand_off.Finding``) is a fact about a text.
The library raises the classes below, and only the command line and the desk render them.

::

    PressmarkError
    ├── UsageError                exit 2   the command was asked for something it cannot do
    │   └── WrongRoles            U002     a table of roles cannot be followed
    ├── SourceError               exit 3   a source cannot be read as a text
    │   ├── EmptySource           S001
    │   ├── BinarySource          S002
    │   ├── ForeignFormat         S003     a word processor's or a printer's format
    │   ├── UndecodableSource     S004
    │   ├── SourceTooLarge        S005
    │   ├── NotAFile              S006     a folder, a device, nothing at all
    │   ├── UnreadableFile        S007
    │   ├── NotTheText            S008     an error page or a log-in page that was saved in place of a text
    │   ├── FramesWithoutText     S009
    │   ├── UnsafeXml             S010     a document type with entities
    │   ├── NestedTooDeep         S011
    │   └── MalformedXml          S012
    ├── LostText                  exit 4   L001: a character of the source is missing from the edition
    ├── InvalidEdition            exit 5   V001: an edition breaks the Pressmark profile of TEI
    ├── ArchiveError              exit 6   the archive folder cannot be used so
    │   ├── NotAnArchive          A001
    │   ├── NewerArchive          A002
    │   ├── PressmarkTaken        A003
    │   ├── SameText              A004
    │   ├── ChangedSource         A005
    │   ├── ArchiveBusy           A006
    │   ├── UnsafePath            A007
    │   ├── DamagedHistory        A008
    │   ├── NothingToUndo         A009
    │   ├── EditedMeanwhile       A010
    │   ├── NoSuchText            A011
    │   ├── UnreadableSettings    A012
    │   └── UnsoundArchive        A013     exit 1: ``check`` found something
    └── OutputError               exit 7   O001: a file cannot be written (disk full, no permission)

The docstring of each class is its page in the reference and what ``pressmark explain CODE`` prints.
"""

from __future__ import annotations

from typing import ClassVar


class PressmarkError(Exception):
    """The root of the tree.

    ``message`` is one sentence without a full stop; ``place`` is a path, or ``path:line``, or an address in
    a text; ``hint`` is what the person can do next.
    """

    code: ClassVar[str] = "P000"
    exit_status: ClassVar[int] = 1

    def __init__(self, message: str, *, place: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.place = place
        self.hint = hint

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        return f"{where}{self.message} [{self.code}]"


class UsageError(PressmarkError):
    """The command was asked for something it cannot do; the hint names what it can."""

    code = "U001"
    exit_status = 2


class WrongRoles(UsageError):
    """A table of roles (``--roles``) names a role that there is not, a line without words, one block twice, or is no
    table. The line of the table is named; nothing has been written. ``pressmark inspect FILE --roles`` prints a
    table that fits.
    """

    code = "U002"


class SourceError(PressmarkError):
    """A source cannot be read as a text. Nothing has been written."""

    code = "S000"
    exit_status = 3


class EmptySource(SourceError):
    """The file is empty, or holds nothing but white space. There is nothing to make an edition of."""

    code = "S001"


class BinarySource(SourceError):
    """The file holds bytes that no text has (NUL bytes, or mostly control characters). It may be a picture,
    a program, or a text damaged on its way here.
    """

    code = "S002"


class ForeignFormat(SourceError):
    """The file is in a format that Pressmark does not read, whatever its name says: RTF, DOCX, ODT, DOC,
    PDF, DjVu, an archive or a picture. Save it as plain text or HTML and give that.
    """

    code = "S003"


class UndecodableSource(SourceError):
    """The bytes do not fit the encoding that was asked for, or no known encoding fits them."""

    code = "S004"


class SourceTooLarge(SourceError):
    """The file is larger than Pressmark reads without being told to (64 MB). A file of this size is seldom
    one text. ``--max-size 200MB`` reads it all the same.
    """

    code = "S005"


class NotAFile(SourceError):
    """A file was asked for, and the path names a folder, a device, or nothing."""

    code = "S006"


class UnreadableFile(SourceError):
    """The operating system does not let this file be read."""

    code = "S007"


class NotTheText(SourceError):
    """The page is a saved error page (“404 Not Found”) or a log-in page. The text itself was not saved."""

    code = "S008"


class FramesWithoutText(SourceError):
    """The page is a frame set: it only names other pages that hold the text. Give those pages."""

    code = "S009"


class UnsafeXml(SourceError):
    """The file declares XML entities or refers to outside files. Such declarations can make a small file
    fill a computer's memory or read other files, so Pressmark does not follow them.
    """

    code = "S010"


class NestedTooDeep(SourceError):
    """Elements are nested deeper than in any text: the file is damaged or made to do harm."""

    code = "S011"


class MalformedXml(SourceError):
    """The file calls itself XML and is not well-formed, so it is not clear what it says."""

    code = "S012"


class LostText(PressmarkError):
    """A character of the source is missing from the edition, stands there twice, or stands in another order.
    Pressmark checks this after each step and stops rather than lose a character. It is a fault of Pressmark,
    not of the text: please report it with the file.
    """

    code = "L001"
    exit_status = 4


class InvalidEdition(PressmarkError):
    """The edition breaks the Pressmark profile of TEI, so it is not written."""

    code = "V001"
    exit_status = 5


class ArchiveError(PressmarkError):
    """The archive folder cannot be used in this way."""

    code = "A000"
    exit_status = 6


class NotAnArchive(ArchiveError):
    """The folder has no ``pressmark.toml``. ``pressmark init FOLDER`` makes an archive."""

    code = "A001"


class NewerArchive(ArchiveError):
    """The archive was made by a newer Pressmark, whose form this one does not know. Nothing was changed."""

    code = "A002"


class PressmarkTaken(ArchiveError):
    """Another text of the archive already stands at this pressmark."""

    code = "A003"


class SameText(ArchiveError):
    """The archive already has this text, letter for letter, in another encoding or with other line ends."""

    code = "A004"


class ChangedSource(ArchiveError):
    """The source differs from the one this text was made of. ``--update`` takes it in as a new witness."""

    code = "A005"


class ArchiveBusy(ArchiveError):
    """Another Pressmark is writing to this archive. Two writers never write at once."""

    code = "A006"


class UnsafePath(ArchiveError):
    """A path in the archive leads outside it (a symbolic link, or ``..``). Pressmark does not follow it."""

    code = "A007"


class DamagedHistory(ArchiveError):
    """``history.jsonl`` cannot be read, or does not lead to the text that stands beside it."""

    code = "A008"


class NothingToUndo(ArchiveError):
    """The text is in the state in which it was first added."""

    code = "A009"


class EditedMeanwhile(ArchiveError):
    """The text was changed on disk by somebody else after it was read. Nothing was overwritten."""

    code = "A010"


class NoSuchText(ArchiveError):
    """No text of the archive stands at this pressmark."""

    code = "A011"


class UnreadableSettings(ArchiveError):
    """``pressmark.toml`` is not valid TOML, or holds a value of the wrong kind."""

    code = "A012"


class UnsoundArchive(ArchiveError):
    """``pressmark check`` found something wrong; what it printed names each place and what to do."""

    code = "A013"
    exit_status = 1


class OutputError(PressmarkError):
    """A file cannot be written: the disk is full, or the operating system does not allow it. What stood there
    before still stands there.
    """

    code = "O001"
    exit_status = 7


def all_errors() -> tuple[type[PressmarkError], ...]:
    """Every class of the tree, the root first, each before its subclasses."""

    def below(error: type[PressmarkError]) -> list[type[PressmarkError]]:
        return [error, *(leaf for child in error.__subclasses__() for leaf in below(child))]

    return tuple(below(PressmarkError))
