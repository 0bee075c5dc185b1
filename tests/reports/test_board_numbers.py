"""Every number that the board's paper prints is one of the ledger's, in every format."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from qippctl import pipeline
from qippctl.ledger import Ledger, open_ledger
from qippctl.models.board import BoardPaper
from qippctl.reports import board as views
from qippctl.reports.document import SUFFIXES, Suffix, render
from reports.board_numbers import allowed, numbers, text_of

BODIES = [
    "Northmere Clinical",
    "Tarnwater",
    "Eastholme",
    "Fellside",
    "NHS Kelderby",
    "Merrowdale",
    "Thornacre",
    "Harrow Vale",
    "Copperdale",
    "NHS West Orrin Valley",
]


@cache
def opened(url: str) -> Ledger:
    return open_ledger(url)


@cache
def made(url: str, body: str) -> BoardPaper:
    organisation = next(n for n in opened(url).organisations() if n == body or n.startswith(body))
    return pipeline.board(opened(url), organisation, None, pipeline.Rules())


@cache
def of_ledger(url: str, body: str) -> set:
    cover = made(url, body).cover
    return allowed(opened(url), cover.organisation or "", cover.period, date.fromisoformat(cover.at))


@pytest.mark.parametrize("body", BODIES)
def test_every_number_in_the_text_is_the_ledgers(sample_ledger: str, body: str) -> None:
    text = text_of(render(views.paper(made(sample_ledger, body)), "md"), "md")
    assert sorted(numbers(text) - of_ledger(sample_ledger, body)) == []
    assert len(numbers(text)) > 20


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_number_in_every_format_is_the_ledgers(sample_ledger: str, suffix: Suffix) -> None:
    own = made(sample_ledger, "Northmere Clinical")
    text = text_of(render(views.paper(own), suffix), suffix)
    assert sorted(numbers(text) - of_ledger(sample_ledger, "Northmere Clinical")) == []
    for amount in ("6,405.5", "7,833.4", "-1,427.9", "7,160", "9,211", "-2,051", "-567", "1,484"):
        assert amount in text


@pytest.mark.parametrize(("right", "wrong"), [("-952.1", "-952.3"), ("-2,051", "-2,501"), ("£1,484k", "£1,448k")])
def test_a_wrong_number_would_be_found(sample_ledger: str, right: str, wrong: str) -> None:
    text = str(render(views.paper(made(sample_ledger, "Northmere Clinical")), "md"))
    assert right in text
    assert numbers(text.replace(right, wrong)) - of_ledger(sample_ledger, "Northmere Clinical")


def test_rows_are_the_answers_themselves(sample_ledger: str) -> None:
    own = made(sample_ledger, "Northmere Clinical")
    (programme,) = pipeline.programmes(opened(sample_ledger), own.cover.organisation, None, "ytd", pipeline.Rules())
    told = [s.variance for s in programme.subjects]
    assert own.total is not None and own.total.to_date == programme.total
    assert all(line.to_date in told for line in (*own.programme, *own.schemes, *own.exceptions))
    assert [e.name for e in own.exceptions][:2] == [
        "Virtual ward, end of life, CVD and respiratory",
        "Prescribing",
    ]
    (outlook,) = pipeline.forecasts(opened(sample_ledger), own.cover.organisation, None)
    assert own.forecast.total == outlook.total
