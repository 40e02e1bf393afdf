"""Everything that Pressmark needs can be had ready-made on every computer: no compiler, no root."""

from __future__ import annotations

import functools
import hashlib
import json
import subprocess
import sys
import time
from dataclasses import dataclass

import press
import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from tests.tools import absent, promised, pyproject


@dataclass(frozen=True, slots=True)
class Computer:
    """A kind of computer: pip's tags for it, and what markers ask for."""

    tags: tuple[str, ...]
    sys_platform: str
    platform_system: str
    machine: str

    def environment(self, python: str) -> dict[str, str]:
        """What a marker such as ``sys_platform == "win32"`` is compared with."""
        here = {name: str(value) for name, value in default_environment().items()}
        os_name = "nt" if self.sys_platform == "win32" else "posix"
        return here | {
            "os_name": os_name,
            "platform_machine": self.machine,
            "platform_system": self.platform_system,
            "python_full_version": f"{python}.0",
            "python_version": python,
            "sys_platform": self.sys_platform,
        }


def manylinux(machine: str) -> tuple[str, ...]:
    """The tags of every Linux with glibc 2.28 (2018) or newer."""
    return (*(f"manylinux_2_{minor}_{machine}" for minor in range(28, 17, -1)), f"manylinux2014_{machine}")


COMPUTERS = {
    "linux-x86_64": Computer(manylinux("x86_64"), "linux", "Linux", "x86_64"),
    "linux-aarch64": Computer(manylinux("aarch64"), "linux", "Linux", "aarch64"),
    "macos-arm64": Computer(("macosx_11_0_arm64",), "darwin", "Darwin", "arm64"),
    "macos-x86_64": Computer(("macosx_11_0_x86_64",), "darwin", "Darwin", "x86_64"),
    "windows-amd64": Computer(("win_amd64",), "win32", "Windows", "AMD64"),
}
A_WEEK = 7 * 24 * 60 * 60


@pytest.mark.parametrize("python", promised())
@pytest.mark.parametrize("name", COMPUTERS)
def test_all_that_is_needed_is_there_as_wheels(name: str, python: str, request: pytest.FixtureRequest) -> None:
    wanted = pyproject()["project"]["dependencies"]
    key = f"pressmark/wheels/{name}-{python}-{hashlib.sha256(json.dumps(wanted).encode()).hexdigest()[:16]}"
    cache = getattr(request.config, "cache", None)
    if cache is not None and time.time() - cache.get(key, 0) < A_WEEK:
        return  # asked, and answered well, less than a week ago
    answer = resolved(wanted, COMPUTERS[name], python)
    assert len(answer) >= len(wanted)
    if cache is not None:
        cache.set(key, time.time())


def test_a_package_without_a_wheel_is_noticed() -> None:
    with pytest.raises(AssertionError, match="no wheels"):
        resolved(["lxml==4.9.2"], COMPUTERS["windows-amd64"], promised()[1])


def resolved(wanted: list[str], computer: Computer, python: str) -> dict[str, list[str]]:
    """The packages that would be installed, with what each requires; asserts that all have wheels.

    pip takes the markers of the computer that it runs on, so what another one needs beside that is added and
    asked for in turn.
    """
    for _ in range(4):
        packages = asked(wanted, computer, python)
        more = {
            str(requirement)
            for requires in packages.values()
            for requirement in map(Requirement, requires)
            if needed(requirement, computer, python) and canonicalize_name(requirement.name) not in packages
        }
        if not more:
            return packages
        wanted = [*wanted, *(each.partition(";")[0] for each in sorted(more))]
    raise AssertionError(f"what {computer.sys_platform} needs beside does not come to an end: {wanted}")


def needed(requirement: Requirement, computer: Computer, python: str) -> bool:
    """Whether the computer needs it, no extras being asked for."""
    return requirement.marker is None or requirement.marker.evaluate({**computer.environment(python), "extra": ""})


def asked(wanted: list[str], computer: Computer, python: str) -> dict[str, list[str]]:
    """What pip would install on that computer, wheels only."""
    command = [*pip(), "install", "--quiet", "--dry-run", "--ignore-installed", "--target", "nowhere"]
    command += [
        "--only-binary",
        ":all:",
        "--implementation",
        "cp",
        "--python-version",
        python,
        "--report",
        "-",
    ]
    command += [option for tag in computer.tags for option in ("--platform", tag)]
    answer = subprocess.run([*command, *wanted], capture_output=True, encoding="utf-8", check=False)
    if answer.returncode != 0 and not press.index_answers(pip()):
        absent("Python's package index cannot be reached, which this test asks for wheels")
    assert answer.returncode == 0, f"no wheels for {computer.tags[0]}, Python {python}: {answer.stderr}"
    entries = [each["metadata"] for each in json.loads(answer.stdout)["install"]]
    return {canonicalize_name(each["name"]): each.get("requires_dist", []) for each in entries}


@functools.cache
def pip() -> tuple[str, ...]:
    """A pip: this environment's, or that of the Python it was made of."""
    pythons = (sys.executable, getattr(sys, "_base_executable", sys.executable))
    found = [each for each in pythons if press.ask([each, "-m", "pip", "--version"]).returncode == 0]
    if not found:
        absent("this Python has no pip, which this test asks for wheels")
    return (found[0], "-m", "pip", "--disable-pip-version-check")
