"""Lines of a table of estimates, and what must be said of them: each thing once, for all that it is true of."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from shellflow.estimates._batches import Line
from shellflow.estimates._estimate import Estimate
from shellflow.estimates._reasons import Reasons, packings_in
from shellflow.estimates._report import cliffs_in_words, say_quantiles
from shellflow.packings import (
    CHARGE_UNKNOWN,
    DESCRIPTIONS,
    WITH_CHARGE,
    WITHOUT_CHARGE,
    InMass,
    carriers,
    in_package,
)

__all__ = ["cautions_of", "ceilings_of", "details_of", "kind_in", "missing_in"]

_MATTERS = 0.05
"""Share of the draws from which on a cliff changes how a line is read."""


def cautions_of(lines: Sequence[Line]) -> list[str]:
    """Return what changes how the lines of a table are read: each thing once, with the names of its lines.

    Parameters
    ----------
    lines : sequence of Line
        Those of one table.

    Returns
    -------
    list of str
        What the bands are for, what is packed, then cliffs and notes in the order of the lines.
    """
    known = [line for line in lines if line.estimate is not None]
    if not known:
        return []
    others: dict[str, dict[str, list[Line]]] = {}
    for line in known:
        reasons = _reasons(line)
        cliffs = (f"cliff: {text}" for text, odds in _cliffs(line) if odds >= _MATTERS)
        for text in (*cliffs, *_notes_on(line, known)):
            if text in reasons.asides or text in reasons.packed:
                continue
            part = next((name for name in (WITH_CHARGE, WITHOUT_CHARGE) if text.startswith(f"{name}: ")), "")
            others.setdefault(text.removeprefix(f"{part}: "), {}).setdefault(part, []).append(line)
    named = (
        (", ".join(f"{_names(about, known)}{part and f' ({part})'}" for part, about in parts.items()), text)
        for text, parts in others.items()
    )
    return [*_bands_of(known), *_packed_in(known), *(f"{names}: {text}" for names, text in named)]


def details_of(lines: Sequence[Line]) -> list[str]:
    """Return what explains the lines of a table and does not change how they are read, each thing once.

    Parameters
    ----------
    lines : sequence of Line
        Those of one table.

    Returns
    -------
    list of str
        What is packed, with both ends in full where that is not known, and notes in the order of the lines.
    """
    known = [line for line in lines if line.estimate is not None]
    texts: dict[str, list[Line]] = {}
    for line in known:
        reasons = _reasons(line)
        cliffs = [f"cliff: {text}" for text, odds in _cliffs(line) if odds < _MATTERS]
        for text in (*cliffs, *reasons.packed, *(note for note in reasons.notes if note in reasons.asides)):
            texts.setdefault(text, []).append(line)
    return [f"{_names(about, known)}: {text}" for text, about in texts.items()]


def missing_in(lines: Sequence[Line]) -> str:
    """Return one sentence on the lines without an estimate, by reason; "" where there is none.

    Parameters
    ----------
    lines : sequence of Line
        Those of one table.

    Returns
    -------
    str
        Such as "No data for: 130mm and 107mm-rocket crated (missing a package)." [unitless].
    """
    reasons: dict[str, list[Line]] = {}
    for line in lines:
        if line.estimate is None:
            reason = line.missing.removeprefix("no data: ").replace(" (", ", ").replace(")", "")
            for before in (" on ", " of "):
                reason = reason.replace(f"{before}{line.munition}", "")
            reasons.setdefault(reason, []).append(line)
    if not reasons:
        return ""
    parts = [f"{_names(about)} ({reason})" for reason, about in reasons.items()]
    are_data = all(line.missing.startswith("no data") for about in reasons.values() for line in about)
    return f"No {'data' if are_data else 'answer'} for: {'; '.join(parts)}."


def ceilings_of(lines: Sequence[Line]) -> str:
    """Return the ceilings among the lines as one line, by grade.

    Parameters
    ----------
    lines : sequence of Line
        Those of one table, each with an estimate.

    Returns
    -------
    str
        Such as "ceiling (capacity; ...): 152mm 3,343,300 (published)" [unitless].
    """
    grades: dict[str, list[str]] = {}
    for line in lines:
        assert line.estimate is not None
        number = say_quantiles(line.estimate).median
        grades.setdefault(line.estimate.grade, []).append(f"{line.munition} {number}")
    listed = "; ".join(f"{', '.join(numbers)} ({grade})" for grade, numbers in grades.items())
    return f"ceiling (capacity; {DESCRIPTIONS['ceiling']['what']}): {listed}"


def kind_in(estimates: Sequence[Estimate]) -> str:
    """Return what the rounds are packed in, such as "container"."""
    packed = [carrier for estimate in estimates for carrier in carriers(estimate.term)]
    kinds = {"tonne" if isinstance(carrier, InMass) else carrier.kind for carrier in packed}
    return kinds.pop() if len(kinds) == 1 else "transport"


def _reasons(line: Line) -> Reasons:
    assert line.estimate is not None
    return line.estimate.reasons


def _cliffs(line: Line) -> Iterator[tuple[str, float]]:
    assert line.estimate is not None
    return zip(cliffs_in_words(line.estimate), (odds for _, odds in line.estimate.reasons.cliffs), strict=True)


def _notes_on(line: Line, lines: Sequence[Line]) -> list[str]:
    """Return the notes on a line; of several counts what they count is counted in one transport, for all alike."""
    estimate, single = line.estimate, line.per_transport
    assert estimate is not None
    if not _are_several(lines) or single is None:
        return list(estimate.notes)
    start = f"in one {kind_in([single])}, "
    return [
        note if note in estimate.notes else f"{start}{note}"
        for note in single.notes
        if note not in single.reasons.packed
    ]


def _are_several(lines: Sequence[Line]) -> bool:
    return len({line.count for line in lines}) > 1


def _bands_of(lines: Sequence[Line]) -> list[str]:
    """Return what the bands are for, in one line, with what each shipped packing is."""
    parts = [_reasons(line).band_for.split("; ") for line in lines]
    # What the count is for is said once, not of each packing.
    shared = [text for text in parts[0] if all(text in texts for texts in parts)] if len(parts) > 1 else []
    bands: dict[str, list[Line]] = {}
    for line, texts_of_line in zip(lines, parts, strict=True):
        bands.setdefault("; ".join(text for text in texts_of_line if text not in shared), []).append(line)
    if len(bands) == 1:
        ((text, about),) = bands.items()
        bands, shared = {"; ".join(filter(None, (text, *shared))): about}, []
    texts = []
    for text, about in bands.items():
        names = _names(about, lines)
        if names == _listed(packings := _packings_of(about)) and not _are_by_mass(lines):
            known = {name: DESCRIPTIONS[name]["what"] for name in packings if name in DESCRIPTIONS}
            names = ", ".join(f"{name} ({known[name]})" if name in known else name for name in packings)
        texts += [f"{names}: the band is for {text}"] if text else []
    texts += [f"every line: the band is also for {text}" for text in shared]
    return ["; ".join(texts)] if texts else []


def _packings_of(lines: Sequence[Line]) -> list[str]:
    return list(dict.fromkeys(line.packing for line in lines))


def _are_by_mass(lines: Sequence[Line]) -> bool:
    terms = (line.estimate.term for line in lines if line.estimate is not None)
    return any(isinstance(carrier, InMass) for term in terms for carrier in carriers(term))


def _packed_in(lines: Sequence[Line]) -> list[str]:
    """Return what is in the packages of the lines, in one line; where that is not known, both ends."""
    contents: dict[str, list[Line]] = {}
    ends: dict[str, dict[str, None]] = {}
    several = _are_several(lines)
    for line in lines:
        assert line.estimate is not None
        for text in dict.fromkeys(map(in_package, packings_in(line.estimate.term))):
            if text not in ("", CHARGE_UNKNOWN):
                contents.setdefault(text, []).append(line)
        single = line.per_transport if several else None
        with_it, without = (_reasons(line) if single is None else single.reasons).charge_ends or ("", "")
        if with_it:
            ends.setdefault(line.munition, {})[f"{line.packing} {with_it} / {without}"] = None
    parts = [f"{text} ({_names(about, lines)})" for text, about in contents.items()]
    if ends:
        alone = len({line.munition for line in lines}) == 1
        listed = ", ".join(f"{'' if alone else f'{munition} '}{', '.join(texts)}" for munition, texts in ends.items())
        in_one = " in one " + kind_in([line.estimate for line in lines if line.estimate is not None]) if several else ""
        ends_of = f"medians{in_one} with it in all / in none (projectiles alone)"
        parts.append(f"charge in the package not known, and so mixed; {ends_of}: {listed}")
    return [f"packed: {'; '.join(parts)}"] if parts else []


def _names(about: Sequence[Line], lines: Sequence[Line] = ()) -> str:
    """Return lines by name, as "152mm and 155mm crated and as-loaded".

    Of `lines`, a munition or a packing stands alone where all of its lines are meant, or all are of one munition.
    """
    munitions = {line.munition for line in lines}
    if len(munitions) == 1:
        return _listed(_packings_of(about))
    meant = {(line.munition, line.packing): None for line in about}
    pairs = {(line.munition, line.packing) for line in lines}
    of_packings = [packing for packing in _packings_of(about) if _is_whole(packing, 1, pairs, meant)]
    left = [pair for pair in meant if pair[1] not in of_packings]
    munitions_left = dict.fromkeys(munition for munition, _ in left)
    of_munitions = [munition for munition in munitions_left if _is_whole(munition, 0, pairs, meant)]
    # Both ways to say it: whole munitions first, or each packing with its munitions.
    texts = [
        [*of_munitions, *_by_packing([pair for pair in left if pair[0] not in of_munitions])],
        _by_packing(left),
    ]
    shortest = min(texts, key=lambda parts: (len(parts), len(", ".join(parts))))
    return ", ".join([*shortest, *([_listed(of_packings)] if of_packings else [])])


def _is_whole(name: str, place: int, pairs: Collection[tuple[str, str]], meant: Collection[tuple[str, str]]) -> bool:
    """Return whether all lines of a munition (place 0) or packing (1) are meant, and there are several."""
    own = [pair for pair in pairs if pair[place] == name]
    return len(own) > 1 and all(pair in meant for pair in own)


def _by_packing(pairs: Sequence[tuple[str, str]]) -> list[str]:
    munitions: dict[str, list[str]] = {}
    for munition, packing in pairs:
        munitions.setdefault(packing, []).append(munition)
    same: dict[tuple[str, ...], list[str]] = {}
    for packing, named in munitions.items():
        same.setdefault(tuple(named), []).append(packing)
    return [f"{_listed(named)} {' and '.join(packings)}" for named, packings in same.items()]


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
