"""How budgets and accounts foot, as `calc.finances` knows it, under the codes of the audit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from qippctl.calc.finances import Footing, footings
from qippctl.calc.identities import Check, summed
from qippctl.calc.statements import Statement, statement
from qippctl.models.figure import Doubt, Figure
from qippctl.models.finances import CheckCode
from qippctl.money import Amount, parse_amount

if TYPE_CHECKING:
    from qippctl.audit.material import Material

_CODES: Mapping[CheckCode, str] = {
    "subtotal": "QT201",
    "total": "QT202",
    "source-application": "QT202",
    "equity": "QT202",
    "variance": "QT101",
    "movement": "QT101",
    "parts": "QT103",
    "surplus": "QT205",
    "net-current": "QT205",
    "less-current": "QT205",
    "employed": "QT205",
    "baseline": "QT205",
}


def statement_of(of: Material, table: str, figures: Sequence[Figure]) -> Statement:
    """The lines of a table of budgets or accounts."""
    text = of.texts.get(table)
    return statement(figures, text.rows if text is not None else (), of.title(table), 0, of.line_kind)


def sums(of: Material, table: str, figures: Sequence[Figure]) -> Iterator[tuple[str, Check, str, bool]]:
    """For each footing that can be told the rule's code, the check, what it is of, and whether it need not hold."""
    seen: set[tuple[str, frozenset[str]]] = set()
    found = footings(statement_of(of, table, figures))
    # A total among its lines that says of nothing what it adds up is a line like others where the sum with it holds.
    proven = {footing.line.row for footing in found if footing.check.holds and footing.check.substantial}
    for footing in found:
        check = _decided(of, footing, footing.line.row in proven)
        code = _CODES.get(footing.code)
        if check is None or code is None:
            continue
        # The same equation may be found from both of its sides.
        members = frozenset(member.id for member in check.members)
        own = "QT205" if footing.code == "source-application" and len(check.terms) > 1 else code
        if (own, members) not in seen:
            seen.add((own, members))
            gives = f"the {footing.rule} gives" if footing.rule.startswith("sum") else f"{footing.rule} give"
            # A baseline may be set anew between the years.
            yield own, check, gives, footing.code == "baseline"


def _decided(of: Material, footing: Footing, is_proven: bool) -> Check | None:
    """The check, with the numbers of cells that hold several; None where a cell or line is not known."""
    if len(footing.missing) > len(footing.unread) and not is_proven:
        return None
    if not footing.unread:
        return footing.check
    fused: list[Figure] = []
    for line in footing.line.closes:
        column = footing.check.target.column
        if column in line.unread:
            read = _fused(of, footing.check, line.row, line.label, line.unread[column])
            if read is None:
                return None
            fused.append(read)
    if len(fused) != len(footing.unread):
        return None
    check = footing.check
    return summed(check.code, check.target, (*check.terms, *fused), (*check.weights, *(1 for _ in fused)))


def _fused(of: Material, check: Check, row: int, label: str, text: str) -> Figure | None:
    """The figure of a cell in which the numbers of several lines run together: their sum."""
    amounts = _amounts(text)
    if len(amounts) < 2:
        return None
    own = of.printing.of(check.target)
    value = sum((amount.value for amount in amounts), Decimal(0)) * own.unit
    step = max(amount.step for amount in amounts) * own.unit * len(amounts)
    like = check.terms[0] if check.terms else check.target
    sha, table, *_ = like.id.split("/")
    return like.model_copy(
        update={
            "id": f"{sha}/{table}/{row}/{check.target.column}",
            "row": row,
            "column": check.target.column,
            "scheme": label,
            "role": "scheme",
            "value": -value if own.turned else value,
            "step": step,
            "raw": text,
            "doubts": (Doubt.FUSED_CELL,),
        }
    )


def _amounts(text: str) -> list[Amount]:
    """The numbers of a cell that holds nothing else; none where something is no number."""
    found = [parse_amount(part) for part in text.split()]
    return [amount for amount in found if amount is not None] if None not in found else []
