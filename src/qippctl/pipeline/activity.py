"""Activity beside money: implied prices, waterfalls of patients, and what clears a backlog."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from qippctl.errors import NotFoundError, UsageError
from qippctl.models.activity import BacklogStep, Clearance, PriceAnswer
from qippctl.models.figure import Figure
from qippctl.pipeline.choosing import choose_organisations
from qippctl.pipeline.printed import by_paper, label_of, tables_of, texts_of

if TYPE_CHECKING:
    from datetime import date

    from qippctl.ledger import Ledger


def prices(
    ledger: Ledger,
    organisation: str | None = None,
    paper: str | None = None,
    *,
    times: Decimal | None = None,
    fewest: int | None = None,
) -> list[PriceAnswer]:
    """What each scheme's saving is per unit of activity, in the newest paper of each organisation that prints both."""
    from qippctl.calc import activity as calc

    def answer(number: int, figures: Sequence[Figure]) -> list[PriceAnswer]:
        return calc.prices(figures, number, times=times or calc.TIMES, fewest=calc.FEWEST if fewest is None else fewest)

    return by_paper(ledger, organisation, paper, {"savings", "activity"}, answer)


def backlogs(ledger: Ledger, organisation: str | None = None, paper: str | None = None) -> list[BacklogStep]:
    """The waterfalls of patients in the newest paper of each organisation that prints some."""
    from qippctl.calc import backlog as calc
    from qippctl.interpret.layouts import vocabulary
    from qippctl.interpret.words import find

    words = vocabulary().statement_words

    def answer(number: int, figures: Sequence[Figure]) -> list[BacklogStep]:
        out: list[BacklogStep] = []
        for own in tables_of(figures).values():
            first = min(figure.column for figure in own)
            labels = {i: label_of(row, first) for i, row in enumerate(texts_of(ledger, own))}
            out += calc.steps(
                calc.rows_of(own, labels),
                number,
                lambda text: find(words["left"], text) is not None,
                lambda text: find(words["waiting"], text) is not None,
            )
        return out

    return by_paper(ledger, organisation, paper, {"activity"}, answer)


def clearances(
    ledger: Ledger,
    found: Sequence[BacklogStep],
    ends: Sequence[tuple[date, Decimal]],
    *,
    organisation: str | None = None,
    start: date | None = None,
    backlog: Decimal | None = None,
    arrivals: Decimal | None = None,
    capacity: Decimal | None = None,
) -> list[Clearance]:
    """What it takes to bring each organisation's backlog down to so many by each of these days.

    The backlog is the one that is given, else the printed line whose words say who waits; weeks count from `start`, else
    from the date over that line. UsageError or NotFoundError say what must be given.
    """
    from qippctl.calc import backlog as calc
    from qippctl.period import find_date

    sizes: list[tuple[str | None, BacklogStep | Decimal]] = []
    if backlog is not None:
        named = list(choose_organisations(ledger, organisation)) if organisation else []
        sizes.append((named[0] or None if named else None, backlog))
    else:
        for name in dict.fromkeys(step.organisation for step in found):
            own = [step for step in found if step.organisation == name]
            line = calc.waiting(own, lambda text: find_date(text) is not None)
            if line is not None:
                sizes.append((name, line))
    if not sizes:
        raise NotFoundError("no printed line says how many wait; give the number with --backlog N")
    out = []
    for name, size in sizes:
        printed = size if isinstance(size, BacklogStep) else None
        begin = start or (find_date(printed.group) if printed and printed.group else None)
        if begin is None:
            raise UsageError("no date is printed over the backlog; say from when with --from 2011-05-10")
        out += [calc.clearance(size, calc.Plan(begin, by, left, arrivals, capacity), name) for by, left in ends]
    return out
