"""What months are worth beside each other, and beside the same months elsewhere in the paper."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from statistics import median

from qippctl.audit.catalogue import Breach, Told, also, rule
from qippctl.audit.doubted import doubts_of
from qippctl.audit.material import Material
from qippctl.audit.profiles import by_month, by_scheme
from qippctl.models.figure import Basis, Figure, Measure
from qippctl.money import Amount, exactly, grouped, parse_amount, plain

_ROWS: tuple[tuple[Measure, Basis], ...] = (
    ("plan", "ytd"),
    ("plan", "month"),
    ("actual", "ytd"),
    ("actual", "month"),
    ("forecast", "ytd"),
    ("forecast", "month"),
)
FEWEST_MONTHS = 3
FEWEST_LIKE = 5
TIMES_LIKE = 10


@rule("QT206", "warning")
def graph_columns_shifted(of: Material) -> Iterator[Told]:
    """A row of a graph's data stands one column beside its months: it agrees with the profile when it is moved by one.

    The graph shows every month's saving a month late, and the year's end as what was due the month before.

    Delete the cell before the first month in the graph's data; a row of thirteen values under twelve months shows where.

    Savings of 35 from December in the profile; in the graph's data 35 stands under January and 142 under no month.
    """
    for scheme, tables in _by_subject(of).items():
        for measure, basis in _ROWS:
            rows = [(t, by_month(own, measure, basis)) for t, own in tables.items()]
            for table, months in rows:
                for other, reference in rows:
                    if other != table:
                        breach = _shifted(of, scheme, months, reference)
                        if breach is not None:
                            yield breach


def _by_subject(of: Material) -> dict[str, dict[str, list[Figure]]]:
    """Schemes whose months several tables print, table by table."""
    found: dict[str, dict[str, list[Figure]]] = defaultdict(dict)
    for table, figures in of.tables.items():
        for (_, scheme), own in by_scheme(figures).items():
            if scheme is not None:
                found[scheme].setdefault(table, []).extend(own)
    return {scheme: tables for scheme, tables in found.items() if len(tables) > 1}


def _shifted(of: Material, scheme: str, months: Mapping[int, Figure], reference: Mapping[int, Figure]) -> Breach | None:
    """A row that has one value more than months, and is the other row when it is moved by it."""
    known = {m: amount for m, f in reference.items() if (amount := parse_amount(f.raw, repair=True)) is not None}
    telling = [m for m in known if m in months and known[m].value]
    if len(months) < FEWEST_MONTHS or len(telling) < 2:
        return None
    last = months[max(months)]
    beyond = parse_amount(of.text(last.table, last.row, last.column + 1), repair=True)
    if beyond is None or any(f.column == last.column + 1 and f.row == last.row for f in of.tables[last.table]):
        return None
    printed = {m: amount for m, f in months.items() if (amount := parse_amount(f.raw, repair=True)) is not None}
    moved = {m: beyond if m == max(months) else printed.get(m + 1) for m in telling}
    out_of_place = [m for m in telling if m in printed and not _agree(printed[m], known[m])]
    if not out_of_place or not all(amount is not None and _agree(amount, known[m]) for m, amount in moved.items()):
        return None
    month = max(out_of_place)
    faulted, like = months[month], reference[month]
    first, second = printed[month], known[month]
    label = " ".join(of.text(faulted.table, faulted.row, 0).split()) or str(faulted.quantity)
    with exactly():
        return Breach(
            message=(
                f"{scheme}: {label} stands one column out, {len(months) + 1} values under {len(months)} months: "
                f"under month {month} it prints {grouped(plain(first.value))}, the profile {grouped(plain(second.value))}"
            ),
            printed=plain(first.value),
            recomputed=plain(second.value),
            difference=plain(first.value - second.value),
            tolerance=plain((first.step + second.step) / 2),
            figures=(like.id, faulted.id),
            **of.place(faulted),
            doubts=doubts_of(faulted),
        )


def _agree(one: Amount, other: Amount) -> bool:
    return one.interval.meets(other.interval)


@rule("QT207", "warning")
def phasing_outlier(of: Material) -> Iterator[Told]:
    """One month of a plan is far above its others, or holds the whole year.

    Delivery is judged month by month against it: one month typed as the year makes every month after it look late.

    Ask whether the saving is made at once or whether the year's plan was typed into one month.

    A year's 480 planned in April beside months of 40.
    """
    for figures in of.tables.values():
        rows: dict[tuple[int, str | None], dict[int, Figure]] = defaultdict(dict)
        for figure in figures:
            if (figure.measure, figure.basis, figure.recurrence) == ("plan", "month", "all") and figure.period:
                rows[(figure.row, figure.period[:7])].setdefault(int(figure.period.rpartition("-M")[2]), figure)
        for months in rows.values():
            yield from _outliers(of, months)


def _outliers(of: Material, months: Mapping[int, Figure]) -> Iterator[Told]:
    for month, figure in sorted(months.items()):
        others = [other.value for m, other in months.items() if m != month and other.value > 0]
        if len(others) < FEWEST_LIKE or figure.value <= 0:
            continue
        usual = Decimal(median(others))
        if figure.value < usual * TIMES_LIKE:
            continue
        own = of.printing.of(figure)
        printed, like = of.printing.printed(figure), own.number(usual)
        with exactly():
            yield Breach(
                message=f"{of.name(figure)}: {figure.quantity} of month {month} is {grouped(printed)}, "
                f"its other months are {grouped(like)} as a rule",
                printed=printed,
                recomputed=like,
                difference=own.number(figure.value - usual),
                figures=(*(f.id for m, f in sorted(months.items()) if m != month), figure.id),
                **of.place(figure),
                doubts=doubts_of(figure),
            )


@also("QT203")
def blank_total(of: Material) -> Iterator[Told]:
    """Months that are printed beside a total that is not, in a table that prints the totals of its other rows."""
    for table, figures in of.tables.items():
        rows: dict[int, list[Figure]] = defaultdict(list)
        for figure in figures:
            rows[figure.row].append(figure)
        columns = {f.column for f in figures if _is_whole(f)}
        if len(columns) != 1:
            continue
        column = next(iter(columns))
        for row, own in rows.items():
            months = [f for f in own if f.basis == "month" and f.recurrence == "all"]
            if table not in of.texts or of.text(table, row, column) or any(f.column == column for f in own):
                continue
            if sum(1 for f in months if f.value) > 1 and max(f.column for f in months) < column:
                yield _blank(of, months, column)


def _is_whole(figure: Figure) -> bool:
    """Whether it is a row's total over the year, whatever its span is taken for."""
    is_year = figure.period is not None and "-" not in figure.period[5:]
    return is_year and figure.recurrence == "all" and figure.basis in ("year", "ytd")


def _blank(of: Material, months: Sequence[Figure], column: int) -> Breach:
    last = max(months, key=lambda f: f.column)
    own = of.printing.of(last)
    whole = own.number(sum((f.value for f in months), Decimal(0)))
    return Breach(
        message=f"{of.name(last)}: the total of {last.measure} is blank, its months add up to {grouped(whole)}",
        recomputed=whole,
        figures=tuple(f.id for f in months),
        **of.place(last),
        doubts=doubts_of(last),
        severity="warning",
        key=str(column),
    )
