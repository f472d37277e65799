"""`python -m shellflow`, the same as the command `shellflow`."""

from __future__ import annotations

import sys

from shellflow.cli import main

__all__ = ["main"]

if __name__ == "__main__":
    sys.exit(main())
