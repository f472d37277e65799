"""Every exception of the library, and the shared forms of its message.

A message names the argument and its value, says what is allowed, gives the nearest valid name where there is one, and
ends with what to do.
"""

from __future__ import annotations

from collections.abc import Iterable

__all__ = [
    "ArgumentError",
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
    "bad_argument",
    "shown",
    "unknown_item",
]

_LONGEST_VALUE = 80


class ShellflowError(ValueError):
    """Anything shellflow refuses; catch this one to catch them all."""


class ArgumentError(ShellflowError):
    """A value that an argument does not allow."""


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
        return self.message


class DoesNotFitError(ShellflowError):
    """A package that does not fit its transport, in any world or in too many of them.

    Parameters
    ----------
    message : str
        The whole of it [unitless].
    share : float
        Share of the worlds in which nothing fits [unitless].
    """

    def __init__(self, message: str, share: float = 1.0) -> None:
        super().__init__(message, share)
        self.message, self.share = message, share

    def __str__(self) -> str:
        return self.message


class ExtraError(ShellflowError, ImportError):
    """Something that needs an optional dependency which is not installed, or which cannot run here."""


class InputConflictError(ShellflowError):
    """One input name used for two different distributions in one estimate."""


class OrderError(ShellflowError, TypeError):
    """Two uncertain results asked which is the greater."""


class SettingsError(ShellflowError):
    """Results of different settings (n, seed) in one expression."""


def shown(value: object) -> str:
    """Return `value` as an error message shows it: its repr, shortened in the middle when long.

    Parameters
    ----------
    value : object
        What was given.

    Returns
    -------
    str
        One line [unitless].

    Raises
    ------
    Nothing.
    """
    try:
        text = repr(value)
    except Exception as error:  # a foreign object's repr may fail in any way; the message must still come out
        text = f"<{type(value).__name__} whose repr raises {type(error).__name__}>"
    text = " ".join(text.split())
    if len(text) > _LONGEST_VALUE:
        half = (_LONGEST_VALUE - 5) // 2
        text = f"{text[:half]} ... {text[-half:]}"
    return text


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

    Raises
    ------
    Nothing.
    """
    advice = f" {fix}" if fix else ""
    return ArgumentError(f"{argument}={shown(value)}: must be {allowed}.{advice}")


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

    Raises
    ------
    Nothing.
    """
    import difflib  # only a failed look-up needs it

    names = sorted(map(str, known))
    folded = {candidate.casefold(): candidate for candidate in names}
    close = [folded[match] for match in difflib.get_close_matches(name.casefold(), folded, n=3, cutoff=0.5)]
    if close:
        hint = f" Did you mean {' or '.join(repr(candidate) for candidate in close)}?"
    else:
        hint = f" Known: {', '.join(names[:12])}{', ...' if len(names) > 12 else ''}." if names else ""
    return UnknownItemError(f"no {kind} named {name!r} ({len(names)} known).{hint}{' ' + advice if advice else ''}")
