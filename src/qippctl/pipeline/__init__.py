"""The verbs as library calls: extract, ingest, rag, variance, schemes, papers. The command line only opens, calls and prints.

Imports everything below the command line; what is heavy only where it is used.
"""

from qippctl.pipeline.accepting import (
    AcceptedImport,
    acceptances,
    accepted_text,
    find_finding,
    finding_of,
    keep_audit,
    new_acceptances,
    read_accepted,
    to_accept,
)
from qippctl.pipeline.activity import backlogs, clearances, prices
from qippctl.pipeline.alignment import alignment
from qippctl.pipeline.answers import fails, forecasts, positions, programmes, waterfalls, weighted_scenarios
from qippctl.pipeline.approvals import approvals, approve
from qippctl.pipeline.auditing import (
    audit_file,
    audit_files,
    audit_ledger,
    audit_paper,
    audit_rules,
    audited,
    explain_rule,
    untied,
    untied_of,
)
from qippctl.pipeline.auditing_between import audit_together
from qippctl.pipeline.board import board, pictures
from qippctl.pipeline.charting import Drawn, charts
from qippctl.pipeline.choosing import (
    Choice,
    choose,
    choose_organisations,
    find_paper,
    find_policy,
    policies,
    policies_meant,
    policy_files,
    pounds,
)
from qippctl.pipeline.close_checks import check, is_ready
from qippctl.pipeline.closing import Asked as CloseAsked
from qippctl.pipeline.closing import Month, chosen_month, control
from qippctl.pipeline.correction_files import Imported, correction_rows, read_corrections
from qippctl.pipeline.corrections import correct, corrections, doubts, keep, keep_undo, preview, without
from qippctl.pipeline.escalations import escalations, resolve
from qippctl.pipeline.finances import finance_checks, statements
from qippctl.pipeline.following import movements, profiles
from qippctl.pipeline.highlights import highlight
from qippctl.pipeline.holdings import contents, evidence, exported, find_figure, papers, schemes
from qippctl.pipeline.identities import aliases, link, proposals, unlink
from qippctl.pipeline.link_files import import_links
from qippctl.pipeline.locking import adjustments, closed_period, closes, impact, locked, reopen
from qippctl.pipeline.metrics import control_charts, metrics, misses
from qippctl.pipeline.milestones import milestones
from qippctl.pipeline.packing import keep_pack, locked_already, pack
from qippctl.pipeline.priorities import Only, load_weights, priorities, weighted_priorities
from qippctl.pipeline.privacy import Said, make_private, make_public
from qippctl.pipeline.reading import Found, Ingested, Tables, extract, find_papers, ingest, tables
from qippctl.pipeline.returns import returns
from qippctl.pipeline.risks import risks
from qippctl.pipeline.rules import Rules, checked_policy, stated_policy
from qippctl.pipeline.settings import InForce, load_settings, settings_in_force
from qippctl.pipeline.teaching import checked_layout, explained, layouts, learn
from qippctl.pipeline.undoing import undo
from qippctl.pipeline.workbooks import book

__all__ = [
    "AcceptedImport",
    "Choice",
    "CloseAsked",
    "Drawn",
    "Found",
    "Imported",
    "InForce",
    "Ingested",
    "Month",
    "Only",
    "Rules",
    "Said",
    "Tables",
    "acceptances",
    "accepted_text",
    "adjustments",
    "aliases",
    "alignment",
    "approvals",
    "approve",
    "audit_file",
    "audit_files",
    "audit_ledger",
    "audit_paper",
    "audit_rules",
    "audit_together",
    "audited",
    "backlogs",
    "board",
    "book",
    "charts",
    "check",
    "checked_layout",
    "checked_policy",
    "choose",
    "choose_organisations",
    "chosen_month",
    "clearances",
    "closed_period",
    "closes",
    "contents",
    "control",
    "control_charts",
    "correct",
    "correction_rows",
    "corrections",
    "doubts",
    "escalations",
    "evidence",
    "explain_rule",
    "explained",
    "exported",
    "extract",
    "fails",
    "finance_checks",
    "find_figure",
    "find_finding",
    "find_paper",
    "find_papers",
    "find_policy",
    "finding_of",
    "forecasts",
    "highlight",
    "impact",
    "import_links",
    "ingest",
    "is_ready",
    "keep",
    "keep_audit",
    "keep_pack",
    "keep_undo",
    "layouts",
    "learn",
    "link",
    "load_settings",
    "load_weights",
    "locked",
    "locked_already",
    "make_private",
    "make_public",
    "metrics",
    "milestones",
    "misses",
    "movements",
    "new_acceptances",
    "pack",
    "papers",
    "pictures",
    "policies",
    "policies_meant",
    "policy_files",
    "positions",
    "pounds",
    "preview",
    "prices",
    "priorities",
    "profiles",
    "programmes",
    "proposals",
    "read_accepted",
    "read_corrections",
    "reopen",
    "resolve",
    "returns",
    "risks",
    "schemes",
    "settings_in_force",
    "stated_policy",
    "statements",
    "tables",
    "to_accept",
    "undo",
    "unlink",
    "untied",
    "untied_of",
    "waterfalls",
    "weighted_priorities",
    "weighted_scenarios",
    "without",
]
