"""What holds of every file and of every way to write a count."""

from __future__ import annotations

import math
import unicodedata
from pathlib import Path

import hypothesis.strategies as st
import pandas as pd
import pytest
from hypothesis import example, given, settings

import shellflow as sf
from shellflow import flows, shipments
from tests.engines import QUICK_ENGINES, in_engine
from tests.examples import examples

# What tables are made of, so that some files get far.
NAMES = ["date", "count", "containers", "low", "high", "unit", "qty", "ship", "sep=;", "date,count\n2024-02-03,20\n"]
SIGNS = [",", ";", "\t", '"', "\n", "\r\n", "\r", " ", "\0", "\ufeff", "\u202e", "\u00a0", "\ud7ff"]
CELLS = ["2024-02-03", "2024-02-30", "20", "1.250", "1,000", "-5", "n/a", "?", "1e999", "kg", "~20", "10-15", "x" * 300]
PIECES = st.sampled_from([*NAMES, *SIGNS, *CELLS, "é", "٣", "=1+1"])
TEXTS = st.lists(PIECES, max_size=40).map("".join)
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1251", "latin-1"])
CONTENTS = st.one_of(
    st.binary(max_size=200),
    st.builds(lambda text, encoding: text.encode(encoding, errors="replace"), TEXTS, ENCODINGS),
)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("files") / "shipments.csv"


@given(CONTENTS, st.sampled_from([None, "utf-8", "utf-16", "cp1251", "hex", "utf-7"]))
@example(b"date,count\n2024-02-03,20\n", None)
@example(b'date,count\n2024-02-03,"' + b"1" * 200_000 + b'"\n', None)
@example("\u00a0\u2028\u200b\x01".encode(), None)
@example(b'sep="\ndate"count\n', None)
@example(b"+2AA-,date,count\n1,2024-02-03,20\n", "utf-7")
@examples(200)
def test_whatever_a_file_holds_the_end_is_an_answer_or_an_error_of_ours(
    path: Path, content: bytes, encoding: str | None
) -> None:
    path.write_bytes(content)
    message = ""
    try:
        read = shipments.read_shipments(path, encoding=encoding)
        with sf.settings(n=64):
            made = flows.flow(read, by=None, munition="152mm")
            assert math.isfinite(made.total().band()[1])
    except sf.ShellflowError as error:
        message = str(error)
    # No control, format or direction sign, no half of a letter, no end of a line.
    assert not {"Cc", "Cf", "Cs", "Zl", "Zp"} & set(map(unicodedata.category, message))
    assert len(message) < 5000


@given(st.binary(max_size=200))
@examples(100)
def test_whatever_a_parquet_file_holds_the_end_is_an_error_of_ours(path: Path, content: bytes) -> None:
    file = path.with_suffix(".parquet")
    file.write_bytes(content)
    with pytest.raises(sf.ShellflowError, match="cannot be read"):
        shipments.read_file(str(file), {})


COUNTS = st.integers(0, 9_999_999)
WRITTEN = st.sampled_from(["{:d}", "{:,d}", "+{:d}", " {:d} ", "{:d}.0", "{:d} containers", "{:_d}"])


def grouped(count: int, sign: str) -> str:
    return f"{count:,d}".replace(",", sign)


COUNT_CELLS = st.tuples(COUNTS, WRITTEN, st.sampled_from([None, "\u00a0", "\u202f", "'", "\u2019"]))


@given(st.lists(COUNT_CELLS, min_size=1) | st.lists(COUNT_CELLS, min_size=50))
@settings(max_examples=5)  # of many rows each, since a table costs dask half a second whatever is in it
def test_texts_of_counts_add_up_to_the_counts_in_every_engine(rows: list[tuple[int, str, str | None]]) -> None:
    texts = [form.format(count) if sign is None else grouped(count, sign) for count, form, sign in rows]
    table = pd.DataFrame({"date": "2024-02-01", "count": pd.Series(texts, dtype="str"), "munition": "152mm"})
    with sf.settings(n=64):
        for engine in QUICK_ENGINES:
            found = sf.flow(in_engine(engine, table), look=False).to_frame()
            assert found["count"].tolist() == [float(sum(count for count, _, _ in rows))]


@given(st.integers(1, 999), st.integers(0, 999), st.sampled_from(["{}.{:03d}", "{}.{:03d} ", "+{}.{:03d}"]))
def test_a_point_before_three_digits_is_never_read(front: int, back: int, form: str) -> None:
    with pytest.raises(sf.ShellflowError, match="can be read in one way only"):
        shipments.read_cell(form.format(front, back), argument="count")
