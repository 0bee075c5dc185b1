"""Accepted findings: what commands answer about them, and the file that carries them to other ledgers and people."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import Field, field_validator

from qippctl.models.base import Model
from qippctl.models.decisions import Acceptance

AcceptanceState = Literal["holds", "other numbers", "not found", "not audited", "undone"]
ACCEPTANCE_STATES: dict[AcceptanceState, str] = {
    "holds": "the finding is there as it was accepted",
    "other numbers": "the finding is there with other numbers: look at it again",
    "not found": "the last audit of the paper did not have the finding",
    "not audited": "no audit of this ledger looked at the paper yet",
    "undone": "it was taken back",
}


class AcceptanceAnswer(Acceptance):
    """An accepted finding, and whether that still holds."""

    state: AcceptanceState


class AcceptedEntry(Model):
    """One accepted finding in a file."""

    finding: Annotated[
        str, Field(min_length=1, description="The finding's id, as `qippctl audit --format json` has it.")
    ]
    code: Annotated[str, Field(description="The rule that found it.")] = ""
    paper: Annotated[str, Field(description="File name of the paper, for people.")] = ""
    sha256: str | None = None
    organisation: str | None = None
    message: Annotated[str, Field(description="What it said when it was accepted, for people.")] = ""
    printed: Annotated[
        str | None, Field(description="What the paper printed; left out where the finding has none.")
    ] = None
    recomputed: Annotated[str | None, Field(description="What it should have been; left out where there is none.")] = (
        None
    )
    reason: Annotated[str, Field(min_length=1, description="Why it was accepted.")]
    by: Annotated[str, Field(min_length=1, description="Who accepted it.")]
    at: Annotated[str, Field(description="ISO date, or date and time in UTC; left out where nobody knows.")] = ""

    @field_validator("at", mode="before")
    @classmethod
    def _is_a_time(cls, value: Any) -> Any:
        if isinstance(value, date):  # TOML has dates of its own
            return value.isoformat()
        if isinstance(value, str) and value:
            try:
                datetime.fromisoformat(value)
            except ValueError:
                raise ValueError("not a date such as 2015-05-12, or a date and time") from None
        return value


class AcceptedFile(Model):
    """Accepted findings as a file that can be committed and shared: each a table `[[accepted]]`."""

    accepted: tuple[AcceptedEntry, ...] = ()
