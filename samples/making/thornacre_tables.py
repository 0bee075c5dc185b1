"""The tables of Thornacre Primary Care Trust's strategic plan."""

from __future__ import annotations

INTERVENTIONS = """
Intervention | Priority assessment | Summary | Delivers on priorities | Investment in 07-8 £'000s
Access and eighteen weeks
Hospital lists for eighteen weeks | 50% | More operations, so that nobody listed waits longer than eleven weeks. \
| Access¶Health improvement | £2,250
Scans and tests near home | 50% | Practices order tests themselves and a clinic of nurses and doctors reads them. \
| Access¶Productivity | £3,020
Health check before referral | 60% | Blood pressure, weight and smoking are seen to before a letter is written. \
| Productivity | £540
Health improvement
Chlamydia tests | 30-35% | Late entry to the region's screening programme. | Health improvement | £180
Alcohol advice | 65% | A short talk in the wards and practices where drink does most harm. | Health \
improvement¶Inequalities \
| £145
Weight clinics | 58% | Assessment by a specialist, then a trainer from the same street. | Health improvement | £393
Mental health
Crisis team at home | 79% | Six more people in the team. | Mental health | £330
Link workers in practices | 58% | A worker for each locality. | Mental health | £102
Surgery for people without a home | 56% | A doctor at the two hostels, twice a week. | Mental health¶Productivity | £20
Older people and long term conditions
Rehabilitation at home | 62% | Teams that take over when the wards at Alder Lodge close. | Long term conditions | £350
Telephone support, pilot | 62% | Nurses call people of five practices who have a long illness. | Long term conditions \
| £70
Continuing care | 60% | New rules bring more people into care that the trust pays for. | Long term conditions | £1,000
Specialist services
Cancer, kidney and heart care | Not scored: agreed by the region | Shares of business cases of four trusts. | Access \
| £2,740
Total | | | | £11,140
"""
EXCLUDED = """
Scheme details | Priority score | Investment
^ | No | £'000
Contraception outreach | 276.4 | 148.00
Drips given at home | 276.3 | 82.00
Review of the dressings store | 265.1 | 25.00
Screening pathway in pregnancy | 262.2 | 135.00
Children's therapies | 259.7 | 152.00
Health of children in care | 247.1 | 20.00
School nurses | 230.1 | 76.00
Bereavement support | 194.7 | 59.00
Total | | 697.00
"""
PRODUCTIVITY = """
Efficiency plan | Investment? | Upper range | Realistic | Activity at the upper range | < | < | <
^ | ^ | £'000 | £'000 | Elective spells | Emergency spells | Outpatient attendances | A&E attendances
Right place of care
Clinics in the community | ✓ | 4,300 | 1,250 | | | 45,800 |
Rules for admission | x | 500 | 500 | | 900 | |
Long term conditions | ✓ | 1,900 | 950 | | 1,290 | |
Alcohol nurse | ✓ | 280 | 140 | | | | 3,800
Clots treated in practices | ✓ | 160 | 80 | 138 | | |
Treatments that work
Procedures of low value | x | 1,500 | 750 | 1,500 | | |
Statins | x | 2,300 | 1,150 | | | |
Value for money
Wards for older people | | 2,000 | - | | | |
Joint commissioning | x | 3,712 | 1,856 | | | |
Total | | 16,652 | 6,676 | 1,638 | 2,190 | 45,800 | 3,800
"""
CONTRACTS = """
Provider | Baseline contract value including inflation £000 | Investment £000 | Disinvestment £000
Thornacre NHS Foundation Trust | 115,573 | 3,212 | (2,237)
Thornacre PCT provider services | 25,202 | 1,069 | (847)
Wendlebrook NHS Trust | 20,284 | 515 | 0
Great Marling NHS Foundation Trust | 16,655 | 535 | (813)
Marling Central NHS Trust | 11,505 | 122 | 0
Others | 3,752 | 435 | 0
Total | 192,971 | 5,888 | (3,897)
"""
COSTS_HEADS = """
Operating cost statement | Recurrent budget | Non recurrent budget | Total in-year budget | Memorandum: total in-year \
budget | <
^ | 2007/08 £ | 2007/08 £ | 2007/08 £ | 2008/09 £ | 2009/10 £
"""
# Recurrent and non recurrent in 2007/08, totals of the two years after.
BASELINE = """
NHS providers | 224597622 | 0 | 230619034 | 234949393
Other providers | 14901434 | 0 | 16550371 | 18214100
Prescribing | 50157000 | 0 | 53521130 | 56360118
Practice contracts | 28619378 | 0 | 31093770 | 31871114
Pharmacy, dental and other primary care | 7116341 | 0 | 15021250 | 16306781
Services of our own | 22803843 | 0 | 23715939 | 24368838
Headquarters | 6547338 | 0 | 7317021 | 8499977
Reserves carried forward | 3644044 | 5957000 | 5407485 | 5506679
"""
CHANGES = """
Inflation reserve | 12877000 | 0 | 12263000 | 12770000
Investments | 17207000 | -1757600 | 6240000 | 3595000
Planned savings | -6676000 | 0 | -5856000 | -1500000
"""
INFLATION = """
Inflation rates | 06/07 | 07/08 | 08/09 | 09/10
Growth on the opening allocation | 8.16% | 8.43% | 4.50% | 4.50%
Growth on other recurrent allocations | 2.50% | 2.50% | 2.50% | 2.50%
National tariff | 4.00% | 2.50% | 2.50% | 2.50%
Specialist commissioning | 3.70% | 2.50% | 2.50% | 2.50%
Mental health | 4.00% | 3.50% | 3.50% | 3.50%
Prescribing | 9.00% | 9.00% | 9.00% | 9.00%
Practice contracts | 4.00% | 4.00% | 2.50% | 2.50%
Strategic reserve | 0.00% | 1.50% | 0.00% | 0.00%
"""
CAPITAL = """
Capital programme | Budget 2007-08 £'000
Source of funds
Allocations | 422
Sale of assets | 414
TOTAL SOURCE OF FUNDS | 836
Application of funds
Equipment and computers | 163
Buildings | 673
TOTAL APPLICATION OF FUNDS | 836
Uncommitted / (overcommitted) | 0
"""
BALANCE = """
Forecast balance sheet 2007-08 | Balance at 1.4.07 £000s | Balance at 31.3.08 £000s | Movement £000s \
| Balance at 31.3.09 £000s | Balance at 31.3.10 £000s
FIXED ASSETS
Total fixed assets | 24,045 | 24,369 | 324 | 24,688 | 25,125
CURRENT ASSETS
Stocks | 86 | 86 | 0 | 86 | 86
Total debtors | 4,117 | 4,017 | (100) | 3,950 | 3,950
Cash at bank and in hand | 21 | 21 | 0 | 15 | 15
TOTAL CURRENT ASSETS | 4,224 | 4,124 | (100) | 4,051 | 4,051
CREDITORS
Due within one year | (22,984) | (23,339) | (355) | (23,300) | (24,000)
NET CURRENT ASSETS / (LIABILITIES) | (18,760) | (19,215) | (455) | (19,249) | (19,949)
TOTAL ASSETS LESS CURRENT LIABILITIES | 5,285 | 5,154 | (131) | 5,439 | 5,176
Provisions for liabilities and charges | (1,847) | (1,496) | 351 | (1,600) | (1,750)
Total assets employed | 3,438 | 3,658 | 220 | 3,839 | 3,426
TAXPAYERS' EQUITY
General fund | (7,208) | (8,498) | (1,290) | (9,882) | (11,904)
Revaluation reserve | 10,646 | 12,156 | 1,510 | 13,721 | 15,330
Total | 3,438 | 3,658 | 220 | 3,839 | 3,426
"""
FUNDS = """
Source and application of funds | 2007/08 | < | < | 2008/09 | < | < | 2009/10 | < | <
^ | Rec £'000s | Non rec £'000s | Total £'000s | Rec £'000s | Non rec £'000s | Total £'000s | Rec £'000s \
| Non rec £'000s | Total £'000s
(i) Source of funds
Funding available, with growth | 379,537 | 6,242 | 385,779 | 396,592 | 4,655 | 401,247 | 414,431 | 6,819 | 421,250
Planned efficiency programme | 6,676 | 0 | 6,676 | 5,856 | 0 | 5,856 | 1,500 | 0 | 1,500
TOTAL SOURCE OF FUNDS | 386,213 | 6,242 | 392,455 | 402,448 | 4,655 | 407,103 | 415,931 | 6,819 | 422,750
(ii) Application of funds
Baseline budgets | 358,387 | 5,957 | 364,344 | 381,581 | 1,665 | 383,246 | 394,412 | 1,665 | 396,077
Inflation on baseline budgets | 12,877 | 0 | 12,877 | 12,263 | 0 | 12,263 | 12,770 | 0 | 12,770
New investments | 17,207 | (1,758) | 15,449 | 6,425 | (185) | 6,240 | 2,995 | 600 | 3,595
TOTAL APPLICATION OF FUNDS | 388,471 | 4,199 | 392,670 | 400,269 | 1,480 | 401,749 | 410,177 | 2,265 | 412,442
Surplus / (deficit) | (2,258) | 2,043 | (215) | 2,179 | 3,175 | 5,354 | 5,754 | 4,554 | 10,308
"""
SCENARIOS = """
Scenario | Risk | Benefit
Only half of the savings come | £3.3m (low) |
Eighteen weeks costs more than we think | £1m (high) |
More people qualify for continuing care | £2m (medium) |
Our own services miss their savings | £1m (low) |
Pay rises are smaller than assumed | | £2m (medium)
Prescribing grows by less than nine in a hundred | | £1m (high)
Investments begin later than planned | | £2m (medium)
"""
PROGRAMMES = """
Code | Programme budget | Net spend per 100,000 population 2005/06 £ | SMR 2002/04
10 | Circulation | 16,053,514 | 103.9
5 | Mental health | 13,662,350 |
2 | Cancers and tumours | 9,856,306 | 99.2
13 | Stomach and gut | 8,915,918 | 100.8
11 | Breathing | 7,635,272 | 93.1
17 | Kidneys and urinary tract | 7,445,325 |
15 | Muscles and bones | 7,057,579 |
12 | Teeth | 5,073,231 |
 | Total | 75,699,495 |
"""
OUTCOMES = """
Priority | Benefits by 2010 | Outputs by March 2008
Health improvement | Men live 78.6 years on average and women 82.5 | 3,600 people stop smoking; 65% of adults weighed \
at their practice
Inequalities | The gap in deaths from heart disease closes by 40% | 940 people in the poorest wards stop smoking
Access | Everyone is treated within 18 weeks of referral | No scan waits longer than six weeks
Older people | 10% of people over 65 are helped to stay at home | 22 community matrons in post
"""
ESTATES = """
Site | 2007-8 | 2008-9 | 2009-10
Alder Lodge | Wards close; drains and legal work before the sale | Site sold | Proceeds paid out as grants
Heron Green surgery | Built with a partner | Open | -
Old Library | Lease signed | Youth clinic moves in | Open
Milldown health centre | Repairs from our own capital | Designs for a new building | New building begun
"""
