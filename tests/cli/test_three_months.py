"""Three months of a trust in three formats beside its neighbours in one ledger: every movement is held against the truth."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

import trust
from conftest import Run
from qippctl import pipeline
from qippctl.calc.positions import normal_name
from qippctl.ledger import Ledger, open_ledger
from qippctl.models.decisions import PlanApproval

Runner = Callable[..., Run]
ROUNDING = Decimal(200)  # Twice the last digit of what prints thousands with one decimal.
MONTHS = trust.year()
TWO = [(9, 10), (10, 11), (9, 11)]
COLOURS = {"R": "red", "A": "amber", "G": "green"}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A ledger with every paper; tests only read it."""
    folder = tmp_path_factory.mktemp("trust")
    ledger = open_ledger(f"sqlite:///{folder / 'book.db'}")
    for path in trust.write(folder).values():
        ledger.add(pipeline.extract(path), version="test")
    return f"sqlite:///{folder / 'book.db'}"


@pytest.fixture
def own_book(book: str, tmp_path: Path) -> str:
    """A copy that a test may write to."""
    copy = tmp_path / "own.db"
    copy.write_bytes(Path(book.removeprefix("sqlite:///")).read_bytes())
    return f"sqlite:///{copy}"


def records(run: Runner, *arguments: object) -> list[dict]:
    done = run(*arguments, "--format", "json")
    assert done.status == 0, done.err
    return json.loads(done.out)


def moved(run: Runner, book: str, first: int, last: int, *more: str) -> list[dict]:
    return records(
        run,
        "movement",
        "--ledger",
        book,
        "--organisation",
        trust.BODY,
        "--from",
        f"M{first}",
        "--to",
        f"M{last}",
        *more,
    )


def key_of(row: trust.Row) -> str:
    """The same subject in every month: a scheme's reference, else its group and role."""
    return row.ref or f"{row.group}/{row.role}"


def rows_of(month: int) -> dict[str, trust.Row]:
    return {key_of(row): row for row in MONTHS[month].rows()}


def sides(first: int, last: int) -> dict[str, tuple[trust.Row | None, trust.Row | None]]:
    before, after = rows_of(first), rows_of(last)
    return {key: (before.get(key), after.get(key)) for key in {**after, **before}}


def by_key(answers: list[dict], first: int, last: int) -> dict[str, dict]:
    """Answers by the key of the row that they are about, told by the name of the later month, or of the earlier."""
    names = {}
    for key, (before, after) in sides(first, last).items():
        row = after or before
        names[(row.role, normal_name(row.group), normal_name(row.name))] = key
    return {names[(a["role"], normal_name(a["workstream"]), normal_name(a["scheme"]))]: a for a in answers}


def truly_restated(before: trust.Row, after: trust.Row, first: int, last: int) -> dict[trust.Quantity, tuple]:
    """What both months print of plans, and of what was over, and print differently beyond rounding."""
    spread = (MONTHS[first].step + MONTHS[last].step) / 2
    return {
        quantity: (was, after.figures[quantity])
        for quantity, was in before.figures.items()
        if quantity in after.figures
        and abs(after.figures[quantity] - was) > spread
        and (quantity[0] == "plan" or (quantity[0] != "forecast" and quantity[3] <= MONTHS[first].period))
    }


@pytest.mark.parametrize(("first", "last"), TWO)
def test_every_subject_has_one_movement_and_no_other(run: Runner, book: str, first: int, last: int) -> None:
    answers = moved(run, book, first, last)
    assert len(answers) == len(sides(first, last)) and set(by_key(answers, first, last)) == set(sides(first, last))


@pytest.mark.parametrize(("first", "last"), TWO)
def test_amounts_are_those_that_the_papers_print(run: Runner, book: str, first: int, last: int) -> None:
    found = by_key(moved(run, book, first, last), first, last)
    for key, ends in sides(first, last).items():
        for end, row, month in zip(("from", "to"), ends, (first, last), strict=True):
            for name, basis in (("plan", "year"), ("actual", "ytd"), ("forecast", "year")):
                period = MONTHS[month].period if basis == "ytd" else trust.YEAR
                value = None if row is None else row.figures[(name, basis, "all", period)]
                shown = found[key][f"{name}_{end}"]
                assert (key, name, end, value) == (key, name, end, None if shown is None else Decimal(shown))


@pytest.mark.parametrize(("first", "last"), TWO)
def test_restated_figures_are_found_all_and_none_besides(run: Runner, book: str, first: int, last: int) -> None:
    found = by_key(moved(run, book, first, last), first, last)
    truth, told = set(), set()
    for key, (before, after) in sides(first, last).items():
        if before is not None and after is not None:
            truth |= {(key, *q, *ends) for q, ends in truly_restated(before, after, first, last).items()}
        told |= {
            (key, r["measure"], r["basis"], r["recurrence"], r["period"], Decimal(r["was"]), Decimal(r["now"]))
            for r in found[key]["restated"]
        }
    assert len(truth) >= 10
    assert (sorted(truth - told), sorted(told - truth)) == ([], [])


@pytest.mark.parametrize(("first", "last"), TWO)
def test_cumulative_figures_that_fall_are_told(run: Runner, book: str, first: int, last: int) -> None:
    found = by_key(moved(run, book, first, last), first, last)
    spread = (MONTHS[first].step + MONTHS[last].step) / 2
    truth = {
        (key, f"{name}.ytd")
        for key, (before, after) in sides(first, last).items()
        if before and after
        for name in ("plan", "actual")
        if after.figures[(name, "ytd", "all", MONTHS[last].period)] + spread
        < before.figures[(name, "ytd", "all", MONTHS[first].period)]
    }
    assert truth and {(key, name) for key, a in found.items() for name in a["falling"]} == truth


@pytest.mark.parametrize(("first", "last"), TWO)
def test_new_gone_renamed_and_arrows(run: Runner, book: str, first: int, last: int) -> None:
    found = by_key(moved(run, book, first, last), first, last)
    rank = {"R": 0, "A": 1, "G": 2}
    for key, (before, after) in sides(first, last).items():
        a = found[key]
        assert (a["rag_from"], a["rag_to"]) == tuple(COLOURS[row.rag] if row else None for row in (before, after))
        if before is None or after is None:
            expected = "new" if before is None else "gone"
        else:
            change = rank[after.rag] - rank[before.rag]
            expected = "improving" if change > 0 else "worsening" if change < 0 else "maintained"
            renamed = normal_name(before.name) != normal_name(after.name)
            assert a["was"] == ([before.name] if renamed else [])
        assert (key, a["arrow"]) == (key, expected)


@pytest.mark.parametrize(("first", "last"), TWO)
def test_each_scheme_s_bridge_is_that_of_its_months(run: Runner, book: str, first: int, last: int) -> None:
    """Worked out from the pounds of the months, which the papers round."""
    found = by_key(moved(run, book, first, last), first, last)
    lines = [{line.ref: line for line in MONTHS[month].lines} for month in (first, last)]
    for ref in lines[0].keys() & lines[1].keys():
        was, now = lines[0][ref], lines[1][ref]
        again = sum(now.actual[:first]) - sum(was.actual[:first])
        shift = sum(was.plan[:last]) - sum(now.plan[:last])
        is_changed = sum(was.plan) != sum(now.plan)
        truth = {
            "delivery": sum(now.actual[first:last]) - sum(was.plan[first:last]),
            "rephasing": 0 if is_changed else shift,
            "restatement": again + (shift if is_changed else 0),
        }
        told = {name: Decimal(found[ref][name]) for name in truth}
        assert found[ref]["untold"] is None
        assert all(abs(told[name] - truth[name]) <= ROUNDING for name in truth), (ref, told, truth)


@pytest.mark.parametrize(("first", "last"), TWO)
def test_bridges_sum_up_from_schemes_to_groups_to_the_total(run: Runner, book: str, first: int, last: int) -> None:
    answers = moved(run, book, first, last)
    names = ("delivery", "rephasing", "restatement", "untold", "new_and_gone")
    for a in answers:
        if a["arrow"] not in ("new", "gone"):
            parts = sum(Decimal(a[name]) for name in names if a[name] is not None)
            assert Decimal(a["variance_from"]) + parts == Decimal(a["variance_to"])
    total = next(a for a in answers if a["role"] == "total")
    schemes = [a for a in answers if a["role"] == "scheme"]
    for name in ("rephasing", "restatement"):
        assert Decimal(total[name]) == sum(Decimal(a[name]) for a in schemes if a[name] is not None)
    came = sum(Decimal(a["variance_to"]) for a in schemes if a["arrow"] == "new")
    went = sum(Decimal(a["variance_from"]) for a in schemes if a["arrow"] == "gone")
    assert Decimal(total["new_and_gone"]) == came - went != 0


def test_organisations_and_years_never_mix(run: Runner, book: str) -> None:
    other = records(run, "movement", "--ledger", book, "--organisation", trust.NEIGHBOUR)
    assert {(a["organisation"], a["from_period"], a["to_period"]) for a in other} == {
        (trust.NEIGHBOUR, f"{trust.YEAR}-M10", f"{trust.YEAR}-M11")
    }
    assert [a["restated"] for a in other if a["restated"]] == []
    every = records(run, "movement", "--ledger", book)
    assert {a["organisation"] for a in every} == {trust.BODY, trust.NEIGHBOUR}
    assert {(a["period"], a["basis"]) for a in every} == {(f"{trust.YEAR}-M11", "ytd")}


def test_the_board_s_paper_counts_and_the_committee_s_is_a_source(run: Runner, book: str) -> None:
    done = run("rag", "--ledger", book, "--organisation", trust.BODY, "--period", "M10", "--format", "json")
    answers = json.loads(done.out)
    assert sum(a["role"] == "scheme" for a in answers) == 25
    agency = next(a for a in answers if a["scheme"] == "Agency cap")
    truth = next(row for row in MONTHS[10].rows() if row.name == "Agency cap")
    assert Decimal(agency["actual"]) == truth.figures[("actual", "ytd", "all", f"{trust.YEAR}-M10")]
    assert len({source[:12] for source in agency["sources"]}) == 2


@pytest.mark.parametrize("command", ["rag", "variance"])
def test_two_papers_of_one_period_are_named_with_which_counts(run: Runner, book: str, command: str) -> None:
    done = run(command, "--ledger", book, "--organisation", trust.BODY, "--period", "M10")
    assert (
        "From the papers of 21 Feb 2019 and 14 Feb 2019 (draft): where they differ, the later meeting counts."
        in done.out
    )
    assert "They differ in 9 figures, such as Agency cap, actual.ytd: 398.2, not 400.7." in done.out
    alone = run(command, "--ledger", book, "--organisation", trust.BODY, "--period", "M9")
    assert "differ" not in alone.out


def test_three_months_of_colours(run: Runner, book: str) -> None:
    found = by_key(moved(run, book, 10, 11, "--rolling"), 10, 11)
    for key, a in found.items():
        if a["arrow"] != "gone":
            truth = [rows_of(month).get(key) for month in (9, 10, 11)]
            assert (key, a["rolling"]) == (key, [COLOURS[row.rag] if row else None for row in truth])
    gone = next(a for a in found.values() if a["arrow"] == "gone" and a["role"] == "scheme")
    assert gone["rolling"] == ["red", "red", None]


def test_a_restated_plan_is_an_exception_until_a_board_approves_it(run: Runner, own_book: str) -> None:
    def waiting() -> str:
        done = run("movement", "--ledger", own_book, "--organisation", trust.BODY, "--from", "M9", "--to", "M10")
        return next((line for line in done.out.splitlines() if "board's decision" in line or "wait" in line), "")

    assert waiting().startswith("! 3 restated plans and the restated plan of the programme wait")
    ledger: Ledger = open_ledger(own_book)
    common = {"organisation": trust.BODY, "by": "A. Clerk", "at": "2019-02-22T09:00:00Z", "reason": "Minuted"}
    one = PlanApproval(**common, period=f"{trust.YEAR}-M10", scheme="Bed days", meeting="Board, 21 February 2019")
    ledger.decide(one)
    assert waiting().startswith("! 2 restated plans and the restated plan of the programme wait")
    ledger.decide(one.model_copy(update={"scheme": None}))
    assert waiting() == ""
    answers = moved(run, own_book, 9, 10)
    assert {a["approved"] for a in answers if a["scheme"] == "Bed days"} == {1}
    assert {a["approved"] for a in answers if a["role"] == "total"} == {2}
    # The same decision covers the same change seen from further on, and no later one.
    assert {a["approved"] for a in moved(run, own_book, 9, 11) if a["scheme"] == "Bed days"} == {1}
    assert {a["approved"] for a in moved(run, own_book, 10, 11)} == {None}


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("--from", "M3"), "no organisation reports both M3 and a later one; there is"),
        (("--to", "M12"), "2018/19-M09, 2018/19-M10, 2018/19-M11"),
        (("--from", "2018/19-M11", "--to", "M10"), "--from 2018/19-M11 is not before --to 2018/19-M10"),
        (("--from", "M9", "--to", "2017/18-M10"), "there is Wrenfield Hospitals NHS Trust: 2017/18-M10, 2018/19-M09"),
        (("--from", "soon"), "such as 2014/15"),
    ],
)
def test_periods_that_are_not_there_are_said_with_those_that_are(
    run: Runner, book: str, asked: tuple[str, ...], said: str
) -> None:
    done = run("movement", "--ledger", book, "--organisation", trust.BODY, *asked)
    assert done.status == 2 and said in done.err and len(done.err.splitlines()) == 1 and done.out == ""


def test_a_year_may_be_looked_at_beside_the_one_before(run: Runner, book: str) -> None:
    answers = records(
        run, "movement", "--ledger", book, "--organisation", trust.BODY, "--from", "2017/18-M10", "--to", "M10"
    )
    agency = next(a for a in answers if a["scheme"] == "Agency cap")
    assert (agency["from_period"], agency["restated"], agency["falling"], agency["delivery"]) == (
        "2017/18-M10", [], [], None,
    )  # fmt: skip
    assert agency["variance_from"] and agency["variance_to"]


def periods(run: Runner, *arguments: object) -> list[dict]:
    """The periods of a scheme; its sheet comes before them."""
    sheet, *found = records(run, "schemes", "show", *arguments)
    assert sheet["type"] == "highlight" and {h["type"] for h in found} == {"history"}
    return found


def test_a_scheme_s_history_follows_its_names(run: Runner, book: str) -> None:
    for named in ("Sickness", "absence and temporary staffing", "W23"):
        found = periods(run, named, "--ledger", book, "--organisation", trust.BODY)
        own = [h for h in found if h["period"].startswith(trust.YEAR)]
        assert [(h["period"][-3:], h["scheme"]) for h in own] == [
            ("M09", "Sickness cover"),
            ("M10", "Absence and temporary staffing"),
            ("M11", "Absence and temporary staffing"),
        ]
        for h, month in zip(own, (9, 10, 11), strict=True):
            figures = rows_of(month)["W23"].figures
            period = MONTHS[month].period
            assert Decimal(h["actual"]) == figures[("actual", "ytd", "all", period)]
            assert Decimal(h["month"]) == figures[("actual", "month", "all", period)]


def test_a_name_of_two_workstreams_is_asked_for_with_its_own(run: Runner, book: str) -> None:
    both = run("schemes", "show", "Other", "--ledger", book, "--organisation", trust.BODY)
    assert both.status == 2 and "Planned care / Other" in both.err and "Workforce / Other" in both.err
    one = periods(run, "Workforce / Other", "--ledger", book, "--organisation", trust.BODY)
    assert {h["workstream"] for h in one} == {"Workforce"} and len(one) == 4


def test_a_scheme_that_went_has_its_history_still(run: Runner, book: str) -> None:
    found = periods(run, "Night cover", "--ledger", book, "--organisation", trust.BODY)
    assert [h["period"][-3:] for h in found] == ["M10", "M09", "M10"]


@pytest.mark.parametrize("width", ["80", "120"])
def test_the_table_says_what_matters_first(run: Runner, book: str, width: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", width)
    out = run("movement", "--ledger", book, "--organisation", trust.BODY).out
    lines = out.splitlines()
    assert max(map(len, lines)) <= int(width)
    assert lines[0].startswith("Wrenfield Hospitals NHS Trust   M10 Jan 2019 to M11 Feb 2019")
    assert "Pre Assessment was" not in out
    first = next(i for i, line in enumerate(lines) if line.startswith("Scheme"))
    assert lines[first + 1].endswith("same   !") and lines[first + 1].startswith("Follow-up")


BODY = "Tarn Valley NHS Trust"


def own_ledger(tmp_path: Path, *texts: str) -> str:
    """A ledger of papers as text, in the order given."""
    ledger = open_ledger(f"sqlite:///{tmp_path / 'texts.db'}")
    for number, text in enumerate(texts):
        path = tmp_path / f"paper{number}.txt"
        path.write_text(text, encoding="utf-8")
        ledger.add(pipeline.extract(path), version="test")
    return f"sqlite:///{tmp_path / 'texts.db'}"


def text_of(meeting: str, *tables: tuple[str, list[str]], status: str = "") -> str:
    """A paper of a few schemes: tables as their title and rows of name, plan and actual to date."""
    said = [f"{BODY}\nTrust Board, {meeting}\n{status}"]
    for title, rows in tables:
        said.append("\n".join([title, "", "Scheme\tYTD plan £000\tYTD actual £000", *rows]))
    return "\n\n".join(said) + "\n"


M10 = ("Savings at month 10 of 2018/19", ["Theatres\t100.0\t90.0", "Beds\t50.0\t50.0", "Linen\t9.0\t9.0"])
M11 = ("Savings at month 11 of 2018/19", ["Theatres\t110.0\t99.0", "Beds\t55.0\t55.0"])
M10_AGAIN = (
    "Savings at month 10 of 2018/19, restated",
    ["Theatres\t100.0\t95.0", "Beds\t50.0\t50.0", "Linen\t9.0\t8.0"],
)


def test_an_earlier_month_that_the_later_paper_prints_again_is_restated(run: Runner, tmp_path: Path) -> None:
    """The earlier period is as it was reported then, not as the later paper has it."""
    book = own_ledger(tmp_path, text_of("21 February 2019", M10), text_of("21 March 2019", M11, M10_AGAIN))
    found = {a["scheme"]: a for a in records(run, "movement", "--ledger", book)}
    theatres = found["Theatres"]
    assert (theatres["actual_from"], theatres["variance_from"]) == ("90000", "-10000")
    assert [(r["measure"], r["basis"], r["was"], r["now"]) for r in theatres["restated"]] == [
        ("actual", "ytd", "90000", "95000")
    ]
    # 5 more were restated; with them the month came to 4 of the 10 that were due.
    assert (theatres["restatement"], theatres["delivery"], theatres["variance_to"]) == ("5000", "-6000", "-11000")
    assert (found["Beds"]["restated"], found["Beds"]["restatement"]) == ([], "0")
    assert found["Linen"]["arrow"] == "gone"
    # Asked for month 10 itself, the later statement counts.
    (rated,) = [a for a in records(run, "rag", "--ledger", book, "--period", "M10") if a["scheme"] == "Theatres"]
    assert rated["actual"] == "95000"


def test_of_two_papers_for_one_meeting_the_final_one_counts(run: Runner, tmp_path: Path) -> None:
    other = ("Savings at month 10 of 2018/19", ["Theatres\t100.0\t70.0", "Beds\t50.0\t50.0", "Linen\t9.0\t9.0"])
    final, draft = text_of("21 February 2019", M10), text_of("21 February 2019", other, status="DRAFT for comment")
    for papers in ((final, draft), (draft, final)):
        book = own_ledger(tmp_path, *papers)
        done = run("variance", "--ledger", book)
        assert (
            "From the papers of 21 Feb 2019 and 21 Feb 2019 (draft): where they differ, the final one counts."
            in done.out
        )
        assert "They differ in 1 figure: Theatres, actual.ytd: 90, not 70." in done.out
        (tmp_path / "texts.db").unlink()


def test_a_line_that_pauses_takes_no_name_from_one_that_goes_on(run: Runner, tmp_path: Path) -> None:
    """`Other` of Planned care is not reported in month 10, and month 9 has that of Workforce alone."""

    def table(month: int, *rows: str) -> str:
        heads = "Workstream\tScheme\tYTD plan £000\tYTD actual £000"
        title = f"Savings at month {month} of 2018/19"
        return "\n".join([f"{BODY}\nTrust Board, {month} March 2019\n\n{title}\n", heads, *rows]) + "\n"

    workforce = [f"Workforce\tOther\t{n}0.0\t{n}5.0" for n in (1, 2, 3)]
    book = own_ledger(
        tmp_path,
        table(9, "Planned care\tLists\t1.0\t1.0", workforce[0]),
        table(10, "Planned care\tLists\t2.0\t2.0", workforce[1]),
        table(11, "Planned care\tOther\t7.0\t7.0", "Planned care\tLists\t3.0\t3.0", workforce[2]),
    )
    mine = periods(run, "Planned care / Other", "--ledger", book)
    assert [h["period"][-3:] for h in mine] == ["M11"]
    theirs = periods(run, "Workforce / Other", "--ledger", book)
    assert [(h["period"][-3:], h["actual"]) for h in theirs] == [("M09", "15000"), ("M10", "25000"), ("M11", "35000")]


def test_a_bare_month_after_the_later_one_is_of_the_year_before(run: Runner, tmp_path: Path) -> None:
    march = text_of("21 April 2019", ("Savings at month 12 of 2018/19", M10[1]))
    april = text_of("21 May 2019", ("Savings at month 1 of 2019/20", M11[1]))
    book = own_ledger(tmp_path, march, april)
    (one, *_) = records(run, "movement", "--ledger", book, "--from", "M12", "--to", "M1")
    assert (one["from_period"], one["to_period"]) == ("2018/19-M12", "2019/20-M01")


def test_organisations_with_one_period_are_said_to_be_left_out(run: Runner, tmp_path: Path) -> None:
    single = text_of("21 March 2019", M11).replace(BODY, "Fellmoor NHS Trust")
    book = own_ledger(tmp_path, text_of("21 February 2019", M10), text_of("21 March 2019", M11), single)
    done = run("movement", "--ledger", book)
    assert done.status == 0 and "Left out" in done.err and "Fellmoor NHS Trust" in done.err
    alone = run("movement", "--ledger", book, "--organisation", "Fellmoor")
    assert alone.status == 2 and "movement needs two periods" in alone.err and "2018/19-M11" in alone.err
