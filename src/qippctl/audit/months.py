"""What the papers of two periods of one organisation give an audit: their subjects side by side, and the later papers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qippctl.audit.catalogue import Breach
from qippctl.audit.material import Material
from qippctl.audit.printed import Own
from qippctl.calc.identity import Pair
from qippctl.models.decisions import PlanApproval
from qippctl.models.figure import Doubt, Figure
from qippctl.models.policy import Policy
from qippctl.money import ZERO, parse_amount, plain

# A group's name that was lost and sums that fail do not make two figures others.
OF_OTHERS = frozenset({Doubt.WORKSTREAM_UNKNOWN, Doubt.SUM_FAILS, Doubt.ROW_FAILS})


@dataclass(frozen=True)
class Months:
    """The subjects of two periods. `papers` are those that report the later one, by the hash of their content.

    `policy` is the RAG rule that a later paper states or that was named, never a default; `approvals` what boards decided.
    """

    organisation: str
    from_period: str
    to_period: str
    pairs: Sequence[Pair]
    papers: Mapping[str, Material]
    policy: Policy | None = None
    approvals: Sequence[PlanApproval] = ()

    def faulted(self, told: Breach) -> Material | None:
        """The paper that a finding is about: the one it names, or that prints its last figure."""
        if told.sha256 is not None:
            return self.papers.get(told.sha256)
        last = told.figures[-1] if told.figures else None
        return next((m for m in self.papers.values() if last in m.by_id), None) if last else None

    def own(self, figure: Figure) -> Own:
        """How the later paper prints a figure's column."""
        material = self.papers.get(figure.sha256)
        return material.printing.of(figure) if material is not None else Own()

    def printed(self, figure: Figure) -> str:
        """The number that a figure prints."""
        amount = parse_amount(figure.raw, repair=True)
        return plain(amount.value) if amount is not None else self.own(figure).number(figure.value)

    def title(self, figure: Figure) -> str | None:
        material = self.papers.get(figure.sha256)
        return material.title(figure.table) if material is not None else None


def is_cut(one: Figure, other: Figure) -> bool:
    """Whether dropping the last digits explains a difference: 482 for 482.6."""
    coarse, fine = (one, other) if one.step >= other.step else (other, one)
    beyond = abs(fine.value) - abs(coarse.value)
    return coarse.step > fine.step and ZERO <= beyond < coarse.step and coarse.value * fine.value >= 0
