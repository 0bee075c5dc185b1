"""Findings that people accept: kept in the ledger as decisions, or in a file that is shared; and what each audit found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from qippctl import __version__
from qippctl.calc.correcting import text_given
from qippctl.errors import LedgerError, NotFoundError, UsageError
from qippctl.models.acceptances import AcceptanceAnswer, AcceptanceState, AcceptedEntry, AcceptedFile
from qippctl.models.decisions import Acceptance

if TYPE_CHECKING:
    from qippctl.ledger import LastFound, Ledger
    from qippctl.models.finding import Finding

# Some ten thousand acceptances.
LARGEST_FILE = 8_000_000
SHORTEST_ID = 4
ID_LENGTH = 12


def keep_audit(
    ledger: Ledger, findings: Sequence[Finding], *, at: str, codes: Iterable[str], papers: Sequence[str]
) -> LedgerError | None:
    """Keep what an audit of these papers found; why it could not be kept, where it could not."""
    if not papers:
        return None
    try:
        ledger.keep_audit(findings, at=at, version=__version__, codes=codes, papers=papers)
    except LedgerError as error:
        return error
    return None


def find_finding(ledger: Ledger, asked: str) -> Finding:
    """A finding of an audit of the ledger by its id, or by the beginning of one that no other has."""
    found = ledger.findings(asked) if len(asked) >= SHORTEST_ID else []
    exact = [finding for finding in found if finding.id == asked]
    if len(exact or found) == 1:
        return (exact or found)[0]
    why = (
        f"several begin so: {', '.join(f.id for f in found)}"
        if found
        else "ids are printed by: qippctl audit --format json"
    )
    raise NotFoundError(f'no audit of this ledger found "{asked[: ID_LENGTH * 2]}"; {why}')


def finding_of(ledger: Ledger, asked: str) -> Finding | None:
    """The finding of an audit of the ledger that has this very id; None where there is none."""
    found = ledger.findings(asked) if len(asked) == ID_LENGTH else []
    return next((finding for finding in found if finding.id == asked), None)


def to_accept(ledger: Ledger, asked: Sequence[str], *, by: str, at: str, reason: str) -> list[Acceptance]:
    """Acceptances of findings by their ids, each with the findings that share its cause; not kept yet.

    NotFoundError where no audit had such a finding, UsageError where the last one did not, or it is accepted already.
    """
    said = {"by": text_given(by, "who"), "at": at, "reason": text_given(reason, "the reason")}
    known, standing = ledger.standing_findings()
    accepted = {(one.finding, one.printed, one.recomputed): one for one in ledger.decisions(Acceptance)}
    wanted: dict[str, Finding] = {}
    for text in asked:
        finding = find_finding(ledger, text)
        if not known.had(finding):
            raise UsageError(
                f"{finding.id}: the last audit of {finding.paper} did not find it any more. Next: qippctl audit"
            )
        already = accepted.get((finding.id, finding.printed, finding.recomputed))
        if already is not None:
            raise UsageError(
                f"{finding.id}: accepted already, by {already.by} as decision {already.number}; nothing is changed"
            )
        wanted[finding.id] = finding
        for other in standing:
            if other.cause == finding.id and (other.id, other.printed, other.recomputed) not in accepted:
                wanted.setdefault(other.id, other)
    return [
        Acceptance(
            organisation=finding.organisation,
            finding=finding.id,
            code=finding.code,
            message=finding.message,
            paper=finding.paper,
            sha256=finding.sha256,
            printed=finding.printed,
            recomputed=finding.recomputed,
            **said,
        )
        for finding in wanted.values()
    ]


def acceptances(ledger: Ledger, *, everything: bool = False) -> list[AcceptanceAnswer]:
    """What was accepted, in the order in which it was, and whether it holds; what was taken back only if asked for."""
    known, standing = ledger.standing_findings()
    now = {finding.id: finding for finding in standing}
    return [
        AcceptanceAnswer(**dict(one), state=_state(one, known, now.get(one.finding)))
        for one in ledger.decisions(Acceptance, undone=everything)
    ]


def _state(one: Acceptance, known: LastFound, now: Finding | None) -> AcceptanceState:
    from qippctl.audit.accepting import holds

    if one.undone_by is not None:
        return "undone"
    if now is not None:
        return "holds" if holds(one, now) else "other numbers"
    return "not found" if known.of(one.sha256, one.code) is not None else "not audited"


def accepted_text(made: Iterable[Acceptance]) -> str:
    """A file of accepted findings, in the order of papers and codes, so that two of the same are the same bytes."""
    import tomli_w

    ordered = sorted(made, key=lambda one: (one.paper, one.code, one.finding, one.number))
    fields = AcceptedEntry.model_fields
    entries = [{name: value for name in fields if (value := getattr(one, name, None)) is not None} for one in ordered]
    head = "# Findings of the audit that were looked at and let stand; made by: qippctl audit export-accepted\n"
    return head + ("\n" + tomli_w.dumps({"accepted": entries}, multiline_strings=False) if entries else "")


def read_accepted(path: Path) -> list[Acceptance]:
    """The acceptances of a file. ConfigurationError names the file, the key and what is expected there."""
    from qippctl import resources

    file = resources.load(path, AcceptedFile, largest=LARGEST_FILE)
    return [Acceptance(**dict(entry)) for entry in file.accepted]


@dataclass(slots=True)
class AcceptedImport:
    """What of a file of accepted findings is to be kept, and how many of it stand already."""

    made: list[Acceptance] = field(default_factory=list)
    standing: int = 0


def new_acceptances(ledger: Ledger, given: Iterable[Acceptance], at: str) -> AcceptedImport:
    """Acceptances that the ledger does not have yet: twice changes nothing."""
    out = AcceptedImport()
    known = {(one.finding, one.printed, one.recomputed) for one in ledger.decisions(Acceptance)}
    for one in given:
        key = (one.finding, one.printed, one.recomputed)
        if key in known:
            out.standing += 1
            continue
        known.add(key)
        out.made.append(one if one.at else one.model_copy(update={"at": at}))
    return out
