"""Say whether a wheel holds exactly the package: `check_wheel.py WHEEL ROOT`."""

from __future__ import annotations

import sys
from pathlib import Path
from zipfile import ZipFile


def main(wheel: str, root: str) -> int:
    package = Path(root, "src", "shellflow")
    files = {path.relative_to(package.parent).as_posix() for path in package.rglob("*") if path.is_file()}
    meant = {name for name in files if "__pycache__" not in name}
    held = {name for name in ZipFile(wheel).namelist() if ".dist-info/" not in name and not name.endswith("/")}
    needed = {
        "shellflow/py.typed",
        "shellflow/data/VERSION",
        "shellflow/data/README.md",
        "shellflow/data/munitions.csv",
    }
    missing, extra = sorted((meant | needed) - held), sorted(held - meant)
    if missing or extra:
        print(f"{wheel}: missing {missing}, not meant to be there {extra}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
