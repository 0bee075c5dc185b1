"""Arithmetic that sentences state: what agrees is silent, what contradicts itself is told with the two numbers."""

from __future__ import annotations

import time
from decimal import Decimal
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build import SHA, paper
from qippctl.audit import Material
from qippctl.audit.catalogue import Breach, Held, Told
from qippctl.audit.registers import risk_scores, savings_over_months
from qippctl.audit.stated_sums import slips_in_sentences, stated_sum_is_wrong
from qippctl.models.records import Claim, Milestone, Project, Record, Risk, Status

PLACE = {"paper": "paper.txt", "sha256": SHA, "page": 1}


def claims(*texts: str) -> list[Record]:
    return [Claim(**PLACE, text=text) for text in texts]


RULES = {
    "QP702": (stated_sum_is_wrong, risk_scores, savings_over_months),
    "QU501": (slips_in_sentences,),
}


def results(records: list[Record]) -> list[tuple[str, Told]]:
    of = Material(paper([]).model_copy(update={"records": tuple(records)}))
    return [(code, result) for code, checks in RULES.items() for check in checks for result in check(of)]


class Found(NamedTuple):
    code: str
    severity: str
    printed: str | None
    recomputed: str | None
    suggestion: str | None
    where: str | None


def told(records: list[Record]) -> list[Found]:
    return [
        Found(code, b.severity or "error", b.printed, b.recomputed, b.suggestion, b.where)
        for code, b in results(records)
        if isinstance(b, Breach)
    ]


def held(records: list[Record]) -> int:
    return sum(isinstance(result, Held) for _, result in results(records))


AGREE = [
    "65 x £124 = £8060",
    "65x £124=£8060 and 1626x £67=£108,975 which totals £117035",
    "We expect 65 clinics × £124 = £8,060 a year.",
    "12 x £35.49k = £425.88k",
    "12x35.49=425.9",
    "Savings of £35.5k a month for 21 months (£745k)",
    "£35,490 per month (£1,183 per patient) x 30",
    "79 units at an average price of £2,422 (total £191k)",
    "140 bed days @ £250 = £35,000",
    "3 WTE at a cost of £41,200 equates to £123.6k",
    "3% of £12.4m = £372k",
    "327,325 x 2% = 6,547",
    "£7.8m x 82% = £6.4m",
    "There are 650 new patients of which 10% will be seen in the community (65).",
    "10% of 650 patients (65) would be seen elsewhere.",
    "5.3% of £22.6m is £1.2m",
    "The gap is £1.2m (5.3%) of £22.6m.",
    "£6.4m of £7.8m (82%) has been saved.",
    "£6.4m of £7.8m (18% short) has been saved.",
    "65 represents 10% of 650 appointments.",
    "Activity was 16,956 which cost £2,413k; reduced by 20% it would represent a saving of 3,391 referrals and £482k.",
    "A 4% efficiency on a budget of £5m, £200k, is assumed.",
    "A 15% cut in the £2.4m agency spend would give £360k.",
    "a reduction of 12 WTE from 140 to 128",
    "Posts fell from 140 to 128, a reduction of 12 WTE.",
    "Attendances rose from 2,000 to 2,300 (15%).",
    "The rate improved from 20.4% to 32.6%, an increase of 12.2%.",
    "Spend grew by 5% from £4.0m to £4.2m.",
    "Investment was reduced by £1,484k from £1,746k to £262k.",
    "£6.41million against planned £7.83million, giving a shortfall of £1.43million",
    "We planned to save £7,833k and actually saved £6,406k (a negative variance of £1,427k).",
    "Delivered savings of £3.1m against a target of £4.0m leave a gap of £0.9m.",
    "The forecast is £7,160k against a plan of £9,211k, £2,051k below plan.",
    "The unspent £1,484k can be used to mitigate the shortfall of £2,051k, giving a revised shortfall of £567k.",
    "The £3.0m pressure plus a further £0.4m, giving £3.4m in all.",
    "£3m from care homes, £2m from prescribing and £2m from contracts, totalling £7m.",
    "a £7m plan made up of £3m from care homes, £2m from drugs and £2m from contracts",
    "The £10m comprises £6m acute (£4m elective, £2m emergency) and £4m community.",
    "There are 6367 not booked and approximately 400 (2-3 days' worth) not on the system making total approximately 6767",
    "Of the 15 schemes 9 are green, 4 amber and 2 red.",
    "Of the 15 schemes, 9 are green and 4 are amber.",
    "The budget of £385m less £34m = £351m.",
    "Total £351m (£385m less £34m)",
    "£1.746m - £1.484m = £0.262m",
    "£6.4m / £7.8m = 82%",
    "£100k plus 5% = £105k",
    "Two wards with 12 and 16 beds, 28 in total.",
    "A net increase of 12 beds: 25 less 13.",
    "In 2010/11 £4m-£5m was saved; in 2011-12 £3m to £4m.",
    "1 in 10 of 650 referrals, or 20 per 100,000, in Q2,Q3.",
    "20% of 650 patients are 65 or older.",
    "The trust treats 85% of 1,200 patients within 18 weeks.",
    "Section 5.2.4 and appendix 3: 4 of 5 sites, £3m, £4m and £9m.",
    "Paid £3m of the £10m and two contracts totalling £4m.",
    "£3m was saved against a total budget of £10m and £5m of cost.",
    "5 x 3 week courses, £12k in all",
    "nearly £10m of just under £20m",
    "about 20% of c£2.4m, or about £500k",
    "Emergency work is 40% of activity and elective 25%.",
    "The plan was £5.0m, the forecast is £4.1m; last month's shortfall was £1.2m.",
    "Planned £5.0m and saved £4.1m (year-end variance £2.3m expected).",
    "A target of £5.0m in 2014/15 and £6.0m in 2015/16; the gap is £0.4m.",
    "Costs rose from £4.0m to £4.2m, up £0.2m.",
    "The saving is £1,000 x 12.",
    "Net of £2m income the cost is £5m, and 3 posts of 12 are vacant.",
    "There were 120 admissions, 45 of them (38%) from care homes.",
    "£400k recurrent and £200k non-recurrent (£0.6m in total)",
    "The trust received £12m; £3m and £2m were spent, leaving £7m.",
    "At £45 per visit 200 visits cost £9,000.",
    "Growth of 2% on £100m is offset by 4% efficiency, giving a net reduction of £2m.",
    "There are 7 programmes with 42 projects: 30 green, 8 amber, 4 red.",
    "£2m of the £5m investment (40%) and £1m of the £4m (25%) are spent.",
    "The saving is 3 x £40k plus £15k = £135k.",
    "It costs £1.2m, 20% of which (£240k) is met by the council and 80% by us.",
    "Issue #4815 of 16 and #1663 - (#1662)",
    "Savings start at £20k, reaching £60k in total over 3 years.",
]


OTHER_STYLES = [
    "Adults spend is £45.2m against a budget of £42.0m, an overspend of £3.2m (7.6%), which includes £1.1m of one-off costs.",
    "The Council needs to save £12.5m over three years: £5.2m in 2024/25, £4.3m in 2025/26 and £3.0m in 2026/27.",
    "Of the £12.5m, £9.1m (73%) is delivered, £2.2m is on track and £1.2m is at risk.",
    "Agency spend was 4.2% of the pay bill in month against 3.9% last month, a rise of 0.3 percentage points.",
    "RTT performance fell from 92.1% to 90.4%, with 1,204 patients over 18 weeks, of which 86 (7%) over 40 weeks.",
    "The waiting list increased by 1,250 from 24,310 in March to 25,560 in April.",
    "Staffing is 1,245 WTE against an establishment of 1,310 WTE, a vacancy rate of 5.0% (65 WTE).",
    "There were 34 falls, 5 more than in May; 12 of 34 (35%) were unwitnessed.",
    "Cash was £12.4m at month end, £2.1m better than plan of £10.3m.",
    "The control total is a deficit of £7.9m; after £3.1m of support the deficit is £4.8m.",
    "Income is £1.2m (0.8%) above plan and pay is £2.4m (2.1%) over.",
    "The target saving of £4m will come from 2% of a £200m budget.",
    "Bed occupancy averaged 95% of 412 beds, i.e. 391 beds.",
    "5% growth on £22.6m gives a budget of £23.7m for the year",
    "Tariff deflator of 1.6% on £110m equates to £1.8m.",
    "The pay award costs £3.3m, of which £2.2m is funded, leaving a gap of £1.1m.",
    "The pay award of 3% costs £3.3m, funded at 2.1%, leaving a pressure of £1.0m.",
    "We forecast a surplus of £0.5m, £0.2m below the plan of £0.7m, after a £1.0m VAT gain.",
    "QIPP of £9.2m has been identified against the target of £11.0m leaving an unidentified balance of £1.8m.",
    "Total QIPP is £11.0m, being £7.0m transactional and £4.0m transformational.",
    "£1.5m recurrent and £0.4m non recurrent, making £1.9m in year and £2.3m full year.",
    "Year to date savings of £6.4m are 18% below the plan of £7.8m.",
    "Savings of £6.4m (82% of the £7.8m plan) have been made.",
    "Expenditure was £104.6m compared to a plan of £103.1m, £1.5m adverse (1.5%).",
    "Over the 5 years from 2015/16 to 2019/20 the funding gap is £96m, an average of £19.2m a year.",
    "Non-elective admissions are 3.2% (412) above plan.",
    "Each session costs £250 and 3 sessions a week for 50 weeks gives £37.5k.",
    "The £2.50 charge for 12,000 journeys would raise £30,000.",
    "The contract is worth £1.2m a year for 3 years, £3.6m in total.",
    "In 2012/13 there were 4,311 A&E attendances costing £310k at an average of £72.",
    "24 of the 30 practices (80%) signed up and 6 declined.",
    "Phase 1 (12 beds), phase 2 (8 beds) and phase 3 (10 beds) give a total of 30 beds.",
]


@pytest.mark.parametrize("text", [*AGREE, *OTHER_STYLES])
def test_sentences_that_agree_or_state_nothing_are_silent(text: str) -> None:
    assert [f for f in told(claims(text)) if f.severity != "note"] == []


WRONG = [
    (
        "Adults spend is £45.2m against a budget of £42.0m, an overspend of £4.2m (7.6%).",
        "error",
        "4.2",
        "3.2",
        "£3.2m",
    ),
    (
        "Savings were £8,921k against a plan of £10,549k (£1,828k / 15.4% under performance)",
        "warning",
        "1828",
        "1628",
        "£1,628k",
    ),
    ("Actions should reduce the overspend of £7.7m by £2.1m to £6.6m.", "warning", "6.6", "5.6", "to £5.6m"),
    (
        "We must save £12.5m: £5.2m in 2024/25, £4.3m in 2025/26 and £4.0m in 2026/27.",
        "warning",
        "12.5",
        "13.5",
        "£13.5m",
    ),
    ("The rate fell from 92.1% to 90.4%, a fall of 2.7 percentage points", "error", "2.7", "1.7", "1.7 percentage"),
    ("The list increased by 1,350 from 24,310 in March to 25,560 in April.", "error", "1350", "1250", "by 1,250"),
    ("There were 34 falls; 12 of 34 (45%) were unwitnessed.", "error", "45", "35.3", "(35%)"),
    ("Cash was £12.4m at month end, £2.4m better than plan of £10.3m.", "warning", "2.4", "2.1", "£2.1m"),
    ("Occupancy averaged 95% of 412 beds, i.e. 381 beds.", "error", "381", "391.4", "i.e. 391"),
    ("5% growth on £22.6m gives a budget of £24.7m for the year", "error", "24.7", "23.73", "£23.7m"),
    ("A deflator of 1.6% on £110m equates to £2.8m.", "error", "2.8", "1.76", "£1.8m"),
    ("The award costs £3.3m, of which £2.2m is funded, leaving a gap of £1.4m.", "error", "1.4", "1.1", "£1.1m"),
    ("Total QIPP is £12.0m, being £7.0m transactional and £4.0m transformational.", "error", "12", "11", "£11.0m"),
    ("£1.5m recurrent and £0.4m non recurrent, making £2.9m in year.", "warning", "2.9", "1.9", "£1.9m"),
    ("Savings of £6.4m are 28% below the plan of £7.8m.", "warning", "28", "17.9", "18% below"),
    ("Savings of £6.4m (92% of the £7.8m plan) have been made.", "error", "92", "82.1", "(82% of"),
    (
        "Spend was £104.6m compared to a plan of £103.1m, £2.5m adverse (1.5%).",
        "warning",
        "2.5",
        "1.5",
        "£1.5m adverse",
    ),
    ("The contract is worth £1.2m a year for 3 years, £4.6m in total.", "error", "4.6", "3.6", "£3.6m"),
    ("There were 4,311 attendances costing £410k at an average of £72.", "warning", "410", "310.4", "£310k"),
    ("24 of the 30 practices (90%) signed up and 6 declined.", "error", "90", "80", "(80%)"),
    (
        "A deficit of £75.4m against a planned deficit of £54.9m – an adverse variance of £30.5m.",
        "error",
        "30.5",
        "20.5",
        "£20.5m",
    ),
    # text, severity, printed, recomputed, what the suggestion holds
    ("327,325 x 2% = 6,506", "error", "6506", "6546.5", "= 6,547"),
    ("65 x £124 = £8,600", "error", "8600", "8060", "= £8,060"),
    ("65x £124=£8060 and 1626x £67=£108,942 which totals £127,002", "error", "127002", "117002", "£117,002"),
    ("12 months x £35.49k = £485k", "error", "485", "425.9", "£426k"),
    ("Savings of £35.5k a month for 12 months (£462k)", "warning", "462", "426", "(£426k)"),
    ("£35,490 per month (£1,383 per patient) x 30", "error", "35490", "41490", "£41,490 per month"),
    ("79 units at an average price of £2,422 (total £219k)", "error", "219", "191.3", "£191k"),
    ("140 bed days @ £250 = £53,200", "error", "53200", "35000", "£35,000"),
    ("3% of £12.4m = £472k", "error", "472", "372", "£372k"),
    ("10% of 650 patients equates to 85", "error", "85", "65", "to 65"),
    ("5.3% of £22.6m is £1.6m", "warning", "1.6", "1.2", "£1.2m"),
    ("The gap is £1.2m (6.3%) of £22.6m.", "error", "6.3", "5.31", "(5.3%)"),
    ("£6.4m of £7.8m (88%) has been saved.", "error", "88", "82.1", "(82%)"),
    ("65 represents 15% of 650 appointments.", "error", "15", "10", "10%"),
    (
        "Activity cost £2,413k; if reduced by 20% it would represent a saving of £582k.",
        "error",
        "582",
        "482.6",
        "£483k",
    ),
    ("a reduction of 22 WTE from 140 to 128", "error", "22", "12", "of 12 WTE"),
    ("Posts fell from 140 to 128, a reduction of 15 WTE.", "error", "15", "12", "of 12 WTE"),
    ("Attendances rose from 2,000 to 2,300 (25%).", "warning", "25", "15", "(15%)"),
    ("Spend grew by 8% from £4.00m to £4.20m.", "error", "8", "5", "by 5%"),
    ("Investment was reduced by £1,844k from £1,746k to £262k.", "error", "1844", "1484", "£1,484k"),
    (
        "£6.41million against planned £7.83million, giving a shortfall of £1.34million",
        "error",
        "1.34",
        "1.42",
        "£1.42million",
    ),
    (
        "We planned to save £7,833k and actually saved £6,406k (a negative variance of £2,051k).",
        "error",
        "2051",
        "1427",
        "(a negative variance of £1,427k)",
    ),
    ("Delivered £3.1m against a target of £4.0m, leaving a gap of £1.9m.", "error", "1.9", "0.9", "£0.9m"),
    (
        "The unspent £1,484k can be used to mitigate the shortfall of £2,051k, giving a revised shortfall of £657k.",
        "error",
        "657",
        "567",
        "£567k",
    ),
    ("£3.0m from homes, £2.1m from drugs and £2.2m from contracts, totalling £8.3m.", "error", "8.3", "7.3", "£7.3m"),
    ("a £9m plan made up of £3.0m from homes, £2.0m from drugs and £2.0m elsewhere", "error", "9", "7", "a £7m"),
    ("Of the 16 schemes 9 are green, 4 amber and 2 red.", "error", "16", "15", "Of the 15"),
    ("Of the 12 schemes, 9 are green and 4 are amber.", "warning", "12", "13", "Of the 13"),
    ("There are 42 projects of which 30 are green, 8 amber and 5 red.", "error", "42", "43", "There are 43"),
    ("The budget of £385m less £34m = £361m.", "error", "361", "351", "£351m"),
    ("£1.746m - £1.484m = £0.362m", "error", "0.362", "0.262", "£0.262m"),
    ("£6.4m / £7.8m = 72%", "error", "72", "82.1", "82%"),
    ("£100k plus 5% = £115k", "error", "115", "105", "£105k"),
    ("There are 6367 not booked and 400 not on the system, making a total of 6967", "error", "6967", "6767", "6767"),
]


@pytest.mark.parametrize(("text", "severity", "printed", "recomputed", "suggested"), WRONG)
def test_sentences_that_contradict_themselves_are_told(
    text: str, severity: str, printed: str, recomputed: str, suggested: str
) -> None:
    (found,) = told(claims(text))
    assert (found.code, found.severity, found.printed, found.recomputed) == ("QP702", severity, printed, recomputed)
    assert found.suggestion is not None
    assert suggested in found.suggestion


def test_what_rounding_explains_is_never_wrong() -> None:
    assert told(claims("£3m from homes, £2m from drugs and £2m from contracts, totalling £8m.")) == []
    assert told(claims("1,626 x £67 = £108,975")) == []


@pytest.mark.parametrize(
    ("text", "printed", "recomputed"),
    [
        ("20% of £2,413k equates to £482k", None, None),  # 482.6 may be 482.4
        ("30 patients x £1,183 = £35,940", "35940", "35490"),  # 30.4 patients would make it
        ("Posts fell from 140 to 128, a reduction of 13.", "13", "12"),
        ("12 months x £35,493 = £425.9k", None, None),
        ("6 months at £483k a month equates to £2.8m", "2.8", "2.9"),
    ],
)
def test_what_may_be_cut_off_or_rounded_is_a_note_at_most(
    text: str, printed: str | None, recomputed: str | None
) -> None:
    found = told(claims(text))
    assert [(f.severity, f.printed, f.recomputed) for f in found] == (
        [("note", printed, recomputed)] if printed else []
    )


SLIPS = [
    ("Activity cost £2,413m; if reduced by 20% it would save £482k.", "QU501", "2413", "2.413", "cost £2.413m"),
    ("65 x £124 = £8,060k", "QU501", "8060", "8.06", "= £8.06k"),
    ("65 x £124 = £80,600", "QP702", "80600", "8060", "= £8,060"),
    ("£1.4m less £0.4m = £1,000m", "QU501", "1000", "1", "£1m"),
    ("5.0% of £22.6bn equates to £1.13m", "QU501", "1.13", "1130", "£1,130m"),
]


@pytest.mark.parametrize(("text", "code", "printed", "recomputed", "suggested"), SLIPS)
def test_a_power_of_ten_names_the_number_that_it_puts_right(
    text: str, code: str, printed: str, recomputed: str, suggested: str
) -> None:
    (found,) = told(claims(text))
    assert (found.code, found.severity, found.printed, found.recomputed) == (code, "error", printed, recomputed)
    assert suggested in (found.suggestion or "")


def test_a_slip_is_not_in_a_number_that_other_sums_bear_out() -> None:
    texts = (
        "A fifth: 20% of £2,413k equates to £482m.",
        "Assuming a 50:50 split it could represent net savings of £241k",
    )
    (found,) = told(claims(*texts))
    assert (found.printed, found.recomputed) == ("482", "0.482")


def test_one_slip_that_is_printed_twice_is_one_finding_and_put_right_twice() -> None:
    (found,) = told(claims("2% of the population, which equates to 6,506 (327,325 x 2% =6,506) people"))
    assert found.suggestion == "2% of the population, which equates to 6,547 (327,325 x 2% =6,547) people"


NEIGHBOURS = [
    (("We have delivered £23.4m savings against a £32.8m plan.", "This is 71% of our plan to date."), []),
    (
        ("We have delivered £23.4m savings against a £32.8m plan.", "This is 81% of our plan."),
        [("error", "81", "71.3")],
    ),
    (("The savings identified are £45.2m.", "The forecast achievement is £43.7m – a 97% yield."), []),
    (
        ("The savings identified are £23.4m.", "The forecast achievement is £25.6m – a 68% yield."),
        [("warning", "68", "109.4")],
    ),
    (("Savings of £482k are expected.", "On a 50:50 split that leaves £241k."), []),
    (("Savings of £482k are expected.", "On a 50:50 split that leaves £281k."), [("warning", "281", "241")]),
    (("Savings of £480k are expected.", "On a 75:25 split that leaves £120k."), []),
    (
        ("It rests on a £7.0m plan.", "This plan identifies £3.0m of care, £2.0m of drugs and £2.0m of contracts."),
        [],
    ),
    (
        ("It rests on a £9.0m plan.", "This plan identifies £3.0m of care, £2.0m of drugs and £2.0m of contracts."),
        [("warning", "9", "7")],
    ),
    (("Authority is sought for 25 beds.", "There are 13 now, therefore a net increase of 12 beds."), []),
    (
        ("Authority is sought for 25 beds.", "There are 13 now, therefore a net increase of 22 beds."),
        [("warning", "22", "12")],
    ),
    (
        (
            "The budget is £351m and is constructed as follows",
            "- Limit £385m",
            "- Not ours £34m",
            "- Total £351m",
            "- A £111m",
            "- B £240m",
        ),
        [],
    ),
    (
        ("The budget is £381.0m and is made up as follows:", "- Limit £111.0m", "- Rest £240.0m"),
        [("warning", "381", "351")],
    ),
    (("The shortfall is £2.05m.", "The unspent £1,484k would leave a shortfall of £567k."), []),
]


@pytest.mark.parametrize(("texts", "found"), NEIGHBOURS)
def test_a_sentence_may_speak_of_the_one_before_it(texts: tuple[str, ...], found: list[Any]) -> None:
    assert [(f.severity, f.printed, f.recomputed) for f in told(claims(*texts))] == found


def test_no_correction_is_suggested_where_another_sentence_may_be_the_wrong_one() -> None:
    (found,) = told(claims("The savings identified are £23.4m.", "The forecast achievement is £25.6m – a 68% yield."))
    assert found.suggestion is None


def test_a_sentence_is_judged_once_and_named_by_its_scheme() -> None:
    text = "We found 327,325 x 2% = 6,506 people. More of it."
    records = [Project(**PLACE, scheme="Eye care", summary=text), *claims("We found 327,325 x 2% = 6,506 people.")]
    (found,) = told(records)
    assert found.where == "Eye care"
    assert held([Project(**PLACE, scheme="Eye care", summary="65 x £124 = £8060"), *claims("65 x £124 = £8060")]) == 1


def test_texts_of_records_are_read() -> None:
    records: list[Record] = [
        Status(**PLACE, scheme="A", issue="79 units at an average price of £2,422 (total £219k)"),
        Risk(**PLACE, description="B", actions="Moved £3.0m less £1.0m = £4.0m"),
        Milestone(**PLACE, scheme="C", description="12 x £35k = £465k"),
    ]
    assert [f.printed for f in told(records)] == ["465", "4", "219"]


AMOUNTS = st.integers(min_value=1001, max_value=99_999)
SHARES = st.integers(min_value=11, max_value=89)


@given(count=st.integers(min_value=2, max_value=999), price=AMOUNTS, factor=st.sampled_from(["1.2", "0.8", "3"]))
@settings(max_examples=60, deadline=None)
def test_a_true_product_is_silent_and_a_false_one_is_told(count: int, price: int, factor: str) -> None:
    true = Decimal(count * price)
    assert told(claims(f"There are {count} x £{price:,} = £{true:,}")) == []
    assert told(claims(f"There are {count} x £{price:,} = £{true / 1000:,.1f}k")) == []
    false = (true * Decimal(factor)).quantize(Decimal(1))
    found = told(claims(f"There are {count} x £{price:,} = £{false + 7:,}"))
    wide = Decimal("0.5") / count + Decimal("0.5") / price
    if abs(false + 7 - true) / true > wide * 2:
        assert [f.severity for f in found] == ["error"]


@given(parts=st.lists(AMOUNTS, min_size=2, max_size=6), off=st.integers(min_value=2, max_value=10))
@settings(max_examples=60, deadline=None)
def test_a_true_sum_is_silent_and_a_false_one_is_told(parts: list[int], off: int) -> None:
    listed = ", ".join(f"£{Decimal(p) / 1000:.1f}m" for p in parts[:-1]) + f" and £{Decimal(parts[-1]) / 1000:.1f}m"
    true = Decimal(sum(parts)) / 1000
    assert [f for f in told(claims(f"We have {listed}, totalling £{true:.1f}m")) if f.severity != "note"] == []
    false = true + Decimal(off) + Decimal(len(parts)) / 10
    (found,) = told(claims(f"We have {listed}, totalling £{false:.1f}m"))
    assert found.severity == "error"


@given(share=SHARES, whole=AMOUNTS)
@settings(max_examples=60, deadline=None)
def test_a_true_share_is_silent_and_a_false_one_is_told(share: int, whole: int) -> None:
    part = Decimal(share * whole) / 100
    assert told(claims(f"We have spent £{part:,.0f}k ({share}%) of £{whole:,}k.")) == []
    (found,) = told(claims(f"We have spent £{part:,.0f}k ({share + 3}%) of £{whole:,}k."))
    assert (found.severity, found.printed) == ("error", str(share + 3))


@pytest.mark.parametrize(
    "piece",
    [
        "£3m, ",
        "5 x ",
        "a x £4 = ",
        "20% of ",
        "from 3 to ",
        "(",
        "of the 15 schemes 9 ",
        "total of £",
        "= ",
        "1,",
        " a",
        "- £3m\n",
    ],
)
def test_long_texts_take_linear_time(piece: str) -> None:
    def cost(size: int) -> float:
        text = piece * (size // len(piece))
        records: list[Record] = [Status(**PLACE, scheme="A", issue=text), *claims(text[:1200])]
        start = time.process_time()
        told(records)
        return time.process_time() - start

    # Step by step, so that a quadratic pattern is found out early.
    before = min(cost(1 << 13) for _ in range(2))
    for size in (1 << 15, 1 << 17):
        now = cost(size)
        assert now < 12 * max(before, 0.02), f"four times the text took {now / before:.0f} times as long"
        before = now


@pytest.mark.parametrize(
    ("scores", "found"),
    [
        ([(3, 2, 6), (4, 4, 16), (5, 3, 15)], []),
        ([(3, 2, 6), (4, 4, 16), (5, 3, 12)], [("12", "15")]),
        ([(3, 2, 5), (4, 4, 8), (5, 3, 12)], []),  # this register does not multiply
        ([(3, 2, 6), (5, 3, 12)], []),  # too few to know
    ],
)
def test_a_score_is_impact_times_likelihood_where_its_register_says_so(
    scores: list[tuple[int, int, int]], found: list[tuple[str, str]]
) -> None:
    records: list[Record] = [
        Risk(**PLACE, table="p1t1", row=k, description="x", impact=str(i), likelihood=str(j), score=str(s))
        for k, (i, j, s) in enumerate(scores)
    ]
    assert [(f.printed, f.recomputed) for f in told(records)] == found


@pytest.mark.parametrize(("score", "found"), [(4, []), (5, [("5", "4")])])
def test_a_rating_in_words_is_worked_out(score: int, found: list[tuple[str, str]]) -> None:
    actions = f"The risk rating for March was {score} (Impact =1; Likelihood=4)"
    assert [(f.printed, f.recomputed) for f in told([Risk(**PLACE, description="x", actions=actions)])] == found


@pytest.mark.parametrize(
    ("savings", "end", "found"),
    [
        ("745", "2012-08-31", []),
        ("745,290", "2012-08-31", []),
        ("£0.7m", "2012-08-31", []),
        ("795", "2012-08-31", [("795", "745.3")]),
        ("795", "2012-08-15", []),  # no whole months
        ("-", "2012-08-31", []),
    ],
)
def test_savings_of_a_milestone_are_held_against_its_months(
    savings: str, end: str, found: list[tuple[str, str]]
) -> None:
    record = Milestone(
        **PLACE,
        description="Deaths at home would equate to £35,490 per month",
        start_date="2010-12-01",
        completion_date=end,
        savings=savings,
    )
    assert [(f.printed, f.recomputed) for f in told([record])] == found
