"""Measure how the cost of a month's documents grows with the number of schemes: it should grow no faster than they do.

    python bench/documents.py                          500, 1,000 and 2,000 schemes over two months
    python bench/documents.py --schemes 20 40 --rounds 1       a trial

All in one run on one machine: what counts is the last column, how many times the seconds grow when the schemes double.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from math import log2
from pathlib import Path

from ledger import Size, make
from qippctl import pipeline
from qippctl.ledger import Ledger, open_ledger
from qippctl.models.workbooks import Book
from qippctl.reports import board, excel
from qippctl.reports.document import render

SIZES = (500, 1000, 2000)
MONTHS = 2
TODAY = date(2030, 1, 1)


def documents(ledger: Ledger) -> dict[str, Callable[[], object]]:
    """What a close makes of a ledger's newest month, each as a call."""
    rules = pipeline.Rules(pipeline.find_policy(None))
    (choice,) = pipeline.choose(ledger)

    def paper(suffix: str) -> object:
        return render(
            board.paper(pipeline.board(ledger, choice.organisation, choice.period, rules, today=TODAY), ()), suffix
        )

    def book() -> Book:
        return pipeline.book(ledger, choice.organisation, choice.period, rules, today=TODAY)

    return {
        "audit": lambda: pipeline.audited(ledger, choice.organisation, choice.period),
        "board paper, Markdown": lambda: paper(".md"),
        "board paper, Word": lambda: paper(".docx"),
        "board paper, PDF": lambda: paper(".pdf"),
        "workbook": lambda: excel.working(book()),
        "accessible workbook": lambda: excel.accessible(book()),
    }


def seconds(call: Callable[[], object], rounds: int) -> float:
    """The least processor time of some calls."""
    taken = []
    for _ in range(rounds):
        began = time.process_time()
        call()
        taken.append(time.process_time() - began)
    return min(taken)


def measured(sizes: Sequence[int], rounds: int) -> dict[str, list[float]]:
    """Seconds of each document for each number of schemes."""
    made: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for schemes in sizes:
            path = Path(folder) / f"{schemes}.db"
            make(path, Size(schemes=schemes, months=MONTHS, workstreams=20))
            for name, call in documents(open_ledger(str(path), create=False)).items():
                made.setdefault(name, []).append(seconds(call, rounds))
    return made


def growth(sizes: Sequence[int], taken: Sequence[float]) -> float:
    """How many times the seconds grow when the schemes double, from the smallest ledger to the largest: 2 is linear."""
    doublings = log2(sizes[-1] / sizes[0])
    return float((taken[-1] / max(taken[0], 0.001)) ** (1 / doublings))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--schemes", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--rounds", type=int, default=2)
    asked = parser.parse_args()
    sizes = sorted(asked.schemes)
    print("| schemes | " + " | ".join(f"{size:,}" for size in sizes) + " | × when they double |")
    print("| --- |" + " ---: |" * (len(sizes) + 1))
    for name, taken in measured(sizes, asked.rounds).items():
        print(f"| {name} | " + " | ".join(f"{t:.2f}" for t in taken) + f" | {growth(sizes, taken):.1f} |")


if __name__ == "__main__":
    main()
