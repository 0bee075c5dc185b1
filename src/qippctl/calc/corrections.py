"""Figures as analysts put them right; what was read is kept beside it.

A correction names a figure. Its value, measure and period are the figure's alone; a workstream or a scheme is printed once a
row, so every figure and colour of the row that was read with the same name takes the new one. Of several corrections of
one figure the later holds, field by field: undoing it brings the earlier one back. Figures whose sums hold now
are no longer in doubt for them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from qippctl.calc.identities import checks
from qippctl.models.decisions import Correction
from qippctl.models.figure import Corrected, Doubt, Figure, Rating
from qippctl.money import plain

LABELS = frozenset({"workstream", "scheme"})
_DECIMALS = frozenset({"value", "step"})
# What a correction of less than the value answers; whoever types a value has seen what it is the value of.
_ANSWERS: dict[str, frozenset[Doubt]] = {
    "workstream": frozenset({Doubt.WORKSTREAM_UNKNOWN}),
    "scheme": frozenset({Doubt.LABEL_UNCLEAR, Doubt.DUPLICATE_ROW}),
    "measure": frozenset({Doubt.HEADING_UNCLEAR, Doubt.BASIS_UNCLEAR}),
    "basis": frozenset({Doubt.BASIS_UNCLEAR}),
    "period": frozenset({Doubt.PERIOD_UNKNOWN, Doubt.PERIOD_CONFLICT}),
}

_OF_SUMS = frozenset({Doubt.SUM_FAILS, Doubt.ROW_FAILS})


class Corrections:
    """The corrections that stand, in the order in which they were made, found by what they put right."""

    def __init__(self, made: Iterable[Correction], *, as_printed: bool = False) -> None:
        """With `as_printed` misprints stay as the paper prints them."""
        self._of_row: dict[str, list[Correction]] = defaultdict(list)
        for correction in made:
            if not (as_printed and correction.kind == "misprint"):
                self._of_row[row_of(correction.figure)].append(correction)

    @property
    def papers(self) -> set[str]:
        """The beginnings of the hashes of the papers that they are of, as ids of figures have them."""
        return {row.partition("/")[0] for row in self._of_row}

    def of(self, figure: Figure) -> list[Correction]:
        """Those that may put a figure right, itself or the names of its row; the last is the one that holds."""
        made = self._of_row.get(row_of(figure.id), ())
        return [c for c in made if c.figure == figure.id or c.now.keys() & LABELS]

    def figure(self, figure: Figure) -> Figure:
        """A figure as it was put right; `figure` is as it was read."""
        made = self.of(figure)
        return put_right(figure, made) if made else figure

    def rating(self, rating: Rating) -> Rating:
        """A colour with the name that its row was given."""
        new: dict[str, str | None] = {}
        for correction in self._of_row.get(f"{rating.sha256[:12]}/{rating.table}/{rating.row}", ()):
            new |= _labels_said(correction, rating)
        return rating.model_copy(update=new) if new else rating


def row_of(identity: str) -> str:
    """The row of a figure's id: paper, table and row."""
    return identity.rpartition("/")[0]


def text_of(figure: Figure, name: str) -> str | None:
    """A field of a figure as a correction keeps it."""
    value = getattr(figure, name)
    return plain(value) if isinstance(value, Decimal) else value


def holds(correction: Correction, figure: Figure) -> bool:
    """Whether a figure is still read as it was when it was corrected: a better reading may not need the correction.

    A name is its row's, whatever number stands in it.
    """
    named_only = correction.now.keys() <= LABELS
    same = all(text_of(figure, name) == text for name, text in correction.was.items())
    return same and (named_only or correction.raw == figure.raw)


def put_right(figure: Figure, made: Sequence[Correction]) -> Figure:
    """A figure, as it was read, with what corrections say of it, the later over the earlier; those that are stale say nothing."""
    new: dict[str, str | None] = {}
    by: dict[str, Correction] = {}
    for correction in made:
        said = _said_of(correction, figure)
        new |= said
        by |= dict.fromkeys(said, correction)
    if not new:
        return figure
    acting = [c for c in made if any(own is c for own in by.values())]
    last = acting[-1]
    doubts = _left(figure.doubts, new)
    was = {name: text_of(figure, name) for name in new}
    mark = Corrected(
        number=last.number,
        kind=last.kind,
        by=last.by,
        at=last.at,
        reason=last.reason,
        was={**was, "doubts": " ".join(figure.doubts)},
        also=tuple(c.number for c in acting[:-1]),
    )
    return Figure.model_validate({**dict(figure), **_valued(new), "doubts": doubts, "corrected": mark})


def as_read(figure: Figure) -> Figure:
    """A figure as it was read, whatever was made of it since."""
    if figure.corrected is None:
        return figure
    was = dict(figure.corrected.was)
    doubts = (was.pop("doubts") or "").split()
    return Figure.model_validate({**dict(figure), **_valued(was), "doubts": doubts, "corrected": None})


def settled(table: Sequence[Figure]) -> Sequence[Figure]:
    """The figures of one table, put right: those whose sums failed as read, and hold now, are in doubt of them no more."""
    if not any(figure.corrected and figure.corrected.was.keys() - LABELS - {"doubts"} for figure in table):
        return table
    failed = {check.key for check in checks([as_read(figure) for figure in table]) if not check.holds}
    mended: set[str] = set()
    failing: set[str] = set()
    for check in checks(table):
        members = {member.id for member in check.members}
        if not check.holds:
            failing |= members
        elif check.key in failed:
            mended |= members
    return [
        figure.model_copy(update={"doubts": tuple(doubt for doubt in figure.doubts if doubt not in _OF_SUMS)})
        if figure.id in mended - failing and _OF_SUMS & set(figure.doubts)
        else figure
        for figure in table
    ]


def _said_of(correction: Correction, figure: Figure) -> dict[str, str | None]:
    if correction.figure == figure.id:
        return {str(name): text for name, text in correction.now.items()} if holds(correction, figure) else {}
    return _labels_said(correction, figure)


def _labels_said(correction: Correction, of: Figure | Rating) -> dict[str, str | None]:
    """The names that a correction of another figure of the row gives to what was read with the same names."""
    labels = {str(name): text for name, text in correction.now.items() if name in LABELS}
    was = {str(name): text for name, text in correction.was.items()}
    return labels if all(getattr(of, name) == was.get(name) for name in labels) else {}


def _left(doubts: Sequence[Doubt], new: Mapping[str, str | None]) -> tuple[Doubt, ...]:
    if "value" in new:
        return ()
    answered = frozenset[Doubt]().union(*(_ANSWERS.get(name, frozenset()) for name in new))
    return tuple(doubt for doubt in doubts if doubt not in answered)


def _valued(texts: Mapping[str, str | None]) -> dict[str, Any]:
    return {name: Decimal(text) if name in _DECIMALS and text is not None else text for name, text in texts.items()}
