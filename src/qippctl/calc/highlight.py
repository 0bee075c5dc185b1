"""Which records are of one scheme, who answers for it, and what papers say of its money in words.

A record belongs to a scheme by its row, its name (old names that were linked, too) or, within one year, by a code that no
other scheme of the year has. A name that several workstreams have counts in its own alone. Registers of risks name no
scheme: there, and in what is said of a programme, a name or code among the words is a hint, and is marked as one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import get_args

from qippctl.calc.identity import Standing, standing_name
from qippctl.calc.positions import normal_code, normal_name
from qippctl.models.decisions import LinkLevel
from qippctl.models.highlights import FoundBy, Mention, Owner, Particular, ParticularName, Place
from qippctl.models.records import Alignment, Claim, Milestone, Position, Project, Record, Risk, Status

# Shorter names, such as Other, stand in too many sentences.
SHORTEST_IN_WORDS = 6
PARTICULARS: tuple[ParticularName, ...] = get_args(ParticularName)


@dataclass(frozen=True, slots=True)
class Sought:
    """A scheme, or a workstream, as records may name it. Names are made normal; `codes` have their year."""

    level: LinkLevel
    names: frozenset[str]
    workstreams: frozenset[str] = frozenset()
    codes: frozenset[tuple[str, str]] = frozenset()
    rows: frozenset[tuple[str, str, int]] = frozenset()
    figures: frozenset[str] = frozenset()
    standing: Standing | None = None
    is_alone: bool = True

    def found_by(self, record: Record, year: str | None) -> FoundBy | None:
        """How a record of a paper of a year is known to be of it; None where it is not."""
        if isinstance(record, Status | Milestone):
            workstream = record.workstream if isinstance(record, Status) else None
            return self._named(record, record.scheme, workstream, getattr(record, "code", None), year)
        if isinstance(record, Project):
            return self._named(record, record.scheme, record.group, None, year)
        if isinstance(record, Alignment):
            return self._named(record, record.project, record.group, None, year) if record.standard else None
        if isinstance(record, Position):
            if self._is_workstream(record.workstream):
                return "name" if self.level == "workstream" else "programme"
            return "words" if self.is_in(year, record.exception, record.action) else None
        if isinstance(record, Risk):
            return "words" if self.is_in(year, record.description, record.actions) else None
        if isinstance(record, Claim):
            return "figures" if self.figures.intersection(record.tied_to) else None
        return None

    def _named(
        self, record: Record, scheme: str | None, workstream: str | None, code: str | None, year: str | None
    ) -> FoundBy | None:
        if self.level == "workstream":
            return "name" if scheme is None and self._is_workstream(workstream) else None
        if record.table and record.row is not None and (record.sha256, record.table, record.row) in self.rows:
            return "name"
        if self.is_called(scheme) and (self.is_alone or self._is_workstream(workstream)):
            return "name"
        # A code that stands beside the name of another scheme is that scheme's.
        return "code" if not scheme and self.is_coded(code, year) else None

    def is_called(self, name: str | None) -> bool:
        """Whether a name, or what stands for it, is its own."""
        return bool(name) and normal_name(standing_name(self.standing or {}, self.level, name)) in self.names

    def is_coded(self, code: str | None, year: str | None) -> bool:
        return code is not None and (year or "", normal_code(code)) in self.codes

    def _is_workstream(self, name: str | None) -> bool:
        return bool(name) and normal_name(standing_name(self.standing or {}, "workstream", name)) in self.workstreams

    def is_in(self, year: str | None, *texts: str | None) -> bool:
        """Whether a text has its name or its code of that year as whole words."""
        said = " ".join(filter(None, texts))
        words = f" {normal_name(said)} "
        if self.is_alone and any(len(n) >= SHORTEST_IN_WORDS and f" {n} " in words for n in self.names):
            return True
        bare = normal_code(said)
        codes = [c for at, c in self.codes if at == (year or "") and any(x.isdigit() for x in c) and c in bare]
        return any(_stands(code, said) for code in codes)


def _stands(code: str, text: str) -> bool:
    """Whether a code stands in a text by itself: AB1 is neither in AB12 nor in AB1a."""
    spaced = r"\s*".join(re.escape(c) for c in code)
    return re.search(rf"(?<![a-z0-9]){spaced}(?![a-z0-9])", text.casefold()) is not None


def owners(mentions: Sequence[Mention], leads: Iterable[tuple[dict[str, str], Place]]) -> list[Owner]:
    """Who answers for it, the newest paper first: by its own records, else its programme's, else who leads its papers."""
    own: list[Owner] = []
    programme: list[Owner] = []
    for mention in mentions:
        record = mention.record
        if mention.found_by == "words":
            continue
        if isinstance(record, Status | Position):
            level, roles = own, record.owners
            if isinstance(record, Position) and mention.found_by == "programme":
                level = programme
        elif isinstance(record, Project) and record.lead:
            level, roles = own, {"lead": record.lead}
        else:
            continue
        named = "workstream" if level is programme else "scheme"
        level += [Owner(role=r, name=n, level=named, where=mention.where) for r, n in roles.items()]
    found = own or programme
    if not found:
        found = [Owner(role=r, name=n, level="paper", where=where) for roles, where in leads for r, n in roles.items()]
    once: dict[tuple[str, str], Owner] = {}
    for owner in found:
        once.setdefault((owner.role.casefold(), normal_name(owner.name)), owner)
    return list(once.values())


def particulars(statuses: Iterable[Mention]) -> list[Particular]:
    """What papers say of its money in words, each thing once, in the order of the statuses."""
    once: dict[tuple[str, str], Particular] = {}
    for mention in statuses:
        for name in PARTICULARS:
            text = getattr(mention.record, name, None)
            if text:
                once.setdefault((name, normal_name(text)), Particular(name=name, text=text, where=mention.where))
    return sorted(once.values(), key=lambda p: PARTICULARS.index(p.name))
