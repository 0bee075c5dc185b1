"""The verbs as library calls: extract, ingest, rag, variance, schemes, papers. The command line only opens, calls and prints.

Imports everything below the command line; what is heavy only where it is used.
"""

from qippctl.pipeline.answers import fails, forecasts, positions, programmes, waterfalls, weighted_scenarios
from qippctl.pipeline.approvals import approvals, approve
from qippctl.pipeline.choosing import Choice, choose, choose_organisations, find_paper, find_policy, policies, pounds
from qippctl.pipeline.escalations import escalations, resolve
from qippctl.pipeline.following import history, movements, profiles
from qippctl.pipeline.library import contents, evidence, exported, papers, schemes
from qippctl.pipeline.reading import Found, Ingested, Tables, extract, find_papers, ingest, tables
from qippctl.pipeline.returns import returns
from qippctl.pipeline.teaching import checked_layout, explained, layouts, learn
from qippctl.pipeline.undoing import undo

__all__ = [
    "Choice",
    "Found",
    "Ingested",
    "Tables",
    "approvals",
    "approve",
    "checked_layout",
    "choose",
    "choose_organisations",
    "contents",
    "escalations",
    "evidence",
    "explained",
    "exported",
    "extract",
    "fails",
    "find_paper",
    "find_papers",
    "find_policy",
    "forecasts",
    "history",
    "ingest",
    "layouts",
    "learn",
    "movements",
    "papers",
    "policies",
    "positions",
    "pounds",
    "profiles",
    "programmes",
    "resolve",
    "returns",
    "schemes",
    "tables",
    "undo",
    "waterfalls",
    "weighted_scenarios",
]
