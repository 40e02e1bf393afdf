"""What all tests share: where things are, how hard Hypothesis tries, how golden editions are rewritten."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:  # so that `from tests.tools import …` works however pytest was started
    sys.path.insert(0, str(ROOT))

from tests.tools import in_ci  # noqa: E402  (it needs the line above)

# Reading and proofreading take their time and the machines are of every kind, so no example has a deadline.
settings.register_profile("here", deadline=None, max_examples=50)
# The same examples each time, so that nobody's change fails for another's fault.
settings.register_profile(
    "ci",
    deadline=None,
    max_examples=60,
    derandomize=True,
    database=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
# HYPOTHESIS_PROFILE=thorough python dev.py test tests/properties
settings.register_profile(
    "thorough",
    deadline=None,
    max_examples=2_000,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if in_ci() else "here"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that ``python dev.py golden`` gives."""
    parser.addoption(
        "--rewrite-golden",
        action="store_true",
        help="write what the golden editions are compared with anew, instead of comparing",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Refuse to rewrite where nobody reads the difference."""
    if config.getoption("--rewrite-golden") and in_ci():
        raise pytest.UsageError("CI never rewrites golden editions: rewrite them at home and review the diff")


@pytest.fixture(scope="session")
def project() -> Path:
    """The folder of the project, where ``pyproject.toml`` stands."""
    return ROOT


@pytest.fixture(scope="session")
def shared(project: Path) -> Path:
    """The folder of real texts and schemas that some founders keep beside the project."""
    folder = project.parent / "shared"
    if not folder.is_dir():
        pytest.skip(f"there is no folder {folder} here (real texts and schemas, not part of the project)")
    return folder


@pytest.fixture(scope="session")
def rewrite_golden(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be written instead of compared."""
    return bool(request.config.getoption("--rewrite-golden"))
