"""What the papers of two periods of one organisation give an audit: their subjects side by side, and the later papers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qippctl.audit.catalogue import Breach, Place
from qippctl.audit.material import Material
from qippctl.audit.printed import Own
from qippctl.calc.identity import Pair
from qippctl.models.decisions import PlanApproval
from qippctl.models.figure import Figure
from qippctl.models.policy import Policy


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
        return self.own(figure).printed(figure)

    def title(self, figure: Figure) -> str | None:
        material = self.papers.get(figure.sha256)
        return material.title(figure.table) if material is not None else None

    def place(self, of: Figure) -> Place:
        """Where a figure of a later paper stands."""
        return {"page": of.page, "table": of.table, "row": of.row, "where": self.title(of)}
