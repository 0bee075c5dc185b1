"""The numbers of sentences, each with its place, and how people name what they are of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from qippctl.audit.catalogue import Breach, Place
from qippctl.audit.material import Material
from qippctl.audit.wording import reworded, shortened
from qippctl.calc.claimed import agrees, stated
from qippctl.calc.spoken import Spoken, numbers
from qippctl.models.figure import Figure
from qippctl.models.finding import Severity
from qippctl.models.records import Claim, Said
from qippctl.money import exactly, grouped, plain


@dataclass(frozen=True, slots=True)
class Spot:
    """A number of a claim, with its place in the claim's text."""

    claim: Claim
    said: Said
    spoken: Spoken

    @property
    def own(self) -> str:
        return plain(self.spoken.own)

    def in_own_unit(self, value: Decimal) -> str:
        """A value in the sentence's unit: a share rounded as it is printed there, a sum to the figure's own digits."""
        with exactly():
            if self.said.unit == "percent" and value != value.to_integral_value():
                return plain(value.quantize(self.said.step))
            return plain(value / self.spoken.scale)


def spots(of: Material) -> Iterator[Spot]:
    """Every number of every claim."""
    for claim in of.records(Claim):
        yield from spots_of(claim)


def spots_of(claim: Claim) -> list[Spot]:
    """The numbers of a claim; none where its text is counted otherwise than when it was read."""
    spoken = list(numbers(claim.text))
    if len(spoken) != len(claim.figures):
        return []
    return [Spot(claim, said, one) for said, one in zip(claim.figures, spoken, strict=True)]


def size_of(said: Said, value: Decimal) -> Decimal:
    """A value as it is compared: a variance without its sign."""
    return abs(value) if said.measure == "variance" else value


def as_said(said: Said, value: Decimal) -> Decimal:
    """A figure's value with the sign that the sentence gives such numbers."""
    if said.measure != "variance" or said.value < 0:
        return value
    if said.direction == "favourable":
        return value
    return -value if said.direction == "adverse" else abs(value)


def severity_of(said: Said, doubts: Sequence[str]) -> Severity:
    """A warning where the sentence, or a figure, is not surely read."""
    return "warning" if said.assumed or doubts else "error"


def whose(spot: Spot) -> str:
    """Whose a number is, as people call it."""
    said, claim = spot.said, spot.claim
    return said.of or claim.scheme or claim.workstream or "programme"


def measure_called(measure: str, basis: str | None) -> str:
    """A measure and its span as a person says them."""
    words = {"delivery": "share of plan delivered", "actual": "amount delivered"}.get(
        measure, measure.replace("_", " ")
    )
    spans = {"ytd": "to date", "year": "of the year", "month": "of the month", "fye": "in a full year"}
    return f"{words} {spans.get(basis or '', '')}".strip()


class PlaceOfSentence(Place):
    """Where a sentence stands, and what it says."""

    text: str


def place_of(of: Material, claim: Claim) -> PlaceOfSentence:
    """Where a sentence stands: in a table, else in a paragraph."""
    where = f"paragraph {claim.paragraph}" if claim.paragraph and not claim.table else of.title(claim.table)
    return {"page": claim.page, "table": claim.table, "row": claim.row, "where": where, "text": claim.text}


def short(text: str) -> str:
    """A sentence that fits a message."""
    return shortened(text, 80)


def said_otherwise(of: Material, one: Spot, other: Spot, message: str, key: str) -> Breach:
    """That two sentences give one thing two numbers: which of them is right nobody knows."""
    return Breach(
        message=message,
        printed=one.own,
        recomputed=other.own,
        difference=plain(one.said.value - other.said.value),
        **place_of(of, one.claim),
        suggestion=reworded(one.claim.text, one.spoken, other.said.value),
        severity="warning",
        key=f"{one.own} {other.own} {key}",
    )


def figure_meant(of: Material, spot: Spot, figure: Figure) -> str | None:
    """What the number is instead: another figure of the same subject."""
    said = spot.said
    mine = [
        f
        for f in of.paper.figures
        if (f.scheme, f.workstream, f.role) == (figure.scheme, figure.workstream, figure.role)
        and f.unit == said.unit
        and f.subject == figure.subject
        and f.period is not None
        and figure.period is not None
        and f.period[:7] == figure.period[:7]
    ]
    shown = said.unit == "percent" or said.value
    for f in mine if shown else ():
        is_telling = f.step <= abs(said.value) and f.id not in said.tied_to
        if is_telling and f.case is None and agrees(said.value, said.step, "variance", f.interval):
            return f"{grouped(spot.own)} is its {measure_called(f.measure, f.basis)}"
    if said.unit == "percent":
        rows = [
            f
            for f in of.paper.figures
            if f.role == figure.role and (f.scheme, f.workstream, f.case) == (figure.scheme, figure.workstream, None)
        ]
        for s in stated(
            "delivery", [f for f in rows if f.period and figure.period and f.period[:7] == figure.period[:7]]
        ):
            with exactly():
                rounded = s.value.quantize(said.step)
            if not s.is_across and rounded == said.value and s.basis != figure.basis:
                return f"{spot.own} is the forecast's share of the year's plan"
    return None
