#!/usr/bin/env python3
"""Writes ``docs/reference/`` from the code: commands, formats, codes, the TEI profile, the library, the archive.

    python dev.py docs          does this first, and then builds the documentation

The pages are kept in the repository, so that they can be read there; a test fails where they are stale.
Nothing here depends on the day, the computer or the version of Python.
"""

from __future__ import annotations

import ast
import inspect
import json
import re
import sys
import tempfile
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path

import click

from pressmark import checks, cli, errors, exporters, readers, stages
from pressmark.archive import history, settings
from pressmark.errors import PressmarkError, all_errors
from pressmark.explaining import explanations
from pressmark.exporters.inspection import inspection
from pressmark.model.header import FIELDS
from pressmark.model.roles import ROLES
from pressmark.pipeline import run
from pressmark.readers.foreign_tei import header as foreign_header
from pressmark.readers.foreign_tei import places
from pressmark.tei import grammar

REFERENCE = Path(__file__).resolve().parent / "reference"

NOTICE = "\n<!-- Made by docs/generate.py from the code. Change the code, and run: python dev.py docs -->\n"

LIBRARY = {
    "Reading and running": ("pressmark.read", "pressmark.run", "pressmark.pipeline.perform"),
    "The archive": (
        "pressmark.Archive",
        "pressmark.archive.archive.Added",
        "pressmark.archive.building.Built",
        "pressmark.archive.soundness.Problem",
        "pressmark.archive.history.Entry",
        "pressmark.archive.settings.Settings",
        "pressmark.carrying.Loss",
    ),
    "The edition and its record": (
        "pressmark.Edition",
        "pressmark.model.edition.Picture",
        "pressmark.model.header.Header",
        "pressmark.model.header.Statement",
        "pressmark.model.header.Hand",
        "pressmark.model.header.Witness",
        "pressmark.model.header.Change",
    ),
    "The text": (
        "pressmark.model.text.Container",
        "pressmark.model.text.Leaf",
        "pressmark.model.text.Mark",
        "pressmark.model.text.Choice",
        "pressmark.model.text.Inset",
        "pressmark.model.text.walk",
        "pressmark.model.text.pieces",
        "pressmark.model.text.rewrite",
        "pressmark.model.text.sic",
        "pressmark.model.text.corrected",
        "pressmark.model.roles.role_of",
    ),
    "What the machine proposes": (
        "pressmark.model.stand_off.StandOff",
        "pressmark.model.stand_off.Finding",
    ),
    "TEI, plain text, and the proof": (
        "pressmark.tei.parse",
        "pressmark.tei.write",
        "pressmark.exporters.text.plain_text",
        "pressmark.lossless.align",
        "pressmark.lossless.Alignment",
        "pressmark.lossless.Piece",
    ),
    "Parts that you can add": (
        "pressmark.readers.reader.Reader",
        "pressmark.readers.reader.Reading",
        "pressmark.readers.source.Source",
        "pressmark.checks.check.Check",
        "pressmark.exporters.exporter.Exporter",
        "pressmark.stages.stage.Stage",
        "pressmark.stages.stage.stage",
    ),
    "Errors": ("pressmark.PressmarkError",),
}
"""What the page about the library describes, by chapter."""

FOLDER = """\
my-archive/
  pressmark.toml               what the archive says of itself
  texts/<collection>/<text>/   one folder for each text; its path is the text's pressmark
    text.xml                   the edition: one TEI file, record and text
    history.jsonl              every change: who, when, why, what; lines are only ever added
    source/                    the files as they came, never altered
    pages/                     the pictures that came with them
  authorities/                 empty so far: kept for people, places and works
  site/                        the built site; can be thrown away
  .pressmark/                  working files; can be thrown away
  .gitignore, .gitattributes   tell git what can be thrown away, and to leave every byte as it is
"""

SHARED = 4
"""An attribute that so many elements have with one meaning is described once."""

SAMPLE = "The Ferry\n\nBy Ada Thorne\n\nWritten: 1911.\n\nIt was late,[1] and the ferry had gone.\n\n1. Past ten.\n"
"""A page for the example of the JSON form."""


def main() -> None:
    """Writes every page of the reference, and takes away what is no page of it any more."""
    REFERENCE.mkdir(exist_ok=True)
    made = pages()
    for stale in set(REFERENCE.glob("*.md")) - {REFERENCE / name for name in made}:
        stale.unlink()
    for name, page in made.items():
        (REFERENCE / name).write_text(page, encoding="utf-8", newline="\n")


def pages() -> dict[str, str]:
    """Every page of the reference by the name of its file."""
    makers = {
        "commands.md": commands,
        "exit-statuses.md": exit_statuses,
        "codes.md": codes,
        "formats.md": formats,
        "archive.md": archive,
        "inspect.md": inspect_form,
        "tei.md": tei,
        "foreign-tei.md": foreign_tei,
        "library.md": library,
    }
    return {name: "\n".join(make()).rstrip() + "\n" + NOTICE for name, make in makers.items()}


# --- Commands --------------------------------------------------------------------------------------


def commands() -> Iterator[str]:
    """Each command: how it is called, what it does, its options."""
    yield "# Commands\n"
    yield "Every command says the same about itself: `pressmark press --help`. Options may stand anywhere after"
    yield "the name of the command. What a command answers to the program that called it is on the page"
    yield "[Exit statuses](exit-statuses.md).\n"
    yield table(("command", "what it does"), ((f"[`{name}`](#{name})", says) for name, says in cli.COMMANDS.items()))
    for name in cli.COMMANDS:
        yield from command(name)


def command(name: str) -> Iterator[str]:
    """The section of one command."""
    found = import_module(f"pressmark.cli.{name}").command
    context = click.Context(found, info_name=f"pressmark {name}")
    usage = " ".join([f"pressmark {name}", *found.collect_usage_pieces(context)])
    yield f"## {name}\n\n```text\n{usage}\n```\n"
    yield prose(found.help or "") + "\n"
    given = [each for each in found.params if isinstance(each, click.Option)]
    options = [record for each in given if (record := each.get_help_record(context))]
    if options:
        yield table(("option", "what it does"), ((f"`{flag}`", prose(says)) for flag, says in options))


def exit_statuses() -> Iterator[str]:
    """What each exit status means, from the classes of errors."""
    yield "# Exit statuses\n"
    yield "A command that ends gives the program that called it a number. For a script or a nightly check that number"
    yield "is the whole answer: 0 is well, everything else is not.\n"
    rows = {0: "all is well", cli.INTERRUPTED: "stopped by a person (Ctrl-C); nothing is half-written"}
    rows[9] = "`press.py` or `dev.py` could not set Pressmark up"
    for error in all_errors()[1:]:
        if error.exit_status not in rows:
            rows[error.exit_status] = f"{first_sentence(error)} (`{error.__name__}`)"
    yield table(("status", "meaning"), ((str(status), rows[status]) for status in sorted(rows)))
    yield "With several files, a command goes on after one that it cannot read. Its status is then that of the"
    yield "first error.\n"
    yield "A slip in the command line itself (an option that does not exist) is status 2, too."


def first_sentence(error: type[PressmarkError]) -> str:
    """The first sentence of an error's page, without its full stop."""
    page = " ".join((inspect.getdoc(error) or "").split())
    return prose(re.split(r"[.;](?:\s|$)", page)[0])


# --- Codes -----------------------------------------------------------------------------------------


def codes() -> Iterator[str]:
    """Every code with its page."""
    known = explanations()
    kinds = {error.code for error in all_errors()}
    found = {check.code for check in checks.CHECKS}
    yield "# Codes\n"
    yield "What Pressmark prints about a text or a file ends in a code, such as `[S004]`. `pressmark explain S004`"
    yield "shows the same page as stands here.\n"
    yield "## Errors\n\nAn error stops the work, and nothing is half-written.\n"
    yield fenced(tree_of_errors(), "text")
    yield from (
        code for each in known.values() if each.code in kinds for code in section(each.code, each.name, each.page)
    )
    yield "## Checks\n\nA check looks at a text and points at what may be wrong. It changes nothing.\n"
    yield from (
        code for each in known.values() if each.code in found for code in section(each.code, each.name, each.page)
    )
    yield "## Remarks of readers\n"
    yield "A remark says what was odd about a file when it was read. The file was read all the same.\n"
    yield from (line for code, page in sorted(readers.remarks().items()) for line in section(code, "", page))


def section(code: str, name: str, page: str) -> Iterator[str]:
    """The section of one code."""
    yield f"### {code} {name}".rstrip() + "\n"
    yield prose(page) + "\n"


def tree_of_errors() -> str:
    """The tree as it is drawn in the docstring of ``errors``."""
    drawn = (inspect.getdoc(errors) or "").split("::\n")[1]
    return textwrap.dedent("\n".join(line for line in drawn.split("\n") if not line or line.startswith(" "))).strip(
        "\n"
    )


# --- Formats and stages ----------------------------------------------------------------------------


def formats() -> Iterator[str]:
    """The readers, the stages and the exporters."""
    yield "# Formats and stages\n"
    yield "## Readers: what goes in\n\nThe first reader that knows a file as its own reads it.\n"
    for reader in readers.READERS:
        yield f"### {reader.format}\n\n{prose(module_page(reader.read))}\n"
    yield "## Stages: what happens to it\n"
    yield "A text goes through the stages in this order. After each one it is proved that no character is lost.\n"
    rows = [
        (f"`{each.name}`", prose(first_paragraph(each.function)), ", ".join(sorted(each.assigns)),
         "on the way in" if each in stages.INTAKE else "to look at, any time")
        for each in stages.STAGES
    ]  # fmt: skip
    yield table(("stage", "gives", "may change", "done"), rows)
    yield "## Exporters: what comes out\n"
    yield "`pressmark export FORM PRESSMARK` writes one text out in one of these forms.\n"
    yield table(
        ("form", "ending", "what it is"),
        ((f"`{each.name}`", f"`{each.suffix}`", each.title) for each in exporters.EXPORTERS),
    )
    yield "The site of a whole archive is made by `pressmark build`.\n"


def module_page(function: object) -> str:
    """The docstring of the module in which a function stands."""
    return inspect.getdoc(sys.modules[function.__module__]) or ""


def first_paragraph(thing: object) -> str:
    """The first paragraph of a docstring, on one line."""
    return " ".join((inspect.getdoc(thing) or "").split("\n\n")[0].split())


# --- The archive and the JSON form -----------------------------------------------------------------


def archive() -> Iterator[str]:
    """The folder, its settings, and the form of a history."""
    yield "# The archive folder\n"
    yield "An archive is a folder of plain files. It is yours: copy it, put it into git, move it to another computer.\n"
    yield fenced(FOLDER, "text")
    yield "A pressmark is a path of two or more parts: small letters `a` to `z`, digits and hyphens, with `/`"
    yield "between.\n"
    yield f"## {settings.SETTINGS_FILE}\n\nA new archive begins with this file. Every line may be left out.\n"
    yield fenced(settings.initial("My archive"), "toml")
    yield f"## {history.HISTORY_FILE}\n"
    yield prose(capital(re.sub(r"^.*?: ", "", inspect.getdoc(history) or "", count=1))) + "\n"
    yield prose(inspect.getdoc(history.Entry) or "") + "\n"
    yield "The actions are:\n"
    yield table(("action", "what was done"), ACTIONS)
    yield "A change is written to the history and flushed to disk before `text.xml` is replaced. After a crash the next"
    yield "change first completes what the history has on record.\n"


def capital(words: str) -> str:
    """The words with a capital at their beginning."""
    return words[:1].upper() + words[1:]


ACTIONS = (
    ("`add`", "the text was taken in; the first line of every history"),
    ("`update`", "a changed source was taken in; `lost` lists what found no place in the new state"),
    ("`edit`", "somebody changed `text.xml` outside Pressmark; `who` is empty, for Pressmark cannot know"),
    ("`undo`", "the change with the number in `undoes` was taken back"),
    ("`redo`", "what the undo with the number in `redoes` took away was brought back"),
)


def inspect_form() -> Iterator[str]:
    """The form of ``pressmark inspect --json``, with an example that was run."""
    yield "# What `inspect --json` prints\n"
    yield "`pressmark inspect --json FILE` prints what the machine sees in one file, as JSON, and changes nothing. With"
    yield "several files it prints one object on each line. Keys may be added one day; those that are here stay.\n"
    yield "`start` and `end` count Unicode code points in the *source text*, which `pressmark inspect --text FILE`"
    yield "prints; the character at `end` is the first that does not belong. `names`, `dates` and `events` are empty:"
    yield "Pressmark does not look for them yet.\n"
    yield "## An example\n\nOf this file:\n"
    yield fenced(SAMPLE, "text")
    yield fenced(example(), "json")
    yield "A block in several pieces has `spans` too, a list of `[start, end]`. `certainty` (`high`, `medium`, `low`)"
    yield "stands where the machine had to guess. `n` is the number of a note, and `note` the id of the note that an"
    yield "anchor leads to.\n"
    yield "## Roles\n\nWhat a block can be, and the TEI element that the edition has for it.\n"
    rows = [
        (f"`{role}`", f"`{each.element}`" + (f", type `{each.type}`" if each.type else "")
         + (f", in `{each.within}`" if each.within else ""), each.place)
        for role, each in ROLES.items()
    ]  # fmt: skip
    yield table(("role", "element", "where it may stand"), ((a, b, escaped(c)) for a, b, c in rows))


def example() -> str:
    """What is seen in the sample page, each block on one line."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ferry.txt"
        path.write_bytes(SAMPLE.encode())
        form = inspection(run(readers.read(path)), "ferry.txt")
    lines = [f"{json.dumps(key)}: {_value(value)}" for key, value in form.items()]
    return "{" + ",\n ".join(lines) + "}"


def _value(value: object) -> str:
    if not isinstance(value, list) or not value:
        return json.dumps(value, ensure_ascii=False)
    return "[" + ",\n            ".join(json.dumps(each, ensure_ascii=False) for each in value) + "]"


# --- TEI -------------------------------------------------------------------------------------------


def tei() -> Iterator[str]:
    """The profile, element by element."""
    parts = {"record": "The record", "text": "The text"}
    known = grammar.describe()
    yield "# The TEI profile\n"
    yield "An edition is a TEI P5 file. TEI has some 580 elements and leaves much open; Pressmark uses those on this"
    yield "page, each in fixed places, and refuses a file that departs from them. All that it accepts is valid TEI."
    yield "The rule itself is a RELAX NG schema, `src/pressmark/tei/profile.rng`, and an XML editor can use it.\n"
    yield "The record states these fields: " + ", ".join(f"`{field}`" for field in FIELDS) + ".\n"
    for part, title in parts.items():
        own = [each for each in known if each.part == part]
        shared = shared_attributes(own)
        yield f"## {title}\n\nThese attributes mean the same on many elements:\n"
        yield table(("attribute", "what it says"), map(attribute_row, shared))
        for each in own:
            yield from element(each, shared)


def foreign_tei() -> Iterator[str]:
    """What becomes of each element of a TEI file from elsewhere, from the table that the reader goes by."""
    yield "# TEI from elsewhere\n"
    yield "What becomes of each element of a TEI file that Pressmark has not written. Elements with the same name in"
    yield "[the profile](tei.md) stay what they are; every element that is not on this page is kept as its words."
    yield "How to take such a file in is told in [TEI from elsewhere](../how-to/foreign-tei.md).\n"
    same = sorted(name for name, place in places.PLACES.items() if place.name == name and not place.type)
    yield "## Elements that stay\n\n" + ", ".join(f"`{name}`" for name in same) + ".\n"
    others = {name: place for name, place in places.PLACES.items() if name not in same}
    inside = {f"{name} in {parent}": place for (parent, name), place in places.IN.items()}
    rows = sorted((*others.items(), *inside.items()), key=lambda row: row[0].lower())
    yield "## Elements that become another\n"
    yield table(("element", "becomes", "within words"), (place_row(name, place) for name, place in rows))
    within = sorted((name, place.within) for name, place in places.PLACES.items() if name in same and place.within)
    yield "## Blocks within words\n\nWhere one of these stands among words, it is a phrase that says what it was.\n"
    yield table(("element", "becomes"), ((f"`{name}`", f"`{place.form}`") for name, place in within))
    yield "## The header\n\nThe places of `teiHeader` that are a field of the record. A citation in `sourceDesc` is the"
    yield "source, the first publication or the version online by its `type`. All other words are in the report.\n"
    fields = (
        (f"`{path}`", f"`{field}`" if field else "what `resp` says") for path, field in foreign_header.FIELDS.items()
    )
    yield table(("place", "field"), fields)


def place_row(name: str, place: places.Place) -> tuple[str, str, str]:
    """The line of one element in the table."""
    kinds = {
        "through": "goes; what stands in it stays",
        "quotation": "`<quote>`",
        "choice": "`<choice>`",
        "supplied": "`<supplied>`",
    }
    within = {"quotation": "`<q>`"}.get(place.kind, "")
    if place.within:
        within = f"`{place.within.form}`" if place.within.form else kinds["through"]
    return " in ".join(f"`{each}`" for each in name.split(" in ")), kinds.get(place.kind, f"`{place.form}`"), within


def shared_attributes(elements: list[grammar.ElementDoc]) -> list[grammar.AttributeDoc]:
    """Attributes that several elements have with one meaning; of each name the commonest."""
    counted = Counter(attribute for each in elements for attribute in each.attributes)
    commonest = {each.name: each for each, times in reversed(counted.most_common()) if times >= SHARED}
    return [commonest[name] for name in sorted(commonest)]


def attribute_row(attribute: grammar.AttributeDoc) -> tuple[str, str]:
    """The line of one attribute in a table."""
    return f"`{attribute.name}`" + (", always there" if attribute.required else ""), described(attribute)


def element(each: grammar.ElementDoc, shared: list[grammar.AttributeDoc]) -> Iterator[str]:
    """The section of one element."""
    yield f"### {each.name} ({each.part})\n"
    yield escaped(each.documentation) + "\n"
    if each.parents:
        yield f"Stands in {names(each.parents)}.\n"
    inside = [names(each.children)] if each.children else []
    yield f"Holds {' and '.join((['text'] if each.words else []) + inside) or 'nothing'}.\n"
    common = [attribute.name for attribute in each.attributes if attribute in shared]
    if common:
        yield f"Has, as above: {names(common)}.\n"
    own = [attribute for attribute in each.attributes if attribute not in shared]
    if own:
        yield table(("attribute", "what it says"), map(attribute_row, own))


def names(of: Iterable[str]) -> str:
    """Names of elements in a row."""
    return ", ".join(f"`{name}`" for name in of)


def described(attribute: grammar.AttributeDoc) -> str:
    """What an attribute says, and its values."""
    values = ", ".join(f"`{value}`" for value in attribute.values)
    return escaped(attribute.documentation) + (f" Values: {values}." if values else "")


# --- The library -----------------------------------------------------------------------------------


def library() -> Iterator[str]:
    """Every public name with its signature and what it says of itself."""
    yield "# The library\n"
    yield "Everything that the commands do is a call. `import pressmark` gives `read`, `run`, `Archive`, `Edition`,"
    yield "`PressmarkError` and `VERSION`; the rest is imported from the module that stands in its name. All classes of"
    yield "values are frozen: nothing is changed, and `dataclasses.replace` gives a changed copy. Offsets count code"
    yield "points; `end` is the first that does not belong. [Use it from Python](../how-to/python.md) has examples.\n"
    for chapter, paths in LIBRARY.items():
        yield f"## {chapter}\n"
        for path in paths:
            yield from entry(path)


def entry(path: str) -> Iterator[str]:
    """The section of a function or a class."""
    module, _, name = path.rpartition(".")
    thing = getattr(import_module(module), name)
    node = source_of(thing)
    yield f"### {name}\n\n`{path}`\n"
    if isinstance(node, ast.ClassDef):
        yield from described_class(node)
    else:
        yield fenced(signature(node), "python")
        yield prose(ast.get_docstring(node) or "") + "\n"


def source_of(thing: object) -> ast.ClassDef | ast.FunctionDef:
    """The parsed source of a function or a class, without its decorators."""
    node = ast.parse(textwrap.dedent(inspect.getsource(thing))).body[0]  # type: ignore[arg-type]
    assert isinstance(node, ast.ClassDef | ast.FunctionDef)
    return node


def described_class(node: ast.ClassDef) -> Iterator[str]:
    """What a class says of itself, its fields and its methods."""
    fields = [ast.unparse(each) for each in node.body if isinstance(each, ast.AnnAssign)]
    bases = f"({', '.join(ast.unparse(base) for base in node.bases if not ast.unparse(base).startswith('_'))})"
    yield fenced(
        "\n".join([f"class {node.name}{bases if bases != '()' else ''}:", *(f"    {each}" for each in fields)]),
        "python",
    )
    yield prose(ast.get_docstring(node) or "") + "\n"
    for each in node.body:
        if isinstance(each, ast.FunctionDef) and (not each.name.startswith("_") or each.name == "__init__"):
            if not ast.get_docstring(each) and each.name == "__init__":
                yield fenced(signature(each).replace("__init__", node.name).removesuffix(" -> None"), "python")
                continue
            yield f"#### {node.name}.{each.name}\n"
            yield fenced(signature(each), "python")
            yield prose(ast.get_docstring(each) or "") + "\n"


def signature(node: ast.FunctionDef) -> str:
    """``name(arguments) -> result``, on one line if it fits; a property without brackets."""
    decorators = {ast.unparse(each) for each in node.decorator_list}
    result = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    if decorators & {"property", "cached_property"}:
        return f"{node.name}{result}"
    written = list(arguments(node.args))
    short = f"{node.name}({', '.join(written)}){result}"
    if len(short) <= 90:
        return short
    return f"{node.name}(\n" + "".join(f"    {each},\n" for each in written) + f"){result}"


def arguments(args: ast.arguments) -> Iterator[str]:
    """Each argument with its type and default, without ``self`` and ``cls``."""
    plain = [*args.posonlyargs, *args.args]
    defaults = [None] * (len(plain) - len(args.defaults)) + list(args.defaults)
    for each, default in zip(plain, defaults, strict=True):
        if each.arg not in ("self", "cls"):
            yield argument(each, default)
    if args.vararg:
        yield "*" + ast.unparse(args.vararg)
    elif args.kwonlyargs:
        yield "*"
    for each, default in zip(args.kwonlyargs, args.kw_defaults, strict=True):
        yield argument(each, default)


def argument(each: ast.arg, default: ast.expr | None) -> str:
    """One argument."""
    return ast.unparse(each) + (f" = {ast.unparse(default)}" if default else "")


# --- Markdown --------------------------------------------------------------------------------------


def prose(docstring: str) -> str:
    """A docstring as Markdown: ``code``, literal blocks after ``::``, and headings with indented text."""
    lines = inspect.cleandoc(docstring).split("\n")
    out: list[str] = []
    literal = False
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        literal = literal and (not line or line.startswith(" "))
        if literal:
            out.append(line)
        elif line.endswith("::"):
            literal = True
            out += [escaped(line[:-1])] if line != "::" else []
        elif line and not line.startswith(" ") and after.startswith("    ") and "." not in line:
            out += [f"**{escaped(line)}**", ""]
        else:
            out.append(escaped(line.strip()))
    return "\n".join(out).strip("\n")


def escaped(words: str) -> str:
    """Words for Markdown, where what stands in double backquotes is code and nothing is HTML."""
    parts = re.split(r"(``.+?``|`[^`]+`)", words)
    for number in range(0, len(parts), 2):
        parts[number] = parts[number].replace("&", "&amp;").replace("<", "&lt;").replace("_", "\\_")
    return "".join(part.replace("``", "`") if number % 2 else part for number, part in enumerate(parts))


def fenced(words: str, language: str) -> str:
    """A block of code."""
    return f"```{language}\n{words.rstrip()}\n```\n"


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A table; what stands in a cell is on one line."""
    lines = [head, tuple("---" for _ in head), *rows]
    return (
        "\n".join("| " + " | ".join(" ".join(cell.replace("|", "\\|").split()) for cell in row) + " |" for row in lines)
        + "\n"
    )


if __name__ == "__main__":
    main()
