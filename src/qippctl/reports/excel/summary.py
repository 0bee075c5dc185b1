"""The first sheet: whose and of when, the headline, the rule that rates, the sources, and how to read the rest."""

from __future__ import annotations

from decimal import Decimal

from qippctl.models.answers import VarianceAnswer
from qippctl.models.figure import DOUBT_MEANINGS
from qippctl.models.workbooks import Book, BookBody
from qippctl.money import ZERO, exactly
from qippctl.reports.excel.cells import LETTERS, NOT_APPLICABLE, Field, Live, Table, Value, letters, quoted, said
from qippctl.reports.excel.cells import text as clean
from qippctl.reports.excel.schemes import (
    ACTUAL,
    FORECAST,
    OUTTURN,
    PLAN,
    RAG,
    VARIANCE,
    YEAR_PLAN,
    YEAR_VARIANCE,
    Limits,
    share,
    totals,
)
from qippctl.reports.words import COLOURS, body, day

HEADLINE = ("Plan £", "Actual or forecast £", "Difference £", "Of plan %")
AGREES = "The rows make up the printed total."
DIFFERS = "The rows do not make up the printed total, which counts: some stand twice under other names, or are missing."
READ_ME = (
    "Every amount is in pounds, as exact as its paper prints it. Savings are positive; below nought a variance is adverse.",
    "Variances, yields, totals and the RAG are formulas: they follow what you change, and the limits of the rule above.",
    "Where a paper prints a finer variance than its plan and actual give, the number is the paper's, and the notes say so.",
    "RAG when written is what the figures gave when this was made; RAG in the paper is the colour that the paper prints.",
    "A row with a word under In doubt may be misread or misprinted. Nothing that is unknown is filled in: its cell is blank.",
    "The sheet Figures has every number with its paper, page, table, row and column; the id is what qippctl evidence takes.",
)


def title(of: Book) -> str:
    """What the workbook is of."""
    draft = "DRAFT: " if of.draft else ""
    if len(of.bodies) == 1:
        return f"{draft}Savings at {said(of.bodies[0].period)}"
    return f"{draft}Savings of {len(of.bodies)} organisations"


def whose(of: Book) -> str:
    return body(clean(of.bodies[0].organisation)) if len(of.bodies) == 1 else f"{len(of.bodies)} organisations"


def about(of: Book) -> list[str]:
    """Lines that say where it is from."""
    papers = len(of.papers)
    # Who reads the workbook takes the word as said of all of it, so it is said where it is true of all.
    drafts = ", which are drafts" if papers > 1 else ", a draft"
    are_drafts = bool(papers) and all(paper.status == "draft" for paper in of.papers)
    found = [f"From {papers} paper{'' if papers == 1 else 's'}" + (drafts if are_drafts else "")]
    meetings = {paper.meeting_date for paper in of.papers if paper.meeting_date}
    # The newest is the workbook's own, too: of several bodies none is.
    if meetings and len(of.bodies) == 1:
        found.append(f"Meeting: {day(max(meetings))}")
    if of.milestones:
        found.append(f"Milestones are judged as at {day(of.at)}.")
    return found


def headline(of: BookBody, schemes: Table, top: int = 1) -> Table:
    """What the rows add up to beside what the papers print as the total, and the difference; `top`: its first row's number."""
    rows: list[list[Value]] = []
    sums = totals(of)
    total_row = schemes.bottom + 1

    def cell(heading: str) -> str | None:
        column = schemes.column(heading)
        return None if column is None else f"{quoted(schemes.name)}!{letters(column)}{total_row}"

    for name, plan, outcomes, variance, printed in (
        ("To date", PLAN, (ACTUAL,), VARIANCE, of.total),
        ("Year", YEAR_PLAN, (FORECAST, OUTTURN), YEAR_VARIANCE, of.total_year),
    ):
        planned, varied = cell(plan), cell(variance)
        came = [c for h in outcomes if (c := cell(h))]
        if planned is None or not came or varied is None:
            continue
        with exactly():
            got = sum((sums[h] for h in outcomes if cell(h)), ZERO)
        row = top + len(rows)
        if printed is not None:
            rows.append(
                [f"{name}: total as printed", printed.plan, printed.actual, *_printed(row, printed), NOT_APPLICABLE]
            )
            row += 1
        added = [Live(f"={planned}", sums[plan]), Live("=" + "+".join(came), got), Live(f"={varied}", sums[variance])]
        rows.append([f"{name}: sum of the rows", *added, Live(_share(row), share(sums[plan], got)), NOT_APPLICABLE])
        if printed is None:
            rows[-1][-1] = "No total is printed."
        else:
            less = [sums[plan], got, sums[variance]]
            rows.append([f"{name}: rows less total", *_less(row + 1, less, printed)])
    fields = (
        Field("Headline", "text", 34),
        *(Field(h, "percent" if "%" in h else "pounds", 16) for h in HEADLINE),
        Field("Check", "text", 60),
    )
    return Table(
        f"Headline {schemes.name}", (f"{body(clean(of.organisation))}: headline at {said(of.period)}, £",), fields, rows
    )


def _share(row: int) -> str:
    return f'=IF(B{row}>0,ROUND(C{row}*1000/B{row},0)/1000,"")'


def _printed(row: int, total: VarianceAnswer) -> list[Value]:
    """The difference and yield of the printed total: as formulas, or as printed where that is finer."""
    with exactly():
        difference = total.actual - total.plan if total.plan is not None and total.actual is not None else None
        ours = total.delivery / 100 if total.delivery is not None else None
    percent = share(total.plan, total.actual)
    return [
        Live(f"=C{row}-B{row}", difference)
        if difference is not None and difference == total.variance
        else total.variance,
        Live(_share(row), percent) if ours == percent else ours,
    ]


def _less(row: int, sums: list[Decimal], total: VarianceAnswer) -> list[Value]:
    """The sum of the rows less the printed total, which stand in the two rows above; and what that means."""
    with exactly():
        differences = [
            ours - theirs if theirs is not None else None
            for ours, theirs in zip(sums, (total.plan, total.actual, total.variance), strict=True)
        ]
    less: list[Value] = [
        Live(f"={column}{row - 1}-{column}{row - 2}", difference) if difference is not None else None
        for column, difference in zip("BCD", differences, strict=True)
    ]
    held = [
        (f"ROUND({column}{row},2)=0", not d) for column, d in zip("BC", differences[:2], strict=True) if d is not None
    ]
    if not held:
        return [*less, NOT_APPLICABLE, None]
    agrees = all(same for _, same in held)
    formula = f'=IF(AND({",".join(text for text, _ in held)}),"{AGREES}","{DIFFERS}")'
    return [*less, NOT_APPLICABLE, Live(formula, AGREES if agrees else DIFFERS)]


def counts(of: BookBody, schemes: Table) -> Table | None:
    """How many rows have which letter, as formulas."""
    column = schemes.column(RAG)
    if column is None:
        return None
    cells = f"{quoted(schemes.name)}!${letters(column)}${schemes.top}:${letters(column)}${schemes.bottom}"
    derived = [line.rag.derived if line.rag else None for line in of.lines]
    rows: list[list[Value]] = [
        [
            f"{COLOURS[colour]} ({LETTERS[colour]})",
            Live(f'=COUNTIF({cells},"{LETTERS[colour]}")', derived.count(colour)),
        ]
        for colour in ("red", "amber", "green", "blue", "not_due", "not_applicable")
        if colour in derived or colour in ("red", "amber", "green")
    ]
    rows.append(["No colour", Live(f'=COUNTIF({cells},"")', derived.count(None))])
    return Table(
        f"Counts {schemes.name}",
        (f"{body(of.organisation)}: rows by RAG",),
        (Field("RAG of rows", "text", 34), Field("Rows", "number", 16)),
        rows,
    )


def rule(of: BookBody, limits: Limits | None) -> Table | None:
    """The rule that rates money, its limits in cells of their own."""
    if limits is None or of.policy is None:
        return None
    words = {letter: COLOURS[colour] for colour, letter in LETTERS.items()} | {"": "No colour"}
    rows: list[list[Value]] = []
    for name, limit, letter in limits.steps:
        with exactly():
            least = limit / 100 if limit is not None else NOT_APPLICABLE
        rows.append([f"{words[letter]} ({letter})" if letter else words[letter], least, name or "everything below"])
    rows.append(["Nothing planned", NOT_APPLICABLE, limits.plan_zero or "no colour"])
    rows.append(["A plan below nought", NOT_APPLICABLE, limits.plan_negative or "no colour"])
    by = (
        "A paper of the period states this rule"
        if of.is_stated
        else f"No paper of the period states a rule; this is a policy of qippctl: {clean(of.policy.title)}"
    )
    return Table(
        f"Rule {of.organisation}",
        tuple(
            filter(
                None,
                (
                    f"{body(clean(of.organisation))}: RAG by {clean(of.policy.name)}",
                    f"{by}. {clean(of.policy.reading) or ''}".strip(),
                ),
            )
        ),
        (
            Field("Colour of the rule", "text", 34),
            Field("From, % of plan", "percent", 16),
            Field("Name of the cell", "text", 16),
        ),
        rows,
    )


def doubts(of: Book) -> list[tuple[str, str]]:
    """The doubts that occur, and what each means."""
    named = {doubt.value for figure in of.figures for doubt in figure.doubts}
    return [(doubt.value, meaning) for doubt, meaning in DOUBT_MEANINGS.items() if doubt.value in named]
