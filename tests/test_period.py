"""Financial years, months and dates as papers write them, and what is none of these."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qippctl.period import (
    MONTHS,
    Mention,
    Period,
    find_date,
    find_mention,
    find_year,
    find_years,
    month_of_heading,
    of_date,
)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("2014/15", "2014/15"),
        ("2014-15", "2014/15"),
        ("2014–15", "2014/15"),
        ("2014 / 15", "2014/15"),
        ("2010-2011", "2010/11"),
        ("2010/2011", "2010/11"),
        ("10/11", "2010/11"),
        ("24/25", "2024/25"),
        ("2007-8", "2007/08"),
        ("1999/00", "1999/00"),
        ("2009/10", "2009/10"),
        ("FY11", "2010/11"),
        ("FY 2011", "2010/11"),
        ("2014/15-M11", "2014/15-M11"),
        ("2014/15-M01", "2014/15-M01"),
        ("2014-15 M9", "2014/15-M09"),
        ("2014/15 month 9", "2014/15-M09"),
        ("M9 2014/15", "2014/15-M09"),
        ("2014/15-m12", "2014/15-M12"),
        ("2014/15 September", "2014/15-M06"),
        ("2014/15-feb", "2014/15-M11"),
    ],
)
def test_the_ways_of_writing_a_period_are_one(text: str, printed: str) -> None:
    assert str(Period.parse(text)) == printed


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2014",
        "2014/16",
        "2014/15-M0",
        "2014/15-M13",
        "2014/15-M",
        "2014/15-M1x",
        "2014/15 2015/16",
        "2014/15 plan",
        "14-15",
        "M11",
        "15/14",
        "3/7",
        "2014/15/16",
        "11/05/2011",
        "١٤/١٥",
    ],
)
def test_what_is_no_period_is_refused_and_named(text: str) -> None:
    with pytest.raises(ValueError, match="is not a financial year or month") as refused:
        Period.parse(text)
    assert f'"{text}"' in str(refused.value)


@pytest.mark.parametrize(
    ("day", "printed"),
    [
        (date(2015, 3, 31), "2014/15-M12"),
        (date(2015, 4, 1), "2015/16-M01"),
        (date(2014, 12, 31), "2014/15-M09"),
        (date(2015, 1, 1), "2014/15-M10"),
    ],
)
def test_the_year_begins_in_april(day: date, printed: str) -> None:
    assert str(of_date(day)) == printed


def test_periods_sort_by_time_and_know_their_year() -> None:
    late, early, year = Period(2015, 1), Period(2014, 12), Period(2014)
    assert sorted([late, early, year]) == [year, early, late]
    assert early.year == year


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Plan 2010/11", [2010]),
        ("Variance 2013/14 and 2014/15", [2013, 2014]),
        ("from 10/11 to 11/12", [2010, 2011]),
        ("2014/15 Plan (FY15)", [2014, 2014]),
        ("FY2014/15", [2014]),
        ("dated 11/05/2011", []),
        ("ratio 3/7", []),
        ("12/14 schemes", []),
        ("2014/16", []),
        ("pages 1-2", []),
        ("2014", []),
        ("0121 2014/15", [2014]),
        ("12014/15", []),
        ("2014/15.5", []),
        ("item 1.10/11", []),
    ],
)
def test_only_two_years_that_follow_each_other_are_a_financial_year(text: str, years: list[int]) -> None:
    assert list(find_years(text)) == years
    assert find_year(text) == (years[0] if years else None)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("12 May 2015", date(2015, 5, 12)),
        ("Thursday 12th May 2015, 2pm", date(2015, 5, 12)),
        ("1st of April 2014", date(2014, 4, 1)),
        ("31st August, 2019", date(2019, 8, 31)),
        ("28-Feb-15", date(2015, 2, 28)),
        ("3 Sept 2014", date(2014, 9, 3)),
        ("11/05/2011", date(2011, 5, 11)),  # day first
        ("11/5/11", date(2011, 5, 11)),
        ("12.05.11", date(2011, 5, 12)),
        ("12.5.2011", date(2011, 5, 12)),
        ("31 March 2014/15", None),  # a month of a financial year, not March 2014
        ("31 February 2015", None),
        ("13/13/2011", None),
        ("agenda item 8.3.10", None),
        ("version 1.2.11", None),
        ("10.3.2010.7", None),
        ("2.11.12.05.11", None),
        ("112 May 2015", None),
        ("12 May 20155", None),
        ("May 2015", None),
        ("in 2014/15", None),
    ],
)
def test_a_date_is_day_month_year_and_exists(text: str, found: date | None) -> None:
    assert find_date(text) == found


@pytest.mark.parametrize(
    ("text", "start", "month"),
    [
        ("QIPP delivery as at 28th February 2015 (Month 11)", 2014, 11),
        ("Position at 31/03/2015", 2014, 12),
        ("November 2014", 2014, 8),
        ("Nov-14", 2014, 8),
        ("Nov ’14", 2014, 8),
        ("2014/15 Month 9", 2014, 9),
        ("2014/15 M09", 2014, 9),
        ("2014/15 @ month 11", 2014, 11),
        ("Period 2", None, 2),
        ("Mth 7", None, 7),
        ("M 7 report", None, 7),
        ("M12 Performance", None, 12),
        ("month no. 10", None, 10),
        ("to the end of February", None, 11),
        ("2014/15 to end of February", 2014, 11),
        ("as at September 2014/15", 2014, 6),
        ("as at 31 March 2014/15", 2014, 12),
        ("as at March 31st 2015", None, 12),  # not 2031
        ("Tracker for 2010/11", 2010, None),
        ("Movement from M10 to M11", None, 11),
        ("QIPP M1-M11", None, 11),
        ("QIPP M1 – M11 2014/15", 2014, 11),
    ],
)
def test_a_heading_names_its_span(text: str, start: int | None, month: int | None) -> None:
    assert find_mention(text) == Mention(start, month)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Plan",
        "M13",
        "Month 0",
        "£5M 12 schemes",
        "M4/5",
        "12M",
        "5m2",
        "Month 1-11",
        "March plan",
        "May 12th",  # a day, not May 2012
        "March 31 2015",
        "schemes may follow",
        "Marching 14",
        "3/7",
        "8.3.10",
    ],
)
def test_a_heading_that_names_no_span(text: str) -> None:
    assert find_mention(text) is None


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("April", 1),
        (" MARCH ", 12),
        ("Sept", 6),
        ("Sep-14", 6),
        ("Apr 2014", 1),
        ("mar'15", 12),
        ("M7", 7),
        ("M07", 7),
        ("Month 7", 7),
        ("M13", None),
        ("M0", None),
        ("March plan", None),
        ("April to June", None),
        ("Augmentation", None),
        ("", None),
        ("7", None),
    ],
)
def test_a_heading_that_is_a_month_and_nothing_else(text: str, month: int | None) -> None:
    assert month_of_heading(text) == month


# ---- properties ------------------------------------------------------------------------------------------------------

DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
NAMES = {day.month: day.strftime("%B") for day in (date(2015, month, 1) for month in range(1, 13))}


@given(st.integers(1900, 2098), st.integers(0, 12))
def test_a_printed_period_is_read_back(start: int, month: int) -> None:
    assert Period.parse(str(Period(start, month))) == Period(start, month)


@given(DAYS)
def test_days_in_order_are_months_in_order(day: date) -> None:
    today, tomorrow = of_date(day), of_date(day + timedelta(days=1))
    assert today <= tomorrow
    assert 1 <= today.month <= 12
    assert MONTHS[today.month - 1] == NAMES[day.month].lower()


@given(
    DAYS,
    st.sampled_from(
        [
            lambda day: f"{day.day} {NAMES[day.month]} {day.year}",
            lambda day: f"{day.day:02d}-{NAMES[day.month][:3]}-{day.year % 100:02d}",
            lambda day: f"as at {day.day}th {NAMES[day.month].upper()} {day.year}.",
            lambda day: f"{day:%d/%m/%Y}",
            lambda day: f"{day:%d/%m/%y}",
            lambda day: f"{day:%d.%m.%Y}",
        ]
    ),
)
def test_a_printed_date_is_found_and_names_its_month(day: date, printed: Callable[[date], str]) -> None:
    assert find_date(printed(day)) == day
    assert find_mention(printed(day)) == Mention(of_date(day).start, of_date(day).month)


@given(st.text(max_size=60) | st.text(alphabet="0123456789/-–. MmFYmaryonthd", max_size=24))
def test_any_text_is_searched_without_harm(text: str) -> None:
    mention, month = find_mention(text), month_of_heading(text)
    assert mention is None or mention.month is None or 1 <= mention.month <= 12
    assert month is None or 1 <= month <= 12
    assert all(1900 <= start <= 2099 for start in find_years(text))


@given(st.text(alphabet="0123456789/- Mm", max_size=14))
def test_what_is_accepted_prints_and_parses_to_itself(text: str) -> None:
    try:
        period = Period.parse(text)
    except ValueError:
        return
    assert Period.parse(str(period)) == period


@pytest.mark.parametrize("piece", [" ", "1.", "2014/", "1 of ", "to the end of "])
def test_a_line_of_a_megabyte_takes_linear_time(piece: str) -> None:
    def cost(size: int) -> float:
        text = piece * (size // len(piece)) + "x"
        start = time.process_time()
        assert find_mention(text) is None
        return time.process_time() - start

    # Step by step, so that a quadratic pattern is found out long before a megabyte.
    before = min(cost(1 << 14) for _ in range(3))
    for size in (1 << 17, 1 << 20):
        now = cost(size)
        assert now < 30 * max(before, 0.001), f"eight times the line took {now / before:.0f} times as long"
        before = now
