"""Scheme tables made at random (orders of columns, wordings, units, signs, rows) are read back exactly, or with doubts."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from build import document
from qippctl.interpret import interpret
from qippctl.models.figure import Figure

NAMES = (
    "Theatre lists",
    "Agency rates",
    "Drugs switch",
    "Estates review",
    "Back office",
    "Length of stay",
    "Procurement",
)
GROUPS = ("Acute services", "Community services", "Corporate departments")
# What a column holds, and the headings that say so; `{u}` is the unit.
WORDINGS: dict[str, tuple[str, ...]] = {
    "plan.year": ("Annual plan {u}", "Full year plan {u}", "2023/24 plan {u}", "Annual target {u}", "Year plan {u}"),
    "plan.ytd": ("YTD plan {u}", "Plan to date {u}", "Year to date plan {u}", "YTD Bud {u}", "Cumulative plan {u}"),
    "actual.ytd": (
        "YTD actual {u}",
        "Actual to date {u}",
        "Year to date actual {u}",
        "YTD Act {u}",
        "Delivered to date {u}",
    ),
    "variance.ytd": ("YTD variance {u}", "YTD var {u}", "Year to date variance {u}"),
    "forecast.year": ("Forecast outturn {u}", "FOT {u}", "Year end forecast {u}", "Forecast {u}"),
    "variance.year": ("Forecast variance {u}", "Year end variance {u}", "FOT variance {u}"),
}
# The same in two tiers: what spans a block, and what stands in it.
BLOCKS = {"ytd": ("Year to date", "YTD", "Cumulative"), "year": ("Full year", "Year end", "Full Year Forecast")}
SHORT = {
    "plan": ("Plan", "Target"),
    "actual": ("Actual", "Act"),
    "forecast": ("Forecast", "FOT"),
    "variance": ("Variance", "Var"),
}
UNITS = {1000: ("£000", "£'000", "£k", "£000s"), 1_000_000: ("£m",), 1: ("£",)}


@dataclass(frozen=True)
class Made:
    """A table as text, and what its cells say: by row name and column, pounds canonically signed."""

    text: str
    truth: dict[tuple[str, str], Decimal]


@st.composite
def tables(draw: st.DrawFn) -> Made:
    """A cover and a table of schemes: five to seven of them, in groups or not, with a total."""
    pounds = draw(st.sampled_from(sorted(UNITS)))
    unit = draw(st.sampled_from(UNITS[pounds]))
    decimals = 2 if pounds == 1_000_000 else 0
    negative = draw(st.booleans())  # savings printed below nought
    variance = draw(st.sampled_from((1, -1)))  # -1: plan less outcome
    brackets = draw(st.booleans())
    where = draw(st.sampled_from(("heading", "row", "title")))
    columns = draw(st.permutations(tuple(WORDINGS)))
    columns = [c for c in columns if not c.startswith("variance.") or draw(st.booleans())]
    tiers = draw(st.booleans())
    if tiers:
        first = draw(st.sampled_from(("ytd", "year")))
        columns = sorted(columns, key=lambda c: c.partition(".")[2] != first)
        names = [draw(st.sampled_from(SHORT[c.partition(".")[0]])) for c in columns]
        heads = [f"{name} {unit}" if where == "heading" else name for name in names]
    else:
        heads = [
            draw(st.sampled_from(WORDINGS[c])).format(u=unit if where == "heading" else "").strip() for c in columns
        ]
    schemes = list(NAMES[: draw(st.integers(5, 7))])
    cells = st.integers(1, 900).map(lambda n: Decimal(n).scaleb(-decimals))
    money = {s: {c: draw(cells) for c in WORDINGS if not c.startswith("variance.")} for s in schemes}
    for own in money.values():
        own["variance.ytd"] = own["actual.ytd"] - own["plan.ytd"]
        own["variance.year"] = own["forecast.year"] - own["plan.year"]
    money["Total"] = {c: sum((money[s][c] for s in schemes), Decimal(0)) for c in WORDINGS}
    grouped = draw(st.booleans())

    def printed(column: str, value: Decimal) -> str:
        value = value * variance if column.startswith("variance.") else value
        value = -value if negative else value
        text = f"{abs(value):,.{decimals}f}"
        return text if value >= 0 else f"({text})" if brackets else f"-{text}"

    rows = [["Scheme", *heads]]
    if tiers:
        spans = [c.partition(".")[2] for c in columns]
        over = {basis: draw(st.sampled_from(BLOCKS[basis])) for basis in BLOCKS}
        rows.insert(0, ["", *(over[b] if k == 0 or spans[k - 1] != b else "" for k, b in enumerate(spans))])
    rows += [["", *[unit] * len(columns)]] if where == "row" else []
    for k, scheme in enumerate(schemes):
        if grouped and k % 3 == 0:
            rows.append([GROUPS[k // 3], *[""] * len(columns)])
        rows.append([scheme, *(printed(c, money[scheme][c]) for c in columns)])
    rows.append(["Total", *(printed(c, money["Total"][c]) for c in columns)])
    title = "CIP schemes at month 7 of 2023/24" + (f" ({unit})" if where == "title" else "")
    cover = (
        "Testmere NHS Trust\nFinance Committee, 30 November 2023\nCost improvement programme, month 7 of 2023/24\n\n"
    )
    text = cover + title + "\n\n" + "\n".join("\t".join(row) for row in rows)
    return Made(
        text, {(name, c): value * pounds for name, own in money.items() for c, value in own.items() if c in columns}
    )


def name_of(figure: Figure) -> str:
    return "Total" if figure.role == "total" else figure.scheme or figure.workstream or ""


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tables())
def test_a_made_table_is_read_back_exactly_or_with_doubts(made: Made) -> None:
    figures = interpret(document(made.text)).figures
    wrong = [
        (name_of(f), f.names, f.period, f.value, f.raw)
        for f in figures
        if not f.doubts
        and (
            made.truth.get((name_of(f), f.names)) != f.value
            or f.period != ("2023/24-M07" if f.basis == "ytd" else "2023/24")
        )
    ]
    assert wrong == []
    right = {(name_of(f), f.names) for f in figures if made.truth.get((name_of(f), f.names)) == f.value}
    left_out = sorted(set(made.truth) - right)
    assert len(left_out) * 50 <= len(made.truth), left_out
