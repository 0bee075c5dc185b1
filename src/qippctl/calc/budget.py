"""What a budget reaches of a ranking: from the top down until one does not fit. There the line is drawn.

Interventions of equal score, or of ranges that overlap, have no order among them: they form a tier, and where the line falls
inside one nothing says which of them are above it. An investment that is not known leaves open what comes after it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from qippctl.money import ZERO

Sum = Decimal | None
# What is left at least, where a sum that nobody knows came off.
UNKNOWN = Decimal("-Infinity")


@dataclass(slots=True)
class Budget:
    """What is left of a budget, at least and at most, and whether the line is drawn (None: perhaps).

    `fill`: one that does not fit is passed over, and later ones that fit are taken.
    """

    least: Decimal
    most: Decimal
    fill: bool = False
    drawn: bool | None = False

    @classmethod
    def of(cls, amount: Decimal, *, fill: bool = False) -> Budget:
        return cls(amount, amount, fill)

    def take_all(self, sums: Sequence[Sum]) -> list[bool | None]:
        """Whether each must-do is within. They are done whether they fit or not, so all of them come off what is left."""
        known, is_known = _added(sums)
        within = [True if is_known and known <= self.least else self._may_fit(one) for one in sums]
        self.least = self.least - known if is_known else UNKNOWN
        self.most -= known
        return within

    def take(self, sums: Sequence[Sum]) -> list[bool | None]:
        """Whether each intervention of the next tier is within."""
        if self.drawn:
            return [False for _ in sums]
        possible = [one for one in sums if self._may_fit(one) is None] if self.fill else sums
        known, is_known = _added(possible)
        if is_known and known <= self.least:
            within = [(True if self.drawn is False else None) if one in possible else False for one in sums]
            self.least -= known
            self.most -= known
            return within
        within = [self._may_fit(one) for one in sums]
        if self.fill:
            self._pass(possible)
        elif False in within or (is_known and known > self.most):
            self.drawn = True
        else:
            self.drawn = None
            self.least, self.most = UNKNOWN, self.most - known
        return within

    def _may_fit(self, one: Sum) -> bool | None:
        """False where it is more than all that can be left, else None."""
        return False if one is not None and one > self.most else None

    def _pass(self, possible: Sequence[Sum]) -> None:
        """Take what is left after a tier of which some fit, in an order that nothing tells."""
        known, is_known = _added(possible)
        if is_known and self.least == self.most:
            self.most -= min((one for one in possible if one is not None), default=ZERO)
        after = max(ZERO, self.least - known) if is_known else ZERO
        self.least = min(self.least, after)


def _added(sums: Sequence[Sum]) -> tuple[Decimal, bool]:
    """What the known ones come to, and whether all are known."""
    return sum((one for one in sums if one is not None), ZERO), None not in sums
