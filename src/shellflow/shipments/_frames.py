"""Tables in the engine that holds them: how they are opened, how their columns are named, and what their dates are."""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from shellflow.errors import DataError, ShellflowError, bad_argument, shown
from shellflow.shipments._rows import ENDS_TOTAL, STARTS_TOTAL, TOTALS

if TYPE_CHECKING:
    import narwhals as nw

__all__ = ["day_key", "kind_of_dates", "names_total", "opened", "reading", "renamed", "session_zone"]

_ENGINES = "pandas, Polars (eager or lazy), PyArrow, DuckDB, Dask or PySpark"


@contextlib.contextmanager
def reading(engine: str) -> Iterator[None]:
    """Turn every error that an engine raises into one of ours: some raise at once, some when they collect.

    Raises
    ------
    DataError
        If the engine fails.
    """
    with contextlib.ExitStack() as stack:
        if engine == "dask":  # narwhals warns at each call that its Dask part is to become a package of its own
            stack.enter_context(warnings.catch_warnings())
            warnings.filterwarnings("ignore", message="Dask support is moving out of Narwhals", category=FutureWarning)
        try:
            yield
        except (ShellflowError, MemoryError, ModuleNotFoundError):
            raise
        except Exception as error:  # what an engine raises for a damaged file or a bad value is of any kind
            # DuckDB shows the line and what is wrong with it in the first lines, and its settings in those below.
            reason = " ".join(" ".join(str(error).splitlines()[:4]).split()) or type(error).__name__
            raise DataError(f"shipments: {engine} could not read the table: {reason}") from error


def opened(source: object) -> tuple[str, nw.LazyFrame[Any], dict[Any, Any]]:
    """Return the engine, the table, and its columns with their types."""
    import narwhals as nw

    module = type(source).__module__.partition(".")[0].lstrip("_")
    if module == "duckdb":
        # Where pandas was never loaded, DuckDB 2.0 ends the process with a page on "leaked" objects of its own.
        import pandas  # noqa: F401
    with reading(module):
        try:
            frame = nw.from_native(source).lazy()  # type: ignore[call-overload]  # refused below if it is no frame
        except TypeError:
            allowed = f"a table of {_ENGINES}"
            raise bad_argument("shipments", source, allowed, "Make one with pandas.DataFrame(...).") from None
        except nw.exceptions.NarwhalsError as error:
            raise _unreadable(error) from None
        try:
            return frame.implementation.name.casefold().partition("_")[0], frame, dict(frame.collect_schema())
        except nw.exceptions.NarwhalsError as error:
            raise _unreadable(error) from None


def _unreadable(error: Exception) -> DataError:
    return DataError(f"shipments: the table cannot be read ({error}). Give each column its own name.")


def renamed(frame: nw.LazyFrame[Any], engine: str, own: Mapping[Any, str]) -> nw.LazyFrame[Any]:
    """Return a table with names of our own, given by place where names might be confused."""
    import narwhals as nw

    native: Any = frame.to_native()
    if engine == "pandas":
        native = native.copy(deep=False)
        native.columns = list(own.values())
    elif engine == "pyspark":
        native = native.toDF(*own.values())
    else:
        return frame.rename(dict(own))
    renamed: nw.LazyFrame[Any] = nw.from_native(native).lazy()
    return renamed


def kind_of_dates(column: str, dtype: Any, engine: str, role: str = "date") -> tuple[str, str]:
    """Return what a column of dates holds ("date", "stamp", "zoned" or "text"), and the zone it is written in."""
    import narwhals as nw

    if isinstance(dtype, nw.Unknown) and engine == "duckdb":  # its time stamps of nanoseconds with a zone
        return "text", "its setting TimeZone"

    if isinstance(dtype, nw.Date):
        return "date", ""
    if isinstance(dtype, nw.Datetime):
        return ("zoned", dtype.time_zone) if dtype.time_zone else ("stamp", "")
    if isinstance(dtype, nw.String | nw.Categorical | nw.Enum | nw.Object | nw.Unknown):
        return "text", ""
    how = "A number may count days or seconds from many origins: convert it to dates." if dtype.is_numeric() else ""
    raise DataError(
        f"{role}={shown(column)} is a column of {dtype}: must hold dates, time stamps or ISO texts. {how}".strip()
    )


def session_zone(engine: str, zone: str) -> str:
    """Return the remark on time stamps in a zone, where an engine keeps none of those they were written in."""
    if not zone or engine not in ("duckdb", "pyspark"):
        return ""
    without = "keeps time stamps without the zone they were written in"
    return f"{engine} {without}: dates are those of the session's zone, {zone}"


def day_key(column: str, kind: str, engine: str) -> nw.Expr:
    """Return the key that rows of one date share: the date, or the start of its text, which Python reads later.

    A time stamp counts on the date written in its own zone.
    """
    import narwhals as nw

    date = nw.col(column)
    if kind == "text":
        return date.cast(nw.String).str.slice(0, 11)
    if engine == "pyspark" and kind != "date":
        # Spark writes a time stamp in the zone of its session, but hands it over in that of the machine.
        return date.cast(nw.String).str.slice(0, 10)
    if kind == "zoned":
        date = date.dt.replace_time_zone(None)  # some zones have days without a midnight to cut back to
    return date if kind == "date" else date.dt.truncate("1d")


def names_total(column: str) -> nw.Expr:
    """Return whether a cell names a total, as `_rows.names_total` finds it in Python; false where it is missing."""
    import narwhals as nw

    text = nw.col(column).cast(nw.String).str.strip_chars().str.to_lowercase()
    bare = text.str.strip_chars(" :.=")
    starts = [text.str.starts_with(start) for start in STARTS_TOTAL]
    ends = [bare.str.ends_with(end) for end in ENDS_TOTAL]
    return nw.any_horizontal(bare.is_in(TOTALS), *starts, *ends, ignore_nulls=True).fill_null(False)
