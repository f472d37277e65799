"""What is set in a panel, as plain data: the estimate it makes, the Python that makes it again, and what is offered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from shellflow import packings, sampling
from shellflow.catalog import LONGEST_OBSERVED_M, Catalog, crated_package, shipped
from shellflow.errors import NoDataError
from shellflow.estimates import Estimate, estimate
from shellflow.packings import BY_MASS, DEFAULT_TRANSPORT, SHIPPED, Mix, Packing

__all__ = ["CHARGES", "Choices", "State", "choices_of", "code_of", "estimate_of", "kind_of", "two_parts"]

CHARGES = ("unknown", "with", "without")
"""What can be chosen of the propelling charge."""

_KG_IN_A_TONNE = 1000


@dataclass(frozen=True)
class State:
    """The question that the controls of a panel ask.

    Parameters
    ----------
    low, high : int
        The ends of the count, equal where it is exact [transport, voyage or tonne].
    munition : str or Mix
        A key of the catalog, or several [unitless].
    packing : str
        One of the shipped packings [unitless].
    transport : str
        A key of the catalog; unused where masses are counted [unitless].
    unit : str
        What is counted: "" for transports, "voyage", or "tonne" of cargo [unitless].
    munition_share : float
        Share of the transports, or of the mass, that is munitions at all [unitless].
    charge : str
        One of `CHARGES`; unused where there is nothing to state [unitless].
    load_kg : int or None
        What each transport is loaded to; None for what the packing says [kg].
    catalog : Catalog
        Where names are looked up.
    settings : sampling.Settings
        Number of draws and seed.
    """

    low: int
    high: int
    munition: str | Mix
    packing: str
    transport: str
    unit: str
    munition_share: float
    charge: str
    load_kg: int | None
    catalog: Catalog
    settings: sampling.Settings


@dataclass(frozen=True)
class Choices:
    """What a panel offers beside what is set: that of which an answer is known.

    Parameters
    ----------
    partners : tuple of str
        Munitions that the one which is set can be mixed with [unitless].
    packings, transports, charges : tuple of str
        Empty where there is nothing to choose [unitless].
    most_load_kg : int
        The most a load of one's own can be; 0 where none can be stated [kg].
    """

    partners: tuple[str, ...]
    packings: tuple[str, ...]
    transports: tuple[str, ...]
    charges: tuple[str, ...]
    most_load_kg: int


def kind_of(state: State) -> str:
    """Return what is counted, in the singular."""
    return state.unit or state.catalog.transports[state.transport].kind


def two_parts(munition: str | Mix) -> tuple[str, str, float | None] | None:
    """Return a munition, that it is mixed with ("" for none) and the share of the first; None of a mix of more."""
    if isinstance(munition, str):
        return munition, "", None
    if len(munition.munitions) != 2:
        return None
    first, second = munition.munitions
    return first, second, munition.shares[0] if munition.shares else None


# --- the estimate, and the Python that makes it again -----------------------------------------------------------------


def estimate_of(state: State) -> Estimate:
    """Return the estimate that is asked for.

    Raises
    ------
    ShellflowError
        As `estimate` does.
    """
    with sampling.settings(n=state.settings.n, seed=state.settings.seed):
        return estimate(_count(state), state.munition, packing=_packing(state), catalog=state.catalog, **_rest(state))  # type: ignore[arg-type]


def code_of(state: State) -> str:
    """Return a line of Python that makes the same estimate, where `sf` is shellflow, and `catalog` a catalog given."""
    catalog = {} if state.catalog == shipped() else {"catalog": state.catalog}
    packing = _quoted(state.packing)
    if own := _own_packing(state):
        packing = f"sf.packing({_listed([state.munition], own | catalog)})"
    count = _count(state)
    arguments = _listed([count, state.munition], {"packing": packing} | _rest(state) | catalog, ready="packing")
    line = f"sf.estimate({arguments})"
    if state.settings == sampling.Settings():
        return line
    return f"with sf.settings(n={state.settings.n:_}, seed={state.settings.seed}): est = {line}"


def _count(state: State) -> int | str:
    kind = kind_of(state)
    if state.low == state.high and not state.unit:
        return state.low
    ends = f"{state.low:,}" if state.low == state.high else f"{state.low:,}-{state.high:,}"
    return f"{ends} t" if kind == "tonne" else f"{ends} {kind}s"


def _packing(state: State) -> str | Packing:
    own = _own_packing(state)
    if not own:
        return state.packing
    return packings.packing(state.munition, catalog=state.catalog, **own)  # type: ignore[arg-type]


def _own_packing(state: State) -> dict[str, object]:
    """Return the arguments of `packing` besides the munition, empty where a shipped one is set."""
    if state.load_kg is None or not _takes_load(state):
        return {}
    tonnes, rest = divmod(state.load_kg, _KG_IN_A_TONNE)
    load = f"{state.load_kg:,} kg" if rest % 100 else f"{tonnes}.{rest // 100} t" if rest else f"{tonnes} t"
    return {"load": load, "name": f"crated to {load}"} | _transport(state)


def _transport(state: State) -> dict[str, object]:
    return {} if state.transport == DEFAULT_TRANSPORT or state.unit == "tonne" else {"transport": state.transport}


def _rest(state: State) -> dict[str, object]:
    """Return the arguments of `estimate` after the packing that say more than its defaults."""
    rest = {} if _own_packing(state) else _transport(state)
    if state.munition_share != 1:
        rest["munition_share"] = state.munition_share
    if state.charge != "unknown" and _charges(state):
        rest["charge"] = state.charge
    return rest


def _listed(first: Iterable[object], named: dict[str, object], ready: str = "") -> str:
    """Return arguments as Python; that named `ready` is Python already."""
    by_name = (f"{name}={value if name == ready else _code(value)}" for name, value in named.items())
    return ", ".join([*map(_code, first), *by_name])


def _code(value: object) -> str:
    if isinstance(value, Mix):
        parts: Iterable[str] = map(_quoted, value.munitions)
        if value.shares is not None:
            shares = (f"{name}: {share!r}" for name, share in zip(parts, value.shares, strict=True))
            parts = [f"{{{', '.join(shares)}}}"]
        return f"sf.mix({', '.join([*parts, *([] if value.name == 'mix' else [f'name={_quoted(value.name)}'])])})"
    if isinstance(value, Catalog):
        return "catalog"
    if isinstance(value, int):
        return f"{value:_}"
    return _quoted(value) if isinstance(value, str) else repr(value)


def _quoted(text: str) -> str:
    plain = repr(text)
    return plain if '"' in text else f'"{plain[1:-1]}"'


# --- what is offered --------------------------------------------------------------------------------------------------


def choices_of(state: State) -> Choices:
    """Return what is offered: choices for which there are data beside the others, and what is set."""
    by_mass = state.unit == "tonne"
    parts = two_parts(state.munition)
    others = [] if parts is None else [name for name in state.catalog.munitions.names if name != parts[0]]
    boxes = (
        () if by_mass else tuple(box.transport for box in state.catalog.transports if _carries(state, box.transport))
    )
    most = state.catalog.transports[state.transport].payload_kg if _takes_load(state) else 0.0
    return Choices(
        partners=tuple(
            name
            for name in others
            if parts and (name == parts[1] or _has_data(replace(state, munition=packings.mix(parts[0], name))))
        ),
        packings=tuple(
            name
            for name in (BY_MASS if by_mass else SHIPPED)
            if name == state.packing or _has_data(replace(state, packing=name))
        ),
        transports=tuple(
            name for name in boxes if name == state.transport or _has_data(replace(state, transport=name))
        ),
        charges=CHARGES if _charges(state) else (),
        most_load_kg=int(most),
    )


def _has_data(state: State) -> bool:
    try:
        if state.unit == "tonne":
            packings.resolve_mass(state.munition, state.packing, None, state.catalog)
        else:
            packings.resolve(state.munition, state.packing, state.transport, state.catalog)
    except NoDataError:
        return False
    return True


def _carries(state: State, name: str) -> bool:
    """Return whether a transport may carry what is counted: voyages are known by the short containers they carried."""
    box = state.catalog.transports[name]
    is_short_container = box.kind == "container" and (box.inner_length_m or 0.0) <= LONGEST_OBSERVED_M
    return state.unit != "voyage" or is_short_container or name == state.transport


def _charges(state: State) -> bool:
    return packings.takes_charge(state.munition, state.packing, state.catalog)


def _takes_load(state: State) -> bool:
    return (
        state.packing == "crated"
        and state.unit != "tonne"
        and isinstance(state.munition, str)
        and crated_package(state.catalog.munitions[state.munition], state.catalog) is not None
    )
