"""Small figures and papers for tests, with everything that does not matter filled in."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from qippctl.models.document import Document
from qippctl.models.figure import Figure
from qippctl.models.paper import Cover, Paper, TableReading
from qippctl.readers.text import read_text

SHA = "ab" * 32


def figure(measure: str = "plan", basis: str = "ytd", value: Any = 0, **rest: Any) -> Figure:
    """A figure of scheme A in pounds, printed to the pound, unless told otherwise."""
    row, column = rest.pop("row", 1), rest.pop("column", 1)
    table, sha256 = rest.pop("table", "p1t1"), rest.pop("sha256", SHA)
    default = {
        "id": f"{sha256[:12]}/{table}/{row}/{column}",
        "paper": "paper.txt",
        "sha256": sha256,
        "page": 1,
        "table": table,
        "row": row,
        "column": column,
        "organisation": "Body",
        "scheme": "A",
        "subject": "savings",
        "role": "scheme",
        "period": "2014/15" if basis in ("year", "fye") else "2014/15-M11",
        "unit": "percent" if measure in ("delivery", "confidence") else "GBP",
        "step": Decimal(1),
        "raw": str(value),
    }
    return Figure(measure=measure, basis=basis, value=Decimal(str(value)), **(default | rest))  # type: ignore[arg-type]


def paper(figures: list[Figure] | None = None, **cover: Any) -> Paper:
    """A paper of month 11 with one table that holds the figures."""
    found = tuple(figures if figures is not None else [figure()])
    default = {
        "paper": "paper.txt",
        "sha256": found[0].sha256 if found else SHA,
        "media_type": "text/plain",
        "pages": 1,
        "organisation": "Body",
        "period": "2014/15-M11",
        "meeting_date": "2015-03-24",
    }
    tables = tuple(
        TableReading(table=name, page=1, kind="schemes", period="2014/15-M11", rows=1, columns=1, figures=1)
        for name in dict.fromkeys(f.table for f in found)
    )
    return Paper(cover=Cover(**(default | cover)), figures=found, tables=tables)


def document(text: str) -> Document:
    """A document of a text, as the text reader gives it."""
    return read_text("paper.txt", SHA, text, "text/plain")


PROGRAMME = """Fernhill Integrated Care Board
Finance Committee
21 November 2023
Efficiency programme, Month 7 (October 2023)

{text}

Efficiency programme to Month 7 (October 2023), £000

Scheme\tPlan YTD\tActual YTD\tVariance YTD\tAnnual Plan\tForecast Outturn\tForecast Variance
Primary care\t\t\t\t\t\t
Medicines optimisation\t1,200\t900\t-300\t2,400\t1,800\t-600
Rent and rates review\t150\t180\t30\t300\t330\t30
Sub-total\t1,350\t1,080\t-270\t2,700\t2,130\t-570
Acute care\t\t\t\t\t\t
Referral management centre\t800\t820\t20\t1,500\t1,540\t40
Theatre utilisation\t650\t500\t-150\t1,300\t1,050\t-250
Sub-total\t1,450\t1,320\t-130\t2,800\t2,590\t-210
Total\t2,800\t2,400\t-400\t5,500\t4,720\t-780
"""


def programme(text: str) -> str:
    """A paper of month 7 with one table of schemes under a sentence."""
    return PROGRAMME.format(text=text)
