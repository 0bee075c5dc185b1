"""Indicators for people: how many are on target, those that are not, those of which nobody can say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from qippctl.models.metrics import ControlChart, IndicatorAnswer, IndicatorShare, IndicatorTarget, Metrics
from qippctl.money import plain
from qippctl.reports.listing import Block, Column, Listing, Tone
from qippctl.reports.words import COLOURS, TONES, body, when

_SIGNALS = {
    "outside": "outside the limits",
    "trend": "a trend of seven",
    "two_of_three": "two of three near a limit",
    "shift": "seven on one side",
}
_JUDGEMENTS = {
    "improvement": "Improvement",
    "concern": "Concern",
    "no_judgement": "No judgement",
    "common_cause": "Common cause",
}
_TONES: dict[str | None, Tone] = {"improvement": "good", "concern": "bad", "no_judgement": "warn", None: ""}
_COMPARED = {"at_least": "at least", "above": "above", "at_most": "at most", "below": "below"}


def metrics(found: Sequence[Metrics], *, everything: bool) -> Listing:
    """Indicators by organisation, each with the share that is on target."""
    records = [record for own in found for record in (*own.answers, own.share)]
    return Listing(records, lambda: [block for own in found for block in _blocks(own, everything=everything)])


def _blocks(own: Metrics, *, everything: bool) -> list[Block]:
    counted = [a for a in own.answers if not a.is_about_share]
    stated = [a for a in own.answers if a.is_about_share]
    off = sorted((a for a in counted if a.on_target is False), key=lambda a: a.rag != "red")
    undecided = [a for a in counted if a.on_target is None]
    on = [a for a in counted if a.on_target]
    head = [f"{body(own.organisation)}   {when(own.period)}   indicators", *_counts(own.share)]
    blocks = [Block((), (), tuple(head))]
    if off:
        blocks.append(_judged("Off target", off))
    if undecided:
        blocks.append(_undecided(undecided))
    if on and everything:
        blocks.append(_judged("On target", on))
    if stated and everything:
        blocks.append(_judged("Says itself how many are on target", stated))
    below = _below(own, everything=everything, on=len(on))
    return [*blocks, Block((), (), (), tuple(below))] if below else blocks


def _counts(share: IndicatorShare) -> list[str]:
    """How many are on target, off it, undecided; and the share, beside the one that the paper states."""
    near = f", {share.broadly_count} broadly on target" if share.broadly_count else ""
    lines = [
        f"{share.on_target_count} on target{near}, {share.off_target_count} off target, {share.undecided} cannot be decided."
    ]
    if share.share is not None:
        lines.append(
            f"On or broadly on target: {plain(share.share)}% of the {share.decided} decided"
            + (
                f" ({plain(share.share_least or Decimal(0))} to {plain(share.share_most or Decimal(0))}% of all)"
                if share.undecided
                else ""
            )
            + "."
        )
    for said in share.stated:
        wanted = f"wants {plain(said.target)}%" if said.target is not None else "states no target"
        reported = f"reports {plain(said.actual)}%" if said.actual is not None else "reports none"
        lines.append(f"The paper itself {wanted} and {reported} (p. {said.page}).")
    return lines


def _judged(title: str, answers: Sequence[IndicatorAnswer]) -> Block:
    columns = (
        Column("Indicator", "label"),
        Column("Target", "label"),
        Column("Actual", "label"),
        Column("Data", "colour"),
        Column("RAG", "colour"),
        Column("", "colour"),
    )
    rows = tuple(
        (
            name,
            "; ".join(_asked(t) for t in a.targets),
            _line(a.actual),
            _month(a),
            COLOURS.get(a.rag or "", "-") + ("?" if a.certainty == "undecided" else ""),
            _mark(a),
        )
        for name, a in zip(_names(answers), answers, strict=True)
    )
    return Block(columns, rows, (title,), (), tuple(TONES.get(a.rag, "") for a in answers))


def _undecided(answers: Sequence[IndicatorAnswer]) -> Block:
    columns = (
        Column("Indicator", "label"),
        Column("Target", "label"),
        Column("Actual", "label"),
        Column("", "colour"),
        Column("Why", "text"),
    )
    rows = tuple(
        (name, _line(a.target), _line(a.actual), _mark(a), a.why or "")
        for name, a in zip(_names(answers), answers, strict=True)
    )
    return Block(columns, rows, ("Cannot be decided",))


def _names(answers: Sequence[IndicatorAnswer]) -> list[str]:
    """A name for each; its workstream first where several have the name, as names are long and their ends are cut."""
    counts = Counter(a.name for a in answers)
    return [f"{a.workstream}: {a.name}" if counts[a.name] > 1 and a.workstream else a.name for a in answers]


def _line(text: str | None) -> str:
    return " ".join((text or "").split())


def _asked(target: IndicatorTarget) -> str:
    """A target as printed, with what it comes to where its words do not say."""
    said = _line(target.text)
    if target.threshold is None or target.comparison is None:
        return said
    if target.direction_from == "target" and target.value == target.threshold:
        return said
    return f"{said} ({_COMPARED[target.comparison]} {plain(target.threshold)})"


def _month(answer: IndicatorAnswer) -> str:
    return when(answer.data_month)[4:] if answer.data_month else ""


def _mark(answer: IndicatorAnswer) -> str:
    return ("!" if answer.late else "") + ("c" if answer.corrected else "") + ("~" if answer.doubts else "")


def _below(own: Metrics, *, everything: bool, on: int) -> list[str]:
    shown = [a for a in own.answers if everything or not (a.on_target or a.is_about_share)]
    lines = [f"{on} on target (--all)"] if on and not everything else []
    if any("?" in _rounded(a) for a in shown):
        lines.append("? the printed precision leaves it open.")
    late = [a for a in own.answers if a.late]
    if late:
        lines.append(f"! {len(late)} with data older than the arrears that the paper states.")
    if any(a.corrected for a in shown):
        lines.append("c corrected by an analyst: qippctl corrections list")
    if any(a.doubts for a in shown):
        lines.append("~ the row or a figure of it is in doubt: see doubts in --format json.")
    if own.rule is None:
        lines.append("Green on target, else Red: no policy says how near is broadly on target.")
    else:
        lines.append(f"Amber up to {plain(own.rule.broadly_within)}% off, by {own.policy}.")
    return lines


def _rounded(answer: IndicatorAnswer) -> str:
    return "?" if answer.certainty == "undecided" else ""


def charts(found: Sequence[ControlChart]) -> Listing:
    """XmR numbers; CSV has a row a point."""
    header = ("organisation", "workstream", "name", "period", "value", "moving_range", "is_left_out", "mean", "lower",
              "upper", "signals", "judgement", "paper", "page", "table", "row", "doubts")  # fmt: skip
    rows: list[Sequence[str]] = [header]
    for one in found:
        for point in one.points:
            printed = point.model_dump(mode="json")
            limits = {name: _number(getattr(one, name)) for name in ("mean", "lower", "upper")}
            whose = {"organisation": one.organisation, "workstream": one.workstream, "name": one.name}
            rows.append([_cell({**printed, **limits, **whose}[name]) for name in header])
    return Listing(list(found), [_chart(one) for one in found], csv_rows=rows)


def _number(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)


def _cell(value: object) -> str:
    if isinstance(value, list):
        return " ".join(map(str, value))
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _chart(one: ControlChart) -> Block:
    head = [f"{body(one.organisation)}   {one.name}" + (f" ({one.workstream})" if one.workstream else "")]
    if one.outcome != "charted":
        head.append(f"Not charted: {one.why}.")
    else:
        which = f"{one.better} is better" if one.better else "which way is better is not stated"
        head.append(f"{_JUDGEMENTS[one.latest or 'common_cause']} at {when(one.points[-1].period)}; {which}.")
        head.append(
            f"Mean {_number(one.mean)}, limits {_number(one.lower)} to {_number(one.upper)}, "
            f"mean moving range {_number(one.mean_moving_range)}; {one.count} points."
        )
    columns = (
        Column("Month", "colour"),
        Column("Value", "number"),
        Column("Moving range", "number"),
        Column("", "colour"),
        Column("Judgement", "colour", optional=True),
        Column("Signals", "label", optional=True),
    )
    rows = tuple(
        (
            when(point.period),
            plain(point.value),
            _number(point.moving_range) or "",
            ("o" if point.is_left_out else "") + ("~" if point.doubts else ""),
            _JUDGEMENTS[point.judgement] if point.judgement else "",
            ", ".join(_SIGNALS[signal] for signal in point.signals),
        )
        for point in one.points
    )
    below = []
    if any(point.is_left_out for point in one.points):
        below.append("o a moving range above 3.267 times their mean, left out of the limits.")
    if one.missing:
        below.append(f"No point for {', '.join(map(when, one.missing))}.")
    if one.doubts:
        below.append("~ the row or a figure of it is in doubt: see doubts in --format json.")
    tones = tuple(_TONES[point.judgement] for point in one.points)
    return Block(columns, rows, tuple(head), tuple(below), tones)
