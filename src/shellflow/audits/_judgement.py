"""What an audit comes to, as plain data: the verdict, and where the claim stands in the band of every packing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from shellflow.audits._reading import Cargo
from shellflow.audits._verdicts import Thresholds
from shellflow.catalog import Transport
from shellflow.errors import bad_argument
from shellflow.estimates import Estimate
from shellflow.statements import Finding, Statement, side_in_words

__all__ = ["Judgement", "Load", "Position"]


@dataclass(frozen=True, eq=False)
class Position:
    """Where a claim stands in the band of one packing, or what is missing for it.

    Parameters
    ----------
    munition : str
        What the rounds are taken to be: a munition or a mix [unitless].
    packing, basis : str
        Its name, and whether it gives what would fit or what is inside [unitless].
    per_transport : Estimate or None
        Rounds in one transport under it; None where there is none [round].
    position : tuple of two floats, or None
        Share of the draws below each number of the ratio, plus half of those equal to it [unitless].
    to_median : tuple of two floats, or None
        Each number of the ratio over the median [unitless].
    missing : str
        Why there is none, in a few words [unitless].
    """

    munition: str
    packing: str
    basis: str
    per_transport: Estimate | None
    position: tuple[float, float] | None
    to_median: tuple[float, float] | None
    missing: str = ""

    @property
    def limited_by(self) -> dict[str, float]:
        """In what share of the draws mass or space binds; empty where nothing is packed."""
        return {} if self.per_transport is None else self.per_transport.reasons.limited_by


@dataclass(frozen=True)
class Load:
    """What the claimed rounds of one munition weigh in one transport, in one of its packages.

    Parameters
    ----------
    munition, packed : str
        Of what, and how: "crated, with charge" or "bare" [unitless].
    kg_per_round : float
        Median mass of a round so packed [kg].
    load_kg : tuple of two floats
        For each number of the ratio [kg].
    """

    munition: str
    packed: str
    kg_per_round: float
    load_kg: tuple[float, float]


@dataclass(frozen=True, eq=False, repr=False)
class Judgement:
    """What a claim takes to be true, as plain data; its fields are described with `Audit`."""

    statement: Statement
    cargoes: tuple[Cargo, ...]
    transport: Transport | None
    verdict: str
    ends: tuple[str, str]
    alone: dict[str, tuple[str, str]]
    because: str
    relief: str
    allowed: str
    ratio: tuple[float, float]
    thresholds: Thresholds
    kg_per_round: tuple[float, float] | None
    kg_per_round_as_loaded: tuple[float, float] | None
    m3_per_round: tuple[float, float] | None
    loads: tuple[Load, ...]
    observed_t: tuple[float, float] | None
    positions: tuple[Position, ...]
    changes: tuple[str, ...]
    findings: tuple[Finding, ...]
    notes: tuple[str, ...]
    left_out: tuple[str, ...]
    made_by: dict[str, object]

    @property
    def ratio_bound(self) -> str:
        """What rounds over transports bounds: point, floor, ceiling, range or none."""
        return self.statement.ratio_bound

    @property
    def hard_limit(self) -> float | None:
        """Rounds that no transport can exceed; None of voyages whose containers are not stated [round/transport]."""
        return self.thresholds.most_possible

    @property
    def munition(self) -> str:
        """What it is held against, in words."""
        return ", ".join(cargo.label for cargo in self.cargoes)

    @property
    def claim(self) -> str:
        """The claim as it was read."""
        statement = self.statement
        rounds, transports = side_in_words(statement.rounds, "round"), side_in_words(statement.units, statement.kind)
        spoken_of = f" of {self.cargoes[0].label}" if len(self.cargoes) == 1 else ""
        return f"{rounds}{spoken_of} in {transports}"

    def __getitem__(self, key: str | tuple[str, str]) -> Position:
        """Return where the claim stands under one packing, or under one (munition, packing) where there are several.

        Raises
        ------
        ArgumentError
            If the claim was not compared with it.
        """
        several = len(self.cargoes) > 1
        for position in self.positions:
            if key == (position.munition, position.packing) or (key == position.packing and not several):
                return position
        known: Iterable[str] = (
            f"({position.munition!r}, {position.packing!r})" if several else position.packing
            for position in self.positions
        )
        raise bad_argument("packing", key, f"one of {', '.join(known)}")
