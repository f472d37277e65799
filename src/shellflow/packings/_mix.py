"""Several munitions in the same transports: their shares, known or not."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from shellflow import checks, inputs, sampling
from shellflow.catalog import Catalog
from shellflow.errors import bad_argument, printable, shortened
from shellflow.inputs import Input

__all__ = ["Mix", "mix", "mix_shares", "mix_weights", "read_mix"]

_SHARE = r"([0-9]+(?:\.[0-9]+)?) *%"
_SHARE_FIRST = re.compile(rf"{_SHARE} *(?:of +)?(.*[^ ])")
_SHARE_LAST = re.compile(rf"(.*[^ ]) +{_SHARE}")


@dataclass(frozen=True)
class Mix:
    """Shares of the transports by munition: known, or unknown and then uniform over all that sum to 1.

    Parameters
    ----------
    munitions : tuple of str
        At least two, each once [unitless].
    shares : tuple of float or None
        One for each, or None where unknown [unitless].
    name : str
        Under which the unknown shares are drawn [unitless].
    """

    munitions: tuple[str, ...]
    shares: tuple[float, ...] | None = None
    name: str = "mix"

    @property
    def label(self) -> str:
        """Its munitions, with their shares where these are known, as `read_mix` reads them."""
        if self.shares is None:
            return " + ".join(self.munitions)
        return ", ".join(
            f"{100 * share:.6g} % {munition}" for share, munition in zip(self.shares, self.munitions, strict=True)
        )


def mix(*munitions: str | Mapping[str, float], name: str = "mix") -> Mix:
    """State that the transports carry several munitions, each transport one of them.

    Unknown shares are uniform over all shares that sum to 1. That band depends on how many munitions are listed, so
    outputs print the plain limits beside it: all of the one, all of the other.

    Parameters
    ----------
    *munitions : str, or one mapping of str to float
        Names, for unknown shares; or ``{name: share}`` for known ones [unitless].
    name : str
        Under which unknown shares are drawn: two mixes of one name share them [unitless].

    Returns
    -------
    Mix
        To be given to `estimate` in place of a munition.

    Raises
    ------
    ArgumentError
        If fewer than two munitions are given, one stands twice, or the shares are outside [0, 1] or do not sum to 1.

    Notes
    -----
    Each munition draws one unit exponential under its own name; a share is its part of their sum, which makes the
    shares uniform on the simplex and leaves the draws of the others alone when a munition is added.

    Examples
    --------
    >>> mix("152mm", "122mm-rocket").munitions
    ('152mm', '122mm-rocket')
    """
    if not isinstance(name, str) or not name:
        raise bad_argument("name", name, "a text that is not empty")
    shares: tuple[float, ...] | None = None
    if len(munitions) == 1 and isinstance(munitions[0], Mapping):
        listed, known = [], []
        for munition, share in munitions[0].items():
            if not isinstance(munition, str):
                raise bad_argument("munitions", munition, "names of munitions, or one {name: share}")
            listed.append(munition)
            argument = f"share of {shortened(printable(munition), 80)}"
            known.append(checks.number(share, argument, least=0, most=1, allowed="between 0 and 1"))
        shares = tuple(known)
        if not math.isclose(math.fsum(shares), 1.0, rel_tol=0, abs_tol=1e-9):
            raise bad_argument(
                "shares", dict(munitions[0]), f"shares that sum to 1 (they sum to {math.fsum(shares):.6g})"
            )
    else:
        listed = []
        for part in munitions:
            if not isinstance(part, str):
                raise bad_argument("munitions", part, "names of munitions, or one {name: share}")
            listed.append(part)
    if len(listed) < 2:
        raise bad_argument("munitions", listed, "at least two munitions", "For one, name it without sf.mix.")
    if len(set(listed)) < len(listed):
        raise bad_argument("munitions", listed, "different from each other")
    return Mix(tuple(listed), shares, name)


def read_mix(text: str, catalog: Catalog) -> str | Mix:
    """Return the mix that a text states, or the text itself where it is one name.

    Parameters
    ----------
    text : str
        "152mm", "152mm + 122mm-shell" for unknown shares, or "60% 152mm, 40% 122mm-rocket" [unitless].
    catalog : Catalog
        A name that it has is one name, whatever signs are in it.

    Returns
    -------
    str or Mix
        The munitions are not looked up.

    Raises
    ------
    ArgumentError
        If a part has no name, only some parts have a share, the shares do not sum to 100 %, or a munition stands twice.

    Examples
    --------
    >>> from shellflow.catalog import shipped
    >>> read_mix("60% 152mm, 40% 122mm-rocket", shipped()).shares
    (0.6, 0.4)
    """
    if catalog.munitions.key_of(text) is not None or not re.search("[+%]", text):
        return text
    example = "Write e.g. '152mm + 122mm-shell' for unknown shares, or '60% 152mm, 40% 122mm-shell'."
    parts = [part.strip() for part in re.split("[+,]" if "%" in text else "[+]", text)]
    if not all(parts):
        raise bad_argument("munition", text, "names of munitions with a + between them", example)
    if "%" not in text:
        return mix(*parts)
    shares: dict[str, float] = {}
    for part in parts:
        first, last = _SHARE_FIRST.fullmatch(part), _SHARE_LAST.fullmatch(part)
        if first is None and last is None:
            raise bad_argument("munition", text, "a share in per cent and a name in each part", example)
        share, munition = first.groups() if first else last.groups()[::-1]  # type: ignore[union-attr]
        if munition in shares:
            raise bad_argument("munition", text, "different munitions")
        shares[munition] = float(share) / 100
    total = math.fsum(shares.values())
    if not math.isclose(total, 1.0, rel_tol=0, abs_tol=1e-9):
        raise bad_argument("munition", text, f"shares that sum to 100 % (they sum to {100 * total:.6g} %)")
    return mix(shares)


def mix_weights(mixed: Mix) -> tuple[Input, ...]:
    """Return one input per munition: its known share, or the weight that makes its unknown one.

    Parameters
    ----------
    mixed : Mix
        The mix.

    Returns
    -------
    tuple of Input
        In the order of its munitions.
    """
    if mixed.shares is not None:
        return tuple(
            inputs.stated(f"{mixed.name}.{munition} share {inputs.exactly(share)}", sampling.Fixed(share), "")
            for munition, share in zip(mixed.munitions, mixed.shares, strict=True)
        )
    return tuple(
        Input(
            f"{mixed.name}.{munition}",
            sampling.Exponential(),
            "",
            "nothing is known of the shares",
            "assumed",
            "its weight: a share is its part of the sum of all weights",
        )
        for munition in mixed.munitions
    )


def mix_shares(weights: tuple[Input, ...], chosen: sampling.Settings) -> list[sampling.Floats]:
    """Return the share of each munition in every draw, from its weights [unitless].

    Parameters
    ----------
    weights : tuple of Input
        One for each munition, from `mix_weights`.
    chosen : sampling.Settings
        Number of draws and seed.

    Returns
    -------
    list of arrays of n floats
        One for each munition; they sum to 1 in every draw [unitless].
    """
    drawn = [weight.draws(chosen) for weight in weights]
    total = sum(drawn[1:], start=drawn[0])
    return [draws / total for draws in drawn]
