"""What a packing assumption is, and what one transport holds under it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from shellflow import checks, display, words
from shellflow.catalog import CHARGES, REPORTING_OFFICE, Munition, Transport
from shellflow.errors import ArgumentError, bad_argument, printable
from shellflow.inputs import Input, Wanted, as_inputs, check_level

__all__ = [
    "BASES",
    "BY_MASS",
    "DEFAULT_TRANSPORT",
    "DESCRIPTIONS",
    "MEANINGS",
    "SHIPPED",
    "Orientation",
    "Packing",
    "Physical",
    "Reported",
    "inputs_of",
]

SHIPPED = ("reported", "ceiling", "crated", "as-loaded")
"""The packings every munition has, where the data allow."""

BY_MASS = ("ceiling", "crated")
"""Those that say how many rounds a mass of cargo is."""

Orientation = Literal["upright", "free"]

BASES = ("capacity", "contents")
"""The two questions that a packing can answer."""

MEANINGS: Mapping[str, str] = {
    "capacity": "what would fit if it were all this munition",
    "contents": "what is probably inside if it is all this munition",
}
"""What each of them asks."""

DESCRIPTIONS: Mapping[str, Mapping[str, str]] = {
    "reported": {
        "basis": "capacity",
        "what": f"what {REPORTING_OFFICE} said such transports could hold",
        "load": "not stated",
        "rule": "rounds per transport in the statements of one office, and what it would say next",
    },
    "ceiling": {
        "basis": "capacity",
        "what": "bare rounds, shells without charge, at full payload",
        "load": "full payload",
        "rule": "bare rounds, without a gap; by mass alone where no length is known",
    },
    "crated": {
        "basis": "capacity",
        "what": "crates at full payload",
        "load": "full payload",
        "rule": "crated rounds, by mass and by space",
    },
    "as-loaded": {
        "basis": "contents",
        "what": "crates at observed loads",
        "load": "the next shipper's average load",
        "rule": "crated rounds, by mass and by space",
    },
}
"""What each shipped packing answers and assumes."""

DEFAULT_TRANSPORT = "20ft-24t"


class Assumption(display.Result):
    """What both kinds of packing have in common: how they are shown."""

    name: str
    munition: Munition
    transport: Transport
    basis: str

    def report(self, level: float | None = None) -> display.Report:
        """Return the packing as plain data: a row for each of its inputs.

        Parameters
        ----------
        level : float, optional
            Share of the draws in the bands, in (0, 1); 0.9 when left out [unitless].

        Returns
        -------
        display.Report
            With the rows input, unit, low, median, high, source, grade.

        Raises
        ------
        ArgumentError
            If `level` is outside (0, 1).
        """
        level = check_level(0.9 if level is None else level)
        entering = inputs_of(self)  # type: ignore[arg-type]  # it is one of the two kinds
        bands = [value.band(level) for value in entering]
        return display.Report(
            f"{self.name}: {self.munition.munition} in {self.transport.transport} ({self.basis})",
            columns=(
                display.Column("input"),
                display.Column("median", right=True),
                display.Column(f"{words.percent(level)} band", right=True),
                display.Column("unit"),
                display.Column("grade"),
                display.Column("source"),
            ),
            cells=tuple(
                (value.name, *_in_words(band), value.unit, value.grade, value.source)
                for value, band in zip(entering, bands, strict=True)
            ),
            rows=tuple(
                {
                    "input": value.name,
                    "unit": value.unit,
                    **dict(zip(("low", "median", "high"), band, strict=True)),
                    "source": value.source,
                    "grade": value.grade,
                }
                for value, band in zip(entering, bands, strict=True)
            ),
        )

    def __repr__(self) -> str:
        title = f"{self.name}: {self.munition.munition} in {self.transport.transport} ({self.basis})"
        return f"<{type(self).__name__} packing {printable(title)}>"


def _in_words(band: display.Band) -> tuple[str, str]:
    low, median, high = band
    quantiles = words.say_quantiles(low, median, high, words.step(low, high, median))
    return quantiles.median, quantiles.band if low < high else ""


@dataclass(frozen=True, repr=False)
class Physical(Assumption):
    """Rounds per package times the lesser of what mass and space allow.

    Parameters
    ----------
    name : str
        What outputs call it.
    munition, transport : Munition, Transport
        What is packed, and into what.
    rounds : int
        Rounds in a package [round].
    projectile : Input
        Mass of one bare round; the package weighs at least its contents [kg].
    gross : Input or None
        Mass of `per_gross` full packages [kg].
    per_gross : int
        How many packages `gross` is the mass of [unitless].
    packaging : Input or None
        Mass of an empty package, where `gross` is not given [kg].
    size : three Inputs or None
        Outer length, width and height of a package; None when not known [m].
    payload, load : Input
        The most a transport may carry, and what it is loaded with [kg].
    load_rule : str
        "full", "as-loaded", or "stated" [unitless].
    inner : three Inputs or None
        Inner length, width and height of the transport; None when not known [m].
    fill : Input
        Share of the boxes that fit which is really there [unitless].
    clearance : Input
        Added to each horizontal dimension of a package [m].
    orientation : str
        "upright" or "free" [unitless].
    layers : int or None
        The most layers allowed; None for no such limit [unitless].
    basis : str
        "capacity" or "contents" [unitless].
    recipe : str
        The shipped packing it is, or "" for a user's own [unitless].
    data : str
        Hash of the catalog that its figures are from [unitless].
    norm : Input or None
        The most such packages that its norm has in the transport of the norm; None without a norm [package].
    norm_transport : str
        The transport of the norm; in others it does not bind [unitless].
    charge : str
        Whether the propelling charge is in the package: "with", "without", "unknown", "not applicable", or "" where
        nobody stated it [unitless].
    uncharged : Physical or None
        The same assumption with a package without the charge, which some of the transports carry instead.
    charged_share : Input or None
        Share of the transports, or of a mass, that carries the package with the charge; None without `uncharged`
        [unitless].

    Raises
    ------
    ArgumentError, UnitError
        If a value is out of its limits or of another dimension, or two contradict each other.
    """

    name: str
    munition: Munition
    transport: Transport
    rounds: int
    projectile: Input
    gross: Input | None
    per_gross: int
    packaging: Input | None
    size: tuple[Input, Input, Input] | None
    payload: Input
    load: Input
    load_rule: str
    inner: tuple[Input, Input, Input] | None
    fill: Input
    clearance: Input
    orientation: Orientation
    layers: int | None
    basis: str
    recipe: str = ""
    data: str = ""
    norm: Input | None = None
    norm_transport: str = ""
    charge: str = ""
    uncharged: Physical | None = None
    charged_share: Input | None = None

    def __post_init__(self) -> None:
        _check_common(self)
        _check_package(self)
        _check_measures(self)
        _check_charge(self)


@dataclass(frozen=True, repr=False)
class Reported(Assumption):
    """What an office said such transports hold; no limit binds, since none was given.

    Parameters
    ----------
    name : str
        What outputs call it.
    munition, transport : Munition, Transport
        What is packed, and into what.
    rounds_per_transport : Input
        The ratio of the statements [round/transport].
    ceiling : Physical or None
        What it is compared with [unitless].
    basis : str
        "capacity" or "contents" [unitless].
    recipe : str
        The shipped packing it is, or "" for a user's own [unitless].
    data : str
        Hash of the catalog that its figures are from [unitless].
    added : Input or None
        Where the statements are totals, the ratio of what the next one would add; None where too few increments are
        known, or the statements are the user's own [round/transport].

    Raises
    ------
    ArgumentError, UnitError
        If a value is out of its limits or of another dimension.
    """

    name: str
    munition: Munition
    transport: Transport
    rounds_per_transport: Input
    ceiling: Physical | None
    basis: str
    recipe: str = ""
    data: str = ""
    added: Input | None = None

    @property
    def is_of_totals(self) -> bool:
        """Whether the statements are totals that contain each other: what is added scatters more than their ratio."""
        return self.recipe == "reported"

    def __post_init__(self) -> None:
        _check_common(self)
        ratio = Wanted(f"round/{self.transport.kind}", 0.0)
        for argument in ("rounds_per_transport", "added"):
            value = getattr(self, argument)
            if value is not None or argument != "added":
                as_inputs({argument: (_input(argument, value), ratio)})
        if self.ceiling is not None and not isinstance(self.ceiling, Physical):
            raise bad_argument("ceiling", self.ceiling, "a Physical packing, or None")
        if self.ceiling is not None and (self.ceiling.munition, self.ceiling.transport) != (
            self.munition,
            self.transport,
        ):
            raise bad_argument("ceiling", self.ceiling.name, "of the same munition and transport")


Packing = Physical | Reported

_MEASURES = {
    "projectile": Wanted("kg", 0.0, above=True),
    "gross": Wanted("kg", 0.0, above=True),
    "packaging": Wanted("kg", 0.0),
    "payload": Wanted("kg", 0.0, above=True),
    "load": Wanted("kg", 0.0, above=True),
    "fill": Wanted("", 0.0, 1.0, above=True),
    "clearance": Wanted("m", 0.0),
    "norm": Wanted("package", 0.0, above=True),
}
_SIDE = Wanted("m", 0.0, above=True)
_LOAD_RULES = ("full", "as-loaded", "stated")


def _check_common(packing: Packing) -> None:
    for argument, kind in (("munition", Munition), ("transport", Transport)):
        if not isinstance(getattr(packing, argument), kind):
            raise bad_argument(argument, getattr(packing, argument), f"a {kind.__name__} record")
    if not isinstance(packing.name, str) or not isinstance(packing.data, str):
        raise bad_argument("name, data", (packing.name, packing.data), "texts")
    if packing.basis not in BASES:
        raise bad_argument("basis", packing.basis, f"one of {', '.join(BASES)}")
    if packing.recipe not in ("", *SHIPPED):
        raise bad_argument("recipe", packing.recipe, f"one of {', '.join(SHIPPED)}, or empty")


def _check_package(packing: Physical) -> None:
    for argument in ("rounds", "per_gross", "layers"):
        number = getattr(packing, argument)
        if number is not None or argument != "layers":  # it alone may be left out
            checks.whole_number(number, argument, least=1, most=2**53)  # floats hold no more of them exactly
    if packing.load_rule not in _LOAD_RULES:
        raise bad_argument("load_rule", packing.load_rule, f"one of {', '.join(_LOAD_RULES)}")
    if packing.orientation not in ("upright", "free"):
        raise bad_argument("orientation", packing.orientation, "'upright' or 'free'")
    if packing.layers is not None and packing.orientation == "free":
        raise bad_argument("layers", packing.layers, "None with orientation='free': they are of upright packages only")
    if packing.gross is not None and packing.packaging is not None:
        raise ArgumentError("gross and packaging: give one of them; gross already holds the packaging.")


def _check_measures(packing: Physical) -> None:
    wanted = {name: (getattr(packing, name), measure) for name, measure in _MEASURES.items()}
    for name in ("gross", "packaging", "norm"):
        if wanted[name][0] is None:
            del wanted[name]
    for name in ("size", "inner"):
        sides = getattr(packing, name)
        if sides is not None and not (isinstance(sides, tuple) and len(sides) == 3):
            raise bad_argument(name, sides, "three inputs, or None")
        wanted |= {f"{name}.{which}": (side, _SIDE) for which, side in zip(_SIDES, sides or (), strict=False)}
    as_inputs({name: (_input(name, value), measure) for name, (value, measure) in wanted.items()})
    for argument, exact in (*(("inner", side) for side in packing.inner or ()), ("norm", packing.norm)):
        if exact is not None and not exact.is_fixed:
            raise bad_argument(argument, exact, "a fixed input, as the table has it")


_SIDES = ("length", "width", "height")


def _check_charge(packing: Physical) -> None:
    if packing.charge not in ("", *CHARGES):
        raise bad_argument("charge", packing.charge, f"one of {', '.join(CHARGES)}, or empty")
    other, share = packing.uncharged, packing.charged_share
    if other is None and share is None:
        return
    if not isinstance(other, Physical) or other.uncharged is not None:
        raise bad_argument("uncharged", other, "a Physical packing of one package, beside charged_share")
    if (other.munition, other.transport, other.basis) != (packing.munition, packing.transport, packing.basis):
        raise bad_argument("uncharged", other.name, "of the same munition, transport and basis")
    as_inputs({"charged_share": (_input("charged_share", share), Wanted("", 0.0, 1.0))})


def _input(argument: str, value: object) -> Input:
    if not isinstance(value, Input):
        raise bad_argument(argument, value, "an input")
    return value


def inputs_of(packing: Packing) -> tuple[Input, ...]:
    """Return every input a packing carries, whether or not it comes to matter.

    Parameters
    ----------
    packing : Physical or Reported
        The packing assumption.

    Returns
    -------
    tuple of Input
        With those of the ceiling that it is compared with.
    """
    if isinstance(packing, Reported):
        return (packing.rounds_per_transport,) + (() if packing.ceiling is None else inputs_of(packing.ceiling))
    masses = (packing.load, packing.payload, packing.projectile, packing.gross, packing.packaging, packing.norm)
    sides = (*(packing.size or ()), packing.clearance, packing.fill, *(packing.inner or ()))
    first = tuple(entering for entering in (*masses, *sides, packing.charged_share) if entering is not None)
    if packing.uncharged is None:
        return first
    return tuple({entering.name: entering for entering in (*first, *inputs_of(packing.uncharged))}.values())
