"""Small papers as finance teams print them, and every figure that a perfect reading of each gives.

A shape is a text (cells parted by |, which become tabs; @name stands for a cover), a line `---- period`, and the truth:
a line `# | column | ...` and a line a row. A row is a scheme, `group > scheme`, or `<role group>`. A column without a
period is of the period above, or of its year where the basis is of years. A value that ends in ~ must carry a doubt,
one in ? may, any other must be there without one. What the truth does not hold must be doubted or left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import pytest

from build import document
from qippctl.interpret import interpret
from qippctl.models.figure import Figure

_Key = tuple[str, str, str | None]

COVERS = {
    "ccg": """\
NHS Marchwell CCG
Governing Body
3 December 2015
QIPP report Month 7 2015/16
""",
    "council": """\
Harborough Vale Borough Council
Cabinet
14 November 2019
Savings monitoring, Quarter 2 2019/20
""",
    "pct": """\
NHS Eastmere PCT
PCT Board
18 November 2010
Turnaround programme, month 6 2010/11
""",
    "pct2": """\
NHS Eastmere PCT
PCT Board
18 November 2010
QIPP performance report
Position to the end of September 2010 (Month 6)
""",
    "trust": """\
Tarn Valley NHS Trust
Finance Committee
24 September 2020
CIP month 5 2020/21
""",
    "trust2": """\
Tarn Valley NHS Trust
Finance Committee
24 September 2020
Efficiency month 5 2020/21
""",
    "trust3": """\
Fellside Hospitals NHS Foundation Trust
Board of Directors
30 October 2014
CIP report: month 6 2014/15
""",
}

SHAPES = """
==== years as columns
Harborough Vale Borough Council
Cabinet
11 February 2016
Revenue budget 2016/17 and savings proposals
Savings proposals
Ref | Proposal | 2016/17 £000 | 2017/18 £000 | 2018/19 £000 | Total £000
CS1 | Shared legal service | 50 | 75 | 75 | 200
CS2 | Rationalise offices | 120 | 30 | - | 150
CS3 | Digital post room | 15 | 15 | 15 | 45
Total |  | 185 | 120 | 90 | 395
---- 2016/17
# | plan.year | plan.year 2017/18 | plan.year 2018/19
Shared legal service | 50k | 75k | 75k
Rationalise offices | 120k | 30k | 0
Digital post room | 15k | 15k | 15k
<total> | 185k | 120k | 90k
==== variance is plan less actual
@trust3
Cost Improvement Programme by scheme, £'000
Scheme | YTD plan | YTD actual | YTD variance | Annual plan | Forecast | Forecast variance
Theatre productivity | 300 | 250 | 50 | 600 | 520 | 80
Drugs switch | 100 | 130 | (30) | 200 | 260 | (60)
Procurement | 400 | 400 | 0 | 800 | 790 | 10
Total | 800 | 780 | 20 | 1,600 | 1,570 | 30
---- 2014/15-M06
# | plan.ytd | actual.ytd | variance.ytd | plan.year | forecast.year | variance.year
Theatre productivity | 300k | 250k | -50k | 600k | 520k | -80k
Drugs switch | 100k | 130k | 30k | 200k | 260k | 60k
Procurement | 400k | 400k | 0 | 800k | 790k | -10k
<total> | 800k | 780k | -20k | 1600k | 1570k | -30k
==== negative savings
@ccg
QIPP schemes £000
Scheme | Annual plan | YTD plan | YTD actual | YTD variance | Forecast outturn
Referral management | (1,200) | (700) | (600) | 100 | (1,000)
Medicines | (800) | (467) | (500) | (33) | (850)
Frailty | (400) | (233) | (240) | (7) | (410)
Total | (2,400) | (1,400) | (1,340) | 60 | (2,260)
---- 2015/16-M07
# | plan.year | plan.ytd | actual.ytd | variance.ytd | forecast.year
Referral management | 1200k | 700k | 600k | -100k | 1000k
Medicines | 800k | 467k | 500k | 33k | 850k
Frailty | 400k | 233k | 240k | 7k | 410k
<total> | 2400k | 1400k | 1340k | -60k | 2260k
==== negative savings, adverse positive
NHS Eastmere PCT
PCT Board
18 November 2010
QIPP month 6 2010/11
QIPP £m
Scheme | Annual plan | YTD plan | YTD actual | Variance (fav)/adv
Locums | -2.40 | -1.20 | -1.30 | -0.10
Estates | -0.60 | -0.30 | -0.15 | 0.15
Total | -3.00 | -1.50 | -1.45 | 0.05
---- 2010/11-M06
# | plan.year | plan.ytd | actual.ytd | variance.ytd
Locums | 2400k | 1200k | 1300k | 100k
Estates | 600k | 300k | 150k | -150k
<total> | 3000k | 1500k | 1450k | -50k
==== prior year as comparator
Tarn Valley NHS Trust
Board of Directors
26 May 2022
Efficiency out-turn 2021/22 and plan 2022/23
Efficiency schemes
Scheme | 2020/21 actual £000 | 2021/22 plan £000 | 2021/22 actual £000 | 2022/23 plan £000
Medicines | 310 | 400 | 380 | 420
Workforce | 1,100 | 1,500 | 1,210 | 1,900
Total | 1,410 | 1,900 | 1,590 | 2,320
---- 2021/22
# | actual.year 2020/21 | plan.year | actual.year | plan.year 2022/23
Medicines | 310k? | 400k | 380k | 420k
Workforce | 1100k? | 1500k | 1210k | 1900k
<total> | 1410k? | 1900k | 1590k | 2320k
==== groups closed by labelled totals
@pct2
QIPP 2010/11 £'000
Scheme | Annual Plan | YTD Plan | YTD Actual
Planned care |  |  |
Outpatient follow-ups | 400 | 200 | 180
Procedures of low value | 300 | 150 | 160
Total planned care | 700 | 350 | 340
Urgent care |  |  |
Ambulatory pathways | 500 | 250 | 200
GP in A&E | 200 | 100 | 110
Total urgent care | 700 | 350 | 310
Total QIPP | 1,400 | 700 | 650
---- 2010/11-M06
# | plan.year | plan.ytd | actual.ytd
Planned care > Outpatient follow-ups | 400k | 200k | 180k
Planned care > Procedures of low value | 300k | 150k | 160k
<subtotal Planned care> | 700k | 350k | 340k
Urgent care > Ambulatory pathways | 500k | 250k | 200k
Urgent care > GP in A&E | 200k | 100k | 110k
<subtotal Urgent care> | 700k | 350k | 310k
<total> | 1400k | 700k | 650k
==== groups without subtotals
@pct2
QIPP 2010/11 £'000
Scheme | Annual Plan | YTD Plan | YTD Actual
Planned care |  |  |
Outpatient follow-ups | 400 | 200 | 180
Procedures of low value | 300 | 150 | 160
Urgent care |  |  |
Ambulatory pathways | 500 | 250 | 200
GP in A&E | 200 | 100 | 110
Total | 1,400 | 700 | 650
---- 2010/11-M06
# | plan.year | plan.ytd | actual.ytd
Planned care > Outpatient follow-ups | 400k | 200k | 180k
Planned care > Procedures of low value | 300k | 150k | 160k
Urgent care > Ambulatory pathways | 500k | 250k | 200k
Urgent care > GP in A&E | 200k | 100k | 110k
<total> | 1400k | 700k | 650k
==== subtotals without a label
@trust3
CIP £000
Scheme | YTD plan | YTD actual
Surgery |  |
Theatres | 30 | 25
Drugs | 10 | 13
| 40 | 38
Medicine |  |
Agency | 40 | 35
Beds | 12 | 10
| 52 | 45
Total | 92 | 83
---- 2014/15-M06
# | plan.ytd | actual.ytd
Surgery > Theatres | 30k | 25k
Surgery > Drugs | 10k | 13k
<subtotal Surgery> | 40k | 38k
Medicine > Agency | 40k | 35k
Medicine > Beds | 12k | 10k
<subtotal Medicine> | 52k | 45k
<total> | 92k | 83k
==== group in the first column, once
@trust3
CIP 2014/15
Division | CIP scheme | Plan YTD £'000 | Actual YTD £'000
Surgery | Theatres | 300 | 250
| Drugs | 100 | 130
| Surgery total | 400 | 380
Medicine | Beds | 80 | 80
| Agency | 20 | 10
| Medicine total | 100 | 90
Trust total |  | 500 | 470
---- 2014/15-M06
# | plan.ytd | actual.ytd
Surgery > Theatres | 300k | 250k
Surgery > Drugs | 100k | 130k
<subtotal Surgery> | 400k | 380k
Medicine > Beds | 80k | 80k
Medicine > Agency | 20k | 10k
<subtotal Medicine> | 100k | 90k
<total> | 500k | 470k
==== tbc, n/a and footnotes
@trust
CIP schemes 2020/21
Scheme | Lead | Annual plan £k | YTD plan £k | YTD actual £k | Forecast £k | RAG
Virtual clinics* | J Hart | 250 | 104 | 98 | 250 | A/G
Pathology network | TBC | TBC | n/a | n/a | TBC | R
Bank rates | A Osei | 120 | 50 | 55 | 132 | G
Theatre kits** | N/A | 60 | 25 | – | 30 | A
Total |  | 430 | 179 | 153 | 412 | A
* subject to quality impact assessment
** delayed by the pandemic
---- 2020/21-M05
# | plan.year | plan.ytd | actual.ytd | forecast.year
Virtual clinics | 250k | 104k | 98k | 250k
Bank rates | 120k | 50k | 55k | 132k
Theatre kits | 60k | 25k | 0 | 30k
<total> | 430k | 179k | 153k | 412k
==== percentages without a sign
@trust
CIP schemes 2020/21
Scheme | YTD plan £k | YTD actual £k | % delivered
Virtual clinics | 104 | 98 | 94
Bank rates | 50 | 55 | 110
Total | 154 | 153 | 99
---- 2020/21-M05
# | plan.ytd | actual.ytd | delivery.ytd
Virtual clinics | 104k | 98k | 94
Bank rates | 50k | 55k | 110
<total> | 154k | 153k | 99
==== delivery percentages
@pct
Turnaround schemes £000
Scheme | YTD plan | YTD actual | % of plan | Annual plan | Forecast | Forecast / plan %
Locums | 120 | 130 | 108% | 240 | 250 | 104%
Estates | 30 | 15 | 50% | 60 | 45 | 75%
Total | 150 | 145 | 97% | 300 | 295 | 98%
---- 2010/11-M06
# | plan.ytd | actual.ytd | delivery.ytd | plan.year | forecast.year | delivery.year
Locums | 120k | 130k | 108 | 240k | 250k | 104
Estates | 30k | 15k | 50 | 60k | 45k | 75
<total> | 150k | 145k | 97 | 300k | 295k | 98
==== decoys: income, staffing, indicators
Tarn Valley NHS Trust
Finance Committee
24 September 2020
Finance and CIP report month 5 2020/21
Statement of comprehensive income
Category | YTD plan £k | YTD actual £k | Variance £k
Clinical income | 104,000 | 98,000 | (6,000)
Other income | 5,000 | 5,500 | 500
Pay | (60,000) | (61,000) | (1,000)
Non pay | (40,000) | (39,000) | 1,000
Surplus / (deficit) | 9,000 | 3,500 | (5,500)

Workforce
Staff group | Plan WTE | Actual WTE | Variance WTE
Nursing | 1,200 | 1,150 | (50)
Medical | 400 | 410 | 10
Total | 1,600 | 1,560 | (40)

Key performance indicators
Indicator | Target | Actual | RAG
A&E four hours | 95% | 88% | R
Cancer two weeks | 93% | 94% | G
Falls per 1000 bed days | 6.6 | 5.9 | G
----
==== decoys: bridge, service lines, risks
Tarn Valley NHS Trust
Finance Committee
24 September 2020
Savings and budget report month 5 2020/21
Movement in forecast
Item | Plan £k | Forecast £k | Variance £k
Opening budget | 104,000 | 104,000 | 0
Inflation | 2,000 | 2,500 | (500)
Pay award | 1,500 | 1,900 | (400)
Savings requirement | (4,000) | (3,500) | (500)
Closing budget | 103,500 | 104,900 | (1,400)

Service line position
Division | Budget £k | Actual £k | Variance £k
Medicine | 1,200 | 1,150 | 50
Surgery | 400 | 410 | (10)
Total | 1,600 | 1,560 | 40

Risk register
Risk | Mitigation | Likelihood | Impact | Score
CIP not delivered | Weekly meeting | 4 | 4 | 16
Winter | Escalation beds | 3 | 4 | 12
----
==== decoy: indicators of the programme
@trust3
Programme KPIs
Indicator | Target | Actual | Variance
Schemes with QIA signed off | 40 | 36 | (4)
PIDs complete | 45 | 45 | 0
Milestones on time | 60 | 51 | (9)
----
==== schemes as columns
@trust3
CIP delivery year to date, £000
| Theatres | Drugs | Total
Plan | 300 | 100 | 400
Actual | 250 | 130 | 380
Variance | (50) | 30 | (20)
----
==== pounds in a column of thousands
@trust3
CIP, £'000
Scheme | YTD plan | YTD actual
Theatre productivity | 300 | 250
Drugs switch | 100 | 130,000
Procurement | 400 | 400
Total | 800 | 780
---- 2014/15-M06
# | plan.ytd | actual.ytd
Theatre productivity | 300k | 250k?
Drugs switch | 100k | 130000k~
Procurement | 400k | 400k?
<total> | 800k | 780k?
==== swapped digits
@trust3
CIP, £'000
Scheme | YTD plan | YTD actual | Variance
Theatre productivity | 300 | 250 | (50)
Drugs switch | 100 | 310 | 30
Procurement | 400 | 400 | 0
Total | 800 | 780 | (20)
---- 2014/15-M06
# | plan.ytd | actual.ytd | variance.ytd
Theatre productivity | 300k | 250k? | -50k
Drugs switch | 100k? | 310k~ | 30k?
Procurement | 400k | 400k? | 0
<total> | 800k | 780k? | -20k
==== a row against its column's sign
@trust3
CIP £000
Scheme | YTD plan | YTD actual | Variance
Theatres | 300 | 250 | (50)
Drugs | 100 | 130 | (30)
Beds | 80 | 60 | (20)
Total | 480 | 440 | (40)
---- 2014/15-M06
# | plan.ytd | actual.ytd | variance.ytd
Theatres | 300k | 250k | -50k?
Drugs | 100k | 130k | 30k~
Beds | 80k | 60k | -20k?
<total> | 480k | 440k | -40k?
==== subtotals named in the column of workstreams
@trust
CIP schemes £000
Ref | Workstream | Scheme | YTD plan | YTD actual
S1 | Surgery | Theatres | 30 | 25
S2 | | Drugs | 10 | 13
| Sub-total | | 40 | 38
M1 | Medicine | Beds | 8 | 8
M2 | | Agency | 2 | 1
| Sub-total Medicine | | 10 | 9
| Total | | 50 | 47
---- 2020/21-M05
# | plan.ytd | actual.ytd
Surgery > Theatres | 30k | 25k
Surgery > Drugs | 10k | 13k
<subtotal Surgery> | 40k | 38k
Medicine > Beds | 8k | 8k
Medicine > Agency | 2k | 1k
<subtotal Medicine> | 10k | 9k
<total> | 50k | 47k
==== a wrong subtotal
@trust
CIP schemes £000
Scheme | Annual plan | Forecast
Surgery |  |
Theatres | 300 | 250
Drugs | 100 | 130
Sub-total | 400 | 370
Medicine |  |
Beds | 80 | 80
Agency | 20 | 10
Sub-total | 100 | 90
Total | 500 | 460
---- 2020/21
# | plan.year | forecast.year
Surgery > Theatres | 300k | 250k~
Surgery > Drugs | 100k | 130k~
<subtotal Surgery> | 400k | 370k?
Medicine > Beds | 80k | 80k
Medicine > Agency | 20k | 10k
<subtotal Medicine> | 100k | 90k
<total> | 500k | 460k?
==== totals in the middle
Harborough Vale Borough Council
Cabinet
14 November 2019
Savings monitoring Quarter 2 2019/20
Savings 2019/20
Scheme | Target £000 | Forecast £000 | Variance £000
Fees and charges | 100 | 90 | (10)
Fleet | 50 | 50 | 0
Total savings on track | 150 | 140 | (10)
Libraries review | 70 | 20 | (50)
Depot closure | 80 | 0 | (80)
Total savings at risk | 150 | 20 | (130)
Total | 300 | 160 | (140)
---- 2019/20
# | plan.year | forecast.year | variance.year
Fees and charges | 100k | 90k | -10k
Fleet | 50k | 50k | 0
<subtotal savings on track> | 150k | 140k | -10k
Libraries review | 70k | 20k | -50k
Depot closure | 80k | 0 | -80k
<subtotal savings at risk> | 150k | 20k | -130k
<total> | 300k | 160k | -140k
==== unit row with two units
@trust2
Efficiency schemes
Scheme | Annual plan | YTD plan | YTD actual | % of plan
| £m | £k | £k | %
Virtual clinics | 0.25 | 104 | 98 | 94
Bank rates | 0.12 | 50 | 55 | 110
Total | 0.37 | 154 | 153 | 99
---- 2020/21-M05
# | plan.year | plan.ytd | actual.ytd | delivery.ytd
Virtual clinics | 250k | 104k | 98k | 94
Bank rates | 120k | 50k | 55k | 110
<total> | 370k | 154k | 153k | 99
==== unit row
@pct
Turnaround schemes
Scheme | Plan for year | Plan to date | Delivered to date | Forecast outturn
| £'000 | £'000 | £'000 | £'000
Locums | 240 | 120 | 130 | 250
Estates | 60 | 30 | – | 45
Total | 300 | 150 | 130 | 295
---- 2010/11-M06
# | plan.year | plan.ytd | actual.ytd | forecast.year
Locums | 240k | 120k | 130k | 250k
Estates | 60k | 30k | 0 | 45k
<total> | 300k | 150k | 130k | 295k
==== no unit anywhere
@trust2
Efficiency schemes
Scheme | Annual plan | YTD plan | YTD actual
Virtual clinics | 250 | 104 | 98
Bank rates | 120 | 50 | 55
Total | 370 | 154 | 153
---- 2020/21-M05
# | plan.year | plan.ytd | actual.ytd
Virtual clinics | 250k~ | 104k~ | 98k~
Bank rates | 120k~ | 50k~ | 55k~
<total> | 370k~ | 154k~ | 153k~
==== pounds in the headings
Souldon Town Council
Finance Committee
9 May 2018
Savings outturn 2017/18
Savings achieved
Initiative | Target 2017/18 £ | Achieved 2017/18 £ | Difference £
Street lighting | 4,500 | 5,120 | 620
Insurance | 1,250 | 975 | (275)
Total | 5,750 | 6,095 | 345
---- 2017/18
# | plan.year | actual.year | variance.year
Street lighting | 4500 | 5120 | 620
Insurance | 1250 | 975 | -275
<total> | 5750 | 6095 | 345
==== units in the cells
@council
Savings 2019/20
Scheme | Target | Forecast
Libraries review | £70k | £20k
Depot closure | £1.2m | £1.1m
Printing | £5,500 | £5,500
---- 2019/20
# | plan.year | forecast.year
Libraries review | 70k | 20k
Depot closure | 1200k | 1100k
Printing | 5500? | 5500?
==== a cell with its own unit
@trust
CIP schemes £000
Scheme | Annual plan | Forecast
Virtual clinics | 1,250 | £1.2m
Bank rates | 690 | 700
---- 2020/21
# | plan.year | forecast.year
Virtual clinics | 1250k | 1200k~
Bank rates | 690k | 700k
==== damaged digits
@trust
CIP schemes £000
Scheme | Annual plan | YTD plan | YTD actual
Virtual clinics | 1,250 | 5O4 | 498
Bank rates | 690, , ,033 | 50 | 55
Theatre kits | 2,000 | 700 | 70O
---- 2020/21-M05
# | plan.year | plan.ytd | actual.ytd
Virtual clinics | 1250k | 504k~ | 498k
Bank rates |  | 50k | 55k
Theatre kits | 2000k | 700k | 700k~
==== two tiers, in month and cumulative
NHS Wendover and Marlow Integrated Care Board
Finance and Performance Committee
23 January 2025
Efficiency programme report
Month 9 2024/25
Efficiency schemes £k
| In month |  |  | Cumulative |  |
Scheme | Plan | Actual | Variance | Plan | Actual | Variance
Continuing healthcare reviews | 500 | 450 | (50) | 4,512 | 4,100 | (412)
Prescribing switches | 300 | 320 | 20 | 2,700 | 3,000 | 300
Total | 800 | 770 | (30) | 7,212 | 7,100 | (112)
---- 2024/25-M09
# | plan.month | actual.month | variance.month | plan.ytd | actual.ytd | variance.ytd
Continuing healthcare reviews | 500k | 450k | -50k | 4512k | 4100k | -412k
Prescribing switches | 300k | 320k | 20k | 2700k | 3000k | 300k
<total> | 800k | 770k | -30k | 7212k | 7100k | -112k
==== in year and full-year effect
@trust3
CIP schemes £000
Scheme | In-year plan | FYE plan | Forecast in-year | Forecast FYE
Theatres | 300 | 450 | 260 | 400
Drugs | 100 | 100 | 95 | 95
Total | 400 | 550 | 355 | 495
---- 2014/15
# | plan.year | plan.fye | forecast.year | forecast.fye
Theatres | 300k | 450k | 260k | 400k
Drugs | 100k | 100k | 95k | 95k
<total> | 400k | 550k | 355k | 495k
==== recurrent and non-recurrent to date
@trust3
CIP schemes £000
Scheme | YTD plan | YTD actual recurrent | YTD actual non-recurrent | YTD actual total | Variance
Theatres | 300 | 200 | 60 | 260 | (40)
Drugs | 100 | 95 | - | 95 | (5)
Total | 400 | 295 | 60 | 355 | (45)
---- 2014/15-M06
# | plan.ytd | actual.ytd.recurrent | actual.ytd.non_recurrent | actual.ytd | variance.ytd
Theatres | 300k | 200k | 60k | 260k | -40k
Drugs | 100k | 95k | 0 | 95k | -5k
<total> | 400k | 295k | 60k | 355k | -45k
==== shortfall and status in words
@council
Savings 2019/20
Ref | Saving proposal | Service | Approved saving £000 | Forecast saving £000 | Shortfall £000 | Status
A1 | Libraries review | Culture | 70 | 20 | 50 | Off track
A2 | Depot closure | Environment | 80 | 80 | 0 | On track
A3 | Fees and charges | Planning | 100 | 110 | (10) | Achieved
Total |  |  | 250 | 210 | 40 |
---- 2019/20
# | plan.year | forecast.year | variance.year
Culture > Libraries review | 70k | 20k | -50k
Environment > Depot closure | 80k | 80k | 0
Planning > Fees and charges | 100k | 110k | 10k
<total> | 250k | 210k | -40k
==== total under the reference
@trust3
CIP 2014/15
No | CIP scheme | Division | Plan YTD £'000 | Actual YTD £'000 | Var YTD £'000
1 | Theatres | Surgery | 300 | 250 | -50
2 | Drugs | Surgery | 100 | 130 | 30
Total |  |  | 400 | 380 | -20
---- 2014/15-M06
# | plan.ytd | actual.ytd | variance.ytd
Surgery > Theatres | 300k | 250k | -50k
Surgery > Drugs | 100k | 130k | 30k
<total> | 400k | 380k | -20k
==== label in the last column
@trust3
CIP £000
RAG | YTD plan | YTD actual | Variance | Scheme
R | 30 | 25 | (5) | Theatres
G | 10 | 13 | 3 | Drugs
A | 40 | 38 | (2) | Total
---- 2014/15-M06
# | plan.ytd | actual.ytd | variance.ytd
Theatres | 30k | 25k | -5k
Drugs | 10k | 13k | 3k
<total> | 40k | 38k | -2k
==== columns from right to left
Wyke District Council
Cabinet
13 March 2013
Efficiency savings monitoring to the end of February 2013
Efficiency savings £000
Scheme | Variance YTD | Actual YTD | Plan YTD | Forecast outturn | Annual target
Leisure contract | 7 | 52 | 45 | 57 | 49
Printing | (3) | 9 | 12 | 10 | 13
Total | 4 | 61 | 57 | 67 | 62
---- 2012/13-M11
# | variance.ytd | actual.ytd | plan.ytd | forecast.year | plan.year
Leisure contract | 7k | 52k | 45k | 57k | 49k
Printing | -3k | 9k | 12k | 10k | 13k
<total> | 4k | 61k | 57k | 67k | 62k
==== blank rows
@trust3
CIP 2014/15 £000
Scheme | Annual plan | Forecast | Variance
|  |  |
Theatres | 300 | 250 | (50)
|  |  |
Drugs | 100 | 130 | 30
|  |  |
Total | 400 | 380 | (20)
---- 2014/15
# | plan.year | forecast.year | variance.year
Theatres | 300k | 250k | -50k
Drugs | 100k | 130k | 30k
<total> | 400k | 380k | -20k
==== a variance that nothing proves
@trust3
CIP 2014/15 £000
Scheme | Annual plan | Variance
Theatres | 300 | (50)
Drugs | 100 | 30
Total | 400 | (20)
---- 2014/15
# | plan.year | variance.year
Theatres | 300k | -50k~
Drugs | 100k | 30k~
<total> | 400k | -20k~
==== the month beside the year to date
@trust3
CIP schemes £000
Scheme | Month 6 plan | Month 6 actual | YTD plan | YTD actual | Annual plan
Theatres | 50 | 40 | 300 | 250 | 600
Drugs | 20 | 25 | 100 | 130 | 200
Total | 70 | 65 | 400 | 380 | 800
---- 2014/15-M06
# | plan.month | actual.month | plan.ytd | actual.ytd | plan.year
Theatres | 50k | 40k | 300k | 250k | 600k
Drugs | 20k | 25k | 100k | 130k | 200k
<total> | 70k | 65k | 400k | 380k | 800k
==== last month's table first
@trust3
Position reported last month (Month 5), CIP £000
Scheme | YTD plan | YTD actual
Theatres | 250 | 200
Drugs | 80 | 100
Total | 330 | 300

CIP position at Month 6, £000
Scheme | YTD plan | YTD actual
Theatres | 300 | 250
Drugs | 100 | 130
Total | 400 | 380
---- 2014/15-M05
# | plan.ytd | actual.ytd
Theatres | 250k | 200k
Drugs | 80k | 100k
<total> | 330k | 300k
# | plan.ytd 2014/15-M06 | actual.ytd 2014/15-M06
Theatres | 300k | 250k
Drugs | 100k | 130k
<total> | 400k | 380k
==== plan of the next year
@trust3
Outline CIP for 2015/16
Scheme | Plan £000 | Identified
Theatres | 500 | Yes
Beds | 200 | Part
Total | 700 |
---- 2015/16
# | plan.year
Theatres | 500k
Beds | 200k
<total> | 700k
==== data month from a heading
Harborough Vale Borough Council
Audit Committee
24 October 2019
Savings programme
Position as at 31st August 2019

Scheme | Annual target £000 | Achieved to date £000 | Forecast £000
Fleet | 100 | 40 | 100
Printing | 20 | 10 | 15
Total | 120 | 50 | 115
---- 2019/20-M05
# | plan.year | actual.ytd | forecast.year
Fleet | 100k | 40k | 100k
Printing | 20k | 10k | 15k
<total> | 120k | 50k | 115k
==== outturn
NHS Marchwell CCG
Governing Body
12 May 2016
QIPP outturn, month 12 2015/16
QIPP schemes £m
Scheme | Plan 2015/16 | Actual 2015/16 | Variance
Medicines | 1.20 | 1.31 | 0.11
Frailty | 2.00 | 1.62 | (0.38)
Total | 3.20 | 2.93 | (0.27)
---- 2015/16
# | plan.year | actual.year | variance.year
Medicines | 1200k | 1310k | 110k
Frailty | 2000k | 1620k | -380k
<total> | 3200k | 2930k | -270k
==== rows below the total
@trust3
CIP £000
Scheme | YTD plan | YTD actual
Theatres | 30 | 25
Drugs | 10 | 13
Total | 40 | 38
Memo: schemes not yet approved | 15 | 0
Of which recurrent | 30 | 28
---- 2014/15-M06
# | plan.ytd | actual.ytd
Theatres | 30k | 25k
Drugs | 10k | 13k
<total> | 40k | 38k
==== total first
@trust3
CIP 2014/15 £000
Scheme | YTD plan | YTD actual
Total programme | 400 | 380
Theatres | 300 | 250
Drugs | 100 | 130
---- 2014/15-M06
# | plan.ytd | actual.ytd
<total> | 400k | 380k
Theatres | 300k? | 250k?
Drugs | 100k? | 130k?
==== headings again on the next page
@trust3
CIP £000
Scheme | YTD plan | YTD actual
Theatres | 30 | 25
<page>
Scheme | YTD plan | YTD actual
Drugs | 10 | 13
Total | 40 | 38
---- 2014/15-M06
# | plan.ytd | actual.ytd
Theatres | 30k | 25k
Drugs | 10k | 13k
<total> | 40k | 38k
==== cres of 2008/9
South Wolds Primary Care Trust
Finance Committee
22 January 2009
CRES programme month 9 2008/9
CRES schemes 2008/9 (£'000)
Scheme | Full year plan | Plan to date | Achieved to date | Over / (under) achievement | Forecast outturn
Estates rationalisation | 240 | 180 | 165 | (15) | 220
Management costs | 96 | 72 | 80 | 8 | 104
Total | 336 | 252 | 245 | (7) | 324
---- 2008/09-M09
# | plan.year | plan.ytd | actual.ytd | variance.ytd | forecast.year
Estates rationalisation | 240k | 180k | 165k | -15k | 220k
Management costs | 96k | 72k | 80k | 8k | 104k
<total> | 336k | 252k | 245k | -7k | 324k
==== original and revised plan
@trust3
CIP £000
Scheme | Original annual plan | Revised annual plan | YTD actual | Forecast outturn
Theatres | 30 | 25 | 11 | 24
Drugs | 10 | 13 | 6 | 13
Total | 40 | 38 | 17 | 37
---- 2014/15-M06
# | plan.year/original | plan.year/current | actual.ytd | forecast.year
Theatres | 30k | 25k | 11k | 24k
Drugs | 10k | 13k | 6k | 13k
<total> | 40k | 38k | 17k | 37k
==== three cases
@trust3
CIP £000
Scheme | Annual plan | Best case | Likely case | Worst case
Theatres | 30 | 32 | 28 | 20
Drugs | 10 | 13 | 10 | 8
Total | 40 | 45 | 38 | 28
---- 2014/15
# | plan.year | forecast.year/best | forecast.year/middle | forecast.year/worse
Theatres | 30k | 32k | 28k | 20k
Drugs | 10k | 13k | 10k | 8k
<total> | 40k | 45k | 38k | 28k
==== investment beside savings
@ccg
QIPP schemes £000
Scheme | Planned investment | Annual savings plan | YTD savings plan | YTD savings actual
Frailty | 50 | 200 | 110 | 100
Medicines | - | 100 | 58 | 60
Total | 50 | 300 | 168 | 160
---- 2015/16-M07
# | investment.year | plan.year | plan.ytd | actual.ytd
Frailty | 50k | 200k | 110k | 100k
Medicines | 0 | 100k | 58k | 60k
<total> | 50k | 300k | 168k | 160k
==== minus signs
@trust3
CIP £000
Scheme | YTD plan | YTD actual | Variance
Theatres | 1,300 | 1,250 | 50-
Drugs | 100 | 130 | +30
Beds | 20 | – | −20
Total | 1,420 | 1,380 | 40-
---- 2014/15-M06
# | plan.ytd | actual.ytd | variance.ytd
Theatres | 1300k | 1250k | -50k
Drugs | 100k | 130k | 30k
Beds | 20k | 0 | -20k
<total> | 1420k | 1380k | -40k
==== footnote marks
@trust3
CIP £000
Scheme | YTD plan | YTD actual
Theatres¹ | 1,300 | 1,250*
Drugs [note 2] | 100 | 130
Total | 1,400 | 1,380
¹ restated
---- 2014/15-M06
# | plan.ytd | actual.ytd
Theatres | 1300k | 1250k
Drugs | 100k | 130k
<total> | 1400k | 1380k
==== under and over delivery
@trust3
CIP £000
Scheme | YTD plan | YTD actual | (Under)/over delivery
Theatres | 300 | 250 | (50)
Drugs | 100 | 130 | 30
Total | 400 | 380 | (20)
---- 2014/15-M06
# | plan.ytd | actual.ytd | variance.ytd
Theatres | 300k | 250k | -50k
Drugs | 100k | 130k | 30k
<total> | 400k | 380k | -20k
==== short years
NHS Severn Vale Integrated Care Board
Board meeting
28 May 2025
Efficiency plan 2025/26
Schemes for 25/26
Scheme | SRO | 24/25 outturn £m | 25/26 plan £m | 25/26 FYE plan £m
All-age continuing care | J Hart | 3.95 | 4.50 | 5.20
Optimising medicines | A Osei | 2.10 | 2.40 | 2.40
Total |  | 6.05 | 6.90 | 7.60
---- 2025/26
# | forecast.year 2024/25 | plan.year | plan.fye
All-age continuing care | 3950k? | 4500k | 5200k
Optimising medicines | 2100k? | 2400k | 2400k
<total> | 6050k? | 6900k | 7600k
==== by division
@trust3
CIP performance by division £000
Division | Annual plan | YTD plan | YTD actual
Surgery | 600 | 300 | 250
Medicine | 200 | 100 | 130
Total | 800 | 400 | 380
---- 2014/15-M06
# | plan.year | plan.ytd | actual.ytd
<workstream Surgery> | 600k | 300k | 250k
<workstream Medicine> | 200k | 100k | 130k
<total> | 800k | 400k | 380k
==== risk adjusted
@trust3
CIP schemes £000
Scheme | Annual plan | Identified | Risk adjusted | Risk adjusted forecast | YTD actual
Theatres | 300 | 280 | 250 | 260 | 100
Drugs | 100 | 100 | 90 | 95 | 50
Total | 400 | 380 | 340 | 355 | 150
---- 2014/15-M06
# | plan.year | actual.ytd | forecast.year/risk_adjusted
Theatres | 300k | 100k | 260k
Drugs | 100k | 50k | 95k
<total> | 400k | 150k | 355k
==== year to date and full year above the measures
@trust3
CIP £000
Scheme | Year to date |  | Full year |
| Plan | Actual | Plan | Forecast
Theatres | 300 | 250 | 600 | 510
Drugs | 100 | 130 | 200 | 260
Total | 400 | 380 | 800 | 770
---- 2014/15-M06
# | plan.ytd | actual.ytd | plan.year | forecast.year
Theatres | 300k | 250k | 600k | 510k
Drugs | 100k | 130k | 200k | 260k
<total> | 400k | 380k | 800k | 770k
==== unit row below two tiers
@trust2
| YTD |  |  | FOT |  |
Scheme | Plan | Actual | Variance | Plan | Actual | Variance
| £000 | £000 | £000 | £000 | £000 | £000
Virtual clinics | 104 | 98 | (6) | 250 | 240 | (10)
Bank rates | 50 | 55 | 5 | 120 | 132 | 12
Total | 154 | 153 | (1) | 370 | 372 | 2
---- 2020/21-M05
# | plan.ytd | actual.ytd | variance.ytd | plan.year | forecast.year | variance.year
Virtual clinics | 104k | 98k | -6k | 250k | 240k | -10k
Bank rates | 50k | 55k | 5k | 120k | 132k | 12k
<total> | 154k | 153k | -1k | 370k | 372k | 2k
==== recurrent and non-recurrent above the measures
@trust3
CIP annual plan and forecast £000
| Recurrent |  | Non-recurrent |  | Total |
Scheme | Plan | Forecast | Plan | Forecast | Plan | Forecast
Theatres | 200 | 150 | 100 | 90 | 300 | 240
Drugs | 100 | 130 | - | - | 100 | 130
Total | 300 | 280 | 100 | 90 | 400 | 370
---- 2014/15
# | plan.year.recurrent | forecast.year.recurrent | plan.year.non_recurrent | forecast.year.non_recurrent
Theatres | 200k | 150k | 100k | 90k
Drugs | 100k | 130k | 0 | 0
<total> | 300k | 280k | 100k | 90k
# | plan.year | forecast.year
Theatres | 300k | 240k
Drugs | 100k | 130k
<total> | 400k | 370k
==== best and worst case above the measures
@trust3
CIP forecast £000
| Best case |  | Worst case |
Scheme | Forecast | Variance | Forecast | Variance
Theatres | 320 | 20 | 250 | (50)
Drugs | 130 | 30 | 90 | (10)
Total | 450 | 50 | 340 | (60)
---- 2014/15
# | forecast.year/best | variance.year/best | forecast.year/worse | variance.year/worse
Theatres | 320k? | 20k~ | 250k? | -50k~
Drugs | 130k? | 30k~ | 90k? | -10k~
<total> | 450k? | 50k~ | 340k? | -60k~
==== two forecasts
@trust3
CIP schemes £000
Scheme | Annual plan | Month 5 forecast | Month 6 forecast | Movement
Theatres | 300 | 260 | 250 | (10)
Drugs | 100 | 120 | 130 | 10
Total | 400 | 380 | 380 | 0
---- 2014/15
# | plan.year | forecast.year
Theatres | 300k | 250k~
Drugs | 100k | 130k~
<total> | 400k | 380k~
==== actual of the prior year in words
@trust3
CIP schemes £000
Scheme | Prior year actual | Annual plan | Forecast
Theatres | 280 | 300 | 250
Drugs | 90 | 100 | 130
Total | 370 | 400 | 380
---- 2014/15
# | plan.year | forecast.year
Theatres | 300k | 250k
Drugs | 100k | 130k
<total> | 400k | 380k
==== posts beside pounds
@trust3
CIP schemes
Scheme | Annual plan £000 | FTE plan | Forecast £000
Ward skill mix | 300 | 4.0 | 250
Theatres | 100 | 1.0 | 130
Total | 400 | 5.0 | 380
---- 2014/15
# | plan.year | forecast.year
Ward skill mix | 300k? | 250k
Theatres | 100k? | 130k
<total> | 400k? | 380k
==== admissions beside pounds
@ccg
QIPP schemes
Scheme | YTD plan £000 | YTD actual £000 | Planned admissions avoided | Actual admissions avoided
Frailty | 300 | 250 | 120 | 110
Ambulatory care | 100 | 130 | 40 | 52
Total | 400 | 380 | 160 | 162
---- 2015/16-M07
# | plan.ytd | actual.ytd
Frailty | 300k | 250k
Ambulatory care | 100k | 130k
<total> | 400k | 380k
==== a percentage by its heading only
@trust3
CIP schemes
Scheme | YTD plan £000 | YTD actual £000 | % savings delivered to date
Theatres | 300 | 250 | 83
Drugs | 100 | 130 | 130
---- 2014/15-M06
# | plan.ytd | actual.ytd
Theatres | 300k | 250k
Drugs | 100k | 130k
==== actual of a year that runs
@trust3
CIP schemes
Scheme | Plan 2014/15 £000 | Actual 2014/15 £000
Theatres | 600 | 250
Drugs | 200 | 130
Total | 800 | 380
---- 2014/15
# | plan.year | actual.year
Theatres | 600k | 250k~
Drugs | 200k | 130k~
<total> | 800k | 380k~
==== plan and actual of no time
@ccg
QIPP schemes £000
Scheme | Plan | Actual | Variance
Referral management | 1,200 | 600 | (600)
Medicines | 800 | 500 | (300)
Total | 2,000 | 1,100 | (900)
---- 2015/16-M07
# | plan.ytd | actual.ytd | variance.ytd
Referral management | 1200k~ | 600k~ | -600k~
Medicines | 800k~ | 500k~ | -300k~
<total> | 2000k~ | 1100k~ | -900k~
==== months beside a measure
Tarn Valley NHS Trust
Finance Committee
23 April 2020
CIP plan 2020/21
CIP plan phasing £000
Scheme | April plan | May plan | March plan | Annual plan
Virtual clinics | 10 | 20 | 30 | 250
Bank rates | 5 | 5 | 6 | 60
Total | 15 | 25 | 36 | 310
---- 2020/21
# | plan.month 2020/21-M01 | plan.month 2020/21-M02 | plan.month 2020/21-M12 | plan.year
Virtual clinics | 10k | 20k | 30k | 250k
Bank rates | 5k | 5k | 6k | 60k
<total> | 15k | 25k | 36k | 310k
==== months under a title of actuals
Lakeside Community NHS Trust
Finance Committee
20 July 2018
CIP delivery by month 2018/19
CIP actual savings delivered by month, £000
Scheme | Apr | May | Jun
Agency | 5 | 5 | 6
Estates | 0 | 20 | 18
Total | 5 | 25 | 24
---- 2018/19
# | actual.month 2018/19-M01 | actual.month 2018/19-M02 | actual.month 2018/19-M03
Agency | 5k | 5k | 6k
Estates | 0 | 20k | 18k
<total> | 5k | 25k | 24k
==== months of two years
@trust3
CIP plan by month, £000
Scheme | Feb-15 | Mar-15 | Apr-15 | May-15
Theatres | 50 | 60 | 30 | 32
Drugs | 12 | 14 | 11 | 12
Total | 62 | 74 | 41 | 44
---- 2014/15
# | plan.month 2014/15-M11 | plan.month 2014/15-M12 | plan.month 2015/16-M01 | plan.month 2015/16-M02
Theatres | 50k | 60k | 30k | 32k
Drugs | 12k | 14k | 11k | 12k
<total> | 62k | 74k | 41k | 44k
==== rows of measures, rows of months
@trust3
CIP delivery by month, £000
| Apr | May | Jun | Total
Plan | 50 | 50 | 60 | 160
Actual | 45 | 50 | 50 | 145
Variance | (5) | 0 | (10) | (15)

CIP delivery by month, £000
Month | Plan | Actual | Variance
April | 50 | 45 | (5)
May | 50 | 50 | 0
June | 60 | 50 | (10)
Total | 160 | 145 | (15)
----
==== sums without the word total
@trust3
CIP 2014/15 £000
Scheme | YTD plan | YTD actual
Surgery | 400 | 380
Theatres | 300 | 250
Drugs | 100 | 130
Medicine | 110 | 90
Beds | 80 | 80
Agency | 30 | 10

CIP 2014/15 £000
Scheme | Annual plan | Forecast
Theatres | 600 | 500
Drugs | 200 | 260
Trust CIP programme | 800 | 760
---- 2014/15-M06
# | plan.ytd | actual.ytd | plan.year | forecast.year
Theatres | 300k? | 250k? | 600k? | 500k?
Drugs | 100k? | 130k? | 200k? | 260k?
Beds | 80k? | 80k? |  |
Agency | 30k? | 10k? |  |
==== unidentified in other words
@ccg
QIPP schemes £000
Scheme | Annual plan | YTD plan | YTD actual
Planned care |  |  |
Follow-ups | 100 | 58 | 60
Yet to be identified | 40 | 20 | -
Urgent care |  |  |
Frailty | 200 | 110 | 100
Balance to find | 30 | 10 | -
Total | 370 | 198 | 160
---- 2015/16-M07
# | plan.year | plan.ytd | actual.ytd
Planned care > Follow-ups | 100k | 58k | 60k
<unidentified Planned care> | 40k | 20k | 0
Urgent care > Frailty | 200k | 110k | 100k
<unidentified Urgent care> | 30k | 10k | 0
<total> | 370k | 198k | 160k
==== adjustment and total in other words
@ccg
QIPP schemes £000
Scheme | Annual plan | YTD plan | YTD actual
Medicines | 100 | 58 | 60
Frailty | 200 | 110 | 100
Optimism bias | (30) | (10) | -
Overall | 270 | 158 | 160
---- 2015/16-M07
# | plan.year | plan.ytd | actual.ytd
Medicines | 100k | 58k | 60k
Frailty | 200k | 110k | 100k
<adjustment> | -30k | -10k | 0
<total> | 270k | 158k | 160k
==== schemes whose names begin as totals do
@ccg
QIPP schemes £000
Scheme | Annual plan | YTD plan | YTD actual
Contingency planning review | 50 | 29 | 20
Total knee replacement pathway | 300 | 175 | 160
Less invasive surgery | 40 | 23 | 22
Total | 390 | 227 | 202
---- 2015/16-M07
# | plan.year | plan.ytd | actual.ytd
Contingency planning review | 50k | 29k | 20k
Total knee replacement pathway | 300k | 175k | 160k
Less invasive surgery | 40k | 23k | 22k
<total> | 390k | 227k | 202k
==== last year's table first
@trust3
Outturn 2013/14
Scheme | Plan £000 | Actual £000
Theatres | 250 | 200
Drugs | 80 | 100
Total | 330 | 300

CIP schemes
Scheme | Annual plan £000 | Forecast £000
Theatres | 300 | 250
Drugs | 100 | 130
Total | 400 | 380
---- 2013/14
# | plan.year | actual.year | plan.year 2014/15 | forecast.year 2014/15
Theatres | 250k | 200k | 300k | 250k
Drugs | 80k | 100k | 100k | 130k
<total> | 330k | 300k | 400k | 380k
==== unit in the title of another table
@trust3
CIP by division (£m)
Division | YTD plan | YTD actual
Surgery | 1.2 | 1.1
Medicine | 0.9 | 1.0
Total | 2.1 | 2.1

CIP schemes in surgery
Scheme | YTD plan | YTD actual
Theatres | 700 | 650
Drugs | 500 | 450
---- 2014/15-M06
# | plan.ytd | actual.ytd
<workstream Surgery> | 1200k | 1100k
<workstream Medicine> | 900k | 1000k
<total> | 2100k | 2100k
Theatres | 700k~ | 650k~
Drugs | 500k~ | 450k~
==== decoys: contracts, capital, reserves
@council
Provider position
Description | Plan £000 | Forecast £000
Leisure contract | 3,300 | 3,250
Waste contract | 1,100 | 1,130
Total | 4,400 | 4,380

Capital programme 2019/20 £000
Scheme | Budget | Forecast | Variance
Town centre | 4,500 | 4,600 | 100
Swimming pool | 1,200 | 1,100 | (100)
Total | 5,700 | 5,700 | 0

Reserves position £000
Reserve | Opening | Planned use | Actual use
General fund | 4,500 | 460 | 100
Transformation | 1,200 | 110 | 100
Total | 5,700 | 570 | 200
----
==== decoy: agency spend against a ceiling
@trust3
Agency spend against savings ceiling £000
Division | Ceiling | Actual | Variance
Surgery | 300 | 250 | 50
Medicine | 100 | 130 | (30)
Total | 400 | 380 | 20
----
==== other headings inside a grid
@trust3
CIP £000
Scheme | Plan 2014/15 | Forecast 2014/15 | Variance
Theatres | 300 | 250 | (50)
Drugs | 100 | 130 | 30
Total | 400 | 380 | (20)
|  |  |
Scheme | Plan 2015/16 | Risk adjusted | Gap
Theatres | 500 | 450 | (50)
Beds | 200 | 100 | (100)
Total | 700 | 550 | (150)
---- 2014/15
# | plan.year | forecast.year | variance.year
Theatres | 300k | 250k | -50k
Drugs | 100k | 130k | 30k
<total> | 400k | 380k | -20k
==== names over two lines
@trust3
CIP 2014/15 £000
Scheme | Annual plan | Forecast
Review of outpatient |  |
booking systems | 300 | 250
Drugs and | 100 | 130
devices |  |
Total | 400 | 380
---- 2014/15
# | plan.year | forecast.year
<total> | 400k | 380k
==== pounds in the cells
Wyke District Council
Audit Committee
2 June 2011
Efficiency savings outturn 2010/11
Efficiency savings 2010/11
Initiative | Target | Achieved | Over/(under)
Leisure contract | £45,000 | £52,310 | £7,310
Printing | £12,500 | £9,875 | (£2,625)
Total | £57,500 | £62,185 | £4,685
---- 2010/11
# | plan.year | actual.year | variance.year
Leisure contract | 45000 | 52310 | 7310
Printing | 12500 | 9875 | -2625
<total> | 57500 | 62185 | 4685
==== totals in bold
@ccg
**QIPP schemes (£000)**
| Scheme | Annual plan | YTD plan | YTD actual | YTD variance |
|---|---|---|---|---|
| Medicines | 100 | 58 | 60 | 2 |
| Frailty | 200 | 110 | 100 | **(10)** |
| **Total** | **300** | **168** | **160** | **(8)** |
---- 2015/16-M07
# | plan.year | plan.ytd | actual.ytd | variance.ytd
Medicines | 100k | 58k | 60k | 2k
Frailty | 200k | 110k | 100k | -10k
<total> | 300k | 168k | 160k | -8k
==== bodies as rows
NHS Wendover and Marlow Integrated Care Board
Finance and Performance Committee
23 January 2025
Efficiency programme report
Month 9 2024/25
Efficiency delivery by organisation £m
Organisation | YTD plan | YTD actual | YTD variance
NHS Wendover and Marlow Integrated Care Board | 9.0 | 8.8 | (0.2)
Tarn Valley NHS Trust | 6.0 | 6.3 | 0.3
System total | 15.0 | 15.1 | 0.1
---- 2024/25-M09
# | plan.ytd | actual.ytd | variance.ytd
<total> | 15000k | 15100k | 100k
==== a title of four years
Harborough Vale Borough Council
Cabinet
11 February 2016
Efficiency plan 2016/17 to 2019/20
Savings over the four years 2016/17 to 2019/20, £000
Scheme | Target
Shared services | 1,200
Offices | 800
Total | 2,000
----
==== savings below zero, one row above
@trust3
QIPP £000
Scheme | Annual plan | YTD plan | YTD actual
Frailty | (300) | (150) | (140)
Ambulatory care | (100) | (50) | (60)
Reinvestment | 500 | 250 | 250
Total | 100 | 50 | 50
----
==== a row a measure, the name once
@trust
CIP schemes, £000
Scheme | | In month | Year to date
Theatres | Plan | 40 | 200
| Actual | 35 | 190
| Variance | (5) | (10)
Drugs | Plan | 20 | 100
| Actual | 24 | 130
| Variance | 4 | 30
Total | Plan | 60 | 300
| Actual | 59 | 320
| Variance | (1) | 20
---- 2020/21-M05
# | plan.month | actual.month | variance.month | plan.ytd | actual.ytd | variance.ytd
Theatres | 40k | 35k | -5k | 200k | 190k | -10k
Drugs | 20k | 24k | 4k | 100k | 130k | 30k
<total> | 60k | 59k | -1k | 300k | 320k | 20k
==== quarters, the last foretold
@council
Savings by quarter £000
Proposal | Q2 Actual | Q3 Forecast | Q4 Forecast | Forecast outturn
Fleet | 12 | 15 | 20 | 57
Print | 5 | 6 | 6 | 22
Total | 17 | 21 | 26 | 79
---- 2019/20-M06
# | actual.quarter 2019/20-Q2 | forecast.quarter 2019/20-Q3 | forecast.quarter 2019/20-Q4 | forecast.year
Fleet | 12k | 15k | 20k | 57k
Print | 5k | 6k | 6k | 22k
<total> | 17k | 21k | 26k | 79k
==== no heading over the names, groups before them
@council
Savings proposals
| | | 2020/21 | 2021/22
| | | £000 | £000
Revenues | R1 | Structure review | -57 | -60
| R2 | Outsourced billing | -2 | -2
Leisure | L1 | Pool hours | -30 | -35
| L2 | Grants | -11 | -12
| | | -100 | -109
---- 2019/20-M06
# | plan.year 2020/21 | plan.year 2021/22
Revenues > Structure review | 57k | 60k
Revenues > Outsourced billing | 2k | 2k
Leisure > Pool hours | 30k | 35k
Leisure > Grants | 11k | 12k
<total> | 100k | 109k
==== a unit that prose gives to all tables
@trust
Every value in this paper is in thousands of pounds. All figures are in £000.

CIP by division
Division | YTD plan | YTD actual
Medicine | 400 | 380
Surgery | 300 | 310

CIP by theme
Theme | YTD plan | YTD actual
Drugs | 500 | 480
Agency | 200 | 210
---- 2020/21-M05
# | plan.ytd | actual.ytd
<workstream Medicine> | 400k | 380k
<workstream Surgery> | 300k | 310k
<workstream Drugs> | 500k | 480k
<workstream Agency> | 200k | 210k
==== a shortfall tells which plan
@trust
CIP schemes £000
Scheme | Target | Forecast outturn | Delivered to date | Shortfall
Theatres | 400 | 380 | 150 | 20
Drugs | 300 | 340 | 160 | (40)
Beds | 250 | 200 | 60 | 50
Total | 950 | 920 | 370 | 30
---- 2020/21-M05
# | plan.year | forecast.year | actual.ytd | variance.year
Theatres | 400k | 380k | 150k | -20k
Drugs | 300k | 340k | 160k | 40k
Beds | 250k | 200k | 60k | -50k
<total> | 950k | 920k | 370k | -30k
==== what no word names, arithmetic does
@trust
CIP schemes £000
Scheme | YTD plan | YTD actual | Gap
Theatres | 400 | 380 | (20)
Drugs | 300 | 340 | 40
Beds | 250 | 200 | (50)
Total | 950 | 920 | (30)
---- 2020/21-M05
# | plan.ytd | actual.ytd | variance.ytd
Theatres | 400k | 380k | -20k
Drugs | 300k | 340k | 40k
Beds | 250k | 200k | -50k
<total> | 950k | 920k | -30k
==== what remains is no saving achieved
@trust
CIP schemes £000
Scheme | Annual plan | Delivered to date | Remaining to be achieved
Theatres | 400 | 150 | 250
Drugs | 300 | 160 | 140
---- 2020/21-M05
# | plan.year | actual.ytd
Theatres | 400k | 150k
Drugs | 300k | 160k
==== a sum over several groups
@council
Savings proposals £000
Proposal | 2020/21 | 2021/22
Leisure | |
Pool hours | 30 | 35
Planning | |
Fees | 11 | 12
Grants | 20 | 20
Sub-total | 61 | 67
Reserve schemes | 9 | 8
---- 2019/20-M06
# | plan.year 2020/21 | plan.year 2021/22
Leisure > Pool hours | 30k | 35k
Planning > Fees | 11k | 12k
Planning > Grants | 20k | 20k
Planning > Reserve schemes | 9k? | 8k?
<subtotal> | 61k~ | 67k~
==== a last row that is the whole
@trust
CIP by division £000
Division | YTD plan | YTD actual
Medicine | 400 | 380
Surgery | 300 | 310
Women | 100 | 90
Trust | 800 | 780
---- 2020/21-M05
# | plan.ytd | actual.ytd
<workstream Medicine> | 400k | 380k
<workstream Surgery> | 300k | 310k
<workstream Women> | 100k | 90k
<total> | 800k | 780k
==== the month's number and its name do not agree
@trust
CIP schemes to Month 5 (July 2020) £000
Scheme | YTD plan | YTD actual
Theatres | 400 | 380
Drugs | 300 | 340
---- 2020/21-M05
# | plan.ytd | actual.ytd
Theatres | 400k~ | 380k~
Drugs | 300k~ | 340k~
==== target and confidence
@council
Savings options 2020/21 £000
Option | Target saving | Confidence | Risk adjusted saving
Fleet | 120 | 75% | 90
Print | 64 | 50% | 32
Grants | 40 | 25% | 10
---- 2019/20-M06
# | target.year 2020/21 | confidence.year 2020/21 | achievable.year 2020/21
Fleet | 120k | 75 | 90k
Print | 64k | 50 | 32k
Grants | 40k | 25 | 10k
==== counts of schemes
@trust
CIP by theme £000
Theme | No. of schemes | YTD plan | YTD actual
Drugs | 12 | 500 | 480
Agency | 3 | 200 | 210
---- 2020/21-M05
# | count.year | plan.ytd | actual.ytd
<workstream Drugs> | 12 | 500k | 480k
<workstream Agency> | 3 | 200k | 210k
==== months that run up
@trust
CIP actual savings, cumulative by month (£k)
Scheme | Apr | May | Jun
Medicines | 10 | 25 | 45
Agency | 30 | 70 | 120
Total | 40 | 95 | 165
---- 2020/21-M05
# | actual.ytd 2020/21-M01 | actual.ytd 2020/21-M02 | actual.ytd 2020/21-M03
Medicines | 10k | 25k | 45k
Agency | 30k | 70k | 120k
<total> | 40k | 95k | 165k
==== months that make up what was achieved
Tarn Valley NHS Trust
Finance Committee
30 July 2020
CIP month 3 2020/21
CIP by month £000
Scheme | Apr | May | Jun | YTD actual | YTD plan
Beds | 10 | 20 | 5 | 35 | 40
Drugs | 5 | 5 | 6 | 16 | 20
Total | 15 | 25 | 11 | 51 | 60
---- 2020/21-M03
# | actual.month 2020/21-M01 | actual.month 2020/21-M02 | actual.month 2020/21-M03 | actual.ytd | plan.ytd
Beds | 10k | 20k | 5k | 35k | 40k
Drugs | 5k | 5k | 6k | 16k | 20k
<total> | 15k | 25k | 11k | 51k | 60k
==== forecasts as they were made month by month
@trust
CIP forecast £000
Scheme | Annual plan | Forecast in month 4 | Forecast in month 5
Beds | 700 | 650 | 600
Drugs | 300 | 280 | 310
---- 2020/21-M05
# | plan.year
Beds | 700k
Drugs | 300k
==== to date, of this year and the last
@trust
CIP compared with the prior year £000
Scheme | 2020/21 YTD | 2019/20 YTD
Beds | 500 | 400
Drugs | 380 | 450
---- 2020/21-M05
# | actual.ytd
Beds | 500k~
Drugs | 380k~
"""


@dataclass(frozen=True)
class Shape:
    name: str
    text: str
    truth: dict[_Key, str]


def shapes() -> Iterator[Shape]:
    for block in re.split(r"^==== ", SHAPES, flags=re.MULTILINE)[1:]:
        paper, period, truth = re.split(r"^----(.*)\n", block, flags=re.MULTILINE)
        name, _, text = paper.partition("\n")
        text = re.sub(r"^@(\w+)$", lambda found: COVERS[found[1]], text, flags=re.MULTILINE).replace("<page>", "\f")
        lines = (re.sub(r" ?\| ?", "\t", line) for line in text.splitlines(keepends=True))
        yield Shape(name, "".join(lines), dict(_truth(truth, period.strip())))


def _truth(text: str, period: str) -> Iterator[tuple[_Key, str]]:
    columns: list[str] = []
    for line in text.strip().splitlines():
        row, *cells = (cell.strip() for cell in line.split("|"))
        if row == "#":
            columns = cells
            continue
        for column, value in zip(columns, cells, strict=True):
            name, _, own = column.partition(" ")
            own = own or (period if re.search(r"\.(ytd|month)\b", name) else period[:7])
            if value:
                yield (row, name, own), value


def key_of(figure: Figure) -> _Key:
    group = figure.workstream or ""
    row = f"<{figure.role} {group}".rstrip() + ">"
    if figure.role == "scheme":
        row = f"{group} > {figure.scheme}" if group else str(figure.scheme)
    name = figure.names + ("" if figure.recurrence == "all" else f".{figure.recurrence}")
    return row, "/".join(filter(None, (name, figure.case, figure.version))), figure.period


def value_of(text: str) -> Decimal:
    digits = text.rstrip("~?")
    return Decimal(digits.removesuffix("k")) * (1000 if digits.endswith("k") else 1)


@pytest.mark.parametrize("shape", list(shapes()), ids=lambda shape: shape.name)
def test_a_shape_is_read_right_or_doubted(shape: Shape) -> None:
    # A decoy's figures may be read as accounts, counts or indicators: those are no scheme's.
    figures = [f for f in interpret(document(shape.text)).figures if f.subject in ("savings", "investment")]
    read = {(*key_of(figure), figure.value) for figure in figures}
    true = {(*key, value_of(value)) for key, value in shape.truth.items()}
    vouched = {(*key_of(figure), figure.value) for figure in figures if not figure.doubts}
    must_doubt = {(*key, value_of(value)) for key, value in shape.truth.items() if value.endswith("~")}
    must_vouch = {(*key, value_of(value)) for key, value in shape.truth.items() if value[-1] not in "~?"}
    assert vouched - true == set(), "wrong or unexpected, and no doubt"
    assert vouched & must_doubt == set(), "misprinted, and no doubt"
    assert true - read == set(), "left out"
    assert must_vouch - vouched == set(), "doubted for nothing"


def test_there_are_shapes_of_every_kind() -> None:
    names = [shape.name for shape in shapes()]
    assert len(names) == len(set(names)) >= 85


def test_a_table_keeps_the_codes_of_its_schemes() -> None:
    rows = "CIP-1\tTheatres\t30\n2\tDrugs\t10\nW2b\tBeds\t8\n\tTotal\t48"
    paper = interpret(document(f"{COVERS['trust']}\nRef\tScheme\tYTD plan £000\n{rows}"))
    assert list(paper.tables[0].codes.values()) == ["CIP-1", "W2b"]
