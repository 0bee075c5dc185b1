"""Rows of a form whose cells slipped out of their columns: put back by what they are, and marked.

Conversions drop an empty cell or set one too many, so that a month stands under `Rank` and a name under `Programme`. What
a cell looks like (a level, a month, a frequency) says what it is, and the order of the cells the rest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from qippctl.models.layout import Layout
from qippctl.money import is_blank_word
from qippctl.period import MONTH_NAME

Mended = dict[str, str]
_LEVEL = re.compile(r"^(?:national|local)(?: indicators?)?$", re.IGNORECASE)
_MONTH = re.compile(rf"^{MONTH_NAME}[\s'’-]{{0,2}}(?:20)?[0-9]{{2}}$", re.IGNORECASE)
_SPAN = re.compile(r"^(?:20)?[0-9]{2}\s?[/-]\s?(?:20)?[0-9]{2}\b.{0,20}$")
_FREQUENCY = re.compile(
    r"^(?:(?:produced |bi[ -]?)?(?:monthly|quarterly|annually|annual|weekly|daily)\b|[0-9]{1,2} ?months? (?:in|is) arrears)",
    re.IGNORECASE,
)
_BEFORE = ("baseline_period", "baseline", "target", "actual")


def mended(layout: Layout, columns: dict[str, int], cells: Sequence[str]) -> Mended | None:
    """The fields of a row whose cells do not stand in their columns; None where they do, or nothing tells."""
    mend = _MENDERS.get(layout.record or "")
    return mend(columns, cells) if mend is not None else None


def _indicator(columns: dict[str, int], cells: Sequence[str]) -> Mended | None:
    if any(name not in columns for name in (*_BEFORE, "name", "level", "actual_period")):
        return None
    tokens = [(column, text) for column, text in enumerate(cells) if text]
    level = next(
        (i for i, (column, text) in enumerate(tokens) if column <= columns["name"] + 1 and _LEVEL.match(text)), None
    )
    named = level + 1 if level is not None else 0
    if named >= len(tokens) or is_blank_word(cells[columns["name"]]):
        return None
    has_name = _SPAN.match(tokens[named][1]) is None
    if not has_name:
        named -= 1
    rest = tokens[named + 1 :]
    at = next((i for i in reversed(range(len(rest))) if _MONTH.match(rest[i][1])), None)
    if at == 0 and len(rest) > 1:
        at = None  # the month of the baseline
    if _in_place(columns, tokens, level, named if has_name else None, rest[at][0] if at is not None else None, cells):
        return None
    out = dict.fromkeys(columns, "")
    if has_name:
        out["name"] = tokens[named][1]
    if level is not None:
        out["level"] = tokens[level][1]
        out["workstream"] = tokens[level - 1][1] if level else ""
    before = [text for _, text in rest[:at]] if at is not None else [text for _, text in rest]
    after = [text for _, text in rest[at + 1 :]] if at is not None else []
    if at is None:
        after = [text for text in before if len(text.split()) > 4 or _FREQUENCY.match(text)]
        before = [text for text in before if text not in after]
    else:
        out["actual_period"] = rest[at][1]
        if len(before) > 3:
            out["actual"] = before.pop()
    out |= dict(zip(_BEFORE[:2], before[:2], strict=False))
    out["target"] = "\n".join(before[2:])
    for text in after:
        if text.isdigit() and not out.get("rank"):
            out["rank"] = text
        elif _FREQUENCY.match(text):
            out["frequency"] = text
        else:
            out["comment"] = " ".join(filter(None, (out.get("comment"), text)))
    return out


def _in_place(
    columns: dict[str, int],
    tokens: Sequence[tuple[int, str]],
    level: int | None,
    named: int | None,
    month: int | None,
    cells: Sequence[str],
) -> bool:
    rank = cells[columns["rank"]] if "rank" in columns else ""
    first = tokens[named][0] if named is not None else columns["name"]
    programme = named is not None and level is None and first == columns.get("workstream") and cells[columns["name"]]
    return (
        (level is None or tokens[level][0] == columns["level"])
        and (first == columns["name"] or bool(programme))
        and (named is not None or not cells[columns["name"]])
        and (month is None or month == columns["actual_period"])
        and (not rank or rank.isdigit())
    )


_MENDERS: dict[str, Callable[[dict[str, int], Sequence[str]], Mended | None]] = {"indicator": _indicator}
