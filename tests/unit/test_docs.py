"""The documentation holds: its examples run, its reference is that of the code, its links lead somewhere."""

from __future__ import annotations

import doctest
import re
import runpy
import shutil
from importlib import import_module
from pathlib import Path

import dev
import pytest
from tests.examples import Examples, fits, steps

from pressmark import checks, cli, errors, exporters, readers

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
REFERENCE = DOCS / "reference"
SAMPLES = ROOT / "src" / "pressmark" / "samples"

PAGES = [
    ROOT / "README.md",
    *sorted(
        path
        for path in DOCS.rglob("*.md")
        if path.relative_to(DOCS).parts[0] not in ("reference", "decisions", "samples")
    ),
]
"""What is written by hand, and has examples."""

LINK = re.compile(r"(?<!`)\[[^\]\[]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)


def name(page: Path) -> str:
    """The path of a page in the project."""
    return page.relative_to(ROOT).as_posix()


# --- Examples --------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with the samples, as the examples expect one."""
    for sample in SAMPLES.iterdir():
        if sample.suffix != ".md":
            shutil.copy(sample, tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PRESSMARK_BY", raising=False)
    monkeypatch.setenv("LOGNAME", "reader")
    return tmp_path


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_the_examples_of_a_page_run(page, folder, rewrite_golden):
    text = page.read_text(encoding="utf-8")
    if "<!-- test: needs git -->" in text and not shutil.which("git"):
        pytest.skip("git is not installed, and this page is about it")
    examples = Examples(page, folder)
    examples.run()
    if rewrite_golden and examples.real:
        examples.rewrite()
    elif examples.wrong:
        pytest.fail("\n\n".join(examples.wrong), pytrace=False)


@pytest.mark.parametrize("page", [page for page in PAGES if "```pycon" in page.read_text(encoding="utf-8")], ids=name)
def test_the_python_of_a_page_runs(page, folder):
    blocks = [step.words for step in steps(page.read_text(encoding="utf-8")) if step.verb == "pycon"]
    test = doctest.DocTestParser().get_doctest("\n\n".join(blocks), {}, name(page), name(page), 0)
    said: list[str] = []
    result = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=said.append)
    assert result.failed == 0, "".join(said)
    assert result.attempted > 0


def test_the_first_pages_have_examples():
    for page in (ROOT / "README.md", DOCS / "tutorial.md"):
        found = [step for step in steps(page.read_text(encoding="utf-8")) if step.verb == "console"]
        assert len(found) >= 2, f"{name(page)} shows no command"


def test_an_answer_that_differs_does_not_fit():
    assert fits(("Sound: 1 text.",), "Sound: 1 text.\n")
    assert fits(("Built …, 3 files",), "Built the site, 3 files\n")
    assert fits(("a", "…", "b"), "a\nx\ny\nb\n")
    assert not fits(("Sound: 1 text.",), "Sound: 2 texts.\n")
    assert not fits(("a", "b"), "a\nx\nb\n")
    assert not fits(("a",), "a\nb\n")


# --- Commands and options that are named in running text -------------------------------------------


def named_commands() -> list[tuple[str, str]]:
    """(page, what stands after ``pressmark``) for every command that the documentation writes out."""
    found = []
    for page in [*PAGES, ROOT / "CONTRIBUTING.md", DOCS / "samples" / "README.md"]:
        text = page.read_text(encoding="utf-8")
        for match in re.finditer(r"(?:^|`|\$ |run: |run )pressmark ([a-z-][^`\n]*)", text, re.MULTILINE):
            found.append((name(page), match[1]))
    return found


def test_every_command_that_is_named_exists():
    found = named_commands()
    assert len(found) > 30
    for page, words in found:
        command, *_ = words.split()
        if command.startswith("-"):
            continue
        assert command in cli.COMMANDS, f"{page}: there is no pressmark {command}"
        known = {"--help"}
        for param in import_module(f"pressmark.cli.{command}").command.params:
            known.update(param.opts, param.secondary_opts)
        for option in re.findall(r"(?<=\s)--?[a-z][a-z-]*", words):
            assert option in known, f"{page}: pressmark {command} has no {option}"


def test_every_command_of_dev_that_is_named_exists():
    text = "".join(page.read_text(encoding="utf-8") for page in [ROOT / "README.md", ROOT / "CONTRIBUTING.md"])
    found = set(re.findall(r"python dev\.py (\w+)", text))
    assert "test" in found
    assert found <= dev.COMMANDS.keys()


# --- The reference ---------------------------------------------------------------------------------


def test_the_reference_is_that_of_the_code():
    made = runpy.run_path(str(DOCS / "generate.py"))["pages"]()
    kept = {path.name: path.read_text(encoding="utf-8") for path in REFERENCE.glob("*.md")}
    stale = sorted(name for name in made.keys() | kept.keys() if made.get(name) != kept.get(name))
    assert not stale, f"run `python dev.py docs`: stale in docs/reference: {', '.join(stale)}"


def headings(page: str) -> set[str]:
    """The headings of a page of the reference."""
    return set(HEADING.findall((REFERENCE / page).read_text(encoding="utf-8")))


def test_everything_with_a_name_has_a_place_in_the_reference():
    assert set(cli.COMMANDS) <= headings("commands.md")
    leaves = [error for error in errors.all_errors() if not error.code.endswith("000")]
    assert {f"{error.code} {error.__name__}" for error in leaves} <= headings("codes.md")
    assert {f"{check.code} {check.name}" for check in checks.CHECKS} <= headings("codes.md")
    assert set(readers.remarks()) <= headings("codes.md")
    assert {reader.format for reader in readers.READERS} <= headings("formats.md")
    formats = (REFERENCE / "formats.md").read_text(encoding="utf-8")
    assert all(f"| `{each.name}` | `{each.suffix}` | {each.title} |" in formats for each in exporters.EXPORTERS)


def test_what_the_reference_describes_says_something():
    for page in REFERENCE.glob("*.md"):
        parts = re.split(r"^#{2,4} ", page.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
        bare = [re.sub(r"```.*?```|^`[\w.]+`$", "", part, flags=re.DOTALL | re.MULTILINE).strip() for part in parts]
        chapters = set(runpy.run_path(str(DOCS / "generate.py"))["LIBRARY"])
        empty = [part for part in bare if "\n" not in part and part not in chapters]
        assert not empty, f"{page.name}: no word about {', '.join(empty)}"


# --- Links and pages -------------------------------------------------------------------------------


def anchors(page: Path) -> set[str]:
    """The anchors of the headings of a page, as Python-Markdown and code forges make them."""
    found = HEADING.findall(page.read_text(encoding="utf-8"))
    return {re.sub(r"[\s]+", "-", re.sub(r"[^\w\s-]", "", heading).strip().lower()) for heading in found}


def test_every_link_leads_somewhere():
    wrong = []
    written = [*PAGES, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *DOCS.rglob("*.md")]
    for page in dict.fromkeys(written):
        for target in LINK.findall(page.read_text(encoding="utf-8")):
            path, _, anchor = target.partition("#")
            if re.match(r"[a-z]+:", target):
                continue
            place = (page.parent / path).resolve() if path else page
            if not place.exists() or (anchor and anchor not in anchors(place)):
                wrong.append(f"{name(page)}: {target}")
    assert not wrong


def test_every_page_is_in_the_navigation():
    named = re.findall(r"([\w./-]+\.md)\s*$", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"), re.MULTILINE)
    pages = {path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md")}
    assert set(named) == pages
    assert len(named) == len(set(named))


def test_the_documentation_speaks_of_the_project_alone():
    for page in [ROOT / "README.md", ROOT / "CHANGELOG.md", *DOCS.rglob("*")]:
        if page.is_file():
            assert b"../shared" not in page.read_bytes(), name(page)
