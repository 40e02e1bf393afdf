"""The outermost door: ``pressmark`` and ``python -m pressmark``."""

from __future__ import annotations

import sys


def main() -> None:
    """Runs a command and ends with its exit status."""
    from pressmark.cli import run_command

    sys.exit(run_command(sys.argv[1:]))


if __name__ == "__main__":
    main()
