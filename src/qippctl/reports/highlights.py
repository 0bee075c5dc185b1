"""The highlight sheet of one scheme, for people: what it is, how it stands, its history, then what is told of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from qippctl.models.answers import RagAnswer, VarianceAnswer
from qippctl.models.corrections import CorrectionAnswer
from qippctl.models.figure import DOUBT_MEANINGS
from qippctl.models.forecasts import ForecastAnswer
from qippctl.models.highlights import HighlightAnswer, Mention, Owner, Particular, Place
from qippctl.models.identities import AliasAnswer
from qippctl.models.movements import HistoryAnswer
from qippctl.models.records import Alignment, Claim, Milestone, Position, Project, Risk, Status
from qippctl.money import plain
from qippctl.reports.corrections import amount, fields_in_words
from qippctl.reports.forecasts import full_year, headline
from qippctl.reports.listing import Block, Column, Listing, Tone
from qippctl.reports.movements import history
from qippctl.reports.words import COLOURS, Money, day, finely, percent, when

MOST_CLAIMS = 5
# Lines of a folded text: a sheet leaves out no word.
WHOLE = 1000
_PARTICULARS = {
    "recurrence": "Recurrence",
    "gross_net": "Gross or net",
    "benefit": "Benefit",
    "maturity": "Maturity",
    "budget_removed": "Budget removed",
    "account_code": "Account code",
}
_STATUSES = {"achieved": "achieved", "missed_under_2_weeks": "late < 2 weeks", "missed_over_2_weeks": "late > 2 weeks"}
_LEVELS = {"scheme": "", "workstream": ", of its programme", "paper": ", of the paper"}


def highlight(answer: HighlightAnswer, told: Sequence[HistoryAnswer], policy: str, today: date) -> Listing:
    """The sheet, then a record a period; as CSV the periods alone."""
    return Listing([answer, *told], lambda: list(_blocks(answer, told, policy, today)), csv_records=told)


def _blocks(answer: HighlightAnswer, told: Sequence[HistoryAnswer], policy: str, today: date) -> Iterator[Block]:
    (line,) = history(told, policy).shown
    head, bars = line.above
    yield Block((), (), (head, *_identity(answer)))
    if now := _now(answer):
        yield Block((), (), tuple(now))
    yield Block(line.columns, line.rows, (bars,), line.below, line.tones)
    parts = (_milestones, _issues, _risks, _projects, _standards, _claims)
    yield from (block for part in parts if (block := part(answer)) is not None)
    if answer.escalations:
        yield _escalations(answer, today)
    if answer.corrections:
        yield _corrections(answer.corrections)
    yield _findings(answer)
    yield _places(answer)


def _at(where: Place) -> str:
    return f"#{where.paper_number} p.{where.page}"


def _identity(answer: HighlightAnswer) -> list[str]:
    lines = []
    if answer.codes:
        lines.append(f"Code: {', '.join(answer.codes)}")
    if answer.names:
        lines.append(f"Also called: {'; '.join(answer.names)}")
    lines += [_link(link) for link in answer.links]
    lines.append(_owners(answer.owners))
    return lines + _particulars(answer.particulars)


def _link(link: AliasAnswer) -> str:
    since = f" since {when(link.since)}" if link.since else ""
    share = "" if link.share == 100 else f"{plain(link.share)}% of "
    return f'Linked: {share}"{link.name}" is "{link.to}"{since} (link {link.number}, {link.by}: {link.reason}).'


def _owners(owners: Sequence[Owner]) -> str:
    if not owners:
        return "No owner is named in any paper."
    return "Owners: " + "; ".join(f"{o.role}: {o.name} ({_at(o.where)}{_LEVELS[o.level]})" for o in owners)


def _particulars(found: Sequence[Particular]) -> list[str]:
    return [
        f"{_PARTICULARS[name]}: " + "; ".join(f"{p.text} ({_at(p.where)})" for p in found if p.name == name)
        for name in dict.fromkeys(p.name for p in found)
    ]


def _now(answer: HighlightAnswer) -> list[str]:
    """How it stands in the newest period: to date, its colours, where its year is going."""
    lines = []
    if answer.to_date is not None and (said := _to_date(answer.to_date)):
        lines.append(f"{when(answer.period)}, to date: {said}")
    lines += [said for rating in answer.ratings if (said := _rating(rating))]
    if answer.forecast is not None:
        lines += _outlook(answer.forecast)
    if answer.year is not None:
        lines += _recurrence(answer.year)
    return lines


def _to_date(a: VarianceAnswer) -> str:
    """`196.6 delivered of 1,148.7 = 17%, variance -952.1 (67% of the programme's).`"""
    money = Money((a.plan, a.actual, a.variance))
    if a.actual is not None:
        said = f"{money(a.actual)} delivered" + (
            f" of {money(a.plan)}" if a.plan is not None else "; no plan is printed"
        )
    elif a.plan is not None:
        said = f"{money(a.plan)} planned; no actual is printed"
    else:
        said = ""
    said += f" = {percent(a.delivery)}%" if a.delivery is not None else ""
    if a.variance is not None:
        of_all = percent(a.contribution)
        share = f" ({of_all}% of the programme's)" if of_all not in ("", "0") else ""
        said += f"{', ' if said else ''}variance {money(a.variance)}{share}"
    return said and f"{said}.{'  ~' if a.doubts else ''}{'  c' if a.corrected else ''}"


def _recurrence(year: VarianceAnswer) -> list[str]:
    money = Money((year.plan_recurrent, year.actual_recurrent, year.plan_non_recurrent, year.actual_non_recurrent))
    parts = [
        f"{name} plan {money(plan)}" + (f", forecast {money(actual)}" if actual is not None else "")
        for name, plan, actual in (
            ("recurrent", year.plan_recurrent, year.actual_recurrent),
            ("non-recurrent", year.plan_non_recurrent, year.actual_non_recurrent),
        )
        if plan is not None
    ]
    return [f"Of the year {'; '.join(parts)}."] if parts else []


def _rating(rating: RagAnswer) -> str:
    """`RAG finance: Red by the rule; printed Amber.`"""
    derived = COLOURS[rating.derived] if rating.derived else ""
    may = " or ".join(COLOURS[colour] for colour in rating.possible)
    given = f"{derived or may} by {rating.policy}" if derived or may else ""
    given += f" (may be {may})" if derived and rating.certainty == "undecided" else ""
    printed = (
        f"printed {COLOURS[rating.printed]}"
        if rating.printed
        else ""
        if rating.dimension != "finance"
        else "none printed"
    )
    said = "; ".join(filter(None, (given, printed)))
    if not given and not rating.printed:
        return f"RAG, {rating.dimension}: no colour: {rating.note}." if rating.note else ""
    note = f" ({rating.note})" if rating.note else ""
    against = "   x the rule gives another colour" if rating.disagrees else ""
    return f"RAG, {rating.dimension}: {said}{note}.{against}{'  ~' if rating.doubts else ''}"


def _outlook(a: ForecastAnswer) -> list[str]:
    """Where the year is going, in the words of `forecast`."""
    money = Money((a.plan, a.forecast, a.variance))
    lines = headline(a, money, Money((a.run_rate, a.required_rate)))
    if a.is_below_delivered:
        lines.append(f"! The forecast {money(a.forecast)} is below {money(a.actual)} already delivered.")
    if a.target is not None and a.confidence is not None:
        lines.append(
            f"Target {finely(a.target)} at {plain(a.confidence)}% confidence: {finely(a.confidence_weighted)}."
        )
    if a.full_year_effect is not None:
        said = full_year(a)
        lines.append(f"{said[0].upper()}{said[1:]}.")
    return lines


def _milestones(answer: HighlightAnswer) -> Block | None:
    found = [(m, m.record) for m in answer.milestones if isinstance(m.record, Milestone)]
    if not found:
        return None
    columns = (
        Column("No.", "colour", optional=True),
        Column("Milestone", "text", most=WHOLE),
        Column("From", "label", optional=True),
        Column("Due", "label"),
        Column("Status", "colour", optional=True),
        Column("Printed", "colour"),
        Column("", "colour", optional=True),
    )
    rows = tuple(
        (
            r.number or "",
            r.description,
            day(r.start_date) if r.start_date else r.start or "",
            day(r.completion_date) if r.completion_date else r.completion or "",
            _STATUSES[r.status] if r.status else "",
            _at(m.where),
            "~" if r.doubts else "",
        )
        for m, r in found
    )
    tones: tuple[Tone, ...] = tuple("good" if r.status == "achieved" else "bad" if r.status else "" for _, r in found)
    done = sum(1 for _, r in found if r.status == "achieved")
    late = sum(1 for _, r in found if r.status and r.status != "achieved")
    rest = len(found) - done - late
    counts = ((done, "achieved"), (late, "late"), (rest, "without a status"))
    said = ", ".join(f"{count} {what}" for count, what in counts if count)
    below = ("~ the row of it is in doubt.",) if any(r.doubts for _, r in found) else ()
    return Block(columns, rows, (f"Milestones: {said}.",), below, tones)


def _issues(answer: HighlightAnswer) -> Block | None:
    lines: list[str] = []
    for mention in (*answer.statuses, *answer.dashboards):
        lines += _issue(mention)
    return Block((), (), ("Issues and mitigation", *lines)) if lines else None


def _issue(mention: Mention) -> list[str]:
    record = mention.record
    references: tuple[str, ...] = ()
    if isinstance(record, Status):
        issue, mitigation, references = record.issue, record.mitigation, record.references
    elif isinstance(record, Position):
        issue, mitigation = record.exception, record.action
    else:
        return []
    if not (issue or mitigation or references):
        return []
    whose = ""
    if isinstance(record, Position):
        whose = f", {record.workstream}" + (
            " (its name or code is in the words)" if mention.found_by == "words" else ""
        )
    lines = [f"{when(mention.where.period)}, {_at(mention.where)}{whose}{'  ~' if record.doubts else ''}"]
    lines += _said("Issue", issue) + _said("Mitigation", mitigation)
    return lines + ([f"  References: {', '.join(references)}"] if references else [])


def _said(what: str, text: str | None) -> list[str]:
    """A text of several lines as it stands."""
    first, *rest = (text or "").splitlines() or [""]
    return [f"  {what}: {first}", *(f"  {line}" for line in rest)] if text else []


def _risks(answer: HighlightAnswer) -> Block | None:
    found = [(m, m.record) for m in answer.risks if isinstance(m.record, Risk)]
    if not found:
        return None
    columns = (
        Column("No.", "colour", optional=True),
        Column("Risk", "text", most=WHOLE),
        Column("Actions", "text", optional=True, most=WHOLE),
        Column("Score", "colour", optional=True),
        Column("Printed", "colour"),
    )
    rows = tuple(
        (
            r.number or "",
            r.description + (" (closed)" if r.closed else ""),
            r.actions or "",
            " ".join(filter(None, (r.score, r.change))),
            _at(m.where),
        )
        for m, r in found
    )
    return Block(columns, rows, ("Risks: its name or code is in the words, so one may be of something else.",))


def _projects(answer: HighlightAnswer) -> Block | None:
    found = [(m, m.record) for m in answer.projects if isinstance(m.record, Project) and m.record.summary]
    lines = tuple(f"{_at(m.where)}: {r.summary}" for m, r in found)
    return Block((), (), ("What it proposes", *lines)) if lines else None


def _standards(answer: HighlightAnswer) -> Block | None:
    found = [m.record for m in answer.standards if isinstance(m.record, Alignment) and m.record.standard]
    names = dict.fromkeys(r.standard for r in found)
    places = ", ".join(dict.fromkeys(_at(m.where) for m in answer.standards))
    return Block((), (), (f"Serves ({places}): {'; '.join(filter(None, names))}",)) if names else None


def _claims(answer: HighlightAnswer) -> Block | None:
    found = [(m, m.record) for m in answer.claims if isinstance(m.record, Claim)]
    if not found:
        return None
    lines = [f"{_at(m.where)}: {r.text}" for m, r in found[:MOST_CLAIMS]]
    rest = len(found) - MOST_CLAIMS
    more = (f"And {rest} more: --format json has all.",) if rest > 0 else ()
    return Block((), (), ("Sentences that speak of its figures", *lines, *more))


def _escalations(answer: HighlightAnswer, today: date) -> Block:
    waiting = answer.open_escalations
    listed = [*waiting, *(one for one in answer.escalations if one.outcome is not None)]
    columns = (
        Column("Id", "colour"),
        Column("Due", "colour"),
        Column("Says", "text", most=WHOLE),
        Column("Outcome", "text", optional=True),
        Column("Printed", "colour"),
    )
    rows = tuple(
        (
            one.id,
            day(one.due) if one.due else "year unknown",
            one.text,
            one.outcome or "",
            f"#{one.paper_number} p.{one.page}",
        )
        for one in listed
    )
    tones: tuple[Tone, ...] = tuple("bad" if one.is_open else "" for one in listed)
    overdue = sum(1 for one in waiting if one.is_open)
    said = f"Escalations: {overdue} overdue on {day(today.isoformat())}, no outcome recorded."
    below = (f"Next: qippctl escalations resolve {waiting[0].id} --outcome TEXT",) if waiting else ()
    return Block(columns, rows, (said,), below, tones)


def _corrections(found: Iterable[CorrectionAnswer]) -> Block:
    lines = []
    for c in found:
        was = fields_in_words({str(n): t for n, t in c.was.items()}, c.unit)
        now = fields_in_words({str(n): t for n, t in c.now.items()}, c.unit)
        what = f"{c.measure} {when(c.period)}" if c.measure else c.figure
        lines.append(f"{c.number} ({c.kind}, {c.state}): {what}: {was} -> {now}; {c.by}, {day(c.at[:10])}: {c.reason}")
    return Block(
        (),
        (),
        ("Corrections of its figures", *lines),
        ("To take one back: qippctl corrections undo NUMBER --reason TEXT",),
    )


def _findings(answer: HighlightAnswer) -> Block:
    """What the audit found wrong with its figures, and where to look."""
    if answer.audited is None:
        return Block((), (), ("Its papers were not audited yet. Next: qippctl audit",))
    said = f"Findings of the audit of {day(answer.audited[:10])}"
    if not answer.findings:
        return Block((), (), (f"{said}: none about its figures.",))
    columns = (
        Column("Rule", "colour"),
        Column("", "colour"),
        Column("Finding", "text", most=WHOLE),
        Column("Paper", "label", optional=True),
        Column("Printed", "colour"),
    )
    rows = tuple((f.code, f.severity, f.message, f.paper, f"p.{f.page}") for f in answer.findings)
    tones: tuple[Tone, ...] = tuple("bad" if f.severity == "error" else "warn" for f in answer.findings)
    return Block(columns, rows, (said,), (f"Next: qippctl evidence {answer.findings[0].id}",), tones)


def _places(answer: HighlightAnswer) -> Block:
    """Where each figure stands; last, as it needs a person: what is in doubt."""
    columns = (
        Column("Paper", "label"),
        Column("Reported", "colour"),
        Column("Page", "number"),
        Column("Table", "colour"),
        Column("Rows", "label", optional=True),
        Column("Figures", "number"),
        Column("Doubts", "number", optional=True),
    )
    rows = tuple(
        (
            f"#{p.where.paper_number} {p.where.paper}",
            when(p.reported),
            str(p.where.page),
            p.where.table or "",
            ", ".join(str(row + 1) for row in p.rows),
            str(p.figures),
            str(p.doubted or ""),
        )
        for p in answer.printed
    )
    below: list[str] = []
    if answer.namesakes:
        places = ", ".join(f"{_at(p.where)} {p.where.table} row {row + 1}" for p in answer.namesakes for row in p.rows)
        below.append(f"! Another of this name, with other figures, is not on this sheet: {places}.")
    worst = answer.worst
    if worst is not None:
        verb = "is" if answer.doubted == 1 else "are"
        below.append(
            f"~ {answer.doubted} of {answer.figures} figures {verb} in doubt. The largest: {worst.names} "
            f'{when(worst.period)}, {amount(worst.value, worst.unit)} (printed "{worst.raw}"), #{_number(answer)} '
            f"p.{worst.page}: {'; '.join(DOUBT_MEANINGS[doubt] for doubt in worst.doubts)}."
        )
        below.append(f"Next: qippctl evidence {worst.id}")
    return Block(columns, rows, ("Where its figures stand",), tuple(below))


def _number(answer: HighlightAnswer) -> int:
    """The number of the paper that prints the worst figure."""
    worst = answer.worst
    return next(p.where.paper_number for p in answer.printed if worst is not None and p.where.paper == worst.paper)
