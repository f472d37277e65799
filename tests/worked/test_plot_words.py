"""What figures say: their titles, their sources, and what to do where nothing can be drawn."""

from __future__ import annotations

from collections.abc import Iterator

import matplotlib as mpl

mpl.use("agg")

import pytest
from matplotlib import pyplot
from matplotlib.axes import Axes

import shellflow as sf
from shellflow.errors import NoDataError


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    pyplot.close("all")


def test_titles_are_sentences() -> None:
    assert sf.plot_compare(6_700, "152mm").get_title(loc="left") == (
        "What 6,700 containers (20ft-24t) of 152mm could hold\n"
        "packed: complete rounds, or projectiles, charge not included"
    )
    alone = sf.plot_compare(6_700, "152mm", packings="crated", charge="without").get_title(loc="left")
    assert alone.endswith("\npacked: projectiles, charge not included")
    assert sf.plot_load("152mm").get_title(loc="left").startswith("152mm, crated, with the charge, in one 20ft-24t")
    one = sf.estimate(6_700, "152mm", packing="crated")
    for left_out, said in ((1, "(1 weaker input left out)"), (2, "(2 weaker inputs left out)")):
        title = one.plot.drivers(most=len(one.drivers()) - left_out).get_title(loc="left")
        assert title.splitlines()[-1] == said
        assert title.startswith("What the answer hangs on: 6,700 containers of 152mm, crated")


def source_of(ax: Axes) -> list[str]:
    (small,) = (one.get_text() for one in ax.texts if one.get_gid() == "source")
    (line,) = (line for line in small.replace("\nmade by", "\0made by").split("\0") if "sources: " in line)
    return " ".join(line.split()).partition("sources: ")[2].split(" | ")


def test_sources_are_told_apart_from_those_that_one_source_lists() -> None:
    sources = source_of(sf.estimate(6_700, "152mm", packing="as-loaded").plot(source=True))
    assert (
        "Stars and Stripes; Reuters (copy); NATO SFOR Informer; US Army (copy at GlobalSecurity); US Army 311th ESC "
        "(DVIDS); US Army (derived)"
    ) in sources
    assert all(one.endswith(")") for one in sources)


def test_a_claim_of_the_record_that_is_marked_is_among_the_sources() -> None:
    assert "ROK defence minister, 2024-02-26 (published)" in source_of(sf.plot_compare(6_700, "152mm", source=True))
    assert "ROK defence minister, 2024-02-26 (published)" not in source_of(
        sf.plot_compare(6_700, "152mm", claims=[], source=True)
    )
    assert "ROK defence minister, 2024-02-26 (published)" in source_of(
        sf.audit(6_700, "more than 3M", "152mm").plot(source=True)
    )


def test_where_the_inside_of_a_transport_is_missing_the_error_says_how_to_give_it() -> None:
    with pytest.raises(NoDataError, match=r"without the inside of truck-ural\. .*transports\.csv.*sf\.catalog\.load"):
        sf.plot_load("122mm-rocket", transport="truck-ural")
    with pytest.raises(NoDataError, match=r"the size of the package and the inside of truck-ural\. State size.*load\("):
        sf.plot_load("105mm", transport="truck-ural")
