"""What holds for the project as a whole: above all that its parts use each other one way."""

from __future__ import annotations

import ast
import functools
import importlib
import pkgutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import press
import pytest
from tests.tools import promised, pyproject

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src"

LAYERS = (
    {"errors", "model"},
    {"tei", "programs", "languages", "lossless", "page", "carrying", "record", "structure", "ruling", "gathering"},
    {"readers", "stages", "checks", "exporters"},
    {"archive", "pipeline", "explaining"},
    {""},  # `import pressmark`, the library as others see it
    {"cli", "desk"},
    {"__main__"},
)
"""The parts of the package. Each may use its own layer (but no two parts each other) and those before it."""

FACTS = {"VERSION", "__version__"}
"""What the package itself states, for all its parts to use."""

LXML_MAY_BE_IN = {"readers", "tei"}
PRINTING_MAY_BE_IN = {"cli", "__main__"}
POSIX_ONLY = {"fcntl", "grp", "posix", "pty", "pwd", "readline", "resource", "syslog", "termios", "tty"}
RUNS_WHAT_IT_READS = {"dill", "marshal", "pickle", "shelve"}


# --- The source, parsed once -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Module:
    """A module of the package: its full name, its file and its parsed source."""

    name: str
    path: Path
    tree: ast.Module

    @property
    def part(self) -> str:
        """The part of the package that it belongs to; empty for ``pressmark`` itself."""
        return part_of(self.name)

    def at(self, node: ast.AST) -> str:
        """Where a piece of the source stands, to be clicked on."""
        return f"{self.path.relative_to(ROOT).as_posix()}:{getattr(node, 'lineno', 1)}"


def part_of(name: str) -> str:
    """The part of a module ``pressmark.PART.…``."""
    return name.split(".")[1] if "." in name else ""


@functools.cache
def modules() -> tuple[Module, ...]:
    """Every module of the package."""
    found = []
    for path in sorted((SRC / "pressmark").rglob("*.py")):
        parts = path.relative_to(SRC).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found.append(Module(name, path, ast.parse(path.read_bytes(), filename=str(path))))
    return tuple(found)


def imports(module: Module) -> Iterator[tuple[str, ast.AST]]:
    """The full names of the modules that a module imports, inside functions too, and where."""
    known = {each.name for each in modules()}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            source = absolute(module, node)
            for alias in node.names:
                whole = f"{source}.{alias.name}"
                if not (source == "pressmark" and alias.name in FACTS):
                    yield (whole if whole in known else source), node


def absolute(module: Module, node: ast.ImportFrom) -> str:
    """The full name of what ``from … import`` takes from; relative ones are resolved."""
    if not node.level:
        return node.module or ""
    is_package = module.path.name == "__init__.py"
    parents = module.name.split(".")
    base = parents[: len(parents) - node.level + (1 if is_package else 0)]
    return ".".join([*base, *([node.module] if node.module else [])])


def breaches(rule: str, places: list[str]) -> None:
    """Fail with the rule and each place that breaks it."""
    if places:
        pytest.fail("\n  ".join([rule, *places]), pytrace=False)


# --- Who may use whom ------------------------------------------------------------------------------


def test_every_part_has_its_layer():
    parts = {module.part for module in modules()}
    assert parts - set().union(*LAYERS) == set(), "a new part of the package: say in LAYERS what may use it"


def test_imports_lead_one_way():
    layer = {part: height for height, layer in enumerate(LAYERS) for part in layer}
    wrong = [
        f"{module.at(node)}: {module.part or 'pressmark'} may not use {name}"
        for module in modules()
        for name, node in imports(module)
        if name.split(".")[0] == "pressmark" and layer.get(part_of(name), 0) > layer.get(module.part, len(LAYERS))
    ]
    breaches(
        "cli, desk → archive, pipeline → readers, stages, checks, exporters → tei, programs, languages"
        " → model, errors:",
        wrong,
    )


def test_no_two_parts_use_each_other():
    used: dict[tuple[str, str], str] = {}
    for module in modules():
        for name, node in imports(module):
            if name.split(".")[0] == "pressmark" and part_of(name) != module.part:
                used.setdefault((module.part, part_of(name)), f"{module.at(node)} imports {name}")
    both = [f"{place}, but {used[other, one]}" for (one, other), place in used.items() if (other, one) in used]
    breaches("of two parts only one may use the other:", both)


def test_the_model_needs_nothing_but_python():
    allowed = {"pressmark.model", "pressmark.errors"}
    wrong = [
        f"{module.at(node)}: {name}"
        for module in modules()
        if module.part in ("model", "errors")
        for name, node in imports(module)
        if name.split(".")[0] not in sys.stdlib_module_names and ".".join(name.split(".")[:2]) not in allowed
    ]
    breaches("the model uses the standard library only:", wrong)


def test_lxml_stays_at_the_edge():
    breaches("lxml is for tei and readers only:", users_of({"lxml"}, outside=LXML_MAY_BE_IN))


def test_nothing_that_only_posix_has_is_imported_unguarded():
    wrong = [
        f"{module.at(node)}: {node_name}"
        for module in modules()
        for node_name, node in imports(module)
        if node_name.split(".")[0] in POSIX_ONLY and not is_guarded(module.tree, node)
    ]
    breaches("Windows has no such module; import it under `if sys.platform != 'win32'` or in a try:", wrong)


def test_nothing_is_read_that_could_run():
    breaches("a file that is unpickled can run anything:", users_of(RUNS_WHAT_IT_READS, outside=set()))


def users_of(names: set[str], *, outside: set[str]) -> list[str]:
    """Where modules outside some parts import any of the names."""
    return [
        f"{module.at(node)}: {name}"
        for module in modules()
        if module.part not in outside
        for name, node in imports(module)
        if name.split(".")[0] in names
    ]


def is_guarded(tree: ast.Module, wanted: ast.AST) -> bool:
    """Whether a statement stands in an ``if`` that asks for the system, or in a ``try``.

    After ``if sys.platform == "win32": … return`` the rest of a function is guarded too.
    """
    for node in ast.walk(tree):
        inside = any(child is wanted for child in ast.walk(node))
        if not inside:
            continue
        if isinstance(node, ast.Try):
            return True
        if isinstance(node, ast.If) and asks_for_the_system(node.test):
            return True
        if isinstance(node, ast.FunctionDef) and any(
            isinstance(each, ast.If) and asks_for_the_system(each.test) and isinstance(each.body[-1], ast.Return)
            for each in node.body
        ):
            return True
    return False


def asks_for_the_system(test: ast.expr) -> bool:
    """Whether a condition looks at ``sys.platform`` or ``os.name``, or at a constant named after them."""
    return any(name in ast.unparse(test) for name in ("sys.platform", "os.name", "ON_WINDOWS", "ON_POSIX"))


# --- What no module does ---------------------------------------------------------------------------


def test_no_error_is_caught_wholesale():
    wrong = [
        module.at(node)
        for module in modules()
        if module.part != "__main__"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ExceptHandler) and catches_all(node.type) and not lets_go(node)
    ]
    breaches("`except Exception` is for the outermost door, __main__; name the errors:", wrong)


def catches_all(caught: ast.expr | None) -> bool:
    """Whether an ``except`` catches errors that nobody has thought of."""
    if caught is None:
        return True
    names = {node.id for node in ast.walk(caught) if isinstance(node, ast.Name)}
    return bool(names & {"Exception", "BaseException"})


def lets_go(handler: ast.ExceptHandler) -> bool:
    """Whether it only tidies up: its last statement is a bare ``raise``."""
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def test_only_the_command_line_prints():
    wrong = [
        module.at(node)
        for module in modules()
        if module.part not in PRINTING_MAY_BE_IN
        for node in ast.walk(module.tree)
        if (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print")
        or (isinstance(node, ast.Attribute) and ast.unparse(node) in ("sys.stdout", "sys.stderr", "click.echo"))
    ]
    breaches("only cli/ and __main__ print; return what is to be said:", wrong)


def test_the_package_stands_alone():
    wrong = [
        str(path.relative_to(ROOT))
        for path in sorted((SRC / "pressmark").rglob("*"))
        if path.is_file() and b"../shared" in path.read_bytes()
    ]
    breaches("a user has no folder beside the project:", wrong)


# --- Registries ------------------------------------------------------------------------------------


@pytest.mark.parametrize("package", ["readers", "checks", "exporters"])
def test_every_module_is_in_its_registry(package):
    registry = getattr(importlib.import_module(f"pressmark.{package}"), package.upper())
    assert isinstance(registry, tuple)
    assert registry, f"{package.upper()} is empty"
    missing = [
        f"{name}.{attribute}"
        for name, attribute, member in members(f"pressmark.{package}", package.upper().removesuffix("S"))
        if not any(member is each for each in registry)
    ]
    breaches(f"not in pressmark.{package}.{package.upper()}:", missing)


@pytest.mark.parametrize("package", ["readers", "checks", "exporters"])
def test_nothing_is_registered_twice(package):
    registry = getattr(importlib.import_module(f"pressmark.{package}"), package.upper())
    for key in ("code", "name", "format"):
        names = [getattr(member, key) for member in registry if isinstance(getattr(member, key, None), str)]
        assert sorted(names) == sorted(set(names))


def members(package: str, constant: str) -> Iterator[tuple[str, str, object]]:
    """What the modules of a package offer to its registry: module, attribute, value.

    That is what bears the constant's name (``CHECK``), whatever is of the same class, and a module-wide
    ``find`` or ``export`` whose module offers nothing.
    """
    registry = getattr(importlib.import_module(package), constant + "S")
    kinds = tuple({type(member) for member in registry if not isinstance(member, type)})
    for info in pkgutil.walk_packages(importlib.import_module(package).__path__, package + "."):
        module = importlib.import_module(info.name)
        offers = {
            name: value
            for name, value in vars(module).items()
            if name == constant or (isinstance(value, kinds) and not name.startswith("_"))
        }
        if not offers and {"find", "export"} & vars(module).keys():
            yield info.name, constant, None
        yield from ((info.name, name, value) for name, value in offers.items())


# --- Files -----------------------------------------------------------------------------------------


def test_no_two_files_differ_only_in_capitals():
    answer = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if answer.returncode != 0:
        pytest.skip("this copy of the project is not a git checkout")
    spellings = defaultdict(set)
    for name in answer.stdout.decode("utf-8").split("\0"):
        for folder in [Path(name), *Path(name).parents]:
            spellings[folder.as_posix().casefold()].add(folder.as_posix())
    breaches(
        "on Windows and macOS these are one file:",
        [" and ".join(sorted(names)) for names in spellings.values() if len(names) > 1],
    )


def test_an_old_python_can_read_press():
    source = (ROOT / "press.py").read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 6))  # knows of := and position-only parameters
    later = {"dataclasses", "importlib.resources", "tomllib", "zoneinfo"}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            assert not later & {alias.name for alias in node.names}, f"press.py:{node.lineno}"
        if isinstance(node, ast.ImportFrom):
            assert node.module not in {*later, "__future__"}, f"press.py:{node.lineno}: not in Python 3.6"
        if isinstance(node, (ast.FunctionDef, ast.arg)):
            hint = node.returns if isinstance(node, ast.FunctionDef) else node.annotation
            assert hint is None or isinstance(hint, (ast.Constant, ast.Name)), f"press.py:{node.lineno}: quote it"


def test_the_version_is_stated_once_and_the_same():
    import pressmark

    assert pyproject()["project"]["version"] == pressmark.VERSION


def test_the_pythons_that_are_promised_are_those_of_press():
    assert pyproject()["project"]["requires-python"] == ">={}.{}".format(*press.NEEDED)
    assert promised() == ["{}.{}".format(*press.NEEDED), "{}.{}".format(*press.TRIED)]
