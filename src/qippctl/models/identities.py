"""What is answered about the names of schemes: which mean another, which may, and what a decision changes."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from qippctl.models.base import Model, PlainDecimal
from qippctl.models.decisions import LinkLevel

ProposalKind = Literal["rename", "merge", "overlap", "same"]
Change = Literal["linked", "unlinked", "told apart", "as before"]

LINK_COLUMNS = ("organisation", "level", "name", "to", "since", "share", "reason", "by")
"""The columns of a file of links. A share of 0: the two names are not one."""


class ProposalAnswer(Model):
    """Two names that may be one, for a person to confirm or refuse; nothing is linked by itself."""

    type: Literal["proposal"] = "proposal"
    organisation: str | None
    level: LinkLevel
    kind: Annotated[
        ProposalKind,
        Field(
            description="same: two spellings; rename: one became the other; merge: one is now part of the other; "
            "overlap: both may count one saving."
        ),
    ]
    name: Annotated[str, Field(description="The name that would give way.")]
    to: Annotated[str, Field(description="The name that would stand; the words of the label where no scheme is known.")]
    since: Annotated[str | None, Field(description="The period from which it would hold; null = always.")] = None
    score: Annotated[
        PlainDecimal | None, Field(description="Percent of the letters that are the same; null where words say it.")
    ] = None
    because: str
    alike: Annotated[
        int, Field(description="Amounts above nought that both names state, of the same quantity and period, alike.")
    ] = 0
    unlike: Annotated[
        int, Field(description="Amounts of the same quantity and period that they state differently.")
    ] = 0
    command: Annotated[
        str | None, Field(description="The line that confirms it; null where one of the names is no scheme's.")
    ] = None


class AliasAnswer(Model):
    """A name that means another, or (`share` 0) that does not, by whose decision."""

    type: Literal["alias"] = "alias"
    number: Annotated[int, Field(description="What `unlink` takes; 0 before it is kept.")]
    organisation: str | None
    level: LinkLevel
    name: str
    to: str
    since: Annotated[str | None, Field(description="The period from which it holds; null = always.")] = None
    share: Annotated[PlainDecimal, Field(description="Percent of the name that is the other; 0 = they are not one.")]
    by: str
    at: Annotated[str, Field(description="ISO date and time, UTC.")]
    reason: str
    undone_by: Annotated[int | None, Field(description="Number of the decision that undid it; null = it holds.")] = None


class AliasChange(AliasAnswer):
    """A decision about names, and what it changes."""

    type: Literal["alias-change"] = "alias-change"  # type: ignore[assignment]
    outcome: Change
    dry_run: Annotated[bool, Field(description="Whether it was only tried: nothing was kept.")] = False
    figures: Annotated[int, Field(description="Figures that go by another name, or another share of them, for it.")] = 0
    records: Annotated[int, Field(description="Ratings and records of other types that do.")] = 0
    periods: Annotated[tuple[str, ...], Field(description="The periods whose papers these figures are in.")] = ()
