"""Which papers report a period, and which of them counts, in words."""

from __future__ import annotations

from qippctl.models.answers import Precedence, ReportingPaper
from qippctl.models.figure import Figure
from qippctl.money import plain
from qippctl.reports.words import day, finely

MOST_PAPERS = 4


def papers(known: Precedence | None, *, of: str = "") -> list[str]:
    """The paper of a period, or which of several counts where they differ, and in how much they do. `of`: which period."""
    if known is None or not any(paper.meeting for paper in known.papers):
        return []
    begun = f"{of} from" if of else "From"
    if len(known.papers) == 1:
        return [f"{begun} the paper of {_called(known.papers[0])}."]
    shown = [_called(paper) for paper in known.papers[:MOST_PAPERS]]
    rest = len(known.papers) - len(shown)
    listed = ", ".join(shown[:-1]) + f" and {shown[-1]}" if not rest else f"{', '.join(shown)} and {rest} more"
    first, second = known.papers[:2]
    if first.meeting != second.meeting:
        why = "the later meeting counts"
    elif first.is_final != second.is_final:
        why = "the final one counts"
    else:
        why = "the table with most proven sums counts"
    lines = [f"{begun} the papers of {listed}: where they differ, {why}."]
    if known.first is not None:
        lines.append(_differing(known.differences, *known.first))
    return lines


def _called(paper: ReportingPaper) -> str:
    draft = "" if paper.is_final else " (draft)"
    return (day(paper.meeting) if paper.meeting else "no date") + draft


def _differing(count: int, counts: Figure, other: Figure) -> str:
    whose = counts.scheme or counts.workstream or counts.role.capitalize()
    said = finely if counts.unit == "GBP" else plain
    figures = "1 figure" if count == 1 else f"{count} figures"
    such = "" if count == 1 else ", such as"
    colon = ":" if count == 1 else ""
    return (
        f"They differ in {figures}{colon}{such} {whose}, {counts.names}: {said(counts.value)}, not {said(other.value)}."
    )
