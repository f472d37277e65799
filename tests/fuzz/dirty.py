"""Tables as people keep them, made at random with what is right for each: locale, header, cells, totals."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Dirty", "dirty_table"]

HEADERS = (
    ("Date", "Ship", "Containers"),
    ("Datum", "Schiff", "Anzahl Container"),
    ("Дата", "Судно", "Количество контейнеров"),
    ("Дата відправлення", "Назва судна", "Кількість контейнерів"),
    ("날짜", "선박", "컨테이너 수"),
)
ORDERS = ("%Y-%m-%d", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y")
SHIPS = ("Angara", "Maria", "Lady R", "Maia-1")
BLANKS = ("", "n/a", "-", "?", "unknown")
TOTALS = ("Total", "TOTAL", "Summe", "итого", "합계")

Ends = tuple[float | None, float | None]


@dataclass
class Dirty:
    """A table as a text, what is right for it, and the arguments that settle it."""

    text: str
    rows: list[tuple[dt.date, float | None, float | None]] = field(default_factory=list)
    blanks: int = 0
    totals: int = 0
    cut: bool = False
    """Whether a comma in a number stands without quotes among commas between cells."""
    settling: dict[str, Any] = field(default_factory=dict)


def dirty_table(rng: random.Random) -> Dirty:
    """Return a table, in which a cell means one thing to its writer."""
    separator = rng.choice(";\t|,,")
    mark = rng.choice((".", ",", " ", "'", ""))
    order = rng.choice(ORDERS)
    made = Dirty("")
    notes = rng.choice((None, None, "", "fog"))

    def line(*cells: str) -> str:
        quoted = []
        for cell in cells:
            bare = "," not in cell or separator != "," or rng.random() < 0.2
            made.cut |= bare and "," in cell and separator == ","
            quoted.append(cell if bare else f'"{cell}"')
        # Some leave out the separators of blank cells at the end.
        return separator.join([*quoted, *([] if notes is None or rng.random() < 0.1 else [notes])])

    lines = [separator.join((*rng.choice(HEADERS), *([] if notes is None else ["Notes"])))]
    lines[:0] = rng.choice(([], [], ["Port calls"], ["Export", ""]))
    day, count_so_far = dt.date(2023, rng.randint(1, 12), rng.randint(1, 28)), 0
    for _ in range(rng.randint(1, 12)):
        day += dt.timedelta(days=rng.randint(0, 40))
        text, ends = _cell(rng, mark)
        ship = rng.choice(SHIPS) + rng.choice(("", "", " "))
        lines.append(line(day.strftime(order), ship, text))
        if ends is None:
            made.blanks += 1
        else:
            made.rows.append((day, *ends))
            count_so_far += int(ends[0] or 0)
        if rng.random() < 0.05:
            lines.append("")
    if rng.random() < 0.25:
        made.totals = 1
        name = rng.choice(TOTALS)
        cells = rng.choice(((name, "", _grouped(count_so_far, mark)), (day.strftime(order), name, str(count_so_far))))
        lines.append(line(*cells))
    made.text = "\n".join(lines) + "\n"
    made.settling = {"thousands": mark or None, "totals": "drop", "on_error": "drop"}
    if order != ORDERS[0]:
        made.settling["dayfirst"] = order != "%m/%d/%Y"
    return made


def _grouped(number: int, mark: str) -> str:
    return f"{number:,}".replace(",", mark)


def _cell(rng: random.Random, mark: str) -> tuple[str, Ends | None]:
    number = rng.choice((rng.randint(0, 999), rng.randint(1000, 9999), rng.randint(1_000_000, 2_000_000)))
    text = _grouped(number, mark)
    high = number + rng.randint(1, 300)
    if number < 1000 <= high:
        high = 999 if number < 999 else number + 1000
    kind = rng.randrange(10)
    if kind < 4:
        return text, (number, number)
    if kind == 4:
        return rng.choice(("~{}", "ca. {}", "about {}", "около {}", "약 {}")).format(text), (number, number)
    if kind == 5:
        return rng.choice(("{}+", ">{}", "at least {}", "no fewer than {}", "über {}", "{} 이상")).format(text), (
            number,
            None,
        )
    if kind == 6:
        return rng.choice(("<{}", "up to {}", "fewer than {}", "до {}", "höchstens {}")).format(text), (None, number)
    if kind == 7:
        form = rng.choice(("{}-{}", "{}\u2013{}", "{} to {}", "between {} and {}"))
        return form.format(text, _grouped(high, mark)), (number, high)
    if kind == 8:
        form = rng.choice(("{} TEU", "{} containers", "{} шт.", "{} конт.", " {} ", "\u00a0{}"))
        return form.format(text), (number, number)
    return rng.choice(BLANKS), None
