"""The tables of the two Orrin Valley trusts' programme office."""

from __future__ import annotations

SHEET_HEADS = """
Scheme | Financial RAG | YTD performance | < | Milestone RAG | Issue | Mitigation | Annual target | < | <
^ | ^ | Forecast | Actual | ^ | ^ | ^ | 11/12 | Forecast 11/12 | 12/13
"""
PLANNED = """
EOV (PC1a) Referral review in practices | Green | £0.2m | £0.2m | Green | • Three of the four practice groups look at \
each \
other's letters; the fourth has not begun. | • Groups that have begun will host the fourth in September. | £1.1m | \
£1.1m |
WOV (PC1a) Referral review in practices | Red | £0.3m | £0.05m | Amber | • Two of five gateway staff left in May and \
letters waited a fortnight to be read. | • Temporary staff until October.¶• Practices told which letters may go \
direct. \
| £1.4m | £1.2m |
WOV (PC1b) (i) Day cases moved to treatment rooms | Amber | £0.15m | £0.13m | Amber | • The hospital agrees with the \
list \
but not with the price. | • Price put to the regional panel on 19 July. | £0.9m | £0.8m | £0.3m
EOV (PC1b) (ii) Minor skin surgery in practices | | - | - | Green | • n/a | • Begins in October. | £0.1m | £0.1m | £0.2m
EOV (PC1c) Knee and hip pathway (TA: 91) | Green | £0.08m | £0.08m | Green | • n/a | • Physiotherapists see patients \
first; patients like it. | £0.35m | £0.35m |
WOV (PC1c) Knee and hip pathway (TA: 91) | | £0.1m | - | Amber | • Data for May and June have not come. | • Data \
promised \
for 22 July. | £0.5m | £0.5m |
EOV (PC1d) (i) Fewer follow-up visits | Green | £0.2m | £0.23m | Green | • Heart and diabetes clinics have met the \
new ratio; eye clinics ask for another year. | • Eye clinics to bring their list of patients who need more visits. | \
£0.8m | £0.85m | £0.2m
WOV (PC1d) (i) Fewer follow-up visits | Amber | £0.6m | £0.51m | Amber | • The ratio is met in seven specialties of \
twelve. | • Letters to practices say what to look for, so that patients can stay with them. | £2.6m | £2.2m | £0.5m
WOV (PC1d) (ii) Referrals between consultants | Amber | £0.03m | £0.027m | Amber | • The hospital wants exceptions \
for cancer and for people already in bed. | • Both exceptions granted; the protocol starts again on 1 August. | £0.4m \
| £0.38m |
EOV (PC1e) Prostate checks in practices | | - | - | Green | • Nurses are trained in nine practices of fourteen. | • \
The other five send their patients next door. | £0.05m | £0.05m | £0.05m
WOV (PC1e) Prostate checks in practices | | £0m | - | Red | • Practices do not wish to take part. | • The east's \
nurses will speak at the July meeting. | - | - |
EOV (PC1f) Skin clinics outside hospital | | - | - | Red | • East and west have written different specifications. | • \
To be taken to the Joint Executive if not agreed by 15th July. | £0.2m | £0.1m | £0.2m
WOV (PC1f) Skin clinics outside hospital | | - | - | Red | • As for the east. | • As for the east. | £0.3m | £0.15m | \
£0.3m
EOV (PC2a) Pathology prices | | | | Red | • Tender stopped: one bidder only. | • New tender with three neighbours. | \
TBC \
| TBC | £0.6m
WOV (PC2a) Pathology prices | | | | Red | • As for the east. | • As for the east. | TBC | TBC | £0.8m
WOV (PC2b) Direct access to scans | Green | £0.05m | £0.06m | Green | • n/a | • Third scanner day added. | £0.25m | \
£0.28m |
EOV (PC3a) Limits on low value procedures (TA: 200, 204) | Amber | £0.2m | £0.17m | Amber | • Eleven requests went \
through \
without a form. | • Surgeons reminded; payment refused from August. | £0.9m | £0.8m |
WOV (PC3a) Limits on low value procedures (TA: 200, 204) | Green | £0.4m | £0.41m | Green | • n/a | • All steps taken. \
| £1.6m | £1.6m |
EOV (PC3d) Hearing tests on the high street
WOV (PC3d) Hearing tests on the high street | | £0m | - | Green | • Specification agreed. | • Contract from 1 \
September. \
| £0.06m | £0.06m | £0.1m
"""
PRIMARY = """
EOV (PC4a) Rent and rates reviewed | Green | £0.03m | £0.03m | Green | • n/a | • Two surgeries appeal. | £0.1m | £0.1m |
WOV (PC4a) Rent and rates reviewed | Red | £0.05m | £0m | Green | • The valuer fell ill. | • Second valuer instructed. \
| £0.2m | £0.15m |
EOV (PC5a) Costly medicines checked against guidance | Green | £0.12m | £0.14m | Green | • n/a | • Pharmacist post \
made \
permanent. | £0.6m | £0.62m |
WOV (PC5a) Costly medicines checked against guidance | Amber | £0.25m | £0.21m | Amber | • Invoices for April came \
without \
patient numbers. | • Trust asked to send them again. | £1.1m | £1m |
EOV (PC5c) Medicines of people in care homes (TA: 151) | Green | - | £0.02m | Green | • Reviews began a month early. \
| • Keep the pace. | £0.15m | £0.15m |
WOV (PC5c) Medicines of people in care homes (TA: 151) | | £0.02m | - | Green | • Returns are late because the \
reviewer \
spends her time reviewing. | • An assistant will fill in the form. | £0.2m | £0.2m |
"""
UNPLANNED = """
EOV (UPC1a) Crisis team at home (TA: 236, 240 & 242)
WOV (UPC1a) Crisis team at home (TA: 236, 240 & 242) | Red | £0.3m | £0.1m | Red | • Nurses could not be recruited. \
| • Social work staff cover evenings.¶• Second advertisement on 11 July. | £1.3m | £0.9m | £1.3m
EOV (UPC1b) Fewer admissions from care homes (TA: 136) | Amber | £0.1m | £0.09m | Amber | • Four homes have no named \
doctor. | • Practices draw lots in July. | £0.45m | £0.45m |
WOV (UPC1b) Fewer admissions from care homes (TA: 136) | Green | £0.15m | £0.16m | Green | • n/a | • Visits go on. | \
£0.7m \
| £0.7m |
EOV (UPC3c) People who attend often (TA: 83) | | - | - | Green | • List of 200 people agreed. | • First calls in \
August. \
| £0.2m | £0.2m |
WOV (UPC3c) People who attend often (TA: 83) | Green | £0.2m | £0.22m | Green | • n/a | • Third of the list has a \
plan. \
| £1m | £1.05m |
"""
DASHBOARD = """
# | Priority programme | Performance criteria | RAG | Position status | Exceptions | Corrective / mitigating action | \
SRC | SRO
1 | Planned Care | Action plan milestones | A | ↓ | Pathology tender stopped; two steps are late. | New tender with \
three \
neighbours; papers out on 5 August. | Dr N. Achebe | K. Rowntree
^ | ^ | Finance | R | ↓ | Referral review in the west is £0.25m behind. | Temporary staff until October. | ^ | ^
^ | ^ | Impact on metrics | G | ↔ | None. | None needed. | ^ | ^
2 | Primary Care | Action plan milestones | G | ↔ | None. | None needed. | Dr P. Sole | M. Idris
^ | ^ | Finance | A | ↑ | Medicines in the west are £0.04m behind. | Invoices to be sent again. | ^ | ^
^ | ^ | Impact on metrics | G | ↔ | None. | None needed. | ^ | ^
3 | Unplanned Care | Action plan milestones | R | ↓ | Crisis team has half of its nurses. | Second advertisement; \
evenings \
covered by social work. | Dr L. Winter | A. Haddow
^ | ^ | Finance | R | ↓ | Crisis team is £0.2m behind. | Recovery plan to the board in common. | ^ | ^
^ | ^ | Impact on metrics | A | ↔ | Admissions from care homes are level with last year. | Named doctor for each home. \
| ^ | ^
4 | Mental Health | Action plan milestones | G | ↑ | All steps taken. | None needed. | Dr E. Quist | M. Idris
^ | ^ | Finance | G | ↑ | £0.1m ahead. | None needed. | ^ | ^
^ | ^ | Impact on metrics | G | ↑ | Waits for talking therapy fell to five weeks. | Keep the extra evening. | ^ | ^
"""
ROLLING = """
No | Programme | Action plan milestones RAG 2011/12 | < | < | Savings RAG
^ | ^ | Apr | May | Jun | Jun
1 | Planned Care | G | A | A | R
2 | Primary Care | G | G | G | A
3 | Unplanned Care | A | R | R | R
4 | Mental Health | A | G | G | G
5 | Patient Voice | G | G | G | N/A
"""
GUIDELINES = """
Dimension | RAG status | Guidelines
Action plan milestones | GREEN | All steps of the action plan are on time
^ | AMBER | Some steps are late, by no more than 30 days
^ | RED | Steps are late by more than 30 days
Finance | GREEN | Savings are at or above the plan
^ | AMBER | Savings are below the plan by up to 10%
^ | RED | Savings are below the plan by more than 10%
Impact on metrics | GREEN | The main measure is on its line
^ | AMBER | The main measure is likely to miss its line by up to 10%
^ | RED | The main measure is likely to miss its line by more than 10%
"""
POSITIONS = """
Position status | Meaning
↑ | Improving since last month
↔ | Maintained
↓ | Worsening since last month
"""
GLOSSARY = """
Abbreviation | Meaning | Abbreviation | Meaning
EOV | East Orrin Valley | SRC | Senior responsible clinician
PCT | Primary care trust | SRO | Senior responsible officer
PMO | Programme management office | TA | Turnaround action, the number in the old tracker
RAG | Red, amber, green | WOV | West Orrin Valley
"""
INDICATORS = """
Programme | Indicator level | Indicator | Baseline period | Baseline | Target | YTD | Month | Comments | Frequency
Planned Care | National Indicators | Patients treated within 18 weeks | 2010/11 | 91.2% | 90% | 90.6% | Jun-11 | \
Holds, \
though hips wait longer. | Monthly
^ | Local Indicators | Letters reviewed by a second doctor | 2010/11 | 1,140 | 2,400 a quarter | 1,985 | Jun-11 | \
West began \
late. | Quarterly
Unplanned Care | National Indicators | Emergency admissions for conditions treatable at home, per 100,000 | 2009/10 \
atlas¶\
2010/11 local | 641.0¶655.5 | 625.0 (2.5% lower)¶below 650.0 | 662.3 | May-11 | Two warm months hide a bad April. | \
Monthly, \
two months in arrears
^ | Local Indicators | Care homes with a named doctor | Mar-11 | 38 | 52 | 44 | Jun-11 | Eight to go. | Monthly
Mental Health | National Indicators | People who began talking therapy | 2010/11 | 5,212 | 6,000 | 1,604 | Jun-11 | \
Ahead of \
a quarter of the target. | Monthly
"""
BOOKINGS = """
Referrals at the gateway | Feb-11 | Mar-11 | Apr-11 | May-11 | Jun-11 | Total
As first counted, at the end of each month
Referrals received | 1,612 | 1,874 | 1,705 | 1,980 | 2,043 | 9,214
Urgent booked within five days | 388 | 421 | 402 | 455 | 460 | 2,126
Left to book | 1,224 | 1,453 | 1,303 | 1,525 | 1,583 | 7,088
Not booked | 1,051 | 1,260 | 1,118 | 1,340 | 1,402 | 6,171
Cancelled or returned | 173 | 193 | 185 | 185 | 181 | 917
As at 8 July 2011
Referrals received | 1,612 | 1,874 | 1,705 | 1,980 | 2,043 | 9,214
Urgent and routine booked | 1,590 | 1,702 | 1,204 | 812 | 497 | 5,805
Left to book | 22 | 172 | 501 | 1,168 | 1,546 | 3,409
Not booked | 0 | 131 | 433 | 1,071 | 1,498 | 3,133
Cancelled or returned | 22 | 41 | 68 | 97 | 48 | 276
Cancelled or returned, % of received | 1% | 2% | 4% | 5% | 2% | 3%
"""
