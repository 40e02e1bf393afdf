#!/usr/bin/env python3
"""Sets Pressmark up, once, and presses a text: the one command for a fresh computer.

    python press.py [FILE … OPTIONS]        on Windows: py press.py [FILE … OPTIONS]

It needs Python 3.11 or newer and a network connection the first time, and nothing else. It makes a virtual
environment in the folder ``.venv`` beside this file, installs Pressmark into it, and runs ``pressmark press``
with the arguments it was given; with none, it presses the sample archive that comes with Pressmark.

Every Python since 3.6 can read this file, so that an old one can say what is missing. The part that an old
one runs stands first; ``dev.py`` uses the rest too.
"""

import contextlib
import errno
import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO

NEEDED = (3, 11)
TRIED = (3, 13)
"""The newest Python that Pressmark is tested with; ``pyproject.toml`` says the same."""

ROOT = Path(__file__).resolve().parent
MARK = "pressmark-set-up.json"
LOG = "pressmark-set-up.log"
EXIT_NOT_SET_UP = 9

HELP = """Usage: python press.py [FILE … OPTIONS]      (on Windows: py press.py …)

Presses texts into editions and a site. The first run sets Pressmark up in the folder .venv beside this
file, which takes about a minute and needs the network; later runs start at once.

  python press.py chapter.txt              press one file into the folder pressmark-archive
  python press.py *.html -o my-archive     press several, into a folder of your own
  python press.py                          press the sample archive that comes with Pressmark
  python press.py chapter.txt --help       all options

Every other command: {pressmark} --help
To take it all away again, delete the folder .venv.
"""


class Trouble(Exception):
    """Setting up cannot go on: one sentence without a full stop, and what the person can do next."""

    def __init__(self, message: str, *, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def main(arguments: "Sequence[str]") -> int:
    """Set up if need be, then press; gives the exit status (9 where setting up failed)."""
    if list(arguments) in (["--help"], ["-h"]):
        print(HELP.format(pressmark=interpreter(ROOT / ".venv").parent / "pressmark"))
        return 0
    return told_plainly(lambda: start(arguments))


def start(arguments: "Sequence[str]") -> int:
    """Go on with a Python that is new enough, set up, and become ``pressmark``."""
    if sys.version_info[:2] < NEEDED:
        return hand_over([*newer_python(), str(Path(__file__).resolve()), *arguments])
    python = set_up()
    command = ["press", *arguments] if arguments else ["demo"]
    # -P: a file of the current folder that is called like a library must not run in its place
    return hand_over([str(python), "-P", "-m", "pressmark", *command])


def told_plainly(work: "Callable[[], int]") -> int:
    """Do the work and give its exit status; trouble is told in a sentence, not in a traceback."""
    try:
        return work()
    except Trouble as trouble:
        say(f"{trouble.message}.\n  Hint: {trouble.hint}")
        return EXIT_NOT_SET_UP
    except KeyboardInterrupt:
        say("\nStopped. Nothing is broken: the same command starts afresh.")
        return 130


def say(sentence: str) -> None:
    """Tell the person something; standard output is left to Pressmark."""
    print(sentence, file=sys.stderr, flush=True)


def newer_python() -> "list[str]":
    """The command of a Python on this computer that is new enough, tried versions first.

    Raises ``Trouble`` where there is none.
    """
    for command in newer_commands():
        if shutil.which(command[0]) and is_new_enough(command):
            return [shutil.which(command[0]) or command[0], *command[1:]]
    raise Trouble(
        "Pressmark needs Python {}.{} or newer; this is {}.{}".format(*NEEDED, *sys.version_info[:2]),
        hint="get a newer one from https://www.python.org/downloads/ (or from your system's packages)"
        " and run this command again with it.",
    )


def newer_commands() -> "list[list[str]]":
    """What a newer Python may be called here: the tried ones, newest first, then any."""
    tried = range(TRIED[1], NEEDED[1] - 1, -1)
    minors = [*tried, *range(TRIED[1] + 1, TRIED[1] + 5)]
    if os.name == "nt":
        return [["py", f"-3.{minor}"] for minor in minors]
    return [*([f"python3.{minor}"] for minor in minors), ["python3"], ["python"]]


def is_new_enough(command: "Sequence[str]") -> bool:
    """Whether the command runs a Python that Pressmark can use."""
    question = f"import sys; sys.exit(sys.version_info[:2] < {NEEDED!r})"
    environment = dict(os.environ, PYTHON_MANAGER_AUTOMATIC_INSTALL="false")
    try:
        answer = subprocess.call(
            [*command, "-c", question],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
    except OSError:  # not a program that can be run here
        return False
    return answer == 0


def hand_over(command: "Sequence[str]") -> int:
    """Become the command, or run it to its end where a program cannot become another; its exit status."""
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name == "posix":
        os.execv(command[0], list(command))
    with subprocess.Popen(command) as child:
        while True:
            try:
                return child.wait()
            except KeyboardInterrupt:  # Windows tells the child too, and the child says what it does
                continue


# What follows runs on Python 3.11 and newer only.


def set_up(requirements: "Sequence[str]" = (), *, root: Path = ROOT) -> Path:
    """The Python of an environment in ``root/.venv`` that has the project and the requirements.

    Makes the environment, or mends it, where it is missing, half made, of another Python, older than
    ``pyproject.toml`` or without one of the requirements (PEP 508 strings). Raises ``Trouble``.
    """
    venv = root / ".venv"
    if is_ready(venv, requirements, root=root):
        return interpreter(venv)
    with only_one(root):
        if not is_ready(venv, requirements, root=root):
            make_ready(venv, requirements, root=root)
    return interpreter(venv)


def interpreter(venv: Path) -> Path:
    """Where the Python of an environment stands."""
    return venv / "Scripts" / "python.exe" if os.name == "nt" else venv / "bin" / "python"


class Mark:
    """What setting up leaves in an environment: how it was made, and what was installed into it.

    ``made`` is ``made_by`` of then, ``""`` as long as the work is not finished; ``project`` the SHA-256 of
    ``pyproject.toml``; ``requirements`` those that were asked for beside the project's own.
    """

    def __init__(self, made: str = "", project: str = "", requirements: "Sequence[str]" = ()) -> None:
        self.made = made
        self.project = project
        self.requirements = frozenset(requirements)

    @staticmethod
    def read(venv: Path) -> "Mark | None":
        """The mark of an environment, an unfinished one if it is damaged, ``None`` if there is none."""
        try:
            read = json.loads((venv / MARK).read_text(encoding="utf-8"))
            return Mark(str(read["made"]), str(read["project"]), [str(one) for one in read["requirements"]])
        except FileNotFoundError:
            return None
        except (OSError, ValueError, LookupError, TypeError):
            return Mark()

    def write(self, venv: Path) -> None:
        """Leave the mark."""
        mark = {"made": self.made, "project": self.project, "requirements": sorted(self.requirements)}
        (venv / MARK).write_text(json.dumps(mark, indent=1) + "\n", encoding="utf-8")


def is_ready(venv: Path, requirements: "Sequence[str]", *, root: Path) -> bool:
    """Whether the environment has all that is wanted, by its mark."""
    mark = Mark.read(venv)
    return (
        mark is not None
        and (mark.made, mark.project) == (made_by(root), digest(root))
        and mark.requirements.issuperset(requirements)
        and interpreter(venv).exists()
    )


def make_ready(venv: Path, requirements: "Sequence[str]", *, root: Path) -> None:
    """Make the environment or mend it; as long as it is half done its mark says so."""
    say("Setting up Pressmark (once, about a minute) …")
    mark = Mark.read(venv) if fits(venv, root=root) else make_environment(venv)
    if mark is not None:  # an environment that somebody else made gets its mark at the end
        Mark().write(venv)
    wanted = sorted({*requirements, *(mark.requirements if mark else ())})
    say("  fetching the libraries it needs")
    install(venv, ["--editable", str(root), *wanted])
    point_at_source(venv, root=root)
    Mark(made_by(root), digest(root), wanted).write(venv)
    say("  ready")


def fits(venv: Path, *, root: Path) -> bool:
    """Whether an environment stands there to install into: our own, finished, for this Python and this
    place; or somebody else's, which is never deleted. Raises ``Trouble`` if somebody else's is of no use.
    """
    mark = Mark.read(venv)
    if mark is not None:
        return mark.made == made_by(root) and interpreter(venv).exists()
    if not venv.exists() or (venv.is_dir() and not any(venv.iterdir())):
        return False
    if (venv / "pyvenv.cfg").is_file() and is_new_enough([str(interpreter(venv))]):
        return True
    raise Trouble(
        f"{venv} was not made by Pressmark and cannot be used for it",
        hint="rename or delete it and run this command again.",
    )


def made_by(root: Path) -> str:
    """What an environment depends on beside the project: the Python, the kind of computer, the place."""
    return " ".join(["Python {}.{}".format(*sys.version_info[:2]), sys.platform, platform.machine(), str(root)])


def digest(root: Path) -> str:
    """The SHA-256 of ``pyproject.toml``, in hexadecimal digits."""
    return hashlib.sha256((root / "pyproject.toml").read_bytes()).hexdigest()


@contextlib.contextmanager
def only_one(root: Path) -> "Iterator[None]":
    """Wait until no other process sets up this folder; the system gives the lock back if this one dies."""
    with (root / "pyproject.toml").open("rb") as held:
        if not lock(held, wait=False):
            say("Pressmark is being set up here by another command; waiting for it …")
            lock(held, wait=True)
        yield


def lock(held: "IO[bytes]", *, wait: bool) -> bool:
    """Take the lock of an open file; whether it was free. A file system without locks counts as free."""
    if sys.platform == "win32":
        import msvcrt

        held.seek(1 << 30)  # far past the end, so that nobody is kept from reading the file
        while True:
            try:
                msvcrt.locking(held.fileno(), msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
            except OSError as error:
                if wait and error.errno == errno.EDEADLK:
                    continue
                return wait or error.errno != errno.EACCES
            return True
    import fcntl

    try:
        fcntl.flock(held, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # some network folders know no locks; then two set-ups at once are the person's care
        return True
    return True


def make_environment(venv: Path) -> Mark:
    """Make an empty environment where there is none, or only one that setting up has made and left.

    Where the system's Python comes without ``ensurepip`` (Debian without ``python3-venv``), the environment
    has no pip of its own and ``install`` uses the one outside.
    """
    say(f"  making the folder {venv}")
    try:
        if venv.exists():
            shutil.rmtree(venv)
        venv.mkdir(parents=True)
        Mark().write(venv)
    except OSError as error:
        raise Trouble(
            f"Pressmark cannot be set up in {venv}: {error.strerror}",
            hint="the folder must be one that you can write to and that no other program is using;"
            " copy the whole of Pressmark to a folder of your own and run it there.",
        ) from error
    if ask([sys.executable, "-m", "venv", str(venv)]).returncode != 0:
        make_without_pip(venv)
    return Mark()


def make_without_pip(venv: Path) -> None:
    """Make the environment without a pip of its own, if there is a pip outside to fill it."""
    has_pip = ask([sys.executable, "-m", "pip", "--version"]).returncode == 0
    answer = ask([sys.executable, "-m", "venv", "--without-pip", str(venv)])
    if has_pip and answer.returncode == 0:
        return
    raise Trouble(
        f"This Python ({sys.executable}) cannot make a virtual environment",
        hint="on Debian and Ubuntu, `sudo apt install python3-venv` adds what is missing; elsewhere, take the"
        f" Python of https://www.python.org/downloads/.{last_lines(answer.stdout)}",
    )


def install(venv: Path, what: "Sequence[str]") -> None:
    """Install with pip, by pip's own settings. Raises ``Trouble``; what pip said is then in a log file."""
    pip = installer(venv)
    answer = ask([*pip, "install", *what])
    if answer.returncode == 0:
        return
    with contextlib.suppress(OSError):  # the log is a kindness; the message below is what matters
        (venv / LOG).write_text(answer.stdout, encoding="utf-8")
    if not index_answers(pip):
        raise Trouble(
            "The libraries that Pressmark needs cannot be fetched: Python's package index does not answer",
            hint="connect to the network and run the same command again; behind a proxy, set HTTPS_PROXY to"
            " its address first.",
        )
    raise Trouble(
        "Pressmark could not be installed",
        hint=other_python() + f"all that pip said is in {venv / LOG}." + last_lines(answer.stdout),
    )


def index_answers(pip: "Sequence[str]") -> bool:
    """Whether this pip can fetch anything at all (it tries with pip itself, 2 MB)."""
    with tempfile.TemporaryDirectory() as empty:
        fetch = ["download", "--quiet", "--no-deps", "--retries=0", "--dest", empty, "pip"]
        return ask([*pip, *fetch]).returncode == 0


def other_python() -> str:
    """A hint for those whose Python is newer than the libraries'."""
    if sys.version_info[:2] <= TRIED:
        return ""
    ours, theirs = "{}.{}".format(*TRIED), "{}.{}".format(*sys.version_info[:2])
    return f"Pressmark was not yet tried with Python {theirs}; with Python {ours} it works. Else, "


def installer(venv: Path) -> "list[str]":
    """The command of the environment's own pip, or of the one outside, told to work inside."""
    own = [str(interpreter(venv)), "-m", "pip"]
    if ask([*own, "--version"]).returncode == 0:
        return [*own, "--disable-pip-version-check", "--no-input"]
    outside = [sys.executable, "-m", "pip", "--python", str(interpreter(venv))]
    return [*outside, "--disable-pip-version-check", "--no-input"]


def ask(command: "Sequence[str]") -> "subprocess.CompletedProcess[str]":
    """Run a command to its end, quietly; standard output and standard error together are its ``stdout``."""
    environment = {name: value for name, value in os.environ.items() if name not in ("PIP_TARGET", "PIP_PREFIX")}
    environment.update(PIP_USER="0", PIP_REQUIRE_VIRTUALENV="0", PYTHONIOENCODING="utf-8")
    return subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        env=environment,
        check=False,
    )


def last_lines(output: str, *, most: int = 6) -> str:
    """The last lines of a program's output, set in under a hint."""
    lines = [line.rstrip() for line in output.splitlines() if line.strip()][-most:]
    return "".join(f"\n    | {line}" for line in lines)


def point_at_source(venv: Path, *, root: Path) -> None:
    """Name the source folder by its way from the environment, in ASCII.

    Up to Python 3.12 ``site`` reads ``.pth`` files in the system's encoding and build tools write them in
    UTF-8, so that on Windows a folder such as ``C:\\Users\\José`` would not be found.
    """
    source = root / "src"
    for path in [*venv.glob("lib/python*/site-packages/*.pth"), *venv.glob("Lib/site-packages/*.pth")]:
        if path.read_text(encoding="utf-8", errors="replace").strip() == str(source):
            path.write_text(os.path.relpath(source, path.parent) + "\n", encoding="ascii")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
