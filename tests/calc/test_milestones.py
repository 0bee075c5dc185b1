"""The colour of milestones by counts and by statuses, and what a rule leaves open."""

from __future__ import annotations

import pytest

from qippctl import pipeline
from qippctl.calc.milestones import bands_of, by_counts, by_statuses, cases
from qippctl.models.figure import Colour
from qippctl.models.policy import MilestoneBand, MilestoneRule


def shipped(name: str) -> MilestoneRule:
    rule = pipeline.find_policy(name).milestones
    assert rule is not None
    return rule


WEEK, DAYS_30, STATUS = (shipped(n) for n in ("south-west-essex-2011", "west-leicestershire-2015", "stafford-2010"))


def counted(red: int | None, amber: int | None, green: int | None) -> dict[Colour, int]:
    found: dict[Colour, int | None] = {"red": red, "amber": amber, "green": green}
    return {colour: count for colour, count in found.items() if count is not None}


@pytest.mark.parametrize(
    ("rule", "counts", "derived", "certainty", "possible", "is_gap"),
    [
        (WEEK, (0, 0, 3), "green", "certain", ["green"], False),
        (WEEK, (0, 1, 3), "amber", "certain", ["amber"], False),
        (WEEK, (2, 0, 3), "red", "certain", ["red"], False),
        (WEEK, (2, 9, 3), "red", "certain", ["red"], False),
        (WEEK, (1, 0, 3), None, "none", [], True),  # one slipped by more than a week
        (WEEK, (1, 1, 3), None, "none", [], True),
        (WEEK, (0, 2, 0), None, "none", [], True),  # two slipped by up to a week
        (WEEK, (None, 0, 1), None, "none", ["green", "red"], False),
        (WEEK, (19, None, None), "red", "certain", ["red"], False),  # two are enough, whatever the others
        (WEEK, (0, None, None), None, "none", ["green", "amber"], False),
        (DAYS_30, (0, 2, 0), "amber", "certain", ["amber"], False),
        (DAYS_30, (1, 2, 0), "red", "certain", ["red"], False),
    ],
)
def test_counts_by_colour(
    rule: MilestoneRule,
    counts: tuple[int | None, int | None, int | None],
    derived: str | None,
    certainty: str,
    possible: list[str],
    is_gap: bool,
) -> None:
    found = by_counts(rule, counted(*counts))
    assert found is not None
    assert (found.derived, found.certainty, list(found.possible), found.is_gap) == (
        derived, certainty, possible, is_gap,
    )  # fmt: skip


def test_a_gap_is_said_in_words() -> None:
    found = by_counts(WEEK, counted(1, 1, 8))
    assert found is not None
    assert found.note == (
        "1 slipped by more than 7 days and 1 by up to 7 days, 8 on time: the rule gives this no colour"
    )


@pytest.mark.parametrize("counts", [(0, 0, 0), (None, None, None)])
def test_no_milestones_have_no_colour(counts: tuple[int | None, int | None, int | None]) -> None:
    assert by_counts(WEEK, counted(*counts)) is None


def test_counts_say_nothing_to_a_rule_that_goes_by_status() -> None:
    assert by_counts(STATUS, counted(2, 0, 0)) is None


@pytest.mark.parametrize(
    ("rule", "statuses", "derived", "possible"),
    [
        (STATUS, ["achieved", None, "achieved"], "green", ["green"]),
        (STATUS, ["achieved", "missed_under_2_weeks"], "amber", ["amber"]),
        (STATUS, ["missed_over_2_weeks", "missed_under_2_weeks"], "red", ["red"]),
        (STATUS, ["achieved", "abandoned"], None, []),
        (STATUS, ["missed_over_2_weeks", "abandoned"], "red", ["red"]),  # nothing is worse
        (DAYS_30, ["missed_under_2_weeks"], "amber", ["amber"]),
        (DAYS_30, ["missed_over_2_weeks"], None, ["amber", "red"]),  # 15 days or 31
        (DAYS_30, ["achieved"], "green", ["green"]),
    ],
)
def test_statuses(rule: MilestoneRule, statuses: list[str | None], derived: str | None, possible: list[str]) -> None:
    found = by_statuses(rule, statuses)
    assert found is not None and (found.derived, list(found.possible)) == (derived, possible)


def test_without_a_status_there_is_nothing_to_judge() -> None:
    assert by_statuses(STATUS, [None, None]) is None


def test_amber_between_two_limits_is_open_where_the_paper_counts_only_one() -> None:
    """Late by up to a fortnight or by up to 30 days: a count of those that are not beyond 30 does not say."""
    rule = MilestoneRule(
        bands=(
            MilestoneBand(colour="green", slipped_at_most=0),
            MilestoneBand(colour="amber", slipped_at_least=1, days_at_most=14),
            MilestoneBand(colour="red", slipped_at_least=1, days_more_than=14),
        )
    )
    strict = rule.model_copy(
        update={"bands": (*rule.bands[:2], MilestoneBand(colour="red", slipped_at_least=1, days_more_than=30))}
    )
    sure, unsure = by_counts(rule, counted(0, 1, 0)), by_counts(strict, counted(0, 1, 0))
    assert sure is not None and sure.derived == "amber"
    assert unsure is not None and (unsure.derived, unsure.possible, unsure.is_gap) == (None, ("amber",), False)


def test_every_case_that_a_rule_distinguishes_is_told_once() -> None:
    found = [(case[0], case[7], [band.colour for band in bands_of(WEEK, case)]) for case in cases(WEEK)]
    assert found == [
        ((0, 0), (0, 0), ["green"]),
        ((1, 1), (0, 0), ["amber"]),
        ((1, 1), (1, 1), []),
        ((2, None), (0, 0), []),
        ((2, None), (1, 1), []),
        ((2, None), (2, None), ["red"]),
    ]
