"""What is installed: the lines that a report of a fault should carry."""

from __future__ import annotations

__all__ = ["show_versions"]

_RUN_TIME = ("numpy", "pandas", "pint", "narwhals", "rich")


def show_versions() -> None:
    """Print the versions of the library, its data, Python and what it runs on.

    It reads what is installed, not what is loaded: a module put first on the path by hand goes unseen.

    Returns
    -------
    None
        The lines go to standard output.

    Raises
    ------
    DataError
        If the packaged tables cannot be read. A missing dependency raises nothing and is printed as missing.

    Examples
    --------
    >>> import shellflow as sf
    >>> sf.show_versions()
    shellflow  ...
    data       ...
    python     ...
    numpy      ...
    pandas     ...
    pint       ...
    narwhals   ...
    rich       ...
    """
    import platform

    from shellflow._version import __version__

    lines = {"shellflow": __version__, "data": _data_version(), "python": platform.python_version()}
    lines |= {name: _installed(name) for name in _RUN_TIME}
    for name, version in lines.items():
        print(f"{name:<10} {version}")


def _installed(name: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def _data_version() -> str:
    try:
        from shellflow import catalog
    except ImportError as error:  # numpy may be what is missing, and this report is what would say so
        return f"not readable without {error.name}"
    shipped = catalog.shipped()
    return f"{shipped.version} ({shipped.digest})"
