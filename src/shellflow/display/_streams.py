"""Streams that cannot show every letter, as some terminals and pipes."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import TextIO

__all__ = ["can_show", "forgiving"]


def can_show(text: str, stream: TextIO) -> bool:
    """Return whether the encoding of a stream has every letter of a text; one without an encoding is taken for ASCII.

    Parameters
    ----------
    text : str
        What is to be written [unitless].
    stream : text file
        Such as standard output.

    Returns
    -------
    bool
        True if it can be written as it stands.
    """
    try:
        text.encode(stream.encoding or "ascii")
    except (AttributeError, LookupError, UnicodeEncodeError):
        return False
    return True


@contextlib.contextmanager
def forgiving(stream: TextIO, errors: str = "replace") -> Iterator[None]:
    """Let a stream write something else for the letters that its encoding lacks, for the time of a block.

    Parameters
    ----------
    stream : text file
        Such as standard output; one that cannot be told is left as it is.
    errors : str
        What to write, as for `str.encode` [unitless].
    """
    before = getattr(stream, "errors", None)
    _set_errors(stream, errors)
    try:
        yield
    finally:
        _set_errors(stream, before)


def _set_errors(stream: TextIO, errors: str | None) -> None:
    # It writes out what is left, of which whoever writes next is told too; a stream of one's own may have no such way.
    with contextlib.suppress(AttributeError, OSError, ValueError):
        if errors is not None:
            stream.reconfigure(errors=errors)  # type: ignore[attr-defined]
