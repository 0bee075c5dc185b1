"""Words of direction against the numbers beside them."""

from __future__ import annotations

from collections.abc import Iterator

from qippctl.audit.catalogue import Breach, Held, Told, rule
from qippctl.audit.doubted import doubts_of
from qippctl.audit.material import Material
from qippctl.audit.spoken_of import Spot, as_said, place_of, severity_of, spots, whose
from qippctl.calc.claimed import agrees, of_claim
from qippctl.models.figure import Doubt
from qippctl.money import grouped, plain


@rule("QP703", "error")
def direction_word_against_numbers(of: Material) -> Iterator[Told]:
    """A word of direction speaks against the numbers: "reduced" to more, "positive" beside a shortfall.

    A board that reads "improved" does not ask why it got worse.

    Put the word right, or the number; see which of the two the table bears out.

    "A decreased negative variance of 2,051k from January's 1,843k": it grew.
    """
    for spot in spots(of):
        told = _moved(of, spot)
        if told is not None:
            yield told
        turned = _turned(of, spot)
        if turned is not None:
            yield turned


def _moved(of: Material, spot: Spot) -> Told | None:
    """A number that is said to be more, less, better or worse than another of its sentence."""
    said = spot.said
    if said.change is None or said.than is None or said.hedge:
        return None
    grows = {"more": True, "less": False}.get(said.change)
    if grows is None:
        if said.measure == "variance" and said.direction is not None:
            good_if_more = said.direction == "favourable"
        elif said.measure in ("actual", "delivery", "forecast"):
            good_if_more = True
        else:
            return None
        grows = good_if_more if said.change == "better" else not good_if_more
    now, before = abs(said.value), abs(said.than)
    if now == before or (now > before) == grows:
        return Held(True)
    before_own = plain(said.than / spot.spoken.scale)
    claim = spot.claim
    return Breach(
        message=f"{whose(spot)}: the sentence calls {said.raw} {said.change} than {grouped(before_own)}, which it is not",
        printed=spot.own,
        recomputed=before_own,
        difference=plain((said.value - said.than) / spot.spoken.scale),
        figures=said.tied_to,
        **place_of(of, claim),
        severity="error" if said.measure is not None and said.aside is None else "warning",
        key=f"{said.raw} {said.change} {before_own}",
    )


def _turned(of: Material, spot: Spot) -> Told | None:
    """A variance that words call good, of the size of one that is bad, or the other way about."""
    said = spot.said
    if said.measure != "variance" or said.direction is None:
        return None
    met = [s for s in of_claim(said, of.by_id) if agrees(said.value, said.step, "variance", s.interval)]
    sides = {s.value > 0 for s in met if s.value}
    if len(sides) != 1 or not said.value:
        return None
    is_good = sides.pop()
    if is_good == (said.direction == "favourable"):
        return Held(True)
    claim, figure = spot.claim, met[0].figures[-1]
    if Doubt.SIGN_UNPROVEN in figure.doubts:
        return None
    called = "ahead of plan" if said.direction == "favourable" else "behind plan"
    return Breach(
        message=f"{whose(spot)}: the sentence says that {said.raw} is {called}; the table shows the opposite",
        printed=spot.own,
        recomputed=spot.in_own_unit(as_said(said, met[0].value)),
        figures=(*[i for i in said.tied_to if i != figure.id], figure.id),
        **place_of(of, claim),
        doubts=doubts_of(figure),
        severity=severity_of(said, figure.doubts),
        key=f"{said.raw} {said.direction}",
    )
