"""The verbs as library calls: extract, ingest, rag, variance, schemes, papers. The command line only opens, calls and prints.

Imports everything below the command line; what is heavy only where it is used.
"""

from qippctl.pipeline.answers import fails, positions, programmes
from qippctl.pipeline.choosing import (
    Choice,
    choose,
    choose_organisations,
    find_paper,
    find_policy,
    policies,
    policies_meant,
    policy_files,
)
from qippctl.pipeline.library import contents, evidence, exported, papers, schemes
from qippctl.pipeline.reading import Found, Ingested, Tables, extract, find_papers, ingest, tables
from qippctl.pipeline.rules import Rules, checked_policy, stated_policy
from qippctl.pipeline.teaching import checked_layout, explained, layouts, learn

__all__ = [
    "Choice",
    "Found",
    "Ingested",
    "Rules",
    "Tables",
    "checked_layout",
    "checked_policy",
    "choose",
    "choose_organisations",
    "contents",
    "evidence",
    "explained",
    "exported",
    "extract",
    "fails",
    "find_paper",
    "find_papers",
    "find_policy",
    "ingest",
    "layouts",
    "learn",
    "papers",
    "policies",
    "policies_meant",
    "policy_files",
    "positions",
    "programmes",
    "schemes",
    "stated_policy",
    "tables",
]
