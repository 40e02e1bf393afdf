"""The outermost door: ``pressmark`` and ``python -m pressmark``."""

from __future__ import annotations

import os
import sys

OWN_FAULT = 70
"""The exit status of a fault of the program itself (sysexits.h, EX_SOFTWARE)."""


def main() -> None:
    """Runs a command and ends with its exit status."""
    from pressmark.cli import run_command

    try:
        sys.exit(run_command(sys.argv[1:]))
    except Exception as error:
        if os.environ.get("PRESSMARK_DEBUG"):
            raise
        print(f"Pressmark itself has failed: {type(error).__name__}: {error}", file=sys.stderr)
        print("  Hint: please report it, with what this shows: PRESSMARK_DEBUG=1 and the same command", file=sys.stderr)
        sys.exit(OWN_FAULT)


if __name__ == "__main__":
    main()
