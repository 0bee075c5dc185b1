"""Risks and benefits in money: what their sentence says and what their column prints."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from qippctl.audit.catalogue import Breach, Held, Told, also
from qippctl.audit.doubted import doubts_of
from qippctl.audit.material import Material
from qippctl.calc.spoken import Spoken, numbers
from qippctl.models.records import Scenario
from qippctl.money import exactly, plain

_KIND = r"(?:benefits?|risks?|loss|gain|cost|pressures?)"
_NAMED_AFTER = re.compile(rf"\s{{1,2}}(?:an?\s)?{_KIND}\b", re.IGNORECASE)
_NAMED_BEFORE = re.compile(rf"\b{_KIND}\s(?:of\s|is\s|:\s)?$", re.IGNORECASE)


class _Both(NamedTuple):
    scenario: Scenario
    said: Spoken
    printed: Spoken

    @property
    def holds(self) -> bool:
        """Whether both may be one amount. To one precision one amount is rounded to the same digits."""
        if self.said.step == self.printed.step:
            return self.said.value == self.printed.value
        return self.said.interval.meets(self.printed.interval)

    @property
    def is_contact(self) -> bool:
        """Whether half of a last digit, taken up here and down there, could part them."""
        return self.said.interval.meets(self.printed.interval)

    @property
    def is_named(self) -> bool:
        """Whether the sentence calls its amount a risk or a benefit."""
        text = self.scenario.description
        return bool(_NAMED_AFTER.match(text[self.said.end :]) or _NAMED_BEFORE.search(text[: self.said.start]))


@also("QC601")
def scenario_amounts(of: Material) -> Iterator[Told]:
    """A risk's or benefit's sentence names another amount than its column.

    It is an error where the sentence calls it by name, and another row shows that the column is not weighted by its likelihood.
    """
    both = list(_both(of.records(Scenario)))
    unweighted = {b.scenario.likelihood for b in both if b.holds}
    for b in both:
        if b.holds:
            yield Held(b.said.value == b.printed.value)
        elif b.said.hedge or b.printed.hedge:
            continue
        else:
            is_certain = b.is_named and b.scenario.likelihood in unweighted and not (b.is_contact or b.scenario.doubts)
            yield _breach(of, b, is_certain=is_certain)


def _both(scenarios: Sequence[Scenario]) -> Iterator[_Both]:
    for scenario in scenarios:
        cells = [cell for cell in (scenario.risk, scenario.benefit) if cell]
        printed = [n for cell in cells for n in numbers(cell) if n.unit == "GBP"]
        said = [n for n in numbers(scenario.description) if n.unit == "GBP"]
        if len(said) == len(printed) == len(cells) == 1:
            yield _Both(scenario, said[0], printed[0])


def _breach(of: Material, both: _Both, *, is_certain: bool) -> Breach:
    scenario, said, printed = both
    column = "benefit" if scenario.benefit else "risk"
    with exactly():
        recomputed, difference = (plain(v / printed.scale) for v in (said.value, printed.value - said.value))
        tolerance = plain((said.step + printed.step) / 2 / printed.scale)
    return Breach(
        message=f'"{scenario.description}": its {column} is printed {printed.raw}, its own words say {said.raw}',
        printed=plain(printed.own),
        recomputed=recomputed,
        difference=difference,
        tolerance=tolerance,
        **of.place(scenario),
        text=scenario.description,
        doubts=doubts_of(scenario),
        severity="error" if is_certain else "warning",
        key=f"{scenario.table}/{scenario.row}",
    )
