"""Rows below a total that take something off it, found by their numbers: what is spent, and what is left."""

from __future__ import annotations

from collections.abc import Iterator

from qippctl.audit.catalogue import Breach, Held, Told, also
from qippctl.audit.material import Material
from qippctl.models.figure import Figure
from qippctl.money import Amount, exactly, grouped, parse_amount, plain

FEWEST = 2


@also("QT205")
def rows_below_total(of: Material) -> Iterator[Told]:
    """A row two below a total that is the total less the row between, in most of its columns, and in one is not."""
    for table, figures in of.tables.items():
        totals: dict[int, list[Figure]] = {}
        for figure in figures:
            if figure.role == "total" and figure.unit == "GBP":
                totals.setdefault(figure.row, []).append(figure)
        if not totals or table not in of.texts:
            continue
        last = max(totals)
        read = {(figure.row, figure.column) for figure in figures}
        if any((row, total.column) in read for row in (last + 1, last + 2) for total in totals[last]):
            continue
        yield from _net(of, table, totals[last])


def _net(of: Material, table: str, totals: list[Figure]) -> Iterator[Told]:
    held: list[tuple[Figure, Amount, Amount, Amount]] = []
    for total in totals:
        gross = parse_amount(total.raw, repair=True)
        taken, net = (parse_amount(of.text(table, total.row + down, total.column)) for down in (1, 2))
        if gross is not None and taken is not None and net is not None and taken.value:
            held.append((total, gross, taken, net))
    fits = [_fits(gross, taken, net) for _, gross, taken, net in held]
    if fits.count(True) < FEWEST or fits.count(False) > 1:
        return
    label = of.text(table, totals[0].row + 2, max(0, totals[0].column - 1)) or "net"
    with exactly():
        for (total, gross, taken, net), fit in zip(held, fits, strict=True):
            if fit:
                yield Held(net.value in (gross.value - taken.value, gross.value + taken.value))
                continue
            left = min((gross.value - taken.value, gross.value + taken.value), key=lambda value: abs(value - net.value))
            yield Breach(
                message=f"{' '.join(label.split())}: printed {grouped(plain(net.value))} "
                f"under a total of {grouped(plain(gross.value))}, "
                f"which with {grouped(plain(taken.value))} leaves {grouped(plain(left))}",
                printed=plain(net.value),
                recomputed=plain(left),
                difference=plain(net.value - left),
                tolerance=plain((gross.step + taken.step + net.step) / 2),
                figures=(total.id,),
                page=total.page,
                table=table,
                row=total.row + 2,
                where=of.title(table),
                severity="warning",
                key=f"net {total.column}",
            )


def _fits(gross: Amount, taken: Amount, net: Amount) -> bool:
    """Whether the third is the first with the second taken off, or added where the column is one of shortfalls."""
    return (gross.interval - taken.interval).meets(net.interval) or (gross.interval + taken.interval).meets(
        net.interval
    )
