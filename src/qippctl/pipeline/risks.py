"""The risks of the ledger's papers, with what does not fit."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from qippctl.models.records import Risk
from qippctl.models.registers import RiskAnswer
from qippctl.pipeline.answers import programmes
from qippctl.pipeline.milestones import of_bodies

if TYPE_CHECKING:
    from qippctl.calc.risks import Registered, Shortfall
    from qippctl.ledger import Ledger, LedgerPaper, RecordFact


def risks(ledger: Ledger, organisation: str | None = None, period: str | None = None) -> list[RiskAnswer]:
    """The risks of each chosen body's newest register (of all its papers, or of those up to a period)."""
    from qippctl.calc.risks import answers

    papers = {paper.number: paper for paper in ledger.papers()}
    out = []
    for name, facts in of_bodies(ledger, Risk, organisation, period, papers).items():
        out += answers(_registers(ledger, name, facts, papers))
    return out


def _registers(ledger: Ledger, name: str, facts: list[RecordFact], papers: dict[int, LedgerPaper]) -> list[Registered]:
    from qippctl.calc.due import written
    from qippctl.calc.risks import Registered, is_about_savings

    own: dict[int, list[Risk]] = defaultdict(list)
    for fact in facts:
        if isinstance(fact.record, Risk):
            own[fact.paper_number].append(fact.record)
    reported = ledger.organisations().get(name, [])
    out = []
    for number, listed in own.items():
        cover = papers[number].cover
        # The position of a period takes time to make: only where a risk is held against it.
        asks = any(is_about_savings(risk.description) for risk in listed)
        out.append(
            Registered(
                tuple(listed),
                number,
                written(cover),
                cover.status != "draft",
                cover.meeting_date,
                cover.period,
                shortfall(ledger, name, cover.period) if asks and cover.period in reported else None,
            )
        )
    return out


def shortfall(ledger: Ledger, organisation: str, period: str | None) -> Shortfall | None:
    """What the programme's total of a period lacks of its plan: by the forecast of the year, else to date."""
    from qippctl.calc.risks import Shortfall

    for basis, by in (("year", "by the forecast"), ("ytd", "to date")):
        for programme in programmes(ledger, organisation, period, basis, None):  # type: ignore[arg-type]
            total = programme.total
            if total is not None and total.plan is not None and total.actual is not None and total.plan > 0:
                return Shortfall(total.plan, total.actual, by, total.doubts)
    return None
