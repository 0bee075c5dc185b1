"""The tables of NHS Kelderby Integrated Care Board's pack."""

from __future__ import annotations

AGENDA = """
Item | Subject | Lead | Paper | Time
1 | Welcome and apologies | Chair | Verbal | 10.00
2 | Declarations of interest | Chair | Verbal | 10.05
3 | Minutes of 27 July | Chair | Tabled | 10.10
4 | Action log | Chair | Tabled | 10.15
5 | Chief executive's update | R. Fenn | Verbal | 10.20
6 | Questions from the public | Chair | Verbal | 10.30
7 | Finance report: month 5 | D. Holroyd | Enclosed | 10.40
8 | Corporate risks | S. Okafor | Enclosed | 11.10
9 | Performance dashboard | C. Villiers | Enclosed | 11.30
10 | Efficiency delivery plan | D. Holroyd | Enclosed | 11.50
11 | Any other business | Chair | Verbal | 12.20
"""
ACCOUNTS = """
Income and expenditure | Year to date, month 5 | < | < | Full year 2023/24 | < | <
^ | Budget £m | Actual £m | Variance £m | Budget £m | Forecast £m | Variance £m
Allocation | 812.4 | 812.4 | 0.0 | 1,949.8 | 1,949.8 | 0.0
Acute services | (412.6) | (416.9) | (4.3) | (990.2) | (996.0) | (5.8)
Community services | (98.3) | (97.7) | 0.6 | (235.9) | (234.8) | 1.1
Mental health services | (91.4) | (91.9) | (0.5) | (219.4) | (220.3) | (0.9)
Continuing care | (58.8) | (61.2) | (2.4) | (141.1) | (145.6) | (4.5)
Prescribing | (76.5) | (79.0) | (2.5) | (183.6) | (188.2) | (4.6)
Primary care | (54.9) | (54.6) | 0.3 | (131.8) | (131.3) | 0.5
Running costs | (9.7) | (9.2) | 0.5 | (23.3) | (22.4) | 0.9
Reserves | (10.2) | (4.2) | 6.0 | (24.5) | (13.6) | 10.9
Surplus / (deficit) | 0.0 | (2.3) | (2.3) | 0.0 | (2.4) | (2.4)
"""
EFFICIENCY_HEADS = """
Scheme | Rec / Non rec | In month | < | < | Year to date | < | < | Full year | < | < | RAG
^ | ^ | Plan | Actual | Variance | Plan | Actual | Variance | Plan | Forecast | Variance | ^
"""
# Scheme, recurrence, plan and actual of August, of April to August, plan and forecast of the year.
EFFICIENCIES = {
    "Continuing care": """
    Package reviews | Rec | 210 | 198 | 1050 | 942 | 2520 | 2300
    Fast track criteria | Rec | 85 | 91 | 340 | 352 | 935 | 960
    Framework rates | Rec | 120 | 74 | 480 | 301 | 1320 | 900
    """,
    "Prescribing": """
    Direct oral anticoagulants | Rec | 160 | 171 | 800 | 846 | 1920 | 2020
    Inhaler switches | Rec | 45 | 40 | 180 | 163 | 495 | 470
    Self-care products | Rec | 30 | 22 | 150 | 117 | 360 | 300
    Rebates | Non rec | 55 | 55 | 275 | 275 | 660 | 660
    """,
    "Acute and independent sector": """
    Low value procedures | Rec | 140 | 96 | 700 | 512 | 1680 | 1300
    Advice and guidance | Rec | 95 | 88 | 380 | 349 | 1045 | 990
    Independent sector price | Rec | 110 | 110 | 550 | 550 | 1320 | 1320
    Patient transport eligibility | Rec | 25 | 19 | 100 | 71 | 275 | 220
    """,
    "Mental health": """
    Out of area placements | Rec | 130 | 61 | 650 | 318 | 1560 | 900
    Shares of aftercare costs | Rec | 60 | 72 | 240 | 266 | 660 | 700
    """,
    "Community and primary care": """
    Void space | Rec | 35 | 35 | 140 | 140 | 385 | 385
    Local enhanced services | Rec | 20 | 24 | 100 | 112 | 240 | 260
    Digital licences | Non rec | 0 | 0 | 180 | 205 | 180 | 205
    """,
    "Running costs": """
    Vacancy hold | Non rec | 50 | 63 | 250 | 301 | 600 | 700
    Agency and interim staff | Rec | 28 | 28 | 112 | 118 | 308 | 315
    """,
}
RISKS = """
Ref | Risk description | Controls and actions | Likelihood | Impact | Score | Movement
F01 | Placements out of area go on at last year's level | Weekly panel; two beds bought nearby | 4 | 4 | 16 | ↑
F02 | Price rises of medicines outrun the budget | Switch list agreed with practices; monthly price watch | 4 | 3 | \
12 | ↔
F03 | Independent providers treat more than was agreed | Activity plans reopened; notices served on two | 3 | 4 | 12 | ↔
F04 | Efficiencies that recur are replaced by those that do not | Programme office reviews every change | 3 | 3 | 9 | ↓
P01 | Ambulance handovers lengthen again in winter | Corridor care plan; extra crews from November | 4 | 4 | 16 | ↔
P02 | Diagnostic equipment fails before it is replaced | Hire contract in place | 3 | 3 | 9 | ↔
C04 | Office lease is not renewed in time | Lease signed on 4 September | 3 | 3 | 9 | Closed
"""
INDICATORS = """
Programme | Level | Indicator | Baseline period | Baseline | Target | Actual | Data month | Rank | Comment
Planned care | National | Patients waiting over 65 weeks | March 2023 | 1,204 | 0 by March 2024 | 1,311 | Jul-23 | 28 \
| Orthopaedics holds half of them; weekend lists begin in October.
^ | ^ | Diagnostic tests within six weeks | March 2023 | 71.2% | 85% | 73.9% | Jul-23 | 19 | Second scanner open \
since June.
^ | Local | Requests answered by advice and guidance | 2022/23 | 14.8% | 21% | 18.6% | Jul-23 | | Practices in the \
north have not joined yet.
Urgent care | National | Seen within four hours | 2022/23 | 68.4% | 76% | 70.1% | Jul-23 | 24 | Streaming desk moved \
to \
the front door.
^ | ^ | Average ambulance response, category 2 (minutes) | 2022/23 | 47.5 | 30.0 | 38.2 | Jul-23 | 17 | Better for the \
third month.
^ | Local | Falls answered by the community team | 2022/23 | 212 | 260 a month | 247 | Jul-23 | | Two vehicles more \
from September.
Mental health | National | Dementia diagnosed, of those expected | March 2023 | 64.0% | 66.7% | 67.1% | Jul-23 | 9 \
| Memory clinics hold evening sessions.
^ | Local | Patients placed out of area | March 2023 | 31 | 12 | 29 | Jul-23 | | See risk F01.
"""
QUARTERS = """
Programme | Quarter 1 plan £000 | Quarter 2 plan £000 | Quarter 3 plan £000 | Quarter 4 plan £000 | Annual plan £000
Continuing care | 1,020 | 1,150 | 1,280 | 1,325 | 4,775
Prescribing | 790 | 845 | 900 | 900 | 3,435
Acute and independent sector | 950 | 1,070 | 1,150 | 1,150 | 4,320
Mental health | 480 | 540 | 600 | 600 | 2,220
Community and primary care | 240 | 195 | 185 | 185 | 805
Running costs | 205 | 227 | 238 | 238 | 908
Total | 3,685 | 4,027 | 4,353 | 4,398 | 16,463
"""
MILESTONES = """
No | Scheme | Milestone | Start date | Due date | Status
1 | Framework rates | Providers told of the new rates | 03/07/2023 | 31/07/2023 | Complete
2 | Framework rates | All packages moved to the framework | 01/08/2023 | 30/11/2023 | On track
3 | Low value procedures | Prior approval form goes live | 01/06/2023 | 31/08/2023 | Missed by 3 weeks
4 | Low value procedures | First audit of approvals | 01/10/2023 | 15/12/2023 | Not started
5 | Out of area placements | Two beds open nearby | 12/06/2023 | 30/09/2023 | On track
6 | Inhaler switches | Practices trained | 01/05/2023 | 30/06/2023 | Complete
7 | Void space | Notice given on Canal Street | 01/09/2023 | 31/10/2023 | On track
"""
BEHIND = """
Ref | Programme | Scheme | YTD plan £000 | YTD actual £000 | YTD variance £000 | R / NR | Benefit type | Issue | Next \
steps \
| Lead
MH1 | Mental health | Out of area placements | 650 | 318 | -332 | R | Cash releasing | Beds nearby opened three \
months late. \
| Ten people brought home by November. | T. Asante
AC1 | Acute and independent sector | Low value procedures | 700 | 512 | -188 | R | Cash releasing | Two hospitals do \
not use \
the form. | Payment refused where the form is missing. | J. Corrigan
CC3 | Continuing care | Framework rates | 480 | 301 | -179 | R | Cost avoidance | A fifth of homes will not sign. | \
Offers \
renewed with a fixed price for two years. | L. Okoro
CC1 | Continuing care | Package reviews | 1,050 | 942 | -108 | R | Cash releasing | Two reviewers are ill. | Agency \
reviewers \
until Christmas. | L. Okoro
 | | Total | 2,880 | 2,073 | -807 | | | | |
"""
