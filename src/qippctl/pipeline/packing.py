"""The pack of a month: every file of it by its maker, and the manifest that says what it was made from.

Nothing in a pack depends on the clock, on the machine or on where it is made: the same papers and decisions give the same bytes.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from qippctl import __version__
from qippctl.errors import NotFoundError, UsageError
from qippctl.models.closing import Manifest, Pack, PackFile, PackPolicy
from qippctl.models.decisions import Acceptance, Close, Correction, Decision, Distinct, Link, PlanApproval
from qippctl.pipeline.locking import HASH_OF_ID, locked
from qippctl.reports.listing import Block, Listing

if TYPE_CHECKING:
    from qippctl.ledger import Ledger
    from qippctl.models.base import Model
    from qippctl.models.charts import ChartKind
    from qippctl.pipeline.closing import Month

DRAFT = "DRAFT"
# The ids of figures in the JSON of records, whatever the records are.
_IDS = re.compile(rf'"([0-9a-f]{{{HASH_OF_ID}}}/p[0-9]+t[0-9]+/[0-9]+/[^"/]+)"')
# What people decided that papers are answered from. What became of an escalation changes no figure.
IN_FORCE: tuple[type[Decision], ...] = (Correction, Link, Distinct, PlanApproval, Acceptance)


@dataclass(frozen=True, slots=True)
class Making:
    """What the makers of files are given: the month, as of which day it is told, and whether it is a draft."""

    month: Month
    as_of: date
    draft: bool


@dataclass(frozen=True, slots=True)
class Made:
    """A file, made: its bytes, and the ids of the figures in it."""

    content: bytes
    figures: frozenset[str]


@dataclass(frozen=True, slots=True)
class Maker:
    """A file of a pack: its name, and what makes it; None where there is nothing to make it of."""

    name: str
    make: Callable[[Making], Made | None]


def used(records: Iterable[Model]) -> frozenset[str]:
    """The ids of the figures that records name."""
    return frozenset(found for record in records for found in _IDS.findall(record.model_dump_json()))


def _told(view: Callable[[Making], Listing], form: Literal["md", "csv", "jsonl"]) -> Callable[[Making], Made]:
    """What makes a file of an answer: the same that the command prints in that format."""

    def make(making: Making) -> Made:
        from qippctl.reports.render import render

        listing = view(making)
        text = render(listing, form)
        if form == "md" and making.draft:
            text = f"**{DRAFT}**: made before the month was closed; not for a meeting\n\n{text}"
        return Made(text.encode(), used(listing.records))

    return make


def _audit(making: Making) -> Listing:
    from qippctl.reports import findings

    if making.month.audit is None:
        return _nothing("No paper of the period could be audited.")
    found, verdict = making.month.audit
    return findings.findings(found, verdict, findings.shown(found, everything=True), pasted=True)


def _rag(making: Making) -> Listing:
    from qippctl.reports import ratings

    return ratings.rag([making.month.programme], everything=True)


def _movement(making: Making) -> Listing:
    from qippctl.reports import movements as views

    month = making.month
    if month.movement is None:
        return _nothing("The ledger holds no earlier period of this organisation: nothing moved.")
    return views.movements([month.movement])


def _forecast(making: Making) -> Listing:
    from qippctl.pipeline.answers import forecasts
    from qippctl.reports import forecasts as views

    month = making.month
    return views.forecasts(forecasts(month.ledger, month.choice.organisation, month.choice.period))


def _figures(making: Making) -> Listing:
    from qippctl.reports import papers

    return papers.figure_list([fact.figure for fact in making.month.facts])


def _decisions(making: Making) -> Listing:
    from qippctl.reports.closing import decisions

    month = making.month
    own = [*(one for kind in IN_FORCE for one in month.ledger.decisions(kind)), *month.asked.accepted]
    listed = [one for one in own if one.organisation == month.organisation]
    return decisions(sorted(listed, key=lambda one: (one.number, one.type, getattr(one, "finding", ""))))


def _adjustments(making: Making) -> Listing:
    from qippctl.reports.closing import adjustments

    return adjustments(making.month.adjustments)


def _policy(making: Making) -> Made:
    policy, _ = making.month.policy
    return Made(policy.model_dump_json(indent=1, exclude_defaults=True).encode() + b"\n", frozenset())


def _workbook(making: Making) -> Made:
    from qippctl.pipeline.workbooks import book
    from qippctl.reports import excel

    month = making.month
    found = book(month.ledger, month.choice.organisation, month.choice.period, month.rules, today=making.as_of)
    content = excel.working(replace(found, draft=making.draft))
    lines = (line for body in found.bodies for line in body.lines)
    answers = [a for line in lines for a in (line.to_date, line.year, line.rag, *line.profiles) if a is not None]
    return Made(content, used((*answers, *found.findings)) | {figure.id for figure in found.figures})


def _board(making: Making) -> Made:
    from qippctl.pipeline.board import board
    from qippctl.reports.board import paper
    from qippctl.reports.document import render

    month = making.month
    found = board(month.ledger, month.choice.organisation, month.choice.period, month.rules, today=making.as_of)
    document = paper(found)
    content = render(replace(document, draft=document.draft or making.draft), "docx")
    return Made(content if isinstance(content, bytes) else content.encode(), used([found]))


def _chart(kind: ChartKind, form: Literal["svg", "png"]) -> Callable[[Making], Made | None]:
    """What draws a chart; nothing where the papers print nothing to draw."""

    def make(making: Making) -> Made | None:
        from qippctl.pipeline.charting import Drawn, charts
        from qippctl.reports.charts import png, svg

        month = making.month
        asked = Drawn(month.choice.organisation, month.choice.period, today=making.as_of, rules=month.rules)
        if kind == "movement":
            asked = replace(asked, period=None, later=month.choice.period)
        try:
            (chart,) = charts(month.ledger, kind, asked)
        except NotFoundError:
            return None
        if making.draft:
            chart = chart.model_copy(update={"title": f"{DRAFT}: {chart.title}"})
        return Made(svg(chart).encode() if form == "svg" else png(chart), used([chart]))

    return make


def _nothing(said: str) -> Listing:
    return Listing([], [Block((), (), (said,))])


MAKERS: tuple[Maker, ...] = (
    *(
        Maker(f"chart-{kind}.{form}", _chart(kind, form))
        for kind in ("cumulative", "gantt", "heatmap", "movement", "profile", "waterfall")
        for form in ("png", "svg")
    ),
    Maker("adjustments.md", _told(_adjustments, "md")),
    Maker("audit.jsonl", _told(_audit, "jsonl")),
    Maker("audit.md", _told(_audit, "md")),
    Maker("board-paper.docx", _board),
    Maker("decisions.jsonl", _told(_decisions, "jsonl")),
    Maker("decisions.md", _told(_decisions, "md")),
    Maker("figures.csv", _told(_figures, "csv")),
    Maker("forecast.csv", _told(_forecast, "csv")),
    Maker("forecast.md", _told(_forecast, "md")),
    Maker("movement.md", _told(_movement, "md")),
    Maker("policy.json", _policy),
    Maker("rag.csv", _told(_rag, "csv")),
    Maker("rag.md", _told(_rag, "md")),
    Maker("workbook.xlsx", _workbook),
)


def pack(month: Month, *, draft: bool, today: date | None = None, private: bool = False) -> Pack:
    """The pack of a month, in memory. `today` only where somebody said it; `private`: papers that stay in the house are in it."""
    from qippctl.calc.closing import closed

    making = Making(month, today or told_at(month), draft)
    begins = f"{DRAFT}-" if draft else ""
    made = {f"{begins}{maker.name}": one for maker in MAKERS if (one := maker.make(making)) is not None}
    values = _values(month, frozenset[str]().union(*(one.figures for one in made.values())))
    policy, is_stated = month.policy
    files = tuple(
        PackFile(
            name=name,
            sha256=hashlib.sha256(one.content).hexdigest(),
            size=len(one.content),
            figures=tuple(sorted(one.figures & values.keys())),
        )
        for name, one in sorted(made.items())
    )
    manifest = Manifest(
        version=__version__,
        organisation=month.organisation,
        period=month.choice.period,
        draft=draft,
        today=today.isoformat() if today is not None else None,
        includes_private=private and bool(month.ledger.private()),
        policy=PackPolicy(
            name=policy.name,
            title=policy.title,
            stated=is_stated,
            sha256=hashlib.sha256(_policy(making).content).hexdigest(),
        ),
        rules_left_out=tuple(sorted(month.asked.terms.disabled)) if month.asked.terms is not None else (),
        controls={one.name: one.typed for one in month.controls},
        papers=month.papers,
        files=files,
    )
    return Pack(manifest, {name: one.content for name, one in made.items()}, closed(month.positions), values)


def told_at(month: Month) -> date:
    """The day of which a pack tells where nobody says one: that of the newest paper's meeting, else the end of the period."""
    from calendar import monthrange

    from qippctl.period import Period

    meetings = [paper.meeting_date for paper in month.papers if paper.meeting_date]
    if meetings:
        return date.fromisoformat(max(meetings))
    at = Period.parse(month.choice.period)
    if not at.month:
        return date(at.start + 1, 3, 31)
    year, number = (at.start, at.month + 3) if at.month <= 9 else (at.start + 1, at.month - 9)
    return date(year, number, monthrange(year, number)[1])


def _values(month: Month, ids: frozenset[str]) -> Mapping[str, Decimal]:
    """What the figures of these ids are: those of other periods are looked up in their papers."""
    values = {fact.figure.id: fact.figure.value for fact in month.facts if fact.figure.id in ids}
    papers = {identity.partition("/")[0] for identity in ids - values.keys()}
    if papers:
        known = month.ledger.papers()
        numbers = [paper.number for paper in known if paper.cover.sha256[:HASH_OF_ID] in papers]
        others = month.ledger.facts(papers=numbers) if numbers else []
        values |= {fact.figure.id: fact.figure.value for fact in others if fact.figure.id in ids}
    return values


def keep_pack(
    ledger: Ledger, made: Pack, month: Month, *, at: str, lock: bool = False, by: str = "", reason: str = ""
) -> tuple[int, Close | None]:
    """Keep what a pack was made from, and close its period with it where that is asked for; its number, and the decision."""
    if not lock:
        return ledger.keep_pack(made, at)[0], None
    from qippctl.calc.controls import HEADLINES, total_of

    standing = locked(ledger, month.choice.organisation).get(month.choice.period)
    if standing is not None:
        raise UsageError(locked_already(standing))
    totals = {}
    for name in HEADLINES:
        position = total_of(month.positions, *name)
        figure = position.find(*name) if position is not None else None
        if figure is not None:
            totals[figure.names] = figure.value
    wanted = Close(
        organisation=month.organisation,
        by=by,
        at=at,
        reason=reason,
        period=month.choice.period,
        pack=0,
        manifest=hashlib.sha256(made.text).hexdigest(),
        papers=made.manifest.papers,
        totals=totals,
    )
    number, (close,) = ledger.keep_pack(made, at, wanted)
    return number, close


def locked_already(close: Close) -> str:
    """What is said to whoever closes a period twice."""
    return (
        f"{close.period} is locked already, by {close.by} as decision {close.number}; nothing is changed. "
        f"To see what changed since: qippctl close {close.period} --adjustments; to open it: --reopen --reason TEXT"
    )


__all__ = ["DRAFT", "MAKERS", "Made", "Maker", "Making", "keep_pack", "locked_already", "pack", "told_at", "used"]
