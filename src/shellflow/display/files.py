"""Files that are written whole or not at all."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from shellflow.errors import DataError, bad_argument, printable, shortened

__all__ = ["check_place", "whole"]

_HTML = (".html", ".htm")


def check_place(path: str | os.PathLike[str], argument: str, endings: tuple[str, ...] = _HTML) -> Path:
    """Return where a file is to be written.

    Parameters
    ----------
    path : str or path
        Its name [unitless].
    argument : str
        What messages call it [unitless].
    endings : tuple of str
        What its name may end in [unitless].

    Returns
    -------
    Path
        The same.

    Raises
    ------
    ArgumentError
        If the name is none, ends in something else, is that of a folder, or in a folder that does not exist.
    """
    try:
        place = Path(path)
        is_folder, has_parent = place.is_dir(), place.resolve().parent.is_dir()
    except (TypeError, ValueError, OSError, RuntimeError):
        raise bad_argument(argument, path, f"the name of a file that ends in {' or '.join(endings)}") from None
    name = shortened(printable(str(place)), 400)
    if is_folder:
        raise bad_argument(argument, name, "the name of a file", f"It is a folder: write {name}/report{endings[0]}.")
    if place.suffix.casefold() not in endings:
        raise bad_argument(argument, name, f"a name that ends in {' or '.join(endings)}")
    if not has_parent:
        raise bad_argument(argument, name, "in a folder that exists", "Make the folder first, or choose another.")
    return place


@contextlib.contextmanager
def whole(path: str | os.PathLike[str]) -> Iterator[Path]:
    """Give a place beside a file to write to, and move that onto it at the end: what is stopped leaves it as it was.

    Parameters
    ----------
    path : str or path
        Its name [unitless].

    Yields
    ------
    Path
        Where to write.

    Raises
    ------
    DataError
        If it cannot be written.
    """
    try:
        place = Path(path).resolve()
        half = place.with_name(f".{place.name[:200]}.{os.getpid()}.part")
        try:
            yield half
            half.replace(place)
        finally:
            with contextlib.suppress(OSError):  # what stopped the writing is the error to tell
                half.unlink(missing_ok=True)
    except OSError as error:
        name = shortened(printable(str(path)), 400)
        raise DataError(f"{name}: cannot be written ({error.strerror or error}). Choose another place.") from None
