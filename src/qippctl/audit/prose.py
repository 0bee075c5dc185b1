"""Sentences against tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from qippctl.audit.catalogue import Breach, Held, Told, rule
from qippctl.audit.doubted import doubts_of
from qippctl.audit.material import Material
from qippctl.audit.spoken_of import (
    Spot,
    as_said,
    figure_meant,
    measure_called,
    place_of,
    severity_of,
    size_of,
    spots,
    whose,
)
from qippctl.audit.wording import reworded
from qippctl.calc.claimed import Statement, agrees, of_claim
from qippctl.money import exactly, grouped, plain


@rule("QP701", "error")
def sentence_contradicts_table(of: Material) -> Iterator[Told]:
    """A sentence says another number than the table, or than another sentence.

    Boards read the sentences. A wrong number there is what is remembered, minuted and repeated in the next report.

    See which of the two is right; most often the sentence has the number of another column, another programme or last month.

    "A negative variance of 2,051k" beside a table whose variance to date is 1,427.9: 2,051 is the variance at year end.
    """
    said_so = _by_text(of)
    for spot in spots(of):
        statements = of_claim(spot.said, of.by_id)
        if not statements:
            continue
        statements.sort(key=lambda s: s.is_across)
        number = spot.said
        met = [s for s in statements if agrees(number.value, number.step, number.measure, s.interval)]
        if met:
            yield Held(any(size_of(number, s.value) == size_of(number, number.value) for s in met))
        else:
            yield _contradiction(of, spot, statements[0], said_so[spot.claim.text])


def _by_text(of: Material) -> dict[str, list[Spot]]:
    found: dict[str, list[Spot]] = defaultdict(list)
    for spot in spots(of):
        found[spot.claim.text].append(spot)
    return found


def _contradiction(of: Material, spot: Spot, against: Statement, said_so: Sequence[Spot]) -> Breach:
    said, claim = spot.said, spot.claim
    value = as_said(said, against.value)
    recomputed = spot.in_own_unit(value)
    figure = against.figures[-1]
    doubts = doubts_of(*against.figures)
    other = figure_meant(of, spot, figure) or _elsewhere(spot, said_so)
    what = measure_called(said.measure or "", against.basis)
    table = of.called(figure)
    is_turned = said.measure == "variance" and value < 0 <= said.value
    message = f"{whose(spot)}: the sentence says {said.raw} for {what}; {table} gives {grouped(recomputed)}"
    if other:
        message += f" ({other})"
    whole = [id_ for id_ in said.tied_to if id_ != figure.id]
    with exactly():
        difference = (
            plain((said.value - value) / spot.spoken.scale) if said.unit != "percent" else plain(said.value - value)
        )
        tolerance = (said.step / 2 + (against.interval.high - against.interval.low) / 2) / spot.spoken.scale
        tolerance = tolerance.quantize(spot.said.step / spot.spoken.scale / 100).normalize()
    return Breach(
        message=message,
        printed=spot.own,
        recomputed=recomputed,
        difference=difference if said.unit != "percent" else None,
        tolerance=plain(tolerance),
        figures=(*whole, figure.id),
        **place_of(of, claim),
        suggestion=reworded(claim.text, spot.spoken, value) if not is_turned else None,
        doubts=doubts,
        severity=severity_of(said, doubts),
        key=f"{said.raw} {claim.table or ''} {claim.row or ''} {spot.spoken.start}",
    )


def _elsewhere(spot: Spot, said_so: Sequence[Spot]) -> str | None:
    """Beside what else the same sentence with the same number stands."""
    said = spot.said
    for other in said_so:
        if other.said.value == said.value and other.said.measure == said.measure and other.said.of != said.of:
            return f"the same words and number stand beside {other.said.of}"
    return None
