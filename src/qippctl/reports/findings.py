"""What an audit found, for people: the verdict first, what changes a decision next, then each paper table by table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from qippctl.audit.wording import shortened
from qippctl.models.finding import SEVERITIES, Accepted, Change, Decision, Finding, Verdict
from qippctl.models.records import Claim
from qippctl.money import grouped, parse_amount
from qippctl.reports.listing import Block, Column, Listing, Tone
from qippctl.reports.words import day, when

_TONES: dict[str, Tone] = {"error": "bad", "warning": "warn", "note": "quiet"}
DECISIONS: dict[Decision, str] = {
    "rag": "changes a RAG",
    "yield": "changes the headline yield",
    "sign": "turns a sign",
}
CSV = (
    "id",
    "paper",
    "organisation",
    "period",
    "code",
    "severity",
    "decision",
    "page",
    "table",
    "row",
    "where",
    "message",
    "printed",
    "recomputed",
    "difference",
    "tolerance",
    "suggestion",
    "cause",
    "accepted",
)
ROUNDING = "Rounding differences: none called errors."
LONGEST_PLACE = 100
WHOLE = 1000
INDENT = " " * 5


@dataclass(slots=True)
class Entry:
    """A finding as it is shown: under its heading, with those that share its cause."""

    finding: Finding
    section: str
    others: list[Finding] = field(default_factory=list)
    is_under: bool = False


# ---- the verdict


def advice(verdict: Verdict, *, new: bool = False) -> str:
    """What to do, in a sentence."""
    fresh = "new " if new else ""
    if verdict.decision_errors:
        what = "error" if verdict.decision_errors <= verdict.errors else "finding"
        verb = "changes" if verdict.decision_errors == 1 else "change"
        return f"DO NOT SIGN YET: {_many(verdict.decision_errors, fresh + what)} {verb} what the Board is told"
    if verdict.errors:
        return f"NOT READY: {_many(verdict.errors, fresh + 'error')} to put right, or to accept with a reason"
    if verdict.warnings:
        return f"NO ERROR FOUND: {_many(verdict.warnings, fresh + 'warning')} to look at"
    if verdict.checked:
        return f"NOTHING {fresh.upper()}FOUND: no figure or sentence contradicts another"
    return "NOTHING CHECKED: no table or sentence gave anything to hold against another"


def verdict_line(verdict: Verdict) -> str:
    """The verdict in numbers: `5 errors (1 decision error), 7 warnings; 226 identities checked, 219 hold exactly`."""
    decision = f" ({_many(verdict.decision_errors, 'decision error')})" if verdict.decision_errors else ""
    holds = "holds" if verdict.exact == 1 else "hold"
    return (
        f"{_many(verdict.errors, 'error')}{decision}, {_many(verdict.warnings, 'warning')}; "
        f"{_many(verdict.checked, 'identity', 'identities')} checked, {verdict.exact} {holds} exactly, "
        f"{verdict.rounding} within rounding"
    )


def _many(count: int, one: str, many: str | None = None) -> str:
    return f"{count} {one if count == 1 else many or one + 's'}"


# ---- what is shown, in which order


def shown(found: Sequence[Finding], *, everything: bool = False) -> list[Entry]:
    """The findings as they are listed: what changes a decision, then paper by paper and place by place, accepted ones last.

    Notes only with `everything`; so are findings that share a cause with an earlier one, which else are counted with it.
    """
    heads, members = _by_cause(found)
    entries = [Entry(one, _section(one), members.get(one.id, [])) for one in heads]
    worst: dict[tuple[str, str], int] = {}
    for entry in entries:
        key = (entry.section, entry.finding.paper)
        worst[key] = min(worst.get(key, len(SEVERITIES)), SEVERITIES.index(entry.finding.severity))
    entries.sort(
        key=lambda e: (_SECTIONS.index(e.section), worst[(e.section, e.finding.paper)], *_place_key(e.finding))
    )
    out: list[Entry] = []
    for entry in entries:
        if entry.finding.severity == "note" and entry.finding.accepted is None and not everything:
            continue
        out.append(entry)
        if everything:
            out += [Entry(other, entry.section, is_under=True) for other in entry.others]
    return out


_DECIDING, _REST, _ACCEPTED = _SECTIONS = ("Changes what is decided", "", "Accepted")


def _section(one: Finding) -> str:
    if one.accepted is not None:
        return _ACCEPTED
    return _DECIDING if one.decision is not None and one.severity != "note" else _REST


def _by_cause(found: Sequence[Finding]) -> tuple[list[Finding], dict[str, list[Finding]]]:
    """Findings that stand for themselves, and those that share the cause of one of them; accepted ones each by itself."""
    there = {one.id for one in found if one.accepted is None}
    heads: list[Finding] = []
    members: dict[str, list[Finding]] = {}
    for one in found:
        shares = one.cause is not None and one.cause != one.id and one.cause in there and one.accepted is None
        if shares and one.cause is not None:
            members.setdefault(one.cause, []).append(one)
        else:
            heads.append(one)
    # A group is told where its first finding is; should that be a member of another, it stands for itself.
    alone = {one.id for one in heads}
    for cause in [cause for cause in members if cause not in alone]:
        heads += members.pop(cause)
    return heads, members


def _place_key(one: Finding) -> tuple[str, int, int, str, int, int, str, str]:
    digits = (one.table or "").rpartition("t")[2]
    return (
        one.paper,
        one.page,
        int(digits) if digits.isdigit() else 0,
        one.where or "",
        SEVERITIES.index(one.severity),
        one.row if one.row is not None else -1,
        one.code,
        one.id,
    )


# ---- the listing


def findings(
    found: Sequence[Finding],
    verdict: Verdict,
    entries: Sequence[Entry],
    *,
    numbered: bool = False,
    new: bool = False,
    pasted: bool = False,
) -> Listing:
    """Findings, and last the verdict; `entries` as `shown` orders them.

    `numbered`: with the short numbers that other commands take. `pasted`: for a document, without commands to run.
    """
    hidden = [one for one in found if one.severity == "note" and one.accepted is None]
    hidden = [one for one in hidden if one.id not in {entry.finding.id for entry in entries}]
    above = (advice(verdict, new=new), verdict_line(verdict))
    make = _document if pasted else _terminal
    return Listing(
        [*found, verdict],
        lambda: make(entries, verdict, above, hidden, numbered),
        csv_rows=_csv(found),
    )


def _csv(found: Sequence[Finding]) -> list[list[str]]:
    rows = [list(CSV)]
    for one in found:
        values = one.model_dump(mode="json") | {"accepted": one.accepted.reason if one.accepted else None}
        rows.append(["" if values[name] is None else str(values[name]) for name in CSV])
    return rows


_COLUMNS = (
    Column("Rule", "colour"),
    Column("", "colour"),
    Column("Finding", "text", most=WHOLE),
    Column("Printed", "number"),
    Column("Recomputed", "number"),
)


def _terminal(
    entries: Sequence[Entry], verdict: Verdict, above: tuple[str, ...], hidden: Sequence[Finding], numbered: bool
) -> Sequence[Block]:
    rows, tones = [], []
    before: dict[int, tuple[str, ...]] = {}
    after: dict[int, tuple[str, ...]] = {}
    bodies = _bodies(entries)
    section: str | None = None
    paper = place = ""
    for k, entry in enumerate(entries):
        one = entry.finding
        lines: list[str] = []
        if entry.section != section:
            section, paper = entry.section, ""
            lines += (["", section] if k else [section]) if section else []
        if (own := _paper(one, bodies)) != paper:
            paper, place = own, ""
            lines += ["", paper] if not lines and k else [paper]
        if (own := _place(one)) != place:
            place = own
            lines.append(f"  {place}")
        before[k] = tuple(lines)
        after[k] = tuple(_after(entry, numbered))
        rows.append((f"#{k + 1}" if numbered else str(k + 1), *_cells(entry, bodies)))
        tones.append("quiet" if one.accepted is not None else _TONES[one.severity])
    blocks = [Block((), (), above)]
    if rows:
        blocks.append(Block((Column("#", "number"), *_COLUMNS), tuple(rows), (), (), tuple(tones), before, after))
    blocks.append(Block((), (), tuple(_closing(entries, verdict, hidden, numbered))))
    return blocks


def _cells(entry: Entry, bodies: Mapping[str, str]) -> tuple[str, ...]:
    one = entry.finding
    return (one.code, one.severity, _said(entry, bodies), _number(one.printed), _number(one.recomputed))


def _said(entry: Entry, bodies: Mapping[str, str]) -> str:
    one = entry.finding
    whose = f"{one.organisation}: " if one.organisation and one.organisation != bodies.get(one.paper) else ""
    decision = f" ({DECISIONS[one.decision]})" if one.decision and entry.section != _ACCEPTED else ""
    return f"{'+ ' if entry.is_under else ''}{whose}{one.message}{decision}"


def _number(text: str | None) -> str:
    """A number in the paper's own unit as people read it: 381,795,000."""
    amount = parse_amount(text) if text else None
    if text is None or amount is None or amount.is_dash or amount.scale is not None or amount.is_percent:
        return text or ""
    return grouped(text)


def _bodies(entries: Iterable[Entry]) -> dict[str, str]:
    """Whose each paper is: of most of its findings."""
    counts: dict[str, Counter[str]] = {}
    for entry in entries:
        if entry.finding.organisation:
            counts.setdefault(entry.finding.paper, Counter())[entry.finding.organisation] += 1
    return {paper: count.most_common(1)[0][0] for paper, count in counts.items()}


def _paper(one: Finding, bodies: Mapping[str, str]) -> str:
    period = when(one.period) if one.period else ""
    return "   ".join(filter(None, (one.paper, bodies.get(one.paper, ""), period)))


def _place(one: Finding) -> str:
    """`Appendix 2: savings by scheme, page 12, table p12t1`."""
    where = shortened(" ".join((one.where or "").split()), LONGEST_PLACE)
    return ", ".join(filter(None, (where, f"page {one.page}", f"table {one.table}" if one.table else "")))


def _after(entry: Entry, numbered: bool) -> list[str]:
    """What belongs to a finding and does not stand in its row."""
    one = entry.finding
    lines = []
    if entry.others and not entry.is_under:
        codes = ", ".join(sorted({other.code for other in entry.others}))
        share = "shares" if len(entry.others) == 1 else "share"
        lines.append(f"{INDENT}+{len(entry.others)} that {share} this figure ({codes})")
    if one.suggestion and one.accepted is None:
        lines.append(f'{INDENT}Suggest: "{" ".join(one.suggestion.split())}"')
    lines += [f"{INDENT}{line}" for line in _repair(one, numbered)]
    if one.accepted is not None:
        lines.append(f"{INDENT}{_accepted('accepted', one.accepted)}")
    if one.accepted_before is not None:
        lines.append(f"{INDENT}{_accepted('accepted before with other numbers', one.accepted_before)}")
    return lines


def _accepted(what: str, made: Accepted) -> str:
    number = f" (decision {made.number})" if made.number else ""
    at = f", {day(made.at[:10])}" if made.at else ""
    return f"{what} by {made.by}{at}{number}: {made.reason}"


def _repair(one: Finding, numbered: bool) -> list[str]:
    """How the fewest cells would mend a table, and the command that does."""
    repair = one.repair
    if repair is None or one.accepted is not None:
        return []
    if repair.changes:
        count = len(repair.changes)
        changes = "; ".join(_change(change) for change in repair.changes)
        lines = [f"{'one cell' if count == 1 else f'{count} cells'} would mend it: {changes}"]
        return [*lines, *(f"  {_command(change)}" for change in repair.changes if numbered)]
    if repair.alternatives:
        rest = "" if repair.complete else " or more"
        any_of = " | ".join("; ".join(_change(change) for change in way) for way in repair.alternatives[:3])
        return [f"{len(repair.alternatives)}{rest} ways would mend it alike: {any_of}"]
    return []


def _change(change: Change) -> str:
    """`Extended waits plan.year 0.8 -> 8.4`."""
    return f"{change.label or change.figure} {_number(change.printed)} -> {_number(change.needed)}"


def _command(change: Change) -> str:
    """The correction as it is typed: the number in the column's own unit, with the sign that qippctl gives it."""
    needed = (change.needed or "").lstrip("-")
    return f"qippctl correct {change.figure} {'-' if change.value < 0 else ''}{needed} --kind misprint --reason TEXT"


def _closing(entries: Sequence[Entry], verdict: Verdict, hidden: Sequence[Finding], numbered: bool) -> Iterable[str]:
    """What is counted only, what was not held against anything, and the next command."""
    if hidden:
        codes = ", ".join(f"{code} x{count}" for code, count in sorted(Counter(one.code for one in hidden).items()))
        yield f"{_many(len(hidden), 'note')} ({codes}): --all shows {'it' if len(hidden) == 1 else 'them'}."
    if verdict.accepted:
        yield f"{_many(verdict.accepted, 'finding')} accepted, counted nowhere else: qippctl audit accepted"
    if verdict.untied_claims:
        sentences = _many(verdict.untied_claims, "sentence")
        yield f"{sentences} with numbers that nothing could be held against: --untied lists them."
    if verdict.checked:
        yield ROUNDING
    first = next((entry.finding for entry in entries if entry.finding.accepted is None), None)
    if first is not None:
        yield "Next: qippctl evidence '#1'" if numbered else f"Next: qippctl explain {first.code}"


def _document(
    entries: Sequence[Entry], verdict: Verdict, above: tuple[str, ...], hidden: Sequence[Finding], numbered: bool
) -> Sequence[Block]:
    """For an e-mail or a paper: the verdict, what was found, what to write instead, what was accepted."""
    columns = (Column("#", "number"), Column("Paper"), Column("Place"), *_COLUMNS[:1], Column("Kind"), *_COLUMNS[2:])
    bodies = _bodies(entries)
    numbers = [(str(k), entry) for k, entry in enumerate(entries, 1)]
    open_ = [(k, entry) for k, entry in numbers if entry.finding.accepted is None]
    closed = [(k, entry) for k, entry in numbers if entry.finding.accepted is not None]

    def rows(of: Sequence[tuple[str, Entry]]) -> tuple[tuple[str, ...], ...]:
        return tuple((k, e.finding.paper, _place(e.finding), *_cells(e, bodies)) for k, e in of)

    blocks = [Block((), (), above)]
    if open_:
        blocks.append(Block(columns, rows(open_)))
    said = _lines(open_)
    if said:
        blocks.append(Block((), (), ("What to write instead, and what belongs together:", *said)))
    if closed:
        blocks.append(Block(columns, rows(closed), ("Accepted:",), _lines(closed)))
    rest = [f"{_many(len(hidden), 'note')} not shown."] if hidden else []
    if verdict.untied_claims:
        rest.append(f"{_many(verdict.untied_claims, 'sentence')} with numbers that nothing could be held against.")
    blocks.append(Block((), (), (*rest, ROUNDING)))
    return blocks


def _lines(of: Sequence[tuple[str, Entry]]) -> tuple[str, ...]:
    """What belongs to each finding, in one line under its number."""
    said = ((k, "; ".join(line.strip() for line in _after(entry, numbered=False))) for k, entry in of)
    return tuple(f"{k}. {line}" for k, line in said if line)


def untied(found: Sequence[Claim]) -> Listing:
    """Sentences with numbers that nothing could be held against, paper by paper."""
    columns = (Column("Page", "number"), Column("Sentence", "text", most=WHOLE))
    blocks = [
        Block(columns, tuple((str(c.page), c.text) for c in found if c.paper == paper), (paper,))
        for paper in dict.fromkeys(c.paper for c in found)
    ]
    count = f"{_many(len(found), 'sentence')} with numbers that nothing could be held against."
    csv = ("paper", "page", "table", "row", "text")
    return Listing(found, [Block((), (), (count,)), *blocks], csv_columns=csv)


def prose(one: Finding) -> Listing:
    """A finding about a sentence: where it stands, what it says, what was found."""
    lines = [
        f"{one.code} {one.severity}: {one.message}",
        _paper(one, {one.paper: one.organisation or ""}),
        _place(one),
        f'As it stands in the paper: "{" ".join((one.text or "").split())}"' if one.text else "It quotes no sentence.",
    ]
    lines += [f'Suggest: "{" ".join(one.suggestion.split())}"'] if one.suggestion else []
    return Listing([one], [Block((), (), (*lines, f"Next: qippctl explain {one.code}"))])
