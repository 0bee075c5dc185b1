"""The smallest repair of a table: proven, one of several, or not to be had."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from audit.tables import ACTUAL, PLAN, VARIANCE, YEAR, figures_of
from build import figure
from qippctl.audit.repair import MOST_CHECKS, Mended, repairs
from qippctl.calc.identities import Check, checks, summed
from qippctl.models.figure import Figure

ROW = (PLAN, ACTUAL, VARIANCE)
TABLE = "A | 100 | 80 | -20\nB | 200 | 150 | -50\nC | 50 | 60 | 10\nTotal | 350 | 290 | -60"


def place(text: str) -> tuple[int, int]:
    _, _, row, column = text.split("/")
    return int(row), int(column)


def repaired(text: str, columns: tuple[tuple[str, str], ...] = ROW) -> list[list[dict[tuple[int, int], str]]]:
    found = repairs(list(checks(figures_of(text, columns))))
    return [[{place(f): str(v) for f, v in one.items()} for one in mended.sets] for mended in found]


def test_a_table_that_holds_needs_none() -> None:
    assert repairs(list(checks(figures_of(TABLE, ROW)))) == []


def test_a_cell_whose_row_and_column_fail_is_proven() -> None:
    assert repaired(TABLE.replace("200 ", "260 ")) == [[{(1, 1): "200"}]]


def test_a_total_whose_row_and_column_fail_is_proven() -> None:
    assert repaired(TABLE.replace("290", "390")) == [[{(3, 2): "290"}]]


def test_one_failing_sum_alone_may_be_any_of_its_figures() -> None:
    assert repaired("A | 10\nB | 20\nTotal | 40", (PLAN,)) == [[{(0, 1): "20"}, {(1, 1): "30"}, {(2, 1): "30"}]]


def test_what_another_sum_vouches_for_is_no_repair() -> None:
    text = "Care\nA | 8\nB | 8\nSub | 92\nMore\nC | 10\nSub | 10\nTotal | 102"
    assert repaired(text, (PLAN,)) == [[{(1, 1): "84"}, {(2, 1): "84"}]]


def test_of_two_schemes_the_one_whose_plan_to_date_is_proven_beyond_its_year() -> None:
    text = (
        "Care\nA | 0.8 | 0.6 | 0.5 | -0.1\nB | 0.8 | 0.6 | 0.6 | -5.0\nSub | 9.2 | 6.2 | 1.1 | -5.1\n"
        "More\nC | 1.0 | 0.5 | 0.5 | 0.0\nD | 1.0 | 0.5 | 0.5 | 0.0\nSub | 2.0 | 1.0 | 1.0 | 0.0\nTotal | 11.2 | 7.2 | 2.1 | -5.1"
    )
    found = repaired(text, (YEAR, PLAN, ACTUAL, VARIANCE))
    assert sorted(found, key=str) == sorted([[{(2, 2): "5.6"}], [{(2, 1): "8.4"}]], key=str)


def test_two_misprints_that_meet_in_one_sum_are_found_together() -> None:
    found = repaired(TABLE.replace("100 ", "170 ").replace("200 ", "260 "))
    assert found == [[{(0, 1): "100", (1, 1): "200"}]]


def test_two_misprints_apart_are_repaired_each_for_itself() -> None:
    text = "A | 100 | 80 | -20\nB | 200 | 150 | -50"
    assert repaired(text.replace("-20", "-30").replace("-50", "-70")) == [
        [{(0, 1): "110"}, {(0, 2): "70"}, {(0, 3): "-20"}],
        [{(1, 1): "220"}, {(1, 2): "130"}, {(1, 3): "-50"}],
    ]


def test_a_percentage_that_nothing_else_speaks_for() -> None:
    columns = (PLAN, ACTUAL, ("delivery", "ytd"))
    found = repaired("A | 1148 | 452 | 49%\nB | 100 | 50 | 50%\nTotal | 1248 | 502 | 40%", columns)
    assert found == [[{(0, 3): "39"}]]


def test_a_misprint_beyond_the_size_that_is_looked_through_says_that_it_is_not_complete() -> None:
    terms = [figure(value=1, row=n) for n in range(3)]
    wide = [figure(value=1, row=n) for n in range(10, 10 + MOST_CHECKS + 1)]
    found: list[Check] = [
        summed("QT202", figure(value=90, row=4), terms),
        # Every term is vouched for by rows of its own, and so is the total.
        *(summed("QT101", term, [term.model_copy(update={"id": f"{term.id}x"})]) for term in terms),
        summed("QT202", figure(value=90, row=4), [figure(value=90, row=5)]),
        *(summed("QT101", one, [terms[0].model_copy(update={"id": f"{terms[0].id}x"})]) for one in wide),
    ]
    (mended,) = repairs(found)
    assert mended == Mended(mended.failing, (), complete=False)


def grid(values: list[list[int]]) -> list[Figure]:
    """A table that holds: plans and outcomes of schemes, their variances and totals."""
    rows = [[plan, actual, actual - plan] for plan, actual in values]
    rows.append([sum(column) for column in zip(*rows, strict=True)])
    out = []
    for r, row in enumerate(rows):
        is_total = r == len(rows) - 1
        for c, ((measure, basis), number) in enumerate(zip(ROW, row, strict=True)):
            own = {"scheme": None if is_total else f"S{r}", "role": "total" if is_total else "scheme"}
            out.append(figure(measure, basis, number, row=r, column=c, **own))
    return out


amounts = st.integers(min_value=-5000, max_value=5000)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.tuples(amounts, amounts).map(list), min_size=2, max_size=7),
    st.data(),
    st.integers(min_value=20, max_value=4000),
    st.booleans(),
)
def test_a_changed_cell_is_named_by_the_repair(values: list[list[int]], data: st.DataObject, by: int, up: bool) -> None:
    right = grid(values)
    n = data.draw(st.integers(min_value=0, max_value=len(right) - 1))
    was = right[n]
    now = was.value + (by if up else -by)
    wrong = [*right[:n], was.model_copy(update={"value": now, "raw": str(now)}), *right[n + 1 :]]
    found = repairs(list(checks(wrong)))
    assert found
    for mended in found:
        assert mended.complete
        own = [changes for changes in mended.sets if set(changes) == {was.id}]
        assert own, "the changed cell is not among the repairs"
        assert abs(own[0][was.id] - was.value) <= Decimal(len(values) + 2)
        for changes in mended.sets:
            assert all(check.given(changes).holds for check in checks(wrong))
