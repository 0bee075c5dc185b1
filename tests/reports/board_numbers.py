"""Every number of a document, and every number that the ledger's answers allow there: gathered without the paper's own code."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import Any

from qippctl import pipeline
from qippctl.errors import NotFoundError
from qippctl.ledger import Ledger
from qippctl.models.base import Model
from qippctl.reports.document import Suffix

_NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?|(?<=M)\d\d\b")
# Numbers that a document gives itself: of tables, figures, sections and pages, and of papers.
_OWN = re.compile(
    r"(?:Table|Figure) \d+\.|^#* ?\d+\. [A-Z].*$|#\d+|p\.\d+|Page \d+ of \d+|\bM\d\d\b(?= \w{3} \d{4})|%[0-9A-F]{2}",
    re.MULTILINE,
)
_CODES = re.compile(r"\b[A-Z]{1,3}\d{1,3}[a-z]?\b")


def numbers(text: str) -> set[Decimal]:
    """The numbers of a text, without sign."""
    bare = _OWN.sub(" ", text)
    return {Decimal(found.replace(",", "")) for found in _NUMBER.findall(bare)}


def text_of(content: str | bytes, suffix: Suffix) -> str:
    """What a reader sees of a document."""
    if suffix == "md":
        return str(content)
    if suffix == "html":
        from lxml import html

        root = html.fromstring(str(content))
        body = root.find("body")
        assert body is not None
        return "\n".join(part.strip() for part in body.itertext())
    assert isinstance(content, bytes)
    if suffix == "docx":
        import docx

        found = docx.Document(io.BytesIO(content))
        cells = [cell.text for table in found.tables for row in table.rows for cell in row.cells]
        return "\n".join([*(p.text for p in found.paragraphs), *cells])
    import pdfplumber

    with pdfplumber.open(io.BytesIO(content)) as sheets:
        return "\n".join(sheet.extract_text() for sheet in sheets.pages)


def allowed(ledger: Ledger, organisation: str, period: str, at: date) -> set[Decimal]:
    """What the answers of a body's period say, as amounts in £000, percentages and texts; and how many there are of what."""
    rules = pipeline.Rules()
    answers: list[Any] = []
    counts: set[int] = set()
    for basis in ("ytd", "year"):
        (programme,) = pipeline.programmes(ledger, organisation, period, basis, rules)  # type: ignore[arg-type]
        answers += [a for s in programme.subjects for a in (s.rag, s.variance, s.year, *s.others) if a is not None]
        judged = [s.rag.derived if s.rag else None for s in programme.judged]
        counts |= {len(judged), *Counter(judged).values(), len(judged) - Counter(judged)[None]}
        listed = Counter(colour in ("red", "amber") for colour in judged)[True]
        short = [s for s in programme.judged if s.year and s.year.variance is not None and s.year.variance < 0]
        apart = [s for s in short if not s.rag or s.rag.derived not in ("red", "amber")]
        counts |= {listed, len(apart), len(apart) - 10, sum(s.is_forecast_below_delivered for s in programme.judged)}
        miles = programme.judged_in("milestones")
        counts |= {
            len(miles),
            *Counter((r.derived or r.printed) for s in miles if (r := s.rated("milestones"))).values(),
        }
        answers += [programme.policy] if programme.policy else []
    for outlook in pipeline.forecasts(ledger, organisation, period):
        answers += outlook.answers
        for f in outlook.answers:
            ways = [f.forecast, f.forecast_run_rate, f.forecast_plan_shaped, *f.cases.printed.values()]
            answers += [Said(value=way - f.plan) for way in ways if way is not None and f.plan is not None]
            if f.gap_to_find is not None and f.unmitigated_gap is not None:
                answers.append(Said(value=f.gap_to_find - f.unmitigated_gap))
    with suppress(NotFoundError):
        for moved in pipeline.movements(ledger, organisation, None, period, rules):
            answers += moved.answers
            arrows = Counter(a.arrow for a in moved.answers if a.role == "scheme")
            counts |= {*arrows.values(), sum(len(a.restated) for a in moved.answers)}
            counts |= {sum(a.is_exception for a in moved.answers), sum(v for k, v in arrows.items() if k) - 12}
    policy = pipeline.find_policy(None)
    for lookup in (
        lambda: pipeline.milestones(ledger, organisation, period, at=at),
        lambda: pipeline.risks(ledger, organisation, period),
        lambda: pipeline.escalations(ledger, organisation, period, today=at),
        lambda: [
            a for own in pipeline.metrics(ledger, organisation, period, policy) for a in (*own.answers, own.share)
        ],
        lambda: [r for _, own in pipeline.returns(ledger, organisation, period) for r in own],
        lambda: pipeline.weighted_scenarios(ledger, organisation, policy),
        lambda: [f for audit in pipeline.audit_ledger(ledger, organisation, period) for f in audit.findings],
    ):
        with suppress(NotFoundError):
            found: list[Any] = lookup()  # type: ignore[assignment]
            answers += found
            counts |= {len(found), *_groups(found)}
    checked = [0, 0, 0]
    with suppress(NotFoundError):
        for audit in pipeline.audit_ledger(ledger, organisation, period):
            for k, n in enumerate((audit.exact, audit.rounding, audit.failed)):
                checked[k] += n
    counts |= {sum(checked), checked[0] + checked[1]}
    answers += [paper.cover for paper in ledger.papers()]
    answers += [fact.record for fact in ledger.records(organisation)]
    facts = ledger.facts(organisation, period)
    savings = [fact.figure for fact in facts if fact.figure.subject in ("savings", "investment")]
    answers += savings
    counts |= {len(savings), sum(bool(f.doubts) for f in savings)}
    counts |= {sum(bool(f.doubts) for f in savings) - k for k in range(11)}
    found_numbers = {Decimal(n) for n in counts} | _dates([at.isoformat()]) | {Decimal(1000)}
    for one in answers:
        found_numbers |= set(_said(one))
    return {abs(n) for n in found_numbers}


class Said(Model):
    """One amount."""

    value: Decimal


def _groups(found: Iterable[Any]) -> Iterator[int]:
    listed = list(found)
    for name in ("state", "movement", "severity", "problem", "on_target", "closed", "is_open", "is_late"):
        yield from Counter(getattr(one, name, None) for one in listed).values()
    open_ = [one for one in listed if not getattr(one, "closed", False)]
    yield from (len(open_), len(open_) - 10)
    due = [one for one in listed if getattr(one, "state", None) in ("due", "not_due")]
    late = [one for one in listed if getattr(one, "is_late", False)]
    yield from (len(due), len(due) - 12, len(late), len(late) - 12)


def _dates(texts: Iterable[str]) -> set[Decimal]:
    return {Decimal(part) for text in texts for part in re.findall(r"\d+", text)}


def _said(value: Any) -> Iterator[Decimal]:
    """Every number of an answer: amounts in pounds and in thousands, rounded as a table may round them."""
    if isinstance(value, bool) or value is None:
        return
    if isinstance(value, (Decimal, int)):
        exact = Decimal(value)
        for unit in (1, 1000):
            for places in range(4):
                yield (exact / unit).quantize(Decimal(1).scaleb(-places))
        yield exact
    elif isinstance(value, str):
        yield from numbers(value)
        yield from _dates([value])
        for code in _CODES.findall(value):
            yield from _dates([code])
    elif isinstance(value, Model):
        for name in type(value).model_fields:
            yield from _said(getattr(value, name))
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _said(key)
            yield from _said(one)
    elif isinstance(value, (tuple, list, frozenset, set)):
        for one in value:
            yield from _said(one)
