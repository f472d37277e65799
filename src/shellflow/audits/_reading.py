"""What a user gives to be judged, read: the two sides, of what, in what, and by whom."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from shellflow import packings as packed
from shellflow import words
from shellflow.catalog import KINDS, Catalog, Munition, Transport, ratio_bound, transports_of
from shellflow.errors import ArgumentError, UnitError, bad_argument, listed, shown
from shellflow.inputs import is_mass, read_mass
from shellflow.packings import Mix, Packing, find_munition, read_mix
from shellflow.statements import UNSPECIFIED, Statement, as_date, numbers_of, read_side, side_in_words
from shellflow.words import Claimed

__all__ = ["TONNE", "Cargo", "Question", "read_question"]

TONNE = "tonne"
"""The kind of a statement on a mass of cargo: its transports are tonnes."""

USUAL = ("152mm", "122mm-shell", "122mm-rocket")
"""What a claim without a munition is held against."""

_US_FAMILY = "us"
_SHORT_TONS = re.compile(r"(?i)short[ _-]?ton")
_SHORT_TON_T = 0.90718474

_OF_MUNITION = re.compile(
    r"(?i)(?:of )?(?<![\w.,])([0-9]{2,3}) ?-?mm(?![a-z])[ -]*(shells?|rockets?|mortar(?: bombs?)?)?"
)


@dataclass(frozen=True)
class Cargo:
    """What the rounds are taken to be: one munition, or a mix of several.

    Parameters
    ----------
    label : str
        Its name in outputs [unitless].
    munitions : tuple of Munition
        One, or those of the mix.
    mix : Mix or None
        Their shares.
    """

    label: str
    munitions: tuple[Munition, ...]
    mix: Mix | None = None

    @property
    def subject(self) -> Munition | Mix:
        """What an estimate is asked for."""
        return self.munitions[0] if self.mix is None else self.mix


@dataclass(frozen=True)
class Question:
    """What is to be judged.

    Parameters
    ----------
    statement : Statement
        The claim as stated.
    cargoes : tuple of Cargo
        What it is held against, each alone: one where the claim says of what it speaks.
    box : Transport
        In what.
    box_is_named : bool
        Whether the user named it, rather than its kind [unitless].
    munition_is_named : bool
        Whether the claim names one, or the user says what to hold it against [unitless].
    of_rockets : bool
        Whether it counts rockets [unitless].
    notes : tuple of str
        How names were read.
    charge : object
        What the user states of the propelling charge; None where nothing is stated.
    """

    statement: Statement
    cargoes: tuple[Cargo, ...]
    box: Transport
    box_is_named: bool
    munition_is_named: bool
    of_rockets: bool
    notes: tuple[str, ...]
    charge: object = None

    @property
    def is_of_mass(self) -> bool:
        """Whether a mass of cargo stands where transports are counted."""
        return self.statement.kind == TONNE

    def candidates(self, catalog: Catalog) -> list[Munition]:
        """Return the munitions that may have been meant."""
        return [munition for munition in catalog.munitions if not self.of_rockets or munition.kind == "rocket"]


def read_question(
    count: object,
    rounds: object,
    munition: object,
    transport: object,
    packings: Sequence[str | Packing],
    date: object,
    family: object,
    corridor: object,
    catalog: Catalog,
) -> Question:
    """Return what is to be judged, with its names looked up.

    Raises
    ------
    ArgumentError, UnitError, UnknownItemError
        As `audit` says.
    """
    for argument, value in (("family", family), ("corridor", corridor)):
        if value is not None and not (isinstance(value, str) and value.strip()):
            raise bad_argument(argument, value, "a text that is not empty")
    rounds, spoken_of = _munition_in(rounds, catalog)
    of_rockets = _speaks_of_rockets(rounds)
    cargoes, notes = _cargoes(munition, spoken_of, catalog, of_rockets=of_rockets)
    fired = read_side(rounds, "rounds")
    if fired.noun not in (None, "round"):
        raise UnitError(f"rounds={side_in_words(fired, fired.noun)}: expected rounds. Is it the other way round?")
    if is_mass(count):
        if transport is not None:
            fix = "What so much cargo holds does not depend on what it travels in."
            raise bad_argument("transport", transport, "left out where the count is a mass", fix)
        counted, kind = read_mass(count, "count"), TONNE
        notes = [*notes, *_of_which_tons(count, counted, family)]
        box = packed.find_transport(packed.DEFAULT_TRANSPORT, catalog)
    else:
        counted = read_side(count, "count")
        box, kind, note = _box(counted, transport, packings, catalog)
        notes = [*notes, *([note] if note else [])]
    statement = Statement(
        key="",
        date="" if date is None else as_date(date, "date"),
        claimant="",
        family=str(family or "").strip(),
        corridor=str(corridor or "").strip(),
        kind=kind,
        transport=box.transport if transport is not None or packed.own_transports(packings) else "",
        units=replace(counted, noun=kind),
        rounds=replace(fired, noun="round"),
        munition=cargoes[0].label if len(cargoes) == 1 and cargoes[0].mix is None else UNSPECIFIED,
        alternative_to="",
        ratio_bound=ratio_bound(fired.bound, counted.bound),
    )
    return Question(
        statement,
        tuple(cargoes),
        box,
        box_is_named=transport is not None,
        munition_is_named=munition is not None or bool(spoken_of),
        of_rockets=of_rockets,
        notes=tuple(dict.fromkeys(notes)),
    )


def _of_which_tons(count: object, mass: Claimed, family: object) -> list[str]:
    """Return what to ask of a mass in tonnes where the source is one of the United States."""
    if str(family or "").strip().casefold() != _US_FAMILY or (isinstance(count, str) and _SHORT_TONS.search(count)):
        return []
    low, high = (number * _SHORT_TON_T for number in numbers_of(mass))
    tonnes = words.say_band(low, high, words.step(low, high)) if low < high else words.say(low, words.step(low, low))
    return [f"a US source may mean short tons: so many of them are {tonnes} t (write short tons if it does)"]


# --- of what ----------------------------------------------------------------------------------------------------------


def _munition_in(rounds: object, catalog: Catalog) -> tuple[object, str]:
    """Return a text of rounds without the munition that it names, and that name; "" where it names none."""
    if not isinstance(rounds, str):
        return rounds, ""
    names = list(_OF_MUNITION.finditer(rounds))
    if not names:
        return rounds, ""
    if len(names) > 1:
        fix = "Give the munitions as munition='152mm + 122mm-shell'."
        raise bad_argument("rounds", rounds, "a number of rounds of one munition", fix)
    (name,) = names
    noun = (name[2] or "").casefold().partition(" ")[0].rstrip("s")
    spellings = [f"{name[1]}mm{f' {noun}' if noun else ''}", f"{name[1]}mm"]
    spelling = next((text for text in spellings if catalog.munitions.key_of(text) is not None), spellings[0])
    find_munition(spelling, catalog)
    return f"{rounds[: name.start()]}{rounds[name.end() :]}".strip(), spelling


def _speaks_of_rockets(rounds: object) -> bool:
    """Return whether a text counts rockets; "shells" are said of rounds of any kind."""
    return isinstance(rounds, str) and re.search(r"(?i)\brockets?\b", rounds) is not None


def _cargoes(
    munition: object, spoken_of: str, catalog: Catalog, *, of_rockets: bool = False
) -> tuple[list[Cargo], list[str]]:
    """Return what a claim is held against, and how the names were read."""
    if isinstance(munition, str) and not munition.strip():
        raise bad_argument("munition", munition, "the name of a munition", "Leave it out where the claim names none.")
    if munition is None and spoken_of:
        munition = spoken_of
    elif spoken_of:
        record, note = find_munition(spoken_of, catalog)
        records = [each for cargo in _cargoes(munition, "", catalog)[0] for each in cargo.munitions]
        kinds = {each.kind for each in records if each.calibre_mm == record.calibre_mm}
        if not (kinds if note else record.kind in kinds):  # a plain "122mm" may be either kind
            raise ArgumentError(
                f"munition={shown(munition)}, and rounds speaks of {record.munition}. Leave one of them out, or "
                "make them agree."
            )
    if munition is None:
        usual = [name for name in USUAL if name in catalog.munitions.names]
        if of_rockets:
            usual = [name for name in usual if catalog.munitions[name].kind == "rocket"]
        if not usual:
            fix = "No packing is known for rounds of any kind; see `shellflow catalog munitions`."
            raise bad_argument("munition", munition, "the name of a munition", fix)
        munition = usual
    several = [munition] if isinstance(munition, str | Mix | Munition) else listed(munition, "munition", _A_MUNITION)
    if not several:
        raise bad_argument("munition", munition, _A_MUNITION, "Leave it out where the claim names none.")
    cargoes: dict[str, Cargo] = {}
    notes = []
    for each in several:
        named = read_mix(each, catalog) if isinstance(each, str) else each
        names = named.munitions if isinstance(named, Mix) else (named,)
        records = []
        for name in names:
            record, note = find_munition(name, catalog)
            records.append(record)
            notes += [note] if note else []
        mix = replace(named, munitions=tuple(record.munition for record in records)) if isinstance(named, Mix) else None
        label = records[0].munition if mix is None else mix.label
        cargoes[label] = Cargo(label, tuple(records), mix)
    if of_rockets and all(each.kind != "rocket" for cargo in cargoes.values() for each in cargo.munitions):
        raise ArgumentError(
            f"munition={shown(munition)}, and rounds speaks of rockets. Leave one of them out, or make them agree."
        )
    return list(cargoes.values()), notes


_A_MUNITION = "the name of a munition, a mix of several, or a list of these"


# --- in what ----------------------------------------------------------------------------------------------------------


def _box(
    counted: Claimed, transport: object, packings: Sequence[str | Packing], catalog: Catalog
) -> tuple[Transport, str, str]:
    """Return the transport, the kind that is counted, and a note where the transport was chosen by its kind."""
    own = packed.own_transports(packings)
    if transport is None and len(own) == 1:
        (transport,) = own
    note = ""
    if transport is None and counted.noun in KINDS:
        transport, note = packed.only_transport(counted.noun, catalog)
    box = packed.find_transport(packed.DEFAULT_TRANSPORT if transport is None else transport, catalog)
    if counted.noun == "voyage":
        if box.kind != "container":
            raise UnitError(
                f"count={side_in_words(counted, 'voyage')}: voyages carry containers, and {box.transport} is a "
                f"{box.kind}."
            )
        return box, "voyage", note
    if counted.noun not in (None, box.kind):
        named = " or ".join(repr(each.transport) for each in transports_of(counted.noun, catalog))
        fix = f" Give transport={named}." if named else ""
        raise UnitError(f"count={side_in_words(counted, counted.noun)}: {box.transport} is a {box.kind}.{fix}")
    return box, box.kind, note
