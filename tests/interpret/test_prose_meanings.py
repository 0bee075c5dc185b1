"""What sentences say of their numbers: invented ones, in the styles of councils, boards and trusts."""

from __future__ import annotations

import pytest

from qippctl.interpret.prose.meanings import drafts
from qippctl.interpret.prose.sentences import parted, sentences
from qippctl.models.document import Prose


def said(text: str) -> list[tuple[str | None, str | None]]:
    return [(d.measure, d.basis) for d in drafts(text) if d.spoken.unit != "count"]


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("We delivered £2.4m to date against a plan of £2.8m.", [("actual", "ytd"), ("plan", "ytd")]),
        ("£1.9m of savings had been achieved.", [("actual", None)]),
        ("The council saved £5m of the £6m planned.", [("actual", None), ("plan", None)]),
        ("Year to date the board is £400k behind plan.", [("variance", "ytd")]),
        ("The forecast shortfall is £2.05m below plan.", [("variance", "year")]),
        ("The forecast for 2023/24 is £780k under the plan of £5.5m.", [("variance", "year"), ("plan", None)]),
        ("We expect an outturn of £4.7m.", [("forecast", "year")]),
        ("Delivery is 86% of plan.", [("delivery", None)]),
        ("That is a 68% YTD yield.", [("delivery", "ytd")]),
        ("78% forecast achievement against plan.", [("delivery", "year")]),
        ("£0.2m was due and £0.1m was delivered.", [("plan", "ytd"), ("actual", None)]),
        ("A favourable variance of £30k at month 7.", [("variance", "ytd")]),
        ("Unspent investment of £1.4m remains.", [("investment_slippage", None)]),
        ("The savings target for the year is £5.5m.", [("plan", "year")]),
        ("£10m was borrowed for the new depot.", [(None, None)]),
        ("12% of households have no car.", [(None, None)]),
        ("The target was exceeded: £3m delivered.", [("actual", None)]),
        (
            "Savings achieved are £2.4m, which is £0.4m (14%) less than plan.",
            [("actual", None), ("variance", None), (None, None)],
        ),
        (
            "By month 7 £2,602k was saved against £2,836k (92%).",
            [("actual", "ytd"), ("plan", None), ("delivery", None)],
        ),
    ],
)
def test_the_nearest_words_say_what_a_number_is(text: str, measures: list[tuple[str | None, str | None]]) -> None:
    assert said(text) == measures


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("a shortfall of £4m", "adverse"),
        ("£4m short of target", "adverse"),
        ("a negative variance of -£4k", "adverse"),
        ("£4m ahead of plan", "favourable"),
        ("over delivery of £4m", "favourable"),
        ("a variance of £4m", None),
    ],
)
def test_words_call_a_variance_good_or_bad(text: str, direction: str | None) -> None:
    (draft,) = drafts(text)
    assert (draft.measure, draft.direction) == ("variance", direction)


@pytest.mark.parametrize(
    ("text", "aside"),
    [
        ("£0.5m of the plan has no scheme.", "part"),
        ("Savings of which £0.5m is pay.", "part"),
        ("A further £0.4m of mitigations was found.", "part"),
        ("Without grants the gap would be £0.6m.", "condition"),
        ("Up to £2m could be saved.", "condition"),
        ("This gives a revised shortfall of £567k.", "revised"),
        ("Last month's forecast was £4.9m.", "earlier"),
        ("Green where 95% or more of the plan is delivered.", "rule"),
        ("Red = below 80% of target achieved", "rule"),
        ("We delivered £2.4m.", None),
        ("86% of the plan was delivered, so the programme is green.", None),
    ],
)
def test_some_numbers_need_not_be_any_figures(text: str, aside: str | None) -> None:
    assert drafts(text)[-1].aside == aside


@pytest.mark.parametrize(
    ("text", "change", "than"),
    [
        ("The gap rose from £310k to £400k.", "more", 310000),
        ("The gap has narrowed to £400k from £310k.", "less", 310000),
        ("Delivery improved to 85% from 86%.", "better", 86),
        ("We exceeded our target, delivering £2.4m against £2.8m.", "more", 2800000),
        ("Leads have reduced investment by £1,484k from £1,746k.", None, None),
        ("Savings of £3m came from £9m of spend.", None, None),
    ],
)
def test_what_rose_or_fell_is_set_beside_what_it_was(text: str, change: str | None, than: int | None) -> None:
    changed = [d for d in drafts(text) if d.change]
    assert [(d.change, d.than) for d in changed] == ([(change, than)] if change else [])


def test_a_number_of_another_month_is_of_that_month() -> None:
    now, before = drafts("At the end of February we delivered 82% of plan (our Month 10 position was 85% of plan).")
    assert (now.month, before.month) == (11, 10)


def test_a_line_that_begins_small_goes_on_with_the_one_before() -> None:
    blocks = [Prose("7. The board planned to save £5m and"), Prose("saved £4m. It is behind.")]
    found = list(sentences(blocks))
    assert [(s.text, s.paragraph) for s in found] == [
        ("The board planned to save £5m and saved £4m.", "7"),
        ("It is behind.", "7"),
    ]


def test_a_number_at_the_beginning_of_a_sentence_is_no_paragraphs() -> None:
    (found,) = sentences([Prose("1.5 million people live here.")])
    assert found.text == "1.5 million people live here." and found.paragraph is None


def test_a_cells_lines_and_bullets_are_sentences() -> None:
    assert list(parted("•Late start.\nSave £3m. Then stop.")) == ["Late start.", "Save £3m.", "Then stop."]
