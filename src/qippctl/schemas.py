"""The JSON Schemas of everything that qippctl prints, and of the TOML files that it reads. `schemas/` is made from here."""

from __future__ import annotations

from pathlib import Path

from qippctl.errors import NotFoundError
from qippctl.models.acceptances import AcceptanceAnswer, AcceptedFile
from qippctl.models.activity import BacklogStep, Clearance, PriceAnswer
from qippctl.models.alignments import AlignmentAnswer, ProjectCoverage, StandardCoverage
from qippctl.models.answers import (
    ContentsAnswer,
    EvidenceAnswer,
    ExplanationAnswer,
    IngestAnswer,
    LayoutAnswer,
    LearnedAnswer,
    PaperAnswer,
    RagAnswer,
    SchemeAnswer,
    TableAnswer,
    VarianceAnswer,
    WaterfallStep,
)
from qippctl.models.base import Model
from qippctl.models.board import BoardPaper
from qippctl.models.charts import Chart
from qippctl.models.closing import Adjustment, CloseAnswer, CloseLine, ImpactAnswer, Manifest
from qippctl.models.corrections import CorrectionAnswer
from qippctl.models.decisions import DECISION_TYPES
from qippctl.models.distribution import DistributionAnswer
from qippctl.models.figure import Figure, Rating
from qippctl.models.finances import FinanceCheck, StatementLine
from qippctl.models.finding import Finding, RuleAnswer, Verdict
from qippctl.models.forecasts import ForecastAnswer, WeightedScenario
from qippctl.models.gaps import PolicyCheck, PolicyFinding, UncolouredRow
from qippctl.models.highlights import HighlightAnswer
from qippctl.models.house import FieldAnswer
from qippctl.models.identities import AliasAnswer, AliasChange, ProposalAnswer
from qippctl.models.layout import Layout, OrganisationWords, Vocabulary
from qippctl.models.metrics import ControlChart, IndicatorAnswer, IndicatorShare
from qippctl.models.movements import HistoryAnswer, MovementAnswer
from qippctl.models.paper import Cover, TableReading
from qippctl.models.policy import Policy, PolicyFailure
from qippctl.models.priorities import PriorityAnswer, PriorityTotal
from qippctl.models.profiles import BreakEven, ProfileAnswer
from qippctl.models.records import RECORD_TYPES
from qippctl.models.registers import MilestoneAnswer, RiskAnswer
from qippctl.models.returns import Escalation, Return
from qippctl.models.settings import SettingAnswer, Settings
from qippctl.models.weights import Weights
from qippctl.reports.render import dump_schema

_MODELS: dict[str, type[Model]] = {
    **RECORD_TYPES,
    "adjustment": Adjustment,
    "backlog": BacklogStep,
    "board-paper": BoardPaper,
    "break-even": BreakEven,
    **DECISION_TYPES,
    "acceptance": AcceptanceAnswer,
    "accepted-file": AcceptedFile,
    "alignment-answer": AlignmentAnswer,
    "project-coverage": ProjectCoverage,
    "standard-coverage": StandardCoverage,
    "alias": AliasAnswer,
    "alias-change": AliasChange,
    "chart": Chart,
    "check": FinanceCheck,
    "clearance": Clearance,
    "close-check": CloseLine,
    "closed-period": CloseAnswer,
    "contents": ContentsAnswer,
    "control-chart": ControlChart,
    "distribution": DistributionAnswer,
    "escalation": Escalation,
    "correction": CorrectionAnswer,
    "evidence": EvidenceAnswer,
    "explanation": ExplanationAnswer,
    "figure": Figure,
    "finding": Finding,
    "forecast": ForecastAnswer,
    "rule": RuleAnswer,
    "verdict": Verdict,
    "highlight": HighlightAnswer,
    "history": HistoryAnswer,
    "impact": ImpactAnswer,
    "indicator-answer": IndicatorAnswer,
    "indicator-share": IndicatorShare,
    "ingest": IngestAnswer,
    "layout": Layout,
    "layout-file": LayoutAnswer,
    "learned": LearnedAnswer,
    "ledger-paper": PaperAnswer,
    "manifest": Manifest,
    "milestone-answer": MilestoneAnswer,
    "movement": MovementAnswer,
    "organisations": OrganisationWords,
    "paper": Cover,
    "policy-check": PolicyCheck,
    "policy-failure": PolicyFailure,
    "policy-file": Policy,
    "policy-finding": PolicyFinding,
    "priority": PriorityAnswer,
    "priority-total": PriorityTotal,
    "price": PriceAnswer,
    "profile": ProfileAnswer,
    "proposal": ProposalAnswer,
    "rag": RagAnswer,
    "rating": Rating,
    "report-field": FieldAnswer,
    "return": Return,
    "risk-answer": RiskAnswer,
    "scheme": SchemeAnswer,
    "setting": SettingAnswer,
    "settings-file": Settings,
    "scenario-weight": WeightedScenario,
    "statement-line": StatementLine,
    "table": TableAnswer,
    "table-reading": TableReading,
    "uncoloured-row": UncolouredRow,
    "variance": VarianceAnswer,
    "vocabulary": Vocabulary,
    "weights-file": Weights,
    "waterfall": WaterfallStep,
}


def names() -> list[str]:
    return sorted(_MODELS)


def text_of(name: str) -> str:
    """The schema of a record or file by name."""
    if name not in _MODELS:
        raise NotFoundError(f'no schema is called "{name}"; there are: {", ".join(names())}')
    return dump_schema(_MODELS[name])


def write_all(folder: Path) -> list[Path]:
    """Write every schema into a folder as <name>.schema.json; the paths written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name in names():
        path = folder / f"{name}.schema.json"
        path.write_text(text_of(name), encoding="utf-8")
        written.append(path)
    return written
