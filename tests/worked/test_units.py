"""The registry and the checks of units, case by case."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pint
import pytest

from shellflow import units
from shellflow.errors import ArgumentError, ShellflowError, UnitError


@pytest.fixture
def own_registry() -> Iterator[Any]:
    """A fresh registry as the application registry, for the time of one test."""
    application: Any = pint.application_registry
    before = application.get()
    own: pint.UnitRegistry[Any] = pint.UnitRegistry()
    application.set(own)
    yield own
    application.set(before)


class Draws:
    """What an estimate looks like to pint and numpy."""

    __array_ufunc__ = None

    def __mul__(self, other: object) -> tuple[str, Any]:
        return "times", other

    def __rmul__(self, other: object) -> tuple[str, Any]:
        return "times", other

    def __rtruediv__(self, other: object) -> tuple[str, Any]:
        return "under", other


def fresh_process(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.mark.parametrize(
    ("value", "unit", "magnitude"),
    [
        ("60 kg", "kg", 60.0),
        ("60kg", "kg", 60.0),
        ("21.75 t", "kg", 21750.0),
        ("21,750 kg", "kg", 21750.0),
        ("21 750\u00a0kg", "kg", 21750.0),
        ("46.250 kg", "kg", 46.25),
        ("1e3 g", "kg", 1.0),
        ("-5 kg", "kg", -5.0),
        ("2 short_ton", "kg", 2 * 907.18474),  # 2000 lb of 0.45359237 kg
        ("2 long_ton", "kg", 2 * 1016.0469088),  # 2240 lb
        ("16 oz", "lb", 1.0),
        ("3 yards", "ft", 9.0),
        ("2 kg/m**3", "kg/m**3", 2.0),
        ("2 kg/m^3", "kg/m**3", 2.0),
        ("2 kg/m\u00b3", "kg/m**3", 2.0),
        ("2 kg/m3", "kg/m**3", 2.0),
        ("2 kg / m ** 3", "kg/m**3", 2.0),
        ("2 kg*m**-3", "kg/m**3", 2.0),
        ("1 kg/l", "kg/m**3", 1000.0),
        ("6 rounds per container", "round/container", 6.0),
        ("48 rounds/hour", "round/day", 1152.0),
        ("35 inch", "m", 0.889),
        ("6,700 rounds", "round", 6700.0),
        ("70000 rounds/week", "round/day", 10000.0),
        ("90 %", "", 0.9),
        ("0.125", "", 0.125),
        (0.5, "", 0.5),
        (1, "", 1.0),
        (Decimal("0.5"), "", 0.5),
        (Fraction(1, 2), "", 0.5),
        (np.float32(0.5), "", 0.5),
        (np.array(0.5), "", 0.5),
    ],
)
def test_a_value_is_read_in_the_unit_asked_for(value: object, unit: str, magnitude: float) -> None:
    assert units.magnitude(value, unit, "x") == pytest.approx(magnitude, rel=1e-14)


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("5 ton", r"gross='5 ton'.*US short ton of 907 kg\. Write t or tonne \(1000 kg\), or short_ton"),
        ("5 tons", r"Write t or tonne"),
        ("3 kiloton", r"Write t or tonne"),
        ("5 mt", r"thousandth of a tonne.*Write t or tonne"),
        ("5 gr", r"grain.*Write g or grain"),
        ("5 rd", r"rods.*Write round"),
        ("5 rds", r"rods.*Write round"),
        ("5 pc", r"parsec.*Write what they are"),
        ("5 kt", r"knot.*Write kilotonne"),
        ("5 count", r"Write what they are"),
        ("5 dozen", r"Write what they are"),
        ("5 boxes", r"Write package or container"),
        ("60 kg/shell", r"Write round"),
        ("3M", r"millions.*Write 3e6"),
        ("6,7 kg", r"Write a decimal as 6\.7"),
        ("2 4000 kg", r"Write a decimal as 6\.7"),
        ("1.3 cwt", r"unit 'cwt'\. It may be the US one \(45\.4 kg\) or the British one \(50\.8 kg\)\. Write kg or lb"),
        ("60 kgs", r"cannot read 'kgs'.*Did you mean 'kg'"),
        ("60 Kg", r"Did you mean 'kg'"),
        ("5 kg 3 g", r"cannot read 'kg 3 g' as a unit\. Join units by"),
        ("5 (kg)", r"cannot read '\(kg\)'"),
        ("5 kg**4", r"powers must be from 1 to 3"),
        ("5 kg**0", r"powers must be from 1 to 3"),
        ("5 kg*kg*kg*kg", r"powers go up to 3"),
        ("5 kg**0.5", r"cannot read"),
        ("5 m**(9**9**9)", r"cannot read"),
        ("5 kg**-1e400", r"cannot read"),
        ("5 " + "m" * 100_000, r"too long"),
        ("5 " + "m" * 90, r"cannot read"),
        ("5" * 100_000 + " kg", r"too long"),
        ("5 conta\u0131ners", r"Did you mean 'containers'\? It is written without '\u0131' \(U\+0131\)"),
        ("5 \u212ag", r"Did you mean 'kg'\? It is written without '\u212a' \(U\+212A\)"),
        ("5 \u043a\u0433", r"cannot read.*Known are kg, g"),
        ("kg", r"must be a number and a unit\. Write e\.g\. '65 kg'"),
        ("", r"must be a number and a unit"),
        ("nan kg", r"must be a number and a unit"),
        ("1e999 kg", r"must be a finite number"),
        ("1e59 kilotonne", r"at most 1e60 in size"),
        ("5", r"gross='5' has no unit; expected \[mass\]\. Give one, e\.g\. '5 kg'"),
        (65, r"gross=65 has no unit; expected \[mass\]\. Give one, e\.g\. '65 kg'"),
        ("3 m", r"gross='3 m' is \[length\]; expected \[mass\]\. Give it in kg"),
        ("20 degC", r"cannot read 'degC' as a unit"),
        (True, r"a finite number, not True or False"),
        (None, r"a finite number, not nothing"),
        ((60, 70), r"not several values.*sf\.uniform.*sf\.flow"),
        (np.ones(2), r"not several values.*sf\.uniform"),
        (float("nan"), r"must be a finite number"),
        (float("inf"), r"must be a finite number"),
        (10**400, r"must be at most 1e60 in size"),
        (1 + 2j, r"a finite number, not a complex number"),
    ],
)
def test_what_is_no_mass_is_refused_with_what_to_write(value: object, says: str) -> None:
    with pytest.raises(ShellflowError, match=says):
        units.magnitude(value, "kg", "gross")


def test_a_quantity_is_refused_where_its_unit_says_something_else() -> None:
    ureg = units.registry()
    with pytest.raises(UnitError, match=r"payload=3 round is \[munition\]; expected \[mass\]\. Give it in kg"):
        units.magnitude(3 * ureg.round, "kg", "payload")
    with pytest.raises(UnitError, match=r"payload=5 ton.*short, long or metric.*\.to\('kg'\)"):
        units.magnitude(ureg.Quantity(5, "ton"), "kg", "payload")
    with pytest.raises(ArgumentError, match=r"not several values"):
        units.magnitude(ureg.Quantity(np.ones(2), "kg"), "kg", "payload")
    with pytest.raises(ArgumentError, match=r"payload=nan kilogram: must be a finite number"):
        units.magnitude(ureg.Quantity(float("nan"), "kg"), "kg", "payload")
    with pytest.raises(UnitError, match=r"share=3 decibel: has an offset or logarithmic unit"):
        units.magnitude(ureg.Quantity(3, "dB"), "", "share")
    with pytest.raises(
        UnitError, match=r"share=5 kilogram is \[mass\]; expected a plain number\. Give it without a unit"
    ):
        units.magnitude(ureg.Quantity(5, "kg"), "", "share")


def test_a_count_with_three_decimals_may_be_thousands() -> None:
    for text in ("6.700", "6.700 rounds", "6.700 containers"):
        with pytest.raises(UnitError, match=r"Write 6\.7000 for the decimal, 6700 for the thousands"):
            units.canonical(text, None, "count")


def test_all_bad_arguments_are_named_in_one_error() -> None:
    values = {
        "payload": (units.quantity(3, "round"), "kg"),
        "length": ("0.9 m", "m"),
        "gross": (65, "kg"),
        "width": ("2 ton", "m"),
    }
    with pytest.raises(UnitError, match=r"payload=3 round .*gross=65 has no unit.*width='2 ton'") as refusal:
        units.magnitudes(values)
    assert "length=" not in str(refusal.value)


@pytest.mark.parametrize(
    ("value", "unit", "kept"),
    [
        ("60 lb", None, (27.2155422, "kg")),  # 60 x 0.45359237
        (60, "lb", (27.2155422, "kg")),
        (60, "kg", (60.0, "kg")),
        (6, "containers", (6.0, "container")),
        (6, None, (6.0, "")),
        (6, "", (6.0, "")),
        ("5 ft", "m", (1.524, "m")),
        ("2 weeks", None, (14.0, "day")),
        ("500 rounds/container", None, (500.0, "round/container")),
        ("5/day", None, (5.0, "1/day")),
        ("1000 g/l", None, (1000.0, "kg/m**3")),
        ("90 %", None, (0.9, "")),
    ],
)
def test_every_dimension_has_one_unit_in_which_it_is_kept(
    value: object, unit: str | None, kept: tuple[float, str]
) -> None:
    magnitude, name = units.canonical(value, unit, "x")
    assert magnitude == pytest.approx(kept[0], rel=1e-14)
    assert name == kept[1]


def test_a_dimension_without_such_a_unit_is_refused() -> None:
    with pytest.raises(UnitError, match=r"x=20 degree_Celsius is \[temperature\]; must be made of masses, lengths"):
        units.canonical(units.registry().Quantity(20, "degC"), None, "x")
    with pytest.raises(UnitError, match=r"x=2 meter \*\* 4 is \[length\] \*\* 4; .* powers from 1 to 3"):
        units.canonical(units.registry().Quantity(2, "m**4"), None, "x")
    with pytest.raises(UnitError, match=r"x=2 kilogram \*\* 0\.5 is \[mass\] \*\* 0\.5; must be made of"):
        units.canonical(units.registry().Quantity(2, "kg**0.5"), None, "x")
    with pytest.raises(UnitError, match=r"x='60 kg' is \[mass\]; expected \[length\]\. Give it in m"):
        units.canonical("60 kg", "m", "x")
    with pytest.raises(UnitError, match=r"unit='ton'.*Write t or tonne"):
        units.canonical(5, "ton", "x")


def test_rounds_and_containers_do_not_add_up() -> None:
    ureg = units.registry()
    with pytest.raises(pint.DimensionalityError, match=r"munition"):
        3 * ureg.round + 2 * ureg.container


def test_the_registry_is_set_up_once_and_keeps_what_fits() -> None:
    theirs: Any = pint.UnitRegistry()
    theirs.define("container = [container]")
    assert units.setup_registry(theirs) is theirs
    assert units.setup_registry(theirs) is theirs  # a second definition would be a warning, and so an error here
    assert theirs.Quantity("3 containers") == theirs.Quantity(3, "container")
    assert theirs.Quantity(2, "rounds") == theirs.Quantity(2, "round")


@pytest.mark.parametrize("definition", ["container = 3 kg", "half = [container]; container = 2 half"])
def test_a_registry_that_means_something_else_by_a_name_is_refused(definition: str) -> None:
    theirs: Any = pint.UnitRegistry()
    for line in definition.split("; "):
        theirs.define(line)
    with pytest.raises(UnitError, match=r"already has a unit 'container'.*Use a registry without it"):
        units.setup_registry(theirs)


def test_the_application_registry_may_be_exchanged(own_registry: Any) -> None:
    assert units.quantity(3.0, "round") == own_registry.Quantity(3.0, "round")
    foreign = pint.UnitRegistry().Quantity(60, "lb")
    assert units.magnitude(foreign, "kg", "gross") == pytest.approx(27.2155422, rel=1e-14)


def test_a_quantity_of_another_registry_is_taken_by_its_unit_names() -> None:
    theirs: Any = pint.UnitRegistry()
    theirs.define("smoot = 1.7018 m")
    assert units.magnitude(theirs.Quantity(2, "ft"), "m", "length") == pytest.approx(0.6096, rel=1e-14)
    with pytest.raises(
        UnitError, match=r"length=2 smoot: pint's application registry has no such unit\. Convert it first"
    ):
        units.magnitude(theirs.Quantity(2, "smoot"), "m", "length")


def test_pint_and_numpy_leave_products_to_a_registered_class() -> None:
    assert units.register_upcast(Draws)
    assert units.register_upcast(Draws)
    two = units.quantity(2.0, "kg")
    draws = Draws()
    assert two * draws == ("times", two)
    assert draws * two == ("times", two)
    assert two / draws == ("under", two)
    assert units.registry().kg * draws == ("times", units.quantity(1, "kg"))
    assert np.float64(2) * draws == ("times", 2.0)
    name, array = np.ones(2) * draws
    assert name == "times"
    assert array.shape == (2,)


def test_a_class_registered_before_pint_is_imported_is_known_once_the_registry_is_used() -> None:
    code = """
import sys
from shellflow import units
class Draws:
    def __rmul__(self, other):
        return "mine"
early = units.register_upcast(Draws)
assert "pint" not in sys.modules
print(early, units.quantity(2.0, "kg") * Draws())
"""
    assert fresh_process(code) == "False mine"


def test_plain_numbers_pass_without_pint() -> None:
    code = """
import sys
from shellflow import units
units.magnitude(0.5, "", "share"); units.canonical("0.5", None, "share"); units.canonical(60.0, "kg", "gross")
print(units.is_quantity(3), sorted({"pint", "numpy", "pandas"} & set(sys.modules)))
"""
    assert fresh_process(code) == "False []"


def test_a_pickled_quantity_is_read_in_a_process_that_has_set_up_its_registry() -> None:
    packed = pickle.dumps(units.quantity(3.0, "round"))
    code = f"import pickle; from shellflow import units; units.registry(); print(pickle.loads({packed!r}))"
    assert fresh_process(code) == "3.0 round"


def test_only_quantities_are_quantities() -> None:
    assert units.is_quantity(units.quantity(3.0, "round"))
    assert units.is_quantity(pint.UnitRegistry().Quantity(3.0, "kg"))
    assert not any(units.is_quantity(value) for value in (3.0, "3 kg", None, units.registry().kg))


BEFORE_PINT = """
import sys
import shellflow as sf
estimate = sf.estimate(6700, "152mm")
assert "pint" not in sys.modules
"""


def test_nothing_of_ours_stands_in_the_import_system() -> None:
    code = "import sys; import shellflow as sf; sf.estimate(1, '152mm'); sf.units.registry()"
    ours = "any('shellflow' in type(finder).__module__ for finder in sys.meta_path)"
    assert fresh_process(f"{code}; print({ours})") == "False"


@pytest.mark.parametrize(
    "between",
    [
        "import pint; estimate = sf.estimate(6700, '152mm')",
        "import pint; estimate + estimate",
        "estimate.median; import pint",  # it is handed out as a quantity
        "import importlib.util; importlib.util.find_spec('pint'); import pint; estimate = 2 * estimate",
        "import pickle, pint; estimate = pickle.loads(pickle.dumps(estimate))",
    ],
)
def test_pint_leaves_products_to_an_estimate_however_the_two_came_together(between: str) -> None:
    product = "product = 2 * pint.UnitRegistry().kg * estimate"
    code = f"{BEFORE_PINT}{between}\n{product}\nprint(type(product).__name__, product.unit)"
    assert fresh_process(code) == "Estimate round*kg"


def test_an_estimate_older_than_pint_is_never_wrapped_as_a_magnitude() -> None:
    # Nothing tells pint of it before the product is taken: the first raises, the way out and the next are right.
    code = f"""{BEFORE_PINT}
import pint
two = 2 * pint.UnitRegistry().kg
try:
    print(type(two * estimate))
except TypeError:
    print("TypeError", (estimate * two).unit, (two * estimate).unit)
"""
    assert fresh_process(code) == "TypeError round*kg round*kg"


@pytest.mark.parametrize(
    "first",
    [
        "units.canonical(units.registry().Quantity(60, 'lb'), None, 'x')",
        "units.quantity(1.0, 'round/day')",
        "sf.estimate('6.7k containers', '152mm').median",
        "sf.fixed('60 kg').unit",
    ],
)
def test_threads_that_first_meet_units_together_all_get_them(first: str) -> None:
    code = f"""
import sys, threading
import shellflow as sf
from shellflow import units
sys.setswitchinterval(1e-6)
start, answers = threading.Barrier(16), []
def ask():
    start.wait()
    try:
        answers.append(str({first}))
    except BaseException as error:
        answers.append(repr(error))
threads = [threading.Thread(target=ask) for _ in range(16)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
print(len(answers), len(set(answers)), "Error" in answers[0])
"""
    assert fresh_process(code) == "16 1 False"


@pytest.mark.parametrize("spelling", ["mt", "Mt", "ton", "kiloton", "mton"])
def test_a_quantity_of_a_treacherous_ton_is_refused(spelling: str) -> None:
    given = units.registry().Quantity(5, spelling)
    with pytest.raises(UnitError, match=r"A ton may be short, long or metric"):
        units.magnitude(given, "kg", "gross")


@pytest.mark.parametrize("spelling", ["mton", "kton", "Mtons", "kgr", "mrd", "kpc"])
def test_a_treacherous_spelling_is_refused_behind_a_prefix_too(spelling: str) -> None:
    with pytest.raises(UnitError, match=rf"unit '{spelling}'\. (It may be|A ton may be)"):
        units.canonical(f"5 {spelling}", None, "gross")


@pytest.mark.parametrize("spelling", ["t", "tonne", "metric_ton", "kilotonne", "short_ton", "mm", "kg", "mg", "grams"])
def test_an_honest_spelling_is_read(spelling: str) -> None:
    assert units.canonical(f"5 {spelling}", None, "x")[0] > 0


@pytest.mark.parametrize(
    ("left", "right", "sign", "made"),
    [
        ("m", "m", "*", (1.0, "m**2")),  # two equal units are multiplied, not cancelled
        ("m", "m", "/", (1.0, "")),
        ("kg", "m", "/", (1.0, "kg/m")),
        ("", "day", "/", (1.0, "1/day")),
        ("", "day", "*", (1.0, "day")),
        ("round", "", "/", (1.0, "round")),
        ("", "", "*", (1.0, "")),
        ("t", "", "*", (1000.0, "kg")),
    ],
)
def test_units_are_combined_in_the_units_that_are_kept(
    left: str, right: str, sign: str, made: tuple[float, str]
) -> None:
    assert units.combined(left, right, sign) == made


@pytest.mark.parametrize("unit", ["round", "round/day", "round/container", "kg/round"])
def test_six_point_seven_hundred_is_refused_wherever_something_is_counted(unit: str) -> None:
    with pytest.raises(UnitError, match=r"Write 6\.7000 for the decimal, 6700 for the thousands"):
        units.magnitude(f"6.700 {unit}", unit, "rate")


def test_six_point_seven_hundred_is_a_decimal_where_nothing_is_counted() -> None:
    assert units.magnitude("6.700 kg/day", "kg/day", "rate") == 6.7
