"""Names that may be one, proposed for a person to confirm or refuse. What is decided already is not proposed again.

Four things speak for a pair, the plainest first: a paper's own words (`was X`, `included in X`), a code that another paper of
the year prints beside another name, a scheme gone and one come with the same plan, and the look of the names. Two rows
of one table are two, unless words or equal figures say otherwise.
"""

from __future__ import annotations

import shlex
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from qippctl.calc.identity import pairs, standing, standing_name
from qippctl.calc.likeness import CUT_OFF, Likeness, alike, compare, score
from qippctl.calc.naming import (
    Coded,
    Name,
    Names,
    Stands,
    Tables,
    by_code,
    codes_by_year,
    codes_of,
    in_common,
    names_of,
)
from qippctl.calc.position import Position
from qippctl.calc.positions import normal_name
from qippctl.calc.wording import Mention, mentions
from qippctl.models.decisions import Distinct, Link, LinkLevel
from qippctl.models.figure import Figure, Rating
from qippctl.models.identities import ProposalAnswer, ProposalKind
from qippctl.models.records import Record, Status

MUCH_ALIKE = 80
"""Percent of letters from which a scheme that holds another's words is proposed though no figure speaks for it."""
SOMEWHAT_ALIKE = 60
"""The same where equal figures do."""
FEWEST_LETTERS = 10
_ALWAYS = "9999"
_KINDS: tuple[ProposalKind, ...] = ("rename", "merge", "overlap", "same")


@dataclass(frozen=True, slots=True)
class Material:
    """What one organisation's papers say, for proposals. `years` has each paper's year, by hash."""

    organisation: str
    figures: Sequence[Figure]
    ratings: Sequence[Rating]
    records: Sequence[Record]
    tables: Tables
    years: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Found:
    """A pair of names and what speaks for it. `to_name` is None where the words name no scheme that is known."""

    level: LinkLevel
    kind: ProposalKind
    name: str
    to: str
    name_known: Name | None
    to_known: Name | None
    because: str
    score: Decimal | None = None
    since: str | None = None

    @property
    def pair(self) -> tuple[LinkLevel, frozenset[str]]:
        return self.level, frozenset((normal_name(self.name), normal_name(self.to)))


def proposals(
    material: Material,
    by_period: Sequence[tuple[str, Sequence[Position]]],
    links: Sequence[Link],
    refused: Iterable[Link | Distinct],
) -> list[ProposalAnswer]:
    """What may be one of an organisation's names. `by_period` has its subjects, oldest first; `refused` what a person denied."""
    names = names_of(
        material.figures, material.ratings, material.records, material.tables, standing(links, reported="")
    )
    coded = codes_of(material.records, material.tables, material.years)
    found = [
        *_by_words(material, names, coded),
        *_by_codes(coded, names),
        *_by_turn(by_period, links, names),
        *_by_look(names, "scheme"),
        *_by_look(names, "workstream"),
    ]
    decided = _Decided.of(links, refused)
    out: dict[tuple[LinkLevel, frozenset[str]], ProposalAnswer] = {}
    for one in found:
        if one.pair not in out and not decided.covers(one):
            out[one.pair] = _answer(one, material.organisation)
    return sorted(out.values(), key=_order)


def _order(answer: ProposalAnswer) -> tuple[object, ...]:
    return (_KINDS.index(answer.kind), answer.level, -(answer.score or 0), -answer.alike, answer.name, answer.to)


@dataclass(frozen=True, slots=True)
class _Decided:
    """What people have said already: the names that stand, and pairs that are linked or told apart."""

    names: Mapping[tuple[str, str], str]
    known: frozenset[tuple[str, frozenset[str]]]

    @classmethod
    def of(cls, links: Sequence[Link], refused: Iterable[Link | Distinct]) -> _Decided:
        said = (*links, *refused)
        ends = ((d.level, frozenset((normal_name(d.name), normal_name(d.to)))) for d in said)
        return cls(standing(links, _ALWAYS), frozenset(ends))

    def covers(self, one: _Found) -> bool:
        stand = {normal_name(standing_name(self.names, one.level, text)) for text in (one.name, one.to)}
        return len(stand) == 1 or one.pair in self.known


def _answer(one: _Found, organisation: str) -> ProposalAnswer:
    stands = in_common(one.name_known, one.to_known) if one.name_known and one.to_known else Stands()
    command = None
    if one.name_known is not None and one.to_known is not None:
        terms = ["--organisation", organisation, "--level", one.level]
        terms += ["--since", one.since] if one.since else []
        terms += ["--reason", one.because]
        # A name that begins like an option stands after all options.
        named = [one.name, one.to]
        words = [*terms, "--", *named] if any(text.startswith("-") for text in named) else [*named, *terms]
        command = shlex.join(["qippctl", "schemes", "link", *words])
    return ProposalAnswer(
        organisation=organisation or None,
        level=one.level,
        kind=one.kind,
        name=one.name,
        to=one.to,
        since=one.since,
        score=one.score,
        because=one.because,
        alike=stands.alike,
        unlike=stands.unlike,
        command=command,
    )


def _strength(name: Name) -> tuple[str, int, int, tuple[int, ...]]:
    """What decides which of two names stands: the newest papers, most money, most rows, then the first by letter."""
    return name.newest, len(name.amounts), len(name.rows), tuple(-ord(c) for c in name.key)


# What the papers' words say


def _by_words(material: Material, names: Names, coded: Sequence[Coded]) -> Iterator[_Found]:
    labels = [own for (level, _), own in sorted(names.items()) if level == "scheme"]
    for own in labels:
        for spelling in sorted(own.spellings):
            for mention in mentions(spelling):
                yield from _said(own, mention, names, coded, f"the label says: {mention.said}", is_label=True)
    for record in material.records:
        if isinstance(record, Status) and record.scheme:
            speaker = names.get(("scheme", normal_name(record.scheme)))
            for text in (record.issue, record.mitigation):
                for mention in mentions(text or ""):
                    said = f"the text on it says: {mention.said}"
                    yield from _said(speaker, mention, names, coded, said, is_label=False)


def _said(
    own: Name | None, mention: Mention, names: Names, coded: Sequence[Coded], because: str, *, is_label: bool
) -> Iterator[_Found]:
    """A proposal from what a text says. In running text `included in the plan` is no scheme's name: it must be a known one."""
    if own is None:
        return
    other = _meant(mention, names, coded)
    if other is own or (other is None and not is_label):
        return
    words = other.text if other is not None else mention.name
    if mention.kind == "rename":
        since = _since(other, own) if other is not None else None
        yield _Found("scheme", "rename", words, own.text, other, own, because, since=since)
        return
    kind: ProposalKind = mention.kind
    if kind == "merge" and other is not None and own.periods & other.periods and own.amounts and other.amounts:
        # Both stand in one paper with money: a saving may be counted twice.
        kind, because = "overlap", f"{because}; both have figures, so a saving may be counted twice"
    yield _Found("scheme", kind, own.text, words, own, other, because)


def _since(old: Name, new: Name) -> str | None:
    """The period from which a new name holds: its first, where the old one stands only in periods before."""
    if old.periods and new.periods and max(old.periods) < min(new.periods):
        return min(new.periods)
    return None


def _meant(mention: Mention, names: Names, coded: Sequence[Coded]) -> Name | None:
    """The one scheme that is meant: by its code, by its whole name, or by the only name with that part."""
    if mention.code is not None:
        by = by_code(coded, mention.code)
        return names.get(("scheme", next(iter(by)))) if len(by) == 1 else None
    key = normal_name(mention.name)
    exact = names.get(("scheme", key))
    if exact is not None or len(key) < FEWEST_LETTERS or " " not in key:
        return exact
    parts = [n for (level, k), n in names.items() if level == "scheme" and f" {key} " in f" {k} "]
    parts = [n for n in parts if not any(m.name == mention.name for text in n.spellings for m in mentions(text))]
    return parts[0] if len(parts) == 1 else None


# What codes say


def _by_codes(coded: Sequence[Coded], names: Names) -> Iterator[_Found]:
    """Two names beside one code of one year in two papers; a code that a paper prints beside several names says nothing."""
    for (year, _), said in sorted(codes_by_year(coded).items()):
        keys: dict[str, set[str]] = defaultdict(set)
        for c in said:
            keys[c.paper].add(normal_name(c.name))
        if not year or any(len(own) > 1 for own in keys.values()):
            continue
        known = {n.key: n for c in said if (n := names.get(("scheme", normal_name(c.name)))) is not None}
        ordered = sorted(known.values(), key=_strength)
        because = f"same code {said[0].printed} in another paper of {year} with another name"
        for name in ordered[:-1]:
            stands = ordered[-1]
            likeness = score(name.key, stands.key)
            yield _Found("scheme", "same", name.text, stands.text, name, stands, because, likeness)


# What is gone and what has come


def _by_turn(
    by_period: Sequence[tuple[str, Sequence[Position]]], links: Sequence[Link], names: Names
) -> Iterator[_Found]:
    """Schemes of one period that the next of its year no longer has, beside new ones with the same plan, each the only one."""
    for (before, old), (after, new) in pairwise(by_period):
        if before[:7] != after[:7]:
            continue
        turned = pairs(old, new, links, before, after)
        gone, come = defaultdict(list), defaultdict(list)
        for pair in turned:
            position = pair.subject
            plan = position.find("plan", "year")
            if position.level != "scheme" or not position.scheme or plan is None or not plan.value or plan.doubts:
                continue
            if pair.after is None:
                gone[plan.value].append(position)
            elif not pair.before:
                come[plan.value].append(position)
        for amount in sorted(gone):
            if len(gone[amount]) == 1 and len(come[amount]) == 1:
                was, now = gone[amount][0].scheme or "", come[amount][0].scheme or ""
                spelt = compare(normal_name(was), normal_name(now))
                if spelt is not None and spelt[1]:
                    # Another spelling, which `_by_look` proposes: it holds always, not from a period.
                    continue
                ends = [names.get(("scheme", normal_name(text))) for text in (was, now)]
                because = f"gone in {after}, where this is new with the same plan for the year"
                likeness = score(normal_name(was), normal_name(now))
                yield _Found("scheme", "rename", was, now, ends[0], ends[1], because, likeness, after)


# What the names look like


def _by_look(names: Names, level: LinkLevel) -> Iterator[_Found]:
    """Of names that are all like one another as many pairs as bind them together, those that figures speak for first."""
    own = [name for (of, _), name in sorted(names.items()) if of == level]
    kept: list[tuple[Likeness, Stands]] = []
    for like in _without_guesses(alike([name.key for name in own]), own):
        stands = in_common(own[like.one], own[like.other])
        if _is_worth_asking(like, own[like.one], own[like.other], stands):
            kept.append((like, stands))
    kept.sort(key=lambda item: (-min(item[1].alike, 1), -item[0].score, item[0].one, item[0].other))
    group = list(range(len(own)))

    def root(k: int) -> int:
        while group[k] != k:
            group[k] = group[group[k]]
            k = group[k]
        return k

    for like, _ in kept:
        one, other = root(like.one), root(like.other)
        if one != other:
            group[one] = other
            ends = (own[like.one], own[like.other])
            name, to = sorted(ends, key=(lambda n: len(n.key)) if like.because == CUT_OFF else _strength)
            yield _Found(level, "same", name.text, to.text, name, to, like.because, like.score)


def _is_worth_asking(like: Likeness, one: Name, other: Name, stands: Stands) -> bool:
    """Whether a likeness is worth an analyst's time, by what the two names stand for."""
    if one.tables & other.tables and like.because != CUT_OFF and (stands.unlike or not stands.alike):
        # Side by side in one table they are two.
        return False
    if like.is_close:
        return True
    if stands.unlike:
        return False
    if one.level == "workstream":
        return True
    return like.score >= (SOMEWHAT_ALIKE if stands.alike else MUCH_ALIKE)


def _without_guesses(found: Iterable[Likeness], names: Sequence[Name]) -> Iterator[Likeness]:
    """Likenesses without those of a name cut off that may be the beginning of several: but for one that its table has."""
    cut: dict[int, list[Likeness]] = defaultdict(list)
    for like in found:
        if like.because != CUT_OFF:
            yield like
        else:
            short = min((like.one, like.other), key=lambda k: len(names[k].key))
            cut[short].append(like)
    for likes in cut.values():
        beside = [like for like in likes if names[like.one].tables & names[like.other].tables]
        if len(likes) == 1 or len(beside) == 1:
            yield (beside or likes)[0]
