"""Sentences that promise to take something further by a date, and those that do not."""

from __future__ import annotations

import time
from datetime import date

import pytest

from qippctl.calc.escalations import Told, escalations, promises
from qippctl.models.decisions import Outcome

MEETING = date(2011, 5, 26)


@pytest.mark.parametrize(
    ("text", "due", "to"),
    [
        ("To be taken to Recovery Board if not resolved by 16th May.", "2011-05-16", "Recovery Board"),
        ("Forms late. Matter to be escalated to Recovery if not resolved by 16th May. £2m gap.", "2011-05-16", "Recovery"),
        ("If this is not agreed by 30/06/2011 it will be escalated", "2011-06-30", None),
        ("Escalate to the Executive by end of June unless the trust signs", "2011-06-30", "Executive"),
        ("Unless agreed by 3 June 2011 this goes back to Finance Committee", "2011-06-03", "Finance Committee"),
        ("If not resolved by Monday 16th May, raise at the Recovery Board", "2011-05-16", "Recovery Board"),
        ("Take the matter to the Joint Executive if no reply by May 31st", "2011-05-31", "Joint Executive"),
        ("Should it remain outstanding on 1 April it will be reported to the Board", "2011-04-01", "Board"),
        ("To be escalated to J. Smith by 16/05", "2011-05-16", "J. Smith"),
        ("To be escalated to Dr. Okoro in June", "2011-06-30", "Dr. Okoro"),
        ("Was escalated in March; if not settled by 2011-06-01 to be taken to Board", "2011-06-01", "Board"),
        ("If not resolved by 10 January to be escalated to the Board", "2011-01-10", "Board"),
        ("If not resolved by 31/02/2011 to be escalated to the Board", None, "Board"),
    ],
)  # fmt: skip
def test_what_is_a_promise(text: str, due: str | None, to: str | None) -> None:
    found = [(p.due.isoformat() if p.due else None, p.to) for p in promises(text, MEETING)]
    assert found == [(due, to)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Reply to be written by 23rd May 2011.",
        "Form to be handed in if not too late by 23rd May.",
        "This was escalated to the Board on 3 May.",
        "Escalated to the Executive on 3 May.",
        "Escalation policy to be signed off by 30 June.",
        "Paper to be taken to the Board on 26 May.",
        "Escalate late invoices to the supplier.",
        "No need to escalate unless late by 5 May.",
        "If the tender is agreed by 30 June it will be taken to the Board for approval.",
        "If not resolved it will be escalated to the Board.",
        "Staff trained to escalate concerns by 30 June.",
        "To be taken to the Board if not resolved. Letter sent by 16th May.",
    ],
)
def test_what_is_none(text: str) -> None:
    assert list(promises(text, MEETING)) == []


def test_a_date_without_a_year_is_the_nearest_to_the_meeting() -> None:
    (after,) = promises("Escalate to Board by 10 January if not agreed", date(2011, 12, 20))
    (before,) = promises("Escalate to Board by 20 December if not agreed", date(2012, 1, 5))
    (unknown,) = promises("Escalate to Board by 20 December if not agreed", None)
    assert (after.due, before.due, unknown.due) == (date(2012, 1, 10), date(2011, 12, 20), None)


@pytest.mark.parametrize(
    "piece",
    ["a", " ", "by ", "if not ", "escalated to ", "16 may ", ". A", "•", "take a ", "x\n", "take a-", "9", "by the end of "],
)  # fmt: skip
def test_a_megabyte_takes_ten_times_as_long_as_a_tenth_of_it(piece: str) -> None:
    """Linear time: a quadratic pattern would take a hundred times as long."""

    def spent(size: int) -> float:
        text = "if not " + piece * (size // len(piece)) + " escalated by 16 May"
        started = time.process_time()
        list(promises(text, MEETING))
        return time.process_time() - started

    assert spent(1_000_000) < 40 * max(spent(100_000), 0.005)


def told(text: str, number: int = 1, near: date | None = MEETING, **rest: object) -> Told:
    default = {"organisation": "Body", "paper": f"{number}.txt", "page": 1, "scheme": "A", "code": "PC1"}
    return Told(texts=(text,), paper_number=number, near=near, **(default | rest))  # type: ignore[arg-type]


PROMISE = "To be taken to the Board if not resolved by 16th May."


def test_the_same_sentence_in_a_later_paper_is_the_same_escalation() -> None:
    first = told(PROMISE)
    again = told("• " + PROMISE.upper(), 2, date(2011, 6, 28), scheme="A renamed")
    (alone,) = escalations([first], (), date(2011, 5, 26))
    (one,) = escalations([again, first], (), date(2011, 6, 28))
    assert (one.id, one.papers, one.paper_number) == (alone.id, (1, 2), 2)


def test_a_sentence_that_every_month_repeats_keeps_its_year() -> None:
    months = [told(PROMISE, n, date(2011, 5 + n, 1)) for n in range(1, 8)]
    assert [e.due for e in escalations(months, (), date(2011, 12, 1))] == ["2011-05-16"]


def test_a_sentence_that_comes_back_after_a_year_is_another() -> None:
    found = escalations([told(PROMISE), told(PROMISE, 2, date(2012, 5, 24))], (), date(2012, 5, 24))
    assert [e.due for e in found] == ["2011-05-16", "2012-05-16"]
    assert len({e.id for e in found}) == 2


def test_two_schemes_and_two_bodies_with_one_sentence_are_four() -> None:
    found = [
        told(PROMISE, code=code, scheme=code, organisation=body) for code in ("PC1", "PC2") for body in ("East", "West")
    ]
    assert len({e.id for e in escalations(found, (), MEETING)}) == 4


@pytest.mark.parametrize(("today", "overdue"), [(date(2011, 5, 16), False), (date(2011, 5, 17), True)])
def test_overdue_is_after_the_date(today: date, overdue: bool) -> None:
    assert [e.overdue for e in escalations([told(PROMISE)], (), today)] == [overdue]


def test_an_outcome_closes_it_and_it_stays_overdue() -> None:
    (open_one,) = escalations([told(PROMISE)], (), MEETING)
    outcome = Outcome(number=4, by="A", at="2011-05-26T09:00:00", reason="", escalation=open_one.id, outcome="Agreed")
    (closed,) = escalations([told(PROMISE)], [outcome], MEETING)
    assert (open_one.is_open, closed.is_open, closed.overdue) == (True, False, True)
    assert (closed.outcome, closed.decision) == ("Agreed", 4)
