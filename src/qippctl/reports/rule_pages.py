"""The pages of the audit's rules: one, all in a list, or all as a document."""

from __future__ import annotations

from collections.abc import Sequence

from qippctl.models.finding import RuleAnswer, RuleParameter
from qippctl.reports.listing import Block, Column, Listing

FAMILIES = {
    "QT": "Tables",
    "QR": "RAG ratings",
    "QU": "Units",
    "QC": "Quantities stated more than once",
    "QP": "Sentences",
    "QM": "Between papers",
    "QS": "Schemes",
    "QD": "Reading",
}
OPENING = (
    "# Findings",
    "Every rule of the audit. This page is made from the rules themselves (`make schemas`); `qippctl explain CODE` prints one. "
    "How to read a verdict, accept a finding and turn a rule off is told in [audit](audit.md).",
)


def _severity(one: RuleAnswer) -> str:
    own = f", by default {one.default_severity}" if one.default_severity not in (None, one.severity) else ""
    return f"{one.severity}{own}"


def _parameter(one: RuleParameter) -> str:
    """`catch_up = 3 (by default 2): how many times ...`."""
    own = f" (by default {one.default:g})" if one.value != one.default else ""
    return f"{one.name} = {one.value:g}{own}: {one.meaning}."


def rule(one: RuleAnswer) -> Listing:
    """The page of a rule, and whether it is in force."""
    state = "enabled" if one.enabled else "DISABLED by the settings: qippctl config"
    above = (
        f"{one.code} {one.name}",
        f"{_severity(one)}; {state}",
        "",
        one.what,
        "",
        f"Why it matters: {one.why}",
        f"What to do: {one.action}",
        f"Example: {one.example}",
        *(f"Threshold {_parameter(p)}" for p in one.parameters),
        "",
        f"To see only its findings: qippctl audit --rule {one.code}",
    )
    return Listing([one], (Block((), (), above=above),))


def rules(found: Sequence[RuleAnswer]) -> Listing:
    """Every rule in a line."""
    columns = (
        Column("Code", "colour"),
        Column("Severity", "colour"),
        Column("", "colour", optional=True),
        Column("What"),
    )
    rows = tuple(
        (one.code, one.severity, "" if one.enabled else "disabled", one.what.partition(":")[0].rstrip("."))
        for one in found
    )
    off = sum(1 for one in found if not one.enabled)
    said = f"{len(found)} rules" + (f", {off} disabled by the settings" if off else "")
    names = ("code", "name", "severity", "enabled", "what", "why", "action", "example")
    below = ("Next: qippctl explain CODE",)
    return Listing(found, [Block(columns, rows, (said,), below)], csv_columns=names)


def document(found: Sequence[RuleAnswer]) -> str:
    """docs/findings.md: every rule, by family, as the rules describe themselves."""
    lines = [*OPENING, "| code | name | severity |\n|---|---|---|"]
    lines[-1] += "".join(f"\n| [{one.code}](#{_anchor(one)}) | {one.name} | {one.severity} |" for one in found)
    for prefix in dict.fromkeys((*FAMILIES, *(one.code[:2] for one in found))):
        if not any(one.code.startswith(prefix) for one in found):
            continue
        lines.append(f"## {FAMILIES.get(prefix, prefix)}")
        for one in (one for one in found if one.code.startswith(prefix)):
            lines += [
                f"### {one.code} {one.name}",
                f"{one.severity.capitalize()}. {one.what}",
                f"**Why it matters:** {one.why}",
                f"**What to do:** {one.action}",
                f"**Example:** {one.example}",
                *(f"**Threshold:** {_parameter(p)}" for p in one.parameters),
            ]
    return "\n\n".join(lines) + "\n"


def _anchor(one: RuleAnswer) -> str:
    return f"{one.code.lower()}-{one.name}"
