"""Three months of an invented trust as papers of three formats, and what they print: the truth that answers are held against.

A `Line` is a scheme as it stands in one month; `changed` makes the next month's from it. `papers` writes them; the truth
of a month is what `Month.rows` says is printed, scheme by scheme, subtotal by subtotal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import docx
import openpyxl

BODY = "Wrenfield Hospitals NHS Trust"
NEIGHBOUR = "Tolland Community NHS Trust"
YEAR = "2018/19"
MONTHS = ("Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar")
LONG = (
    "April", "May", "June", "July", "August", "September",
    "October", "November", "December", "January", "February", "March",
)  # fmt: skip
MEETINGS = {9: "24 January 2019", 10: "21 February 2019", 11: "21 March 2019"}
Quantity = tuple[str, str, str, str]  # measure, basis, recurrence, period


@dataclass(frozen=True)
class Line:
    """A scheme in pounds: its plan and what it delivered month by month, and how much of its plan recurs."""

    ref: str
    group: str
    name: str
    plan: tuple[int, ...]
    actual: tuple[int, ...]
    recurrent: int
    forecast: int


@dataclass(frozen=True)
class Row:
    """What one row of a paper prints, by quantity, in pounds, and the size of the last digit."""

    group: str | None
    name: str | None
    role: str
    figures: dict[Quantity, Decimal]
    rag: str = ""
    ref: str = ""


@dataclass(frozen=True)
class Month:
    """A paper of one month."""

    month: int
    lines: tuple[Line, ...]
    unit: int = 1000  # pounds a printed one
    decimals: int = 1
    year: str = YEAR
    body: str = BODY
    subtotals: bool = True
    doubled: frozenset[str] = field(default_factory=frozenset)

    @property
    def step(self) -> Decimal:
        return Decimal(self.unit).scaleb(-self.decimals)

    @property
    def period(self) -> str:
        return f"{self.year}-M{self.month:02d}"

    def shown(self, pounds: int) -> Decimal:
        """An amount as printed, in pounds."""
        step = self.step
        return (Decimal(pounds) / step).quantize(Decimal(1), ROUND_HALF_UP) * step

    def text(self, pounds: int) -> str:
        value = self.shown(pounds) / self.unit
        said = f"{abs(value):,.{self.decimals}f}"
        return f"({said})" if value < 0 else said

    def rows(self) -> Iterator[Row]:
        """Every row in the order of print."""
        for group in dict.fromkeys(line.group for line in self.lines):
            own = [line for line in self.lines if line.group == group]
            for line in own:
                yield self._row([line], group, line.name, "scheme", line.ref)
            if self.subtotals:
                yield self._row(own, group, None, "subtotal")
        yield self._row(self.lines, None, None, "total")

    def _row(self, lines: Sequence[Line], group: str | None, name: str | None, role: str, ref: str = "") -> Row:
        figures: dict[Quantity, Decimal] = {}
        for (measure, basis, recurrence, period), pounds in self._amounts(lines).items():
            figures[(measure, basis, recurrence, period)] = self.shown(pounds)
        return Row(group, name, role, figures, _letter(self._amounts(lines), self.period), ref)

    def _amounts(self, lines: Sequence[Line]) -> dict[Quantity, int]:
        upto, year = self.month, self.year
        due = sum(sum(line.plan[:upto]) for line in lines)
        got = sum(sum(line.actual[:upto]) for line in lines)
        recurrent = sum(line.recurrent for line in lines)
        whole = sum(sum(line.plan) for line in lines)
        out: dict[Quantity, int] = {
            ("plan", "year", "recurrent", year): recurrent,
            ("plan", "year", "non_recurrent", year): whole - recurrent,
            ("plan", "year", "all", year): whole,
            ("plan", "ytd", "all", self.period): due,
            ("actual", "ytd", "all", self.period): got,
            ("variance", "ytd", "all", self.period): got - due,
            ("forecast", "year", "all", year): sum(line.forecast for line in lines),
        }
        for m in range(12):
            out[("plan", "month", "all", f"{year}-M{m + 1:02d}")] = sum(line.plan[m] for line in lines)
        for m in range(upto):
            out[("actual", "month", "all", f"{year}-M{m + 1:02d}")] = sum(line.actual[m] for line in lines)
        return out

    def tables(self) -> list[tuple[str, list[list[str]], list[list[str]]]]:
        """Title, rows of headings and rows of the tracker and of the two profiles."""
        tracker, plans, actuals = [], [], []
        for lines, cells in self._groups():
            of = self._amounts(lines)
            rag = _letter(of, self.period)
            names = ("year", "ytd")
            money = [self.text(v) for (_, basis, _, _), v in of.items() if basis in names]
            tracker.append([*cells, *money[:7], rag])
            plan = [self.text(v) for (measure, basis, _, _), v in of.items() if (measure, basis) == ("plan", "month")]
            got = [self.text(v) for (measure, basis, _, _), v in of.items() if (measure, basis) == ("actual", "month")]
            plans.append([*cells, *plan])
            actuals.append([*cells, *got])
        unit = "£000" if self.unit == 1000 else "£"
        heads = ["Ref", "Workstream", "Scheme", f"Annual plan recurrent {unit}",
                 f"Annual plan non-recurrent {unit}",
                 f"Annual plan total {unit}", f"YTD plan {unit}", f"YTD actual {unit}", f"YTD variance {unit}",
                 f"Full year forecast {unit}", "RAG"]  # fmt: skip
        names = ["Ref", "Workstream", "Scheme"]
        said = f"month {self.month} of {self.year}"
        return [
            (f"Savings by scheme at {said}, {unit}", [heads], tracker),
            (f"Monthly plan {self.year}, {unit}", [[*names, *MONTHS]], plans),
            (f"Monthly actual savings {self.year} to month {self.month}, {unit}", [[*names, *MONTHS[: self.month]]], actuals),
        ]  # fmt: skip

    def _groups(self) -> Iterator[tuple[Sequence[Line], list[str]]]:
        for group in dict.fromkeys(line.group for line in self.lines):
            own = [line for line in self.lines if line.group == group]
            for line in own:
                yield [line], [line.ref, group, line.name]
            if self.subtotals:
                yield own, ["", f"Sub-total {group}", ""]
        yield self.lines, ["", "Total", ""]


def _letter(of: dict[Quantity, int], period: str) -> str:
    due, got = of[("plan", "ytd", "all", period)], of[("actual", "ytd", "all", period)]
    return "n/a" if due <= 0 else "G" if got >= due else "A" if got * 10 >= due * 9 else "R"


def _lines() -> tuple[Line, ...]:
    """Twenty-five schemes, their figures from a rule that needs no chance."""
    groups = {
        "Planned care": ("Theatre lists", "Outpatient letters", "Day case rate", "Follow-up clinics", "Pre-assessment", "Other"),
        "Urgent care": ("Frailty ward", "Ambulatory care", "Discharge lounge", "Bed days", "Front door triage", "Night cover"),
        "Workforce": ("Agency cap", "Rostering", "Sickness cover", "Bank rates", "Vacancy hold", "Job plans", "Other"),
        "Procurement": ("Gloves and gowns", "Energy", "Biosimilars", "Print and post", "Rates rebate", "Hip implants"),
    }  # fmt: skip
    found = []
    for g, (group, names) in enumerate(groups.items()):
        for n, name in enumerate(names):
            base = 20_000 + 7_350 * (n + 1) + 3_125 * g
            plan = tuple(base + 1_150 * ((m * (n + 2) + g) % 5) for m in range(12))
            share = (78, 103, 95, 88, 110, 92, 100)[(n + 2 * g) % 7]
            actual = tuple(p * share // 100 + 370 * ((m + n) % 3) for m, p in enumerate(plan))
            whole = sum(plan)
            recurrent = whole if n % 3 == 0 else whole * 3 // 4
            found.append(Line(f"{group[0]}{g}{n + 1}", group, name, plan, actual, recurrent, whole * share // 100))
    return tuple(found)


def _with(lines: Sequence[Line], changes: dict[str, Callable[[Line], Line]]) -> tuple[Line, ...]:
    by_name = {f"{line.group}/{line.name}" for line in lines}
    assert set(changes) <= by_name, set(changes) - by_name
    return tuple(changes.get(f"{line.group}/{line.name}", lambda line: line)(line) for line in lines)


def _moved(values: tuple[int, ...], changes: dict[int, int]) -> tuple[int, ...]:
    """Months (April is 1) changed by so many pounds."""
    return tuple(v + changes.get(m, 0) for m, v in enumerate(values, 1))


def _plan(line: Line, changes: dict[int, int]) -> Line:
    """Another plan, whose change recurs where all of it does."""
    total = sum(changes.values())
    return replace(line, plan=_moved(line.plan, changes), recurrent=line.recurrent + total)


def _actual(line: Line, changes: dict[int, int]) -> Line:
    return replace(line, actual=_moved(line.actual, changes))


def _new(ref: str, group: str, name: str, each: int, since: int) -> Line:
    plan = tuple(0 if m < since else each for m in range(1, 13))
    return Line(ref, group, name, plan, tuple(v * 9 // 10 for v in plan), sum(plan), sum(plan))


def year() -> dict[int, Month]:
    """Months 9, 10 and 11: each restates, re-phases, loses and gains something of the month before."""
    nine = _lines()
    ten = _with(
        nine,
        {
            # A month that was over is put right: more was delivered in October than month 9 said.
            "Planned care/Theatre lists": lambda line: _actual(line, {7: 12_300}),
            # The year's plan is cut.
            "Planned care/Day case rate": lambda line: _plan(line, {10: -9_000, 11: -9_000, 12: -9_000}),
            # Only what recurs of it changes.
            "Urgent care/Ambulatory care": lambda line: replace(line, recurrent=line.recurrent - 20_400),
            # Plan goes from January to March; the year's stays.
            "Urgent care/Bed days": lambda line: _plan(line, {10: -30_000, 12: 30_000}),
            # What was delivered to date falls: January gives back what was booked before.
            "Workforce/Rostering": lambda line: replace(line, actual=(*line.actual[:9], -25_000, *line.actual[10:])),
            # Same reference, another name.
            "Workforce/Sickness cover": lambda line: replace(line, name="Absence and temporary staffing"),
        },
    )
    ten = tuple(line for line in ten if line.name != "Print and post")
    ten = (*ten, _new("P37", "Procurement", "Cardiology stents", 14_000, 10))
    eleven = _with(
        ten,
        {
            "Workforce/Agency cap": lambda line: _actual(line, {8: -6_200, 9: -3_100}),
            "Procurement/Energy": lambda line: _plan(line, {11: 15_000, 12: 15_000}),
            "Urgent care/Frailty ward": lambda line: _plan(line, {5: -4_000, 12: 4_000}),
            "Procurement/Biosimilars": lambda line: replace(line, recurrent=line.recurrent + 11_000),
            # Delivered to date falls though nothing was restated.
            "Planned care/Follow-up clinics": lambda line: replace(
                line, actual=(*line.actual[:10], -40_000, line.actual[11])
            ),
            # Spelt another way: no other name.
            "Planned care/Pre-assessment": lambda line: replace(line, name="Pre Assessment"),
            # A forecast is made anew: no restatement.
            "Workforce/Job plans": lambda line: replace(line, forecast=line.forecast - 50_000),
        },
    )
    eleven = tuple(line for line in eleven if line.name != "Night cover")
    eleven = (*eleven, _new("W38", "Workforce", "Locum rates", 21_000, 11))
    return {
        9: Month(9, _ordered(nine)),
        10: Month(10, _ordered(ten)),
        # The last paper prints pounds: what month 10 rounded it does not restate.
        11: Month(11, _ordered(eleven), unit=1, decimals=0),
    }


def _ordered(lines: Sequence[Line]) -> tuple[Line, ...]:
    groups = list(dict.fromkeys(line.group for line in _lines()))
    return tuple(sorted(lines, key=lambda line: groups.index(line.group)))


def write(folder: Path) -> dict[str, Path]:
    """Every paper: three months in three formats, a committee's draft of month 10, the year before, a neighbour."""
    months = year()
    out = {
        "m09": folder / "wrenfield-board-m09.docx",
        "m10": folder / "wrenfield-board-m10.xlsx",
        "m11": folder / "wrenfield-board-m11.md",
        "draft": folder / "wrenfield-committee-m10.txt",
        "before": folder / "wrenfield-board-m10-2017-18.md",
        "neighbour10": folder / "tolland-m10.txt",
        "neighbour11": folder / "tolland-m11.txt",
    }
    write_docx(out["m09"], months[9], "Trust Board", MEETINGS[9])
    write_xlsx(out["m10"], months[10], "Trust Board", MEETINGS[10])
    write_md(out["m11"], months[11], "Trust Board", MEETINGS[11])
    write_txt(out["draft"], draft(), "Finance Committee", "14 February 2019", "DRAFT")
    old = replace(months[10], year="2017/18", lines=tuple(_actual(line, {1: -5_000}) for line in months[9].lines))
    write_md(out["before"], old, "Trust Board", "22 February 2018")
    for month in (10, 11):
        other = replace(
            months[month], body=NEIGHBOUR, lines=tuple(_actual(line, {2: 7_000}) for line in months[9].lines)
        )
        write_txt(out[f"neighbour{month}"], other, "Board", "28 March 2019")
    return out


def draft() -> Month:
    """Month 10 as the committee saw it a week before: one scheme's actual was still another."""
    ten = year()[10]
    return replace(ten, lines=_with(ten.lines, {"Workforce/Agency cap": lambda line: _actual(line, {10: 2_500})}))


def _cover(month: Month, committee: str, meeting: str, status: str) -> list[str]:
    title = f"Cost improvement programme {month.year}: month {month.month} ({LONG[month.month - 1]})"
    return [month.body, f"{committee}, {meeting}", title, *([f"{status} for comment"] if status else [])]


def write_docx(path: Path, month: Month, committee: str, meeting: str, status: str = "") -> None:
    document = docx.Document()
    for line in _cover(month, committee, meeting, status):
        document.add_paragraph(line)
    for title, heads, rows in month.tables():
        document.add_paragraph(title)
        table = document.add_table(0, len(heads[0]), "Table Grid")
        for row in (*heads, *rows):
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    document.save(str(path))


def write_xlsx(path: Path, month: Month, committee: str, meeting: str, status: str = "") -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, (title, heads, rows) in zip(("Tracker", "Plan", "Actual"), month.tables(), strict=True):
        sheet = book.create_sheet(name)
        for line in _cover(month, committee, meeting, status):
            sheet.append([line])
        sheet.append([title])
        sheet.append([])
        for head in heads:
            sheet.append(head)
        for row in rows:
            sheet.append([_number(text) for text in row])
            for cell in sheet[sheet.max_row]:
                if isinstance(cell.value, Decimal):
                    cell.number_format = "#,##0.0;(#,##0.0);0.0"
    book.save(path)


def _number(text: str) -> str | Decimal:
    bare = text.replace(",", "")
    if bare.startswith("(") and bare[1:-1].replace(".", "").isdigit():
        return -Decimal(bare[1:-1])
    return Decimal(bare) if bare.replace(".", "").isdigit() else text


def write_md(path: Path, month: Month, committee: str, meeting: str, status: str = "") -> None:
    out = [f"# {_cover(month, committee, meeting, status)[0]}", *_cover(month, committee, meeting, status)[1:]]
    text = "\n\n".join(out)
    for title, heads, rows in month.tables():
        text += f"\n\n## {title}\n\n"
        text += "| " + " | ".join(heads[0]) + " |\n" + "|" + "---|" * len(heads[0]) + "\n"
        text += "\n".join("| " + " | ".join(row) + " |" for row in rows) + "\n"
    path.write_text(text, encoding="utf-8")


def write_txt(path: Path, month: Month, committee: str, meeting: str, status: str = "") -> None:
    text = "\n\n".join(_cover(month, committee, meeting, status))
    for title, heads, rows in month.tables():
        text += f"\n\n{title}\n\n" + "\n".join("\t".join(row) for row in (*heads, *rows)) + "\n"
    path.write_text(text, encoding="utf-8")
