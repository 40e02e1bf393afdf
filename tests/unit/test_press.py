"""``press.py`` sets up on a fresh computer, whatever happened there before.

The project that is set up here is a stand-in without libraries and with a build of its own, so that nothing
is fetched.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import press
import pytest

BUILD = """
import zipfile
def build_editable(folder, config_settings=None, metadata_directory=None):
    from pathlib import Path
    name, info = "pressmark-0.1-py3-none-any.whl", "pressmark-0.1.dist-info/"
    with zipfile.ZipFile(Path(folder, name), "w") as wheel:
        wheel.writestr("_editable_impl_pressmark.pth", str(Path("src").resolve()).encode("utf-8"))
        wheel.writestr(info + "METADATA", "Metadata-Version: 2.1\\nName: pressmark\\nVersion: 0.1\\n")
        wheel.writestr(info + "WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr(info + "RECORD", "")
    return name
"""
PYPROJECT = """
[build-system]
requires = []
build-backend = "build_here"
backend-path = ["."]
[project]
name = "pressmark"
version = "0.1"
"""
COMMAND = "import json, os, sys; print(json.dumps([sys.argv[1:], os.getcwd()])); sys.exit(42)\n"


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A stand-in of the project, in a folder with a name that is hard to bear."""
    root = tmp_path_factory.mktemp("né à Łódź", numbered=False) / "with space"
    (root / "src" / "pressmark").mkdir(parents=True)
    (root / "src" / "pressmark" / "__init__.py").touch()
    (root / "src" / "pressmark" / "__main__.py").write_text(COMMAND, encoding="utf-8")
    (root / "build_here.py").write_text(BUILD, encoding="utf-8")
    (root / "pyproject.toml").write_text(PYPROJECT, encoding="utf-8")
    shutil.copy(press.__file__, root)
    return root


def run(project, *arguments, cwd, python=sys.executable, **environment):
    """Run the stand-in's ``press.py`` from some folder."""
    return subprocess.run(
        [python, str(project / "press.py"), *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_it_sets_up_once_and_hands_over(project, tmp_path):
    (tmp_path / "json.py").write_text("raise SystemExit('a file of the user ran in place of a library')")
    first = run(project, "a b.txt", "-o", "é", cwd=tmp_path)
    assert first.returncode == 42, first.stderr
    assert json.loads(first.stdout) == [["press", "a b.txt", "-o", "é"], str(tmp_path)]
    assert "Setting up Pressmark" in first.stderr
    assert "Traceback" not in first.stderr

    second = run(project, cwd=tmp_path)
    assert json.loads(second.stdout)[0] == ["demo"]
    assert second.stderr == ""


def test_a_set_up_that_was_killed_is_made_again(project, tmp_path):
    run(project, cwd=tmp_path)
    venv = project / ".venv"
    press.Mark().write(venv)
    shutil.rmtree(venv / "Lib" if os.name == "nt" else venv / "lib")
    (venv / "left-over").touch()
    again = run(project, cwd=tmp_path)
    assert again.returncode == 42, again.stderr
    assert not (venv / "left-over").exists()


@pytest.mark.parametrize("text", ["", '{"made": ', "[]", '{"made": "x"}', "\x00"])
def test_a_damaged_mark_is_one_of_an_unfinished_set_up(text, tmp_path):
    (tmp_path / press.MARK).write_text(text, encoding="utf-8")
    mark = press.Mark.read(tmp_path)
    assert mark is not None
    assert mark.made == ""


def test_the_source_is_found_in_whatever_encoding_the_system_has(project, tmp_path):
    run(project, cwd=tmp_path)
    links = list((project / ".venv").rglob("_editable_impl_pressmark.pth"))
    assert len(links) == 1
    text = links[0].read_bytes()
    assert text.isascii()
    assert (links[0].parent / text.decode().strip()).resolve() == (project / "src").resolve()


def test_a_new_pyproject_is_installed_anew_without_starting_over(project, tmp_path):
    run(project, cwd=tmp_path)
    (project / ".venv" / "kept").touch()
    (project / "pyproject.toml").write_text(PYPROJECT + "# changed\n", encoding="utf-8")
    again = run(project, cwd=tmp_path)
    assert again.returncode == 42
    assert "Setting up" in again.stderr
    assert (project / ".venv" / "kept").exists()


def test_what_somebody_else_made_is_never_deleted(project, tmp_path):
    other = tmp_path / "project"
    shutil.copytree(project, other, ignore=shutil.ignore_patterns(".venv"))
    (other / ".venv").mkdir()
    (other / ".venv" / "thesis.txt").write_text("ten years of work")
    answer = run(other, cwd=tmp_path)
    assert answer.returncode == press.EXIT_NOT_SET_UP
    assert "was not made by Pressmark" in answer.stderr
    assert "Hint: rename" in answer.stderr
    assert (other / ".venv" / "thesis.txt").read_text() == "ten years of work"


@pytest.mark.skipif(os.name == "nt", reason="on Windows not everybody may make symbolic links")
def test_a_place_where_no_folder_can_be_made_is_named(project, tmp_path):
    other = tmp_path / "project"
    shutil.copytree(project, other, ignore=shutil.ignore_patterns(".venv"))
    (other / ".venv").symlink_to(tmp_path / "nowhere")
    answer = run(other, cwd=tmp_path)
    assert answer.returncode == press.EXIT_NOT_SET_UP
    assert f"cannot be set up in {other / '.venv'}" in answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root can write everywhere")
def test_a_folder_that_cannot_be_written_to_is_named(project, tmp_path):
    other = tmp_path / "project"
    shutil.copytree(project, other, ignore=shutil.ignore_patterns(".venv"))
    other.chmod(0o555)
    answer = run(other, cwd=tmp_path)
    other.chmod(0o755)
    assert answer.returncode == press.EXIT_NOT_SET_UP
    assert f"cannot be set up in {other}" in answer.stderr


def test_without_a_network_one_sentence_says_so(project, tmp_path):
    other = tmp_path / "project"
    shutil.copytree(project, other, ignore=shutil.ignore_patterns(".venv"))
    needy = PYPROJECT.replace("requires = []", 'requires = ["nothing-of-this-name"]')
    (other / "pyproject.toml").write_text(needy, encoding="utf-8")
    answer = run(
        other,
        cwd=tmp_path,
        PIP_INDEX_URL="http://127.0.0.1:9/simple",
        PIP_CONFIG_FILE=os.devnull,
        PIP_FIND_LINKS="",
        PIP_EXTRA_INDEX_URL="",
        PIP_RETRIES="0",
    )
    assert answer.returncode == press.EXIT_NOT_SET_UP
    assert "index does not answer" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_help_sets_nothing_up(project, tmp_path):
    other = tmp_path / "project"
    shutil.copytree(project, other, ignore=shutil.ignore_patterns(".venv"))
    answer = run(other, "--help", cwd=tmp_path)
    assert answer.returncode == 0
    assert "press.py" in answer.stdout
    assert not (other / ".venv").exists()


def test_an_old_python_looks_for_a_newer_one(monkeypatch):
    monkeypatch.setattr(press, "is_new_enough", lambda command: command == ["python3.12"])
    monkeypatch.setattr(press, "newer_commands", lambda: [["python3.13"], ["python3.12"], ["python3.11"]])
    monkeypatch.setattr(shutil, "which", lambda name: f"/somewhere/{name}")
    assert press.newer_python() == ["/somewhere/python3.12"]


def test_an_old_python_alone_says_what_is_needed(monkeypatch, capsys):
    monkeypatch.setattr(sys, "version_info", (3, 8, 18))
    monkeypatch.setattr(press, "newer_commands", list)
    assert press.main(["a.txt"]) == press.EXIT_NOT_SET_UP
    assert "Pressmark needs Python 3.11 or newer; this is 3.8." in capsys.readouterr().err


@pytest.mark.parametrize("version", ["3.6", "3.8", "3.10"])
def test_a_real_old_python_says_it_too(version, project, tmp_path):
    python = shutil.which(f"python{version}")
    if python is None or subprocess.run([python, "--version"], capture_output=True, check=False).returncode:
        pytest.skip(f"no Python {version} here")
    answer = run(project, "a.txt", cwd=tmp_path, python=python, PATH=str(Path(python).parent / "nothing"))
    assert f"Pressmark needs Python 3.11 or newer; this is {version}." in answer.stderr
