"""What a terminal or a pipe can show, and a bar on a terminal while work goes on."""

from __future__ import annotations

import contextlib
import sys
import threading
from collections.abc import Iterator
from typing import TextIO

__all__ = ["can_show", "forgiving", "progress"]


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


@contextlib.contextmanager
def progress(what: str) -> Iterator[None]:
    """Show a bar on a terminal while work goes on, once that takes longer than a second.

    Parameters
    ----------
    what : str
        The work, in words [unitless].

    Yields
    ------
    None
    """
    if not sys.stderr.isatty():
        yield
        return
    done = threading.Event()
    watcher = threading.Thread(target=_watch, args=(what, done), daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()


def _watch(what: str, done: threading.Event) -> None:
    if done.wait(1.0):
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        bar.add_task(what, total=None)
        done.wait()
