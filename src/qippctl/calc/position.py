"""One subject of a programme as the papers of one period state it: the view that every answer is made from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from qippctl.models.figure import Basis, Case, Figure, Measure, Quantity, Rating, Recurrence, Role

Level = Literal["scheme", "workstream", "total", "other"]


@dataclass(slots=True)
class Position:
    """One subject's figures of one reported period, best statement first, and its printed ratings.

    `stated` has every quantity; `figures` those whole amounts, by measure and basis, that are of the period or its year.
    `recurrence` is what papers call the whole of it, `all` where they do not say.
    """

    organisation: str | None
    workstream: str | None
    scheme: str | None
    role: Role
    level: Level
    reported: str = ""
    code: str | None = None
    recurrence: Recurrence = "all"
    stated: dict[Quantity, list[Figure]] = field(default_factory=dict)
    figures: dict[tuple[str, str], list[Figure]] = field(default_factory=dict)
    ratings: dict[str, list[Rating]] = field(default_factory=dict)

    def find(self, measure: str, basis: Basis) -> Figure | None:
        """The figure of the whole amount that counts: of recurrent parts, cases and superseded plans none is it."""
        found = self.figures.get((measure, basis))
        return found[0] if found else None

    @property
    def rows(self) -> set[tuple[str, str, int]]:
        """Where it is printed: paper's hash, table and row."""
        figures = {(f.sha256, f.table, f.row) for stated in self.stated.values() for f in stated}
        return figures | {(r.sha256, r.table, r.row) for ratings in self.ratings.values() for r in ratings}

    def is_of_period(self, quantity: Quantity) -> bool:
        """Whether a quantity is of the reported period, or of its year: a plan of next year beside it is not."""
        if quantity.basis in ("month", "ytd", "quarter"):
            return quantity.period == self.reported
        return quantity.period is None or quantity.period == self.reported[:7]

    def part(
        self, measure: Measure, basis: Basis, *, recurrence: Recurrence = "all", case: Case | None = None
    ) -> Figure | None:
        """A recurrent or non-recurrent part, or a case, of the reported period or its year."""
        for quantity, figures in self.stated.items():
            same = (quantity.measure, quantity.basis, quantity.recurrence, quantity.case)
            counts = quantity.qualifier is None and quantity.version in (None, "current")
            if same == (measure, basis, recurrence, case) and counts and self.is_of_period(quantity):
                return figures[0]
        return None

    def months(self, measure: Measure, basis: Literal["month", "ytd"] = "month") -> dict[int, Figure]:
        """The figures of the reported year's months (April is 1): of each alone, or of the year to its end."""
        year = self.reported[:7] + "-M"
        found: dict[int, Figure] = {}
        for q, figures in self.stated.items():
            if q.measure == measure and q.basis == basis and q.is_whole and q.period and q.period.startswith(year):
                # The best statement comes first; a plan that is called current and one without a word are two quantities.
                found.setdefault(int(q.period[-2:]), figures[0])
        return dict(sorted(found.items()))

    def identity(self, period: str | None, basis: Basis) -> dict[str, Any]:
        """Whose an answer is, and of when: the fields that every answer begins with."""
        return {
            "organisation": self.organisation,
            "workstream": self.workstream,
            "scheme": self.scheme,
            "role": self.role,
            "period": period,
            "basis": basis,
        }

    def sources(self, *names: tuple[str, Basis]) -> tuple[str, ...]:
        """Ids of the figures of these names: the ones that count, then the others."""
        listed = [self.figures.get(name, []) for name in names]
        first = [figures[0].id for figures in listed if figures]
        return tuple(dict.fromkeys(first + [figure.id for figures in listed for figure in figures[1:]]))

    def doubts(self, *names: tuple[str, Basis]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(doubt.value for name in names if (f := self.find(*name)) for doubt in f.doubts))

    def corrected(self, *names: tuple[str, Basis]) -> tuple[int, ...]:
        """Numbers of the corrections of the figures of these names that count."""
        counting = (f.corrected.numbers for name in names if (f := self.find(*name)) and f.corrected)
        return tuple(sorted({number for numbers in counting for number in numbers}))
