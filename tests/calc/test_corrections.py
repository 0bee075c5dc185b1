"""Figures put right: what is typed, which correction holds, and what answers make of it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from build import figure
from qippctl.calc.consequences import changes, check_changes
from qippctl.calc.correcting import Said, Wanted, amount_typed, correction, unit_of
from qippctl.calc.corrections import Corrections, as_read, holds, settled
from qippctl.calc.positions import Stated, positions
from qippctl.calc.variance import answer
from qippctl.errors import UsageError
from qippctl.models.decisions import Correction
from qippctl.models.figure import Figure, Rating
from qippctl.models.policy import Policy

M11 = "2014/15-M11"
THOUSAND, MILLION = Decimal(1000), Decimal(1_000_000)


def printed(raw: str, value: Any, step: Any = 1000, measure: str = "actual", **rest: Any) -> Figure:
    return figure(measure, "ytd", value, raw=raw, step=Decimal(step), **rest)


def made(of: Figure, number: int = 1, kind: str = "misread", column: list[Figure] | None = None, **wanted: str) -> Any:
    """A kept correction of a figure, as it counts now."""
    kept = correction(of, column or [of], Wanted(**wanted), Said(kind, "Smudged", "me", "2015-05-12T09:00:00+00:00"))
    return kept.model_copy(update={"number": number})


@pytest.mark.parametrize(
    ("text", "value", "step"),
    [
        ("643k", 643_000, 1000),  # the unit that is typed, not thousands of thousands
        ("643", 643_000, 1000),
        ("643.2", 643_200, 100),
        ("£643", 643, 1),
        ("£0.643m", 643_000, 1000),
        ("0.64m", 640_000, 10_000),
        ("£643,000", 643_000, 1),
        ("(12.5)", -12_500, 100),
        ("-12.5", -12_500, 100),
        ("-£12.5k", -12_500, 100),
        ("0", 0, 1000),
        ("-", 0, 0),  # the accountants' exact nought
    ],
)
def test_an_amount_is_read_in_the_unit_of_its_column_unless_it_says_its_own(text: str, value: int, step: int) -> None:
    assert amount_typed(text, printed("843", 843_000), THOUSAND) == (value, step)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("75%", "a percentage"),
        ("NaN", "not an amount"),
        ("inf", "not an amount"),
        ("1e9", "not an amount"),
        ("six", "not an amount"),
        ("", "not an amount"),
        ("643 644", "not an amount"),
        ("9" * 30, "not an amount"),
        ("643000m", "more than any paper prints"),
        ("999999999999", "more than any paper prints"),
    ],
)
def test_what_is_no_amount_of_money_is_one_line(text: str, why: str) -> None:
    with pytest.raises(UsageError, match=why) as caught:
        amount_typed(text, printed("843", 843_000), THOUSAND)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [("75%", "percent", 75), ("75", "percent", 75), ("0.5", "percent", "0.5"), ("7", "count", 7)],
)
def test_percentages_and_counts_are_as_printed(text: str, unit: str, value: Any) -> None:
    measure = "delivery" if unit == "percent" else "count"
    assert amount_typed(text, figure(measure, value=1, unit=unit), Decimal(1))[0] == Decimal(str(value))


@pytest.mark.parametrize(("text", "unit"), [("643k", "percent"), ("£75", "percent"), ("75%", "count"), ("£7", "beds")])
def test_money_is_no_percentage_and_no_count(text: str, unit: str) -> None:
    with pytest.raises(UsageError):
        amount_typed(text, figure("delivery" if unit == "percent" else "count", value=1, unit=unit), Decimal(1))


@pytest.mark.parametrize(
    ("own", "column", "unit"),
    [
        (printed("843", 843_000), [], 1000),
        (printed("(843)", 843_000), [], 1000),  # printed the other way round
        (printed("0.84", 840_000, 10_000), [], 1_000_000),
        (printed("£1.2m", 1_200_000, 100_000), [], 1_000_000),
        (printed("843", 843, 1), [], 1),
        (printed("0", 0, 1000), [], 1000),
        (printed("0.0", 0, 100), [], 1000),
        (printed("-", 0, 100), [printed("1.5", 1_500_000, row=2)], 1_000_000),  # its column tells
        (printed("-", 0, 100), [printed("1.5", 1_500_000, row=2, column=7)], 1000),  # another column does not
        (printed("84 3", 843_000), [printed("12", 12_000, row=2), printed("£1m", 1_000_000, row=3), printed("9", 9_000, row=4)],
         1000),
        (printed("-", 0, 10_000), [], 1_000_000),  # two decimals of a million
        (printed("-", 0, 1), [], 1),
        (figure("delivery", value=75, raw="75%"), [], 1),
    ],
)  # fmt: skip
def test_the_unit_of_a_column_is_found_by_what_it_prints(own: Figure, column: list[Figure], unit: int) -> None:
    assert unit_of(own, [own, *column]) == unit


def test_a_corrected_figure_still_tells_the_unit_that_was_printed() -> None:
    read = printed("843", 843_000)
    now = Corrections([made(read, value="£1")]).figure(read)
    assert unit_of(as_read(now), [now]) == 1000
    assert made(now, value="644").now == {"value": "644000", "step": "1000"}


@pytest.mark.parametrize(
    ("wanted", "now"),
    [
        ({"value": "643k"}, {"value": "643000", "step": "1000"}),
        ({"workstream": " Planned  Care "}, {"workstream": "Planned Care"}),
        ({"workstream": "(none)"}, {"workstream": None}),
        ({"scheme": "B"}, {"scheme": "B"}),
        ({"period": "M10"}, {"period": "2014/15-M10"}),
        ({"period": "2013-14 M3"}, {"period": "2013/14-M03"}),
        ({"measure": "plan.ytd"}, {"measure": "plan", "basis": "ytd"}),
        ({"measure": "forecast.year"}, {"measure": "forecast", "basis": "year", "period": "2014/15"}),
        (
            {"measure": "plan.quarter", "period": "2014/15-q3"},
            {"measure": "plan", "basis": "quarter", "period": "2014/15-Q3"},
        ),
    ],
)
def test_what_is_wanted_is_kept_with_what_was_read(wanted: dict[str, str], now: dict[str, str | None]) -> None:
    read = printed("843", 843_000, workstream="W")
    kept = made(read, **wanted)
    assert (kept.now, set(kept.was)) == (now, set(now))
    assert holds(kept, read) and (kept.raw, kept.figure, kept.organisation) == ("843", read.id, "Body")
    fixed = Corrections([kept]).figure(read)
    assert fixed.corrected is not None and (fixed.corrected.number, fixed.corrected.reason) == (1, "Smudged")
    assert as_read(fixed) == read


@pytest.mark.parametrize(
    ("wanted", "kind", "why"),
    [
        ({}, "misread", "nothing to put right"),
        ({"value": "843"}, "misread", "nothing changes: £843,000"),
        ({"value": "£843,000"}, "misread", "nothing changes"),
        ({"scheme": "A"}, "misread", "nothing changes: scheme A"),
        ({"scheme": "(none)"}, "misread", "needs a name"),
        ({"scheme": "\x1b[2J"}, "misread", "cannot be printed"),
        ({"scheme": "x" * 501}, "misread", "longer than"),
        ({"measure": "plan"}, "misread", "not a measure and a basis"),
        ({"measure": "saving.ytd"}, "misread", "not a measure and a basis"),
        ({"measure": "delivery.ytd"}, "misread", "cannot be what it holds"),
        ({"measure": "count.ytd"}, "misread", "cannot be what it holds"),
        ({"measure": "plan.quarter"}, "misread", "say which with --period"),
        ({"period": "tomorrow"}, "misread", "not a financial year or month"),
        ({"period": "2014/15-M13"}, "misread", "not a financial year or month"),
        ({"period": "2014/15"}, "misread", "no period for a basis of ytd"),
        ({"period": "2014/15-Q3"}, "misread", "no period for a basis of ytd"),
        ({"scheme": "B"}, "misprint", "a misprint is a number"),
        ({"value": "643k", "period": "M10"}, "misprint", "a misprint is a number"),
        ({"value": "643k"}, "mistake", "is not misread"),
    ],
)
def test_what_makes_no_correction_is_one_line(wanted: dict[str, str], kind: str, why: str) -> None:
    with pytest.raises(UsageError, match=why) as caught:
        made(printed("843", 843_000), kind=kind, **wanted)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(("role", "wanted"), [("total", "workstream"), ("total", "scheme"), ("subtotal", "scheme")])
def test_a_row_of_no_scheme_is_given_none(role: str, wanted: str) -> None:
    with pytest.raises(UsageError):
        made(printed("843", 843_000, role=role, scheme=None), **{wanted: "B"})


def test_a_reason_and_a_name_are_needed() -> None:
    read = printed("843", 843_000)
    for said in (Said("misread", " ", "me", "now"), Said("misread", "why", "", "now")):
        with pytest.raises(UsageError, match="is missing"):
            correction(read, [read], Wanted("643k"), said)


def test_the_later_correction_holds_and_the_earlier_comes_back_with_its_undoing() -> None:
    read = printed("843", 843_000)
    first = made(read, 1, value="643k")
    second = made(Corrections([first]).figure(read), 2, value="644k")
    assert second.was == {"value": "843000", "step": "1000"}
    assert [Corrections(c).figure(read).value for c in ([first, second], [first], [])] == [644_000, 643_000, 843_000]


def test_corrections_of_different_fields_hold_together() -> None:
    read = printed("843", 843_000)
    first = made(read, 1, value="643k")
    second = made(Corrections([first]).figure(read), 2, period="M10")
    fixed = Corrections([first, second]).figure(read)
    assert (fixed.value, fixed.period) == (643_000, "2014/15-M10")
    assert fixed.corrected is not None and fixed.corrected.numbers == (1, 2)
    assert as_read(fixed) == read


def test_a_correction_of_what_is_read_otherwise_now_says_nothing() -> None:
    kept = made(printed("843", 843_000), value="643k")
    for read in (printed("643", 643_000), printed("843", 843_000_000), printed("848", 843_000)):
        assert not holds(kept, read) and Corrections([kept]).figure(read) == read


def test_misprints_stay_as_printed_where_that_is_asked() -> None:
    """The reader took a 6 for an 8, and the author should have typed 634."""
    read = printed("843", 843_000)
    misread = made(read, 1, value="643k")
    misprint = made(Corrections([misread]).figure(read), 2, "misprint", value="634k")
    both = [misread, misprint]
    assert Corrections(both).figure(read).value == 634_000
    assert Corrections(both, as_printed=True).figure(read).value == 643_000
    assert Corrections([misprint], as_printed=True).figure(read) == read


def test_a_name_is_the_whole_rows_and_its_colours() -> None:
    first, second, below = (
        printed("1", 1000, column=1),
        printed("2", 2000, "1000", "plan", column=2),
        printed("3", 3000, row=2),
    )
    rating = Rating(paper="p", sha256=first.sha256, page=1, table="p1t1", row=1, column=4, scheme="A", role="scheme",
                    dimension="finance", colour="red", raw="R")  # fmt: skip
    found = Corrections([made(second, scheme="B", value="9")])
    assert [found.figure(f).scheme for f in (first, second, below)] == ["B", "B", "A"]
    assert [found.figure(f).value for f in (first, second)] == [1000, 9000]
    assert found.rating(rating).scheme == "B"
    other_group = printed("1", 1000, scheme="Z")
    assert found.figure(other_group) == other_group


def test_a_name_holds_whatever_number_stands_in_its_row() -> None:
    kept = made(printed("843", 843_000), scheme="B")
    assert Corrections([kept]).figure(printed("643", 643_000)).scheme == "B"


def test_a_value_lays_every_doubt_and_a_name_those_of_names() -> None:
    read = printed("843", 843_000, doubts=("sum-fails", "label-unclear"), column=1)
    beside = printed("7", 7000, doubts=("unclear-text", "label-unclear"), column=2)
    named = Corrections([made(read, scheme="B")])
    assert [named.figure(f).doubts for f in (read, beside)] == [("sum-fails",), ("unclear-text",)]
    valued = Corrections([made(read, value="643k")])
    assert [valued.figure(f).doubts for f in (read, beside)] == [(), beside.doubts]
    assert valued.figure(read).corrected.was["doubts"] == "sum-fails label-unclear"  # type: ignore[union-attr]


def test_a_dash_that_was_put_right_is_rounded_like_any_number() -> None:
    read = printed("-", 0)
    fixed = Corrections([made(read, value="643")]).figure(read)
    assert (read.interval.low, read.interval.high) == (0, 0)
    assert (fixed.interval.low, fixed.interval.high) == (642_500, 643_500)


def test_a_corrected_figure_outranks_other_statements_of_its_paper_and_parts_no_scheme_in_two() -> None:
    best, other = printed("843", 843_000), printed("843", 843_000, table="p2t1")
    fixed = Corrections([made(other, value="643k")]).figure(other)
    found = positions([Stated(best, "2015-03-01", proven=90), Stated(fixed, "2015-03-01")], [], M11)
    assert [[f.value for f in p.figures[("actual", "ytd")]] for p in found] == [[643_000, 843_000]]


def test_a_later_papers_figure_outranks_a_corrected_one() -> None:
    early, late = printed("843", 843_000, sha256="a" * 64), printed("650", 650_000, sha256="b" * 64)
    fixed = Corrections([made(early, value="643k")]).figure(early)
    found = positions([Stated(fixed, "2015-03-01"), Stated(late, "2015-04-01")], [], M11)
    assert found[0].find("actual", "ytd").value == 650_000  # type: ignore[union-attr]
    assert found[0].corrected(("actual", "ytd")) == ()


def test_an_answer_tells_the_corrections_of_the_figures_that_count() -> None:
    plan, read = printed("900", 900_000, measure="plan", column=0), printed("843", 843_000)
    fixed = Corrections([made(read, 7, value="643k")]).figure(read)
    found = positions([Stated(plan), Stated(fixed)], [], M11)
    got = answer(found[0], "ytd", M11)
    assert got is not None and (got.variance, got.corrected) == (-257_000, (7,))


POLICY = Policy.model_validate(
    {
        "name": "p",
        "title": "P",
        "source": "S",
        "money": {"bands": [{"colour": "green", "at_least": "90"}, {"colour": "red"}]},
    }
)


def test_what_else_changes_is_told_by_subject() -> None:
    plan, read = printed("900", 900_000, measure="plan", column=0), printed("843", 843_000)
    fixed = Corrections([made(read, value="643k")]).figure(read)
    before, after = (positions([Stated(plan), Stated(f)], [], M11) for f in (read, fixed))
    told = {(c.name, c.basis): (c.before, c.after) for c in changes(before, after, M11, POLICY)}
    assert told == {
        ("actual", "ytd"): ("843000", "643000"),
        ("variance", "ytd"): ("-57000", "-257000"),
        ("delivery", "ytd"): ("93.7", "71.4"),
        ("rag", "ytd"): ("green", "red"),
    }


def test_a_scheme_with_another_name_is_told_once() -> None:
    read = printed("843", 843_000)
    fixed = Corrections([made(read, scheme="B")]).figure(read)
    before, after = (positions([Stated(f)], [], M11) for f in (read, fixed))
    assert [(c.name, c.before, c.after) for c in changes(before, after, M11, POLICY)] == [("subject", "A", "B")]


def test_sums_that_hold_now_are_told() -> None:
    rows = [printed("843", 843_000), printed("100", 100_000, row=2, scheme="B")]
    total = printed("743", 743_000, row=3, role="total", scheme=None)
    fixed = Corrections([made(rows[0], value="643k")]).figure(rows[0])
    (told,) = check_changes([*rows, total], [fixed, rows[1], total])
    assert (told.code, told.row, told.now_holds) == ("QT202", 3, True)
    (back,) = check_changes([fixed, rows[1], total], [*rows, total])
    assert not back.now_holds


def test_figures_whose_sums_hold_now_are_in_doubt_of_them_no_more() -> None:
    fails = {"doubts": ("sum-fails", "heading-unclear")}
    wrong, beside = printed("843", 843_000, **fails), printed("100", 100_000, row=2, scheme="B", **fails)
    total = printed("743", 743_000, row=3, role="total", scheme=None, **fails)
    elsewhere = printed("5", 5000, row=9, column=9, doubts=("sum-fails",))
    table = [wrong, beside, total, elsewhere]
    right, still_wrong = (Corrections([made(wrong, value=value)]).figure(wrong) for value in ("643", "700"))
    assert [f.doubts for f in settled([right, *table[1:]])] == [
        (),
        ("heading-unclear",),
        ("heading-unclear",),
        ("sum-fails",),
    ]
    assert [f.doubts for f in settled([still_wrong, *table[1:]])] == [(), *(f.doubts for f in table[1:])]
    assert settled(table) == table


def test_corrections_are_plain_json() -> None:
    kept = made(printed("843", 843_000), value="643k")
    assert Correction.model_validate_json(kept.model_dump_json()) == kept
