"""Named uncertain inputs made from single records: masses, sizes and payloads."""

from __future__ import annotations

from shellflow import inputs, sampling
from shellflow.catalog._records import Munition, Norm, Package, Record, Transport
from shellflow.catalog._rules import columns_of
from shellflow.errors import DataError

__all__ = [
    "inner_size",
    "norm_limit",
    "norm_load",
    "package_gross",
    "package_packaging",
    "package_size",
    "payload",
    "projectile_mass",
]


def _from_figures(
    table: str, record: Record, figure: str, source: str | None, grade: str | None
) -> inputs.Input | None:
    low, best, high = (getattr(record, f"{figure}_{end}", None) for end in ("low", "best", "high"))
    if low is None and best is None and high is None:
        return None
    key = getattr(record, columns_of(table)[0].name)
    return _named(table, key, figure, low, best, high, source, grade)


def _named(
    table: str,
    key: str,
    figure: str,
    low: float | None,
    best: float | None,
    high: float | None,
    source: str | None,
    grade: str | None,
) -> inputs.Input:
    # The loader refuses such rows; a record made by hand has not passed it.
    if source is None or grade is None:
        raise DataError(f"{table} {key}: {figure} has no source or no grade. State where the figure is from.")
    unit = figure.rpartition("_")[2]
    return inputs.from_limits(f"{table}.{key}.{figure}", low, best, high, unit=unit, source=source, grade=grade)


def projectile_mass(munition: Munition) -> inputs.Input:
    """Return the mass of a projectile or rocket.

    Propelling charge and packaging are not in it.

    Parameters
    ----------
    munition : Munition
        A record of the catalog [unitless].

    Returns
    -------
    Input
        Named `munitions.<key>.projectile_kg` [kg].

    Raises
    ------
    DataError
        If a record made by hand has no mass, or no source or grade for it.

    Examples
    --------
    >>> from shellflow.catalog import shipped
    >>> projectile_mass(shipped().munitions["152mm"]).name
    'munitions.152mm.projectile_kg'
    """
    mass = _from_figures("munitions", munition, "projectile_kg", munition.mass_source, munition.mass_grade)
    if mass is None:
        raise DataError(
            f"munitions {munition.munition}: projectile_kg is not stated. State a best value or both limits."
        )
    return mass


def package_size(package: Package) -> tuple[inputs.Input, inputs.Input, inputs.Input] | None:
    """Return the outer length, width and height of a package.

    The three are drawn apart from each other: a source seldom says that a longer crate is also a wider one.

    Parameters
    ----------
    package : Package
        A record of the catalog [unitless].

    Returns
    -------
    tuple of three Input, or None
        Named `packages.<key>.length_m`, `.width_m`, `.height_m`; None if the size is not known [m].

    Raises
    ------
    DataError
        If a record made by hand has part of a size, or no source or grade for it.

    Examples
    --------
    >>> from shellflow.catalog import shipped
    >>> [side.name for side in package_size(shipped().packages["152mm-crate"])]
    ['packages.152mm-crate.length_m', 'packages.152mm-crate.width_m', 'packages.152mm-crate.height_m']
    >>> package_size(shipped().packages["105mm-pallet"]) is None
    True
    """
    length, width, height = (
        _from_figures("packages", package, figure, package.size_source, package.size_grade)
        for figure in ("length_m", "width_m", "height_m")
    )
    if length is None and width is None and height is None:
        return None
    if length is None or width is None or height is None:
        raise DataError(f"packages {package.package}: part of the size is not stated. Give all three sides, or none.")
    return length, width, height


def package_gross(package: Package) -> inputs.Input | None:
    """Return the gross mass of a package, where it is stated as such.

    It is None for a package whose mass is given by its packaging or by a norm, which is most of them.

    Parameters
    ----------
    package : Package
        A record of the catalog [unitless].

    Returns
    -------
    Input or None
        Named `packages.<key>.gross_kg` [kg].

    Raises
    ------
    DataError
        If a record made by hand has no source or grade for it.

    Examples
    --------
    >>> from shellflow.catalog import shipped
    >>> package_gross(shipped().packages["155mm-pallet"]).name
    'packages.155mm-pallet.gross_kg'
    """
    return _from_figures("packages", package, "gross_kg", package.mass_source, package.mass_grade)


def package_packaging(package: Package) -> inputs.Input | None:
    """Return the mass of the packaging alone, where it is stated as such.

    It is None for a package whose mass is given gross or by a norm.

    Parameters
    ----------
    package : Package
        A record of the catalog [unitless].

    Returns
    -------
    Input or None
        Named `packages.<key>.packaging_kg` [kg].

    Raises
    ------
    DataError
        If a record made by hand has no source or grade for it.

    Examples
    --------
    >>> from shellflow.catalog import shipped
    >>> package_packaging(shipped().packages["122mm-rocket-crate"]).name
    'packages.122mm-rocket-crate.packaging_kg'
    """
    return _from_figures("packages", package, "packaging_kg", package.mass_source, package.mass_grade)


def norm_load(norm: Norm) -> inputs.Input:
    """Return the load that a norm speaks of: one unknown behind all packages derived from it.

    Parameters
    ----------
    norm : Norm
        A record of the catalog [unitless].

    Returns
    -------
    Input
        Named `norms.<key>.load_kg` [kg].

    Raises
    ------
    DataError
        If a record made by hand has no load.

    Notes
    -----
    The gross mass of a package is this load over `norm_packages`.

    Examples
    --------
    >>> from shellflow.catalog import shipped
    >>> norm_load(shipped().norms["covered-wagon-load"]).name
    'norms.covered-wagon-load.load_kg'
    """
    load = _from_figures("norms", norm, "load_kg", norm.source, norm.grade)
    if load is None:
        raise DataError(f"norms {norm.norm}: load_kg is not stated. State a best value or both limits.")
    return load


def norm_limit(package: Package) -> inputs.Input | None:
    """Return how many such packages a full transport of its norm takes, as a fixed input.

    Parameters
    ----------
    package : Package
        A record of the catalog [unitless].

    Returns
    -------
    Input or None
        Named `packages.<key>.norm_packages`; None for a package without a norm [package].

    Raises
    ------
    DataError
        If a record made by hand has no source or grade for it.

    Notes
    -----
    A norm says "up to": in its own transport it is the most that is counted.

    Examples
    --------
    >>> from shellflow.catalog import shipped
    >>> norm_limit(shipped().packages["152mm-crate"]).distribution.value
    792.0
    """
    if package.norm is None or package.norm_packages is None:
        return None
    if package.mass_source is None or package.mass_grade is None:
        raise DataError(f"packages {package.package}: norm_packages has no source or no grade. State where it is from.")
    return inputs.Input(
        f"packages.{package.package}.norm_packages",
        sampling.Fixed(float(package.norm_packages)),
        "package",
        package.mass_source,
        package.mass_grade,
        origin="catalog",
    )


def payload(transport: Transport) -> inputs.Input:
    """Return the mass a transport may carry, as a fixed input.

    Dunnage and securing count inside it.

    Parameters
    ----------
    transport : Transport
        A record of the catalog [unitless].

    Returns
    -------
    Input
        Named `transports.<key>.payload_kg` [kg].

    Raises
    ------
    DataError
        If a record made by hand has no source or grade for it.

    Examples
    --------
    >>> from shellflow.catalog import shipped
    >>> payload(shipped().transports["20ft-24t"]).is_fixed
    True
    """
    given = transport.payload_kg
    key = transport.transport
    return _named("transports", key, "payload_kg", given, given, given, transport.mass_source, transport.mass_grade)


def inner_size(transport: Transport) -> tuple[inputs.Input, inputs.Input, inputs.Input] | None:
    """Return the inner length, width and height of a transport, as fixed inputs.

    They are those of the type; a single box may be a few millimetres off.

    Parameters
    ----------
    transport : Transport
        A record of the catalog [unitless].

    Returns
    -------
    tuple of three Input, or None
        Named `transports.<key>.inner_length_m` and so on; None if the size is not known [m].

    Raises
    ------
    DataError
        If a record made by hand has no source or grade for it.

    Examples
    --------
    >>> from shellflow.catalog import shipped
    >>> inner_size(shipped().transports["20ft-24t"])[0].name
    'transports.20ft-24t.inner_length_m'
    >>> inner_size(shipped().transports["truck-ural"]) is None
    True
    """
    sides = (transport.inner_length_m, transport.inner_width_m, transport.inner_height_m)
    if None in sides:
        return None
    source, grade = transport.size_source, transport.size_grade
    length, width, height = (
        _named("transports", transport.transport, figure, side, side, side, source, grade)
        for figure, side in zip(("inner_length_m", "inner_width_m", "inner_height_m"), sides, strict=True)
    )
    return length, width, height
