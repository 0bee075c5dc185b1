"""A figure as an analyst put it right; what was read is kept beside it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from qippctl.models.decisions import Correction
from qippctl.models.figure import Corrected, Figure
from qippctl.money import plain


def as_read(figure: Figure, name: str) -> str | None:
    """A field of a figure as a correction keeps it."""
    value = getattr(figure, name)
    return plain(value) if isinstance(value, Decimal) else value


def holds(correction: Correction, figure: Figure) -> bool:
    """Whether a figure is still read as it was when it was corrected: a better reading may not need the correction."""
    return correction.raw == figure.raw and all(as_read(figure, name) == text for name, text in correction.was.items())


def corrected(figure: Figure, correction: Correction) -> Figure:
    """The figure with what the correction says of it. Its doubts are laid: a person vouches for it now."""
    new: dict[str, Any] = {
        name: Decimal(text) if name in ("value", "step") and text is not None else text
        for name, text in correction.now.items()
    }
    was: dict[str, str | None] = {**{str(k): v for k, v in correction.was.items()}, "doubts": " ".join(figure.doubts)}
    mark = Corrected(
        number=correction.number,
        kind=correction.kind,
        by=correction.by,
        at=correction.at,
        reason=correction.reason,
        was=was,
    )
    return Figure.model_validate({**dict(figure), **new, "doubts": (), "corrected": mark})
