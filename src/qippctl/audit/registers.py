"""Arithmetic between the cells of a register: a risk's score, and savings over the months of a milestone."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from qippctl.audit.catalogue import Breach, Held, Told, also
from qippctl.audit.material import Material
from qippctl.calc.spoken import numbers
from qippctl.models.records import Milestone, Risk
from qippctl.money import exactly, grouped, interval, parse_amount, plain

# The largest step of a scale of impact or likelihood.
HIGHEST = 5
_RATED = re.compile(
    r"\b(?:rating|score|risk)\b[^.;()]{0,60}?\b(?:was|is|of|=|:)\s?(?P<score>[0-9]{1,2})\s?\(\s?(?:impact|consequence|severity)\s?[=:x-]?\s?"
    r"(?P<impact>[1-5])\s?[;,x×*/ ]{1,3}\s?(?:likelihood|probability)\s?[=:-]?\s?(?P<likelihood>[1-5])\s?\)",
    re.IGNORECASE,
)
_MONTHLY = re.compile(r"(?:per|a|each|every) (?:calendar )?month", re.IGNORECASE)
THOUSAND = Decimal(1000)


@also("QP702")
def risk_scores(of: Material) -> Iterator[Told]:
    """Impact times likelihood, where most lines of the register score so, and where a sentence says so."""
    tables: dict[str | None, list[tuple[Risk, int, int, int]]] = defaultdict(list)
    for risk in of.records(Risk):
        scores = [_small(text) for text in (risk.impact, risk.likelihood, risk.score)]
        impact, likelihood, score = scores
        if impact and likelihood and score and max(impact, likelihood) <= HIGHEST:
            tables[risk.table].append((risk, impact, likelihood, score))
        for match in _RATED.finditer((risk.actions or "")[:LONGEST]):
            product = int(match["impact"]) * int(match["likelihood"])
            if product == int(match["score"]):
                yield Held(True)
            else:
                yield _score(risk, match["score"], product, match[0])
    for rows in tables.values():
        agreeing = sum(impact * likelihood == score for _, impact, likelihood, score in rows)
        if agreeing < 2 or agreeing * 2 <= len(rows):
            continue  # this register scores in another way
        for risk, impact, likelihood, score in rows:
            if impact * likelihood == score:
                yield Held(True)
            else:
                yield _score(risk, str(score), impact * likelihood, f"impact {impact}, likelihood {likelihood}")


def _small(text: str | None) -> int | None:
    bare = (text or "").strip()
    return int(bare) if re.fullmatch(r"[0-9]{1,2}", bare) else None


def _score(risk: Risk, printed: str, product: int, words: str) -> Breach:
    name = f"risk {risk.number}" if risk.number else "risk"
    return Breach(
        message=f"{name}: impact times likelihood is {product}, {printed} is printed ({' '.join(words.split())[:80]})",
        printed=printed,
        recomputed=str(product),
        difference=str(int(printed) - product),
        tolerance="0",
        page=risk.page,
        table=risk.table,
        row=risk.row,
        where=name,
        text=words,
        key=f"{risk.table} {risk.row} {printed}",
    )


LONGEST = 4000


@also("QP702")
def savings_over_months(of: Material) -> Iterator[Told]:
    """What a milestone saves from start to completion, where its text says how much it saves each month."""
    for milestone in of.records(Milestone):
        amount = parse_amount(milestone.savings or "")
        months = _months(milestone.start_date, milestone.completion_date)
        each = [
            said
            for said in numbers(milestone.description[:LONGEST])
            if said.unit == "GBP" and _MONTHLY.match(milestone.description, said.end + 1)
        ]
        if amount is None or not amount.value or months is None or len(each) != 1:
            continue
        with exactly():
            own = each[0].interval
            value = each[0].value * months
            # The column's unit is not said beside its cells: pounds, or thousands of them.
            units = (amount.scale,) if amount.scale else (Decimal(1), THOUSAND)
            printed = [interval(amount.value * unit, amount.step * unit) for unit in units]
            if any(span.low <= own.high * months and own.low * months <= span.high for span in printed):
                yield Held(any(amount.value * unit == value for unit in units))
                continue
            unit = min(units, key=lambda size: abs(amount.value * size - value))
            recomputed = plain((value / unit).quantize(amount.step / 10))
        yield Breach(
            message=f"{milestone.scheme or 'milestone'}: {months} months of {each[0].raw} are {grouped(recomputed)},"
            f" {grouped(plain(amount.value))} is printed",
            printed=plain(amount.value),
            recomputed=recomputed,
            page=milestone.page,
            table=milestone.table,
            row=milestone.row,
            where=milestone.scheme,
            text=milestone.description,
            severity="warning",
            key=f"{milestone.table} {milestone.row}",
        )


def _months(start: str | None, end: str | None) -> int | None:
    """Whole months from one date to another, the first and the last of a month included; None for other spans."""
    if not start or not end:
        return None
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    if first.day != 1 or (date.fromordinal(last.toordinal() + 1)).day != 1 or last <= first:
        return None
    return (last.year - first.year) * 12 + last.month - first.month + 1
