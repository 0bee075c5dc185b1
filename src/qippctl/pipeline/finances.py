"""Budgets and accounts: their lines over the years, and what must hold among them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from qippctl.models.figure import Figure
from qippctl.models.finances import FinanceCheck, StatementLine
from qippctl.models.layout import LineKind
from qippctl.pipeline.printed import by_paper, tables_of, texts_of

if TYPE_CHECKING:
    from qippctl.calc.finances import Assumptions
    from qippctl.calc.statements import Statement
    from qippctl.ledger import Ledger


def statements(ledger: Ledger, organisation: str | None = None, paper: str | None = None) -> list[StatementLine]:
    """The lines of every table of budgets and accounts, in the newest paper of each organisation that prints some."""
    from qippctl.calc import finances as calc

    def answer(number: int, figures: Sequence[Figure]) -> list[StatementLine]:
        return [line for one in _statements(ledger, number, figures) for line in calc.lines(one)]

    return by_paper(ledger, organisation, paper, {"finance"}, answer)


def finance_checks(
    ledger: Ledger, organisation: str | None = None, paper: str | None = None, *, rate: Decimal | None = None
) -> list[FinanceCheck]:
    """What must hold in those tables. `rate` is the inflation in percent of lines that no printed assumption names."""
    from qippctl.calc import finances as calc
    from qippctl.interpret.layouts import vocabulary
    from qippctl.interpret.words import find

    words = vocabulary().statement_words

    def answer(number: int, figures: Sequence[Figure]) -> list[FinanceCheck]:
        found = _statements(ledger, number, [f for f in figures if f.subject == "finance"])
        assumed = _assumptions(found, rate)
        out: list[FinanceCheck] = []
        for one in found:
            out += calc.checks(one, assumed)
            taken_out = {c: find(words["disinvestment"], text) is not None for c, text in one.headings.items()}
            out += calc.disinvestments(one, figures, taken_out)
        return out

    return by_paper(ledger, organisation, paper, {"finance", "savings"}, answer)


def _statements(ledger: Ledger, number: int, figures: Sequence[Figure]) -> list[Statement]:
    from qippctl.calc.statements import statement

    if not figures:
        return []
    titles = {table.table: table.title for p in ledger.papers() if p.number == number for table in p.tables}
    return [
        statement(own, texts_of(ledger, own), titles.get(table), number, line_kind)
        for table, own in tables_of(figures).items()
    ]


def line_kind(label: str) -> LineKind | None:
    """What a line is, by its words."""
    from qippctl.interpret.layouts import vocabulary
    from qippctl.interpret.words import find

    lines = vocabulary().statement_lines
    return next((kind for kind, words in lines.items() if find(words, label)), None)


def _assumptions(found: Sequence[Statement], rate: Decimal | None) -> Assumptions:
    """The rates of inflation that a paper's tables of percentages print under such a title or heading."""
    from qippctl.calc.finances import Assumptions
    from qippctl.calc.positions import normal_name
    from qippctl.interpret.layouts import vocabulary
    from qippctl.interpret.words import find

    said, idle = vocabulary().statement_words["assumption"], vocabulary().statement_words["no_line"]
    lines = [
        line
        for one in found
        if one.is_of_rates and find(said, " | ".join(filter(None, (one.title, one.about))))
        for line in one.lines
        if line.figures and not find(idle, line.label)
    ]
    return Assumptions(tuple(lines), frozenset(normal_name(word.rstrip("*")) for word in idle), rate)
