"""Every exception of the library, and the shared forms of its message.

A message names the argument and its value, says what is allowed, gives the nearest valid name where there is one, and
ends with what to do. Values go into it through `shown`, and nothing in it hides or floods the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

__all__ = [
    "ArgumentError",
    "BasisError",
    "BoundError",
    "DataError",
    "DoesNotFitError",
    "ExtraError",
    "InputConflictError",
    "NoDataError",
    "OrderError",
    "SettingsError",
    "ShellflowError",
    "UnitError",
    "UnknownItemError",
    "attribute_of",
    "bad_argument",
    "listed",
    "printable",
    "shortened",
    "shown",
    "unknown_item",
]

_LONGEST_VALUE = 80
_LONGEST_MESSAGE = 10_000


class ShellflowError(ValueError):
    """Anything shellflow refuses; catch this one to catch them all."""

    def __str__(self) -> str:
        return _message(super().__str__())


class ArgumentError(ShellflowError):
    """A value that an argument does not allow."""


class BoundError(ArgumentError):
    """A bound or a range where one number is wanted, or one that can be read in two ways."""


class BasisError(ShellflowError):
    """A capacity and contents added up: what would fit is no part of what is inside."""


class UnitError(ShellflowError):
    """A value of the wrong dimension, without a unit, or in a spelling that means something else."""


class UnknownItemError(ShellflowError):
    """A name that the catalog does not hold."""


class DataError(ShellflowError):
    """A table that cannot be read as it stands."""


class NoDataError(ShellflowError):
    """A question for which the facts at hand do not suffice.

    Parameters
    ----------
    message : str
        The whole of it [unitless].
    missing : str
        What is wanted, in a few words [unitless].
    """

    def __init__(self, message: str, missing: str = "") -> None:
        super().__init__(message, missing)
        self.message, self.missing = message, missing

    def __str__(self) -> str:
        return _message(self.message)


class DoesNotFitError(ShellflowError):
    """A package that does not fit its transport, in any draw or in too many of them.

    Parameters
    ----------
    message : str
        The whole of it [unitless].
    share : float
        Share of the draws in which nothing fits [unitless].
    """

    def __init__(self, message: str, share: float = 1.0) -> None:
        super().__init__(message, share)
        self.message, self.share = message, share

    def __str__(self) -> str:
        return _message(self.message)


class ExtraError(ShellflowError, ImportError):
    """Something that needs an optional dependency which is not installed, or which cannot run here."""


class InputConflictError(ShellflowError):
    """One input name used for two different distributions in one estimate."""


class OrderError(ShellflowError, TypeError):
    """Two uncertain results asked which is the greater."""


class SettingsError(ShellflowError):
    """Results of different settings (n, seed) in one expression."""


def shown(value: object, longest: int = _LONGEST_VALUE) -> str:
    r"""Return a value as messages show it: its repr on one line, shortened in the middle, what cannot be seen escaped.

    Every value from outside goes into a message through this function: the name of a column, a cell, an argument.

    Parameters
    ----------
    value : object
        What was given.
    longest : int
        The most letters shown [unitless].

    Returns
    -------
    str
        One line [unitless].

    Examples
    --------
    >>> shown("ship\n\u202eone")
    "'ship\\n\\u202eone'"
    """
    if isinstance(value, str) and len(value) > 4 * longest:
        value = value[: 2 * longest] + value[-2 * longest :]  # the repr of a long text is not to be made whole
    try:
        text = _digits_of(value) if type(value) is int else repr(value)
    except Exception as error:  # a foreign object's repr may fail in any way; the message must still come out
        text = f"<{type(value).__name__} whose repr raises {type(error).__name__}>"
    return shortened(printable(" ".join(text.split())), longest)


def printable(text: str) -> str:
    r"""Return a text with the letters that cannot be seen, or that move others, written as escapes such as `\u202e`.

    These are control, direction and zero-width letters, line breaks and lone surrogates. Spaces of any width stay.

    Parameters
    ----------
    text : str
        Any text [unitless].

    Returns
    -------
    str
        It can be encoded as UTF-8, and stands on one line [unitless].

    Examples
    --------
    >>> print(printable("a\tb\u200b"))
    a\tb\u200b
    """
    if text.isprintable():
        return text
    import unicodedata  # what is printable, as nearly all texts are, does not need it

    return "".join(
        letter
        if letter.isprintable() or unicodedata.category(letter) == "Zs"
        else letter.encode("unicode_escape").decode("ascii")
        for letter in text
    )


def _message(text: str) -> str:
    """Return a message on one line that any value in it has left readable."""
    return shortened(printable(" ".join(text.split()) if "\n" in text else text), _LONGEST_MESSAGE)


def shortened(text: str, longest: int) -> str:
    """Return a text that is no longer than so many letters, with an ellipsis in its middle where it was.

    Parameters
    ----------
    text : str
        Any text [unitless].
    longest : int
        The most letters [unitless].

    Returns
    -------
    str
        The text or its ends [unitless].

    Examples
    --------
    >>> shortened("a" * 9, 7)
    'a ... a'
    """
    if len(text) <= longest:
        return text
    half = (longest - 5) // 2
    return f"{text[:half]} ... {text[-half:]}"


def _digits_of(number: int) -> str:
    digits = int(number.bit_length() * 0.30103)
    # Python refuses to write out more than 4,300 digits, and nobody would read them.
    return repr(number) if digits < 1000 else f"<an integer of some {digits:,} digits>"


def bad_argument(argument: str, value: object, allowed: str, fix: str = "") -> ArgumentError:
    """Return the error for `argument=value`.

    Parameters
    ----------
    argument : str
        Its name [unitless].
    value : object
        What was given.
    allowed : str
        Completes "must be ..." [unitless].
    fix : str
        What to do, as a sentence [unitless].

    Returns
    -------
    ArgumentError
        To be raised.
    """
    advice = f" {fix}" if fix else ""
    return ArgumentError(f"{argument}={shown(value)}: must be {allowed}.{advice}")


def attribute_of(value: object, name: str, default: object = None) -> Any:
    """Return an attribute of a foreign object, or the default where it has none or fails when asked for it.

    Parameters
    ----------
    value : object
        What was given.
    name : str
        Of the attribute [unitless].
    default : object
        What stands for none.

    Returns
    -------
    object
        The attribute or the default.

    Examples
    --------
    >>> attribute_of(5j, "real"), attribute_of(5j, "columns")
    (0.0, None)
    """
    try:
        return getattr(value, name, default)
    except Exception:  # foreign code may fail in any way
        return default


def listed(value: object, argument: str, allowed: str, fix: str = "") -> list[Any]:
    """Return what a list of the user's holds, whatever kind of iterable it is.

    A text is none, since its letters are not meant, nor is a mapping, of which only the keys would be read.

    Parameters
    ----------
    value : iterable
        What was given.
    argument : str
        Its name [unitless].
    allowed : str
        Completes "must be ..." [unitless].
    fix : str
        What to do, as a sentence [unitless].

    Returns
    -------
    list
        Its elements.

    Raises
    ------
    ArgumentError
        If it is nothing of the kind, or fails when its elements are asked for.

    Examples
    --------
    >>> listed(range(3), "layers", "a list of numbers")
    [0, 1, 2]
    """
    if not isinstance(value, str | bytes | bytearray | memoryview | Mapping) and isinstance(value, Iterable):
        try:
            return list(value)
        except Exception:  # a pint quantity of one number passes for an iterable and is none; others fail in any way
            raise bad_argument(argument, value, allowed, fix) from None
    raise bad_argument(argument, value, allowed, fix)


def unknown_item(kind: str, name: str, known: Iterable[str], advice: str = "") -> UnknownItemError:
    """Return the error for a name that is not among those known, with the nearest of them.

    Parameters
    ----------
    kind : str
        Of what it is the name [unitless].
    name : str
        What was given [unitless].
    known : iterable of str
        The names there are [unitless].
    advice : str
        Where to find them, as a sentence [unitless].

    Returns
    -------
    UnknownItemError
        To be raised.
    """
    import difflib  # only a failed look-up needs it

    names = sorted(map(str, known))
    folded = {candidate.casefold(): candidate for candidate in names}
    close = [folded[match] for match in difflib.get_close_matches(name[:100].casefold(), folded, n=3, cutoff=0.5)]
    if close:
        hint = f" Did you mean {' or '.join(shown(candidate) for candidate in close)}?"
    else:
        listed = ", ".join(shortened(printable(candidate), _LONGEST_VALUE) for candidate in names[:12])
        hint = f" Known: {listed}{', ...' if len(names) > 12 else ''}." if names else ""
    return UnknownItemError(
        f"no {kind} named {shown(name)} ({len(names)} known).{hint}{' ' + advice if advice else ''}"
    )
