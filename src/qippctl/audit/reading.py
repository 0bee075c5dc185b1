"""Figures that were read with doubt."""

from __future__ import annotations

from collections.abc import Iterator

from qippctl.audit.catalogue import Breach, Told, rule
from qippctl.audit.doubted import RAISED_HERE
from qippctl.audit.material import Material
from qippctl.models.figure import DOUBT_MEANINGS, Doubt

# These have rules of their own.
_JUDGED = RAISED_HERE | {Doubt.UNIT_SLIP, Doubt.NO_BASE}


@rule("QD901", "note")
def read_with_doubt(of: Material) -> Iterator[Told]:
    """Figures of a table were read with doubt: unclear digits, fused or shifted cells, an unknown column or unit.

    An inconsistency among such figures may be one of the text and not of the paper.

    Look at them with `qippctl doubts` and `qippctl evidence`, and put right what was misread with `qippctl correct`.

    A row that recognition printed twice, once without its amounts.
    """
    for table, figures in of.tables.items():
        for doubt in dict.fromkeys(d for figure in figures for d in figure.doubts if d not in _JUDGED):
            held = [figure for figure in figures if doubt in figure.doubts]
            yield Breach(
                message=f"{len(held)} of {len(figures)} figures read with doubt: {doubt.value} ({DOUBT_MEANINGS[doubt]})",
                figures=tuple(figure.id for figure in held),
                page=held[0].page,
                table=table,
                row=held[0].row,
                where=of.title(table),
                doubts=(doubt.value,),
            )
