"""The board's paper as a document: `paper` lays its sections out, `questions` says what is open, `house` fills templates.

`money` has the sections about money, `registers` those about milestones, risks, indicators and the audit, `closing` what is
open and where it all comes from; `cells` what their tables share.
"""

from qippctl.reports.board.closing import Question, questions
from qippctl.reports.board.paper import Pictures, paper

__all__ = ["Pictures", "Question", "paper", "questions"]
