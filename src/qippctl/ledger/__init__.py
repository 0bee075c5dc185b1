"""The ledger keeps what papers say: papers by content, each reading of them, their figures and ratings.

Append-only: a paper read anew gets a further reading, and the newest counts. `open_ledger(url)` is the way in.
Imports `errors`, `period`, `models` and SQLAlchemy.
"""

from qippctl.ledger.audits import Audited, LastFound
from qippctl.ledger.facts import Added, Fact, LedgerPaper, RatingFact, RecordFact
from qippctl.ledger.opening import default_url, empty_ledger, open_ledger
from qippctl.ledger.repository import Ledger

__all__ = [
    "Added",
    "Audited",
    "Fact",
    "LastFound",
    "Ledger",
    "LedgerPaper",
    "RatingFact",
    "RecordFact",
    "default_url",
    "empty_ledger",
    "open_ledger",
]
