"""Tarnwater Hospitals NHS Foundation Trust: the PMO's own workbook, month 5 of 2023/24.

It prints the scheme table of `tarnwater.py`, but stores other things: pounds behind a format that shows thousands,
shares behind one that shows percentages, formulas beside what they gave when the file was saved. A row and a sheet are
hidden, and one sum was never worked out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from making.blocks import PAINT, cut
from making.excel import UNSTORED, write_xlsx
from making.tarnwater import AUTHOR, BODY, RISKS, SCHEMES, TITLE, WRITTEN, Scheme, letter

# Withdrawn in June; its row is hidden and the totals leave it out.
WITHDRAWN = Scheme(
    "MP4",
    "Medicines and procurement",
    "Ward stock top-up (withdrawn)",
    "R",
    date(2023, 4, 1),
    144_000,
    (12,) * 12,
    0,
    0,
)
BEFORE = "MP3"  # the row below which it stands
TOP = 6  # of the tracker's sheet: the first row under the headings, counted from nought
MONTHS = ["Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar"]
# Saved by the end of July, scheme by scheme.
JULY = (310, 150, 10, 520, 165, 210, 195, 40, 0, 95, 34, 0, 0)


class Styles:
    """The formats of the book."""

    def __init__(self, book: Workbook) -> None:
        ruled = {"border": 1, "font_size": 9, "valign": "vcenter"}
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.note = book.add_format({"italic": True, "font_size": 9})
        self.head = book.add_format(
            {**ruled, "bold": True, "bg_color": "#DDE3EA", "align": "center", "text_wrap": True}
        )
        self.words = book.add_format({**ruled, "text_wrap": True})
        self.money = book.add_format({**ruled, "num_format": '#,##0;(#,##0);"-"'})
        self.scaled = book.add_format({**ruled, "num_format": "#,##0,"})
        self.share = book.add_format({**ruled, "num_format": "0%", "align": "right"})
        self.month = book.add_format({**ruled, "num_format": "mmm-yy", "align": "center"})
        self.total = book.add_format({**ruled, "num_format": '#,##0;(#,##0);"-"', "bold": True, "top": 2})
        self.total_scaled = book.add_format({**ruled, "num_format": "#,##0,", "bold": True, "top": 2})
        self.total_share = book.add_format({**ruled, "num_format": "0%", "bold": True, "top": 2, "align": "right"})
        self.total_words = book.add_format({**ruled, "bold": True, "top": 2})
        self.letters: dict[str, Format] = {
            rag: book.add_format({**ruled, "align": "center", "bg_color": f"#{colour}"})
            for rag, colour in PAINT.items()
        }
        self.letters["n/a"] = book.add_format({**ruled, "align": "center"})


def fill(book: Workbook) -> None:
    """The sheets: the tracker, risks, the profile, and last month's tracker, which is hidden."""
    styles = Styles(book)
    _tracker(book.add_worksheet("Tracker M05"), styles)
    _risks(book.add_worksheet("Risk register"), styles)
    _profile(book.add_worksheet("Monthly profile"), styles)
    _last_month(book.add_worksheet("Tracker M04"), styles)


def _tracker(sheet: Worksheet, styles: Styles) -> None:
    sheet.merge_range("A1:M1", BODY, styles.title)
    sheet.merge_range("A2:M2", TITLE, styles.title)
    sheet.write("A3", "Money in £000; variance in brackets is adverse", styles.note)
    for column, name in enumerate(("Ref", "Workstream", "Scheme", "R / NR", "Start", "Annual plan £000")):
        sheet.merge_range(4, column, 5, column, name, styles.head)
    sheet.merge_range("G5:J5", "Month 5 year to date", styles.head)
    sheet.merge_range("K5:L5", "Full year", styles.head)
    sheet.merge_range("M5:M6", "RAG", styles.head)
    lower = ("Plan £000", "Actual £000", "Variance £000", "% of plan", "Forecast £000", "Variance £000")
    for column, name in enumerate(lower, 6):
        sheet.write(5, column, name, styles.head)
    lines = _with_withdrawn()
    for row, scheme in enumerate(lines, TOP):
        _line(sheet, styles, row, scheme)
    _workstreams(sheet, styles, lines)
    sheet.set_row(TOP + lines.index(WITHDRAWN), None, None, {"hidden": True})
    _total(sheet, styles, TOP + len(lines))
    below = TOP + len(lines) + 2
    sheet.write(below, 0, "Green from 95% of the plan to date, amber from 80%, red below 80%.", styles.note)
    sheet.write(below + 1, 0, "UN1 is the part of the plan that has no scheme yet.", styles.note)
    for columns, width in (("A:A", 6), ("B:B", 24), ("C:C", 28), ("D:D", 7), ("E:E", 8), ("F:L", 10), ("M:M", 6)):
        sheet.set_column(columns, width)
    sheet.freeze_panes(TOP, 3)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _with_withdrawn() -> list[Scheme]:
    place = [scheme.ref for scheme in SCHEMES].index(BEFORE) + 1
    return [*SCHEMES[:place], WITHDRAWN, *SCHEMES[place:]]


def _line(sheet: Worksheet, styles: Styles, row: int, scheme: Scheme) -> None:
    n = row + 1
    sheet.write(row, 0, scheme.ref, styles.words)
    sheet.write(row, 2, scheme.name, styles.words)
    sheet.write(row, 3, scheme.kind, styles.words)
    sheet.write_datetime(row, 4, scheme.start, styles.month)
    sheet.write(row, 5, scheme.pounds, styles.scaled)
    sheet.write(row, 6, scheme.plan, styles.money)
    sheet.write(row, 7, scheme.actual, styles.money)
    sheet.write_formula(row, 8, f"=H{n}-G{n}", styles.money, scheme.actual - scheme.plan)
    share = scheme.actual / scheme.plan if scheme.plan else "n/a"
    sheet.write_formula(row, 9, f'=IF(G{n}=0,"n/a",H{n}/G{n})', styles.share, share)
    sheet.write(row, 10, scheme.forecast, styles.money)
    sheet.write_formula(
        row, 11, f"=K{n}-ROUND(F{n}/1000,0)", styles.money, scheme.forecast - round(scheme.pounds / 1000)
    )
    rag = letter(scheme.plan, scheme.actual)
    sheet.write(row, 12, rag, styles.letters[rag])


def _workstreams(sheet: Worksheet, styles: Styles, lines: Sequence[Scheme]) -> None:
    """The name of a workstream in one cell beside all its schemes."""
    first = 0
    for i in range(1, len(lines) + 1):
        if i < len(lines) and lines[i].workstream == lines[first].workstream:
            continue
        if i - first > 1:
            sheet.merge_range(TOP + first, 1, TOP + i - 1, 1, lines[first].workstream, styles.words)
        else:
            sheet.write(TOP + first, 1, lines[first].workstream, styles.words)
        first = i


def _total(sheet: Worksheet, styles: Styles, row: int) -> None:
    """The sums of what is shown."""
    pounds, plan = sum(s.pounds for s in SCHEMES), sum(s.plan for s in SCHEMES)
    actual, forecast = sum(s.actual for s in SCHEMES), sum(s.forecast for s in SCHEMES)
    n = row + 1
    for column in range(13):
        sheet.write_blank(row, column, None, styles.total_words)
    sheet.write(row, 1, "Total", styles.total_words)
    sums = {
        "F": (pounds, styles.total_scaled),
        "G": (plan, styles.total),
        "H": (actual, styles.total),
        "K": (forecast, styles.total),
    }
    for column, (value, style) in sums.items():
        sheet.write_formula(f"{column}{n}", f"=SUBTOTAL(109,{column}{TOP + 1}:{column}{row})", style, value)
    sheet.write_formula(row, 8, f"=H{n}-G{n}", styles.total, actual - plan)
    sheet.write_formula(row, 9, f"=H{n}/G{n}", styles.total_share, actual / plan)
    sheet.write_formula(row, 11, f"=K{n}-ROUND(F{n}/1000,0)", styles.total, forecast - round(pounds / 1000))
    rag = letter(plan, actual)
    sheet.write(row, 12, rag, styles.letters[rag])


def _risks(sheet: Worksheet, styles: Styles) -> None:
    sheet.write("A1", "Risks to delivery at month 5", styles.title)
    heads, *lines = cut(RISKS)
    sheet.write_row(2, 0, heads, styles.head)
    for row, (ref, risk, mitigation, likelihood, impact, score, change) in enumerate(lines, 3):
        sheet.write_row(row, 0, (ref, risk, mitigation, int(likelihood), int(impact)), styles.words)
        sheet.write_formula(row, 5, f"=D{row + 1}*E{row + 1}", styles.words, int(score))
        sheet.write(row, 6, change, styles.words)
    sheet.set_column("B:C", 44)


def _profile(sheet: Worksheet, styles: Styles) -> None:
    """The plan of each scheme by month; nobody has opened the book since the sum of February was typed."""
    sheet.write("A1", "Planned savings by month, 2023/24", styles.title)
    sheet.write("A2", "£000", styles.note)
    sheet.write_row(3, 0, ("Ref", "Scheme", *MONTHS, "Total"), styles.head)
    for row, scheme in enumerate(SCHEMES, 4):
        sheet.write_row(row, 0, (scheme.ref, scheme.name), styles.words)
        sheet.write_row(row, 2, scheme.profile, styles.money)
        sheet.write_formula(row, 14, f"=SUM(C{row + 1}:N{row + 1})", styles.money, sum(scheme.profile))
    last = 4 + len(SCHEMES)
    sheet.write_row(last, 0, ("", "Total"), styles.total_words)
    for i, letters in enumerate("CDEFGHIJKLMN"):
        value = UNSTORED if MONTHS[i] == "Feb" else sum(s.profile[i] for s in SCHEMES)
        sheet.write_formula(f"{letters}{last + 1}", f"=SUM({letters}5:{letters}{last})", styles.total, value)
    everything = sum(sum(s.profile) for s in SCHEMES)
    sheet.write_formula(f"O{last + 1}", f"=SUM(O5:O{last})", styles.total, everything)
    sheet.set_column("B:B", 28)


def _last_month(sheet: Worksheet, styles: Styles) -> None:
    """The tracker of month 4, kept to copy from."""
    sheet.write("A1", "Efficiency programme 2023/24: tracker at month 4 (July 2023)", styles.title)
    sheet.write_row(2, 0, ("Ref", "Scheme", "YTD plan £000", "YTD actual £000", "YTD variance £000"), styles.head)
    for row, (scheme, actual) in enumerate(zip(SCHEMES, JULY, strict=True), 3):
        plan = sum(scheme.profile[:4])
        sheet.write_row(row, 0, (scheme.ref, scheme.name), styles.words)
        sheet.write_row(row, 2, (plan, actual), styles.money)
        sheet.write_formula(row, 4, f"=D{row + 1}-C{row + 1}", styles.money, actual - plan)
    last = 3 + len(SCHEMES)
    plan, actual = sum(sum(s.profile[:4]) for s in SCHEMES), sum(JULY)
    sheet.write_row(last, 0, ("", "Total"), styles.total_words)
    for column, value in (("C", plan), ("D", actual), ("E", actual - plan)):
        sheet.write_formula(f"{column}{last + 1}", f"=SUM({column}4:{column}{last})", styles.total, value)
    sheet.set_column("B:B", 28)
    sheet.hide()


PAPERS: dict[str, Callable[[Path], None]] = {
    "tarnwater-tracker-m05.xlsx": lambda path: write_xlsx(path, TITLE, AUTHOR, WRITTEN, fill),
}
