"""The verbs as library calls: extract, ingest, rag, variance, schemes, papers. The command line only opens, calls and prints.

Imports everything below the command line; what is heavy only where it is used.
"""

from qippctl.pipeline.answers import fails, positions, programmes
from qippctl.pipeline.choosing import Choice, choose, choose_organisations, find_paper, find_policy, policies
from qippctl.pipeline.correction_files import Imported, correction_rows, read_corrections
from qippctl.pipeline.corrections import correct, corrections, doubts, keep, keep_undo, preview, undo
from qippctl.pipeline.library import contents, evidence, exported, find_figure, papers, schemes
from qippctl.pipeline.reading import Found, Ingested, Tables, extract, find_papers, ingest, tables
from qippctl.pipeline.teaching import checked_layout, explained, layouts, learn

__all__ = [
    "Choice",
    "Found",
    "Imported",
    "Ingested",
    "Tables",
    "checked_layout",
    "choose",
    "choose_organisations",
    "contents",
    "correct",
    "correction_rows",
    "corrections",
    "doubts",
    "evidence",
    "explained",
    "exported",
    "extract",
    "fails",
    "find_figure",
    "find_paper",
    "find_papers",
    "find_policy",
    "ingest",
    "keep",
    "keep_undo",
    "layouts",
    "learn",
    "papers",
    "policies",
    "positions",
    "preview",
    "programmes",
    "read_corrections",
    "schemes",
    "tables",
    "undo",
]
