"""The verbs as library calls: extract, ingest, rag, variance, schemes, papers. The command line only opens, calls and prints.

Imports everything below the command line; what is heavy only where it is used.
"""

from qippctl.pipeline.answers import fails, forecasts, positions, programmes, waterfalls, weighted_scenarios
from qippctl.pipeline.approvals import approvals, approve
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
from qippctl.pipeline.correction_files import Imported, correction_rows, read_corrections
from qippctl.pipeline.corrections import correct, corrections, doubts, keep, keep_undo, preview, without
from qippctl.pipeline.escalations import escalations, resolve
from qippctl.pipeline.following import movements, profiles
from qippctl.pipeline.highlights import highlight
from qippctl.pipeline.identities import aliases, link, proposals, unlink
from qippctl.pipeline.library import contents, evidence, exported, find_figure, papers, schemes
from qippctl.pipeline.link_files import import_links
from qippctl.pipeline.reading import Found, Ingested, Tables, extract, find_papers, ingest, tables
from qippctl.pipeline.returns import returns
from qippctl.pipeline.rules import Rules, checked_policy, stated_policy
from qippctl.pipeline.teaching import checked_layout, explained, layouts, learn
from qippctl.pipeline.undoing import undo

__all__ = [
    "Choice",
    "Found",
    "Imported",
    "Ingested",
    "Rules",
    "Tables",
    "aliases",
    "approvals",
    "approve",
    "checked_layout",
    "checked_policy",
    "choose",
    "choose_organisations",
    "contents",
    "correct",
    "correction_rows",
    "corrections",
    "doubts",
    "escalations",
    "evidence",
    "explained",
    "exported",
    "extract",
    "fails",
    "find_figure",
    "find_paper",
    "find_papers",
    "find_policy",
    "forecasts",
    "highlight",
    "import_links",
    "ingest",
    "keep",
    "keep_undo",
    "layouts",
    "learn",
    "link",
    "movements",
    "papers",
    "policies",
    "policies_meant",
    "policy_files",
    "positions",
    "pounds",
    "preview",
    "profiles",
    "programmes",
    "proposals",
    "read_corrections",
    "resolve",
    "returns",
    "schemes",
    "stated_policy",
    "tables",
    "undo",
    "unlink",
    "waterfalls",
    "weighted_scenarios",
    "without",
]
