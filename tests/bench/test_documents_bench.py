"""The benchmark of documents makes each of them from its own ledger, and prints a row for each."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

BENCH = Path(__file__).parents[2] / "bench" / "documents.py"


def test_it_measures_every_document() -> None:
    asked = [sys.executable, str(BENCH), "--schemes", "6", "12", "--rounds", "1"]
    done = subprocess.run(asked, capture_output=True, text=True, check=True)
    rows = [line.split(" | ") for line in done.stdout.splitlines()]
    assert [row[0].strip("| ") for row in rows[2:]] == [
        "audit",
        "board paper, Markdown",
        "board paper, Word",
        "board paper, PDF",
        "workbook",
        "accessible workbook",
    ]
    assert all(float(row[1]) >= 0 and float(row[2]) >= 0 for row in rows[2:])
