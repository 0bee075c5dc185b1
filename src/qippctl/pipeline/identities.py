"""What people say about names: links made, undone, listed and proposed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from pydantic import ValidationError

from qippctl.errors import NotFoundError, UsageError
from qippctl.models.decisions import Distinct, Link, LinkLevel, Undo
from qippctl.models.identities import AliasAnswer, AliasChange, Change, ProposalAnswer
from qippctl.money import ZERO, plain
from qippctl.pipeline.answers import links_of, positions
from qippctl.pipeline.choosing import Choice, choose_organisations, period_named
from qippctl.pipeline.naming import one_name, tables_of, whose_names

if TYPE_CHECKING:
    from qippctl.calc.naming import Name
    from qippctl.ledger import Ledger

WHOLE = Decimal(100)


@dataclass(frozen=True, slots=True)
class Said:
    """Who says it, when (ISO, UTC) and why; whether it is only tried."""

    by: str
    at: str
    reason: str
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Changed:
    """What decisions changed, what to mind about it, and the rows of a file that kept it from being loaded."""

    answers: tuple[AliasChange, ...] = ()
    warnings: tuple[str, ...] = ()
    bad: tuple[str, ...] = ()


def link(
    ledger: Ledger,
    name: str,
    to: str,
    said: Said,
    organisation: str | None = None,
    level: LinkLevel | None = None,
    since: str | None = None,
    share: Decimal = WHOLE,
) -> Changed:
    """Say that a name is another, or that a share of it is. NotFoundError, UsageError say why not, and what to do."""
    from qippctl.calc import linking

    whose, names, at = whose_names(ledger, (name, to), organisation, level)
    old, new = one_name(names, at, name), one_name(names, at, to)
    from_period = period_named(since, choose_organisations(ledger, whose)[whose]) if since else None
    made = made_link(whose, at, old.text, new.text, from_period, share, said)
    links = links_of(ledger, whose)
    known = next((link for link in links if linking.is_same(link, made)), None)
    if known is not None:
        return Changed((changed(ledger, known, "as before", said),))
    reason = linking.objection(made, links)
    if reason is not None:
        raise UsageError(reason)
    warnings = [*_part_warning(made, links), *_side_by_side(old, new), *_places(old)]
    change = changed(ledger, made, "linked", said)
    if not said.dry_run:
        change = change.model_copy(update={"number": ledger.decide(made)[0].number})
    return Changed((change,), tuple(warnings))


def made_link(whose: str, level: LinkLevel, name: str, to: str, since: str | None, share: Decimal, said: Said) -> Link:
    try:
        return Link(
            organisation=whose or None, by=said.by, at=said.at, reason=said.reason,
            level=level, name=name, to=to, since=since, share=share,
        )  # fmt: skip
    except ValidationError as error:
        raise UsageError(
            f"{error.errors()[0]['msg'].removeprefix('Value error, ')}; see qippctl schemes link --help"
        ) from error


def _part_warning(made: Link, links: Sequence[Link]) -> Iterator[str]:
    """That the shares of a split do not come to the whole yet."""
    from qippctl.calc.linking import shares
    from qippctl.calc.positions import normal_name

    if made.share < WHOLE:
        own = [n for n in links if n.level == made.level and normal_name(n.name) == normal_name(made.name)]
        given = shares(made, own)
        if given < WHOLE:
            yield f'the shares of "{made.name}" come to {plain(given)}% so far; the rest stays with "{made.name}"'


def _side_by_side(old: Name, new: Name) -> Iterator[str]:
    both = sorted({place[:2] for place in old.rows} & {place[:2] for place in new.rows})
    if both:
        tables = ", ".join(table for _, table in both[:3])
        yield (
            f'"{old.text}" and "{new.text}" are rows of one table ({tables}): where their figures differ they stay two rows'
        )


def _places(old: Name) -> Iterator[str]:
    if len(old.workstreams) > 1:
        groups = ", ".join(sorted(old.workstreams)[:4])
        yield f'"{old.text}" stands in several workstreams ({groups}): all of them are renamed'


def unlink(
    ledger: Ledger,
    what: str,
    to: str | None,
    said: Said,
    organisation: str | None = None,
    level: LinkLevel | None = None,
) -> Changed:
    """Undo links: one by its number, all of a name, or that of a name to another; where there is none, say that two are two."""
    bare = what.removeprefix("#")
    if to is None and bare.isdigit():
        decision = ledger.decision(int(bare))
        if not isinstance(decision, Link | Distinct):
            raise NotFoundError(
                f"#{bare} is no decision about names; numbers are listed by: qippctl schemes aliases --all"
            )
        if decision.undone_by is not None:
            return Changed((changed(ledger, decision, "as before", said),))
        return _undone(ledger, [decision], said)
    found = [d for d in _decisions(ledger, organisation) if level in (None, d.level) and _is_of(d, what, to)]
    if found:
        if len({(d.organisation, d.level) for d in found}) > 1:
            listed = "; ".join(f"#{d.number} {d.organisation}, {d.level}" for d in found)
            raise UsageError(f'"{what}" is linked in several places: {listed}. Give the number')
        return _undone(ledger, found, said)
    if to is None:
        raise NotFoundError(
            f'"{what}" is linked to nothing. To say that it is not another name: qippctl schemes unlink NAME OTHER'
        )
    return _told_apart(ledger, what, to, said, organisation, level)


def _undone(ledger: Ledger, found: Sequence[Link | Distinct], said: Said) -> Changed:
    changes = tuple(changed(ledger, decision, "unlinked", said) for decision in found)
    if not said.dry_run:
        undos = [
            Undo(organisation=d.organisation, by=said.by, at=said.at, reason=said.reason, undoes=d.number)
            for d in found
        ]
        kept = ledger.decide(*undos)
        changes = tuple(
            change.model_copy(update={"undone_by": undo.number}) for change, undo in zip(changes, kept, strict=True)
        )
    return Changed(changes)


def _told_apart(
    ledger: Ledger, name: str, to: str, said: Said, organisation: str | None, level: LinkLevel | None
) -> Changed:
    """Two names are two: a proposal refused."""
    from qippctl.calc import linking
    from qippctl.calc.positions import normal_name

    wanted = frozenset((normal_name(name), normal_name(to)))
    offered = [
        p
        for p in proposals(ledger, organisation)
        if frozenset((normal_name(p.name), normal_name(p.to))) == wanted and level in (None, p.level)
    ]
    if len(offered) == 1:
        whose, at, first, second = offered[0].organisation or "", offered[0].level, offered[0].name, offered[0].to
    else:
        whose, names, at = whose_names(ledger, (name, to), organisation, level)
        first, second = one_name(names, at, name).text, one_name(names, at, to).text
    if normal_name(first) == normal_name(second):
        raise UsageError(f'"{first}" and "{second}" are one name: case, punctuation and spaces do not count')
    made = Distinct(
        organisation=whose or None, by=said.by, at=said.at, reason=said.reason, level=at, name=first, to=second
    )
    known = next((d for d in ledger.decisions(Distinct) if linking.is_same_denial(d, made)), None)
    if known is not None:
        return Changed((changed(ledger, known, "as before", said),))
    change = changed(ledger, made, "told apart", said)
    if not said.dry_run:
        change = change.model_copy(update={"number": ledger.decide(made)[0].number})
    return Changed((change,))


def aliases(ledger: Ledger, organisation: str | None = None, *, everything: bool = False) -> list[AliasAnswer]:
    """Every name that means another; with `everything` also those that no longer do, and those told apart."""
    found = _decisions(ledger, organisation, undone=everything)
    return [AliasAnswer.model_validate(_terms(d)) for d in found if everything or isinstance(d, Link)]


def standing(ledger: Ledger, organisation: str | None = None) -> list[AliasAnswer]:
    """The links and denials that hold: what is written to a file."""
    return [AliasAnswer.model_validate(_terms(d)) for d in _decisions(ledger, organisation)]


def proposals(ledger: Ledger, organisation: str | None = None) -> list[ProposalAnswer]:
    """Names that may be one, of the chosen organisations. What people have linked or refused is not proposed again."""
    from qippctl.calc.proposals import Material
    from qippctl.calc.proposals import proposals as found

    tables, years = tables_of(ledger)
    out: list[ProposalAnswer] = []
    for name, periods in choose_organisations(ledger, organisation).items():
        material = Material(
            name,
            [fact.figure for fact in ledger.facts(name)],
            [fact.rating for fact in ledger.ratings(name)],
            [fact.record for fact in ledger.records(name)],
            tables,
            years,
        )
        by_period = (
            [(period, positions(ledger, Choice(name, period))[0]) for period in periods] if len(periods) > 1 else []
        )
        denied = [d for d in _decisions(ledger, name, undone=True) if (d.organisation or "") == name]
        refused = [d for d in denied if isinstance(d, Distinct) == (d.undone_by is None)]
        out += found(material, by_period, links_of(ledger, name), refused)
    return out


def _decisions(ledger: Ledger, organisation: str | None, *, undone: bool = False) -> list[Link | Distinct]:
    """Links and denials in the order in which they were made."""
    both: list[Link | Distinct] = [
        *ledger.decisions(Link, undone=undone),
        *ledger.decisions(Distinct, undone=undone),
    ]
    if organisation is not None:
        wanted = organisation.casefold()
        known = {(d.organisation or "").casefold() for d in both}
        exact = wanted in known
        both = [d for d in both if (o := (d.organisation or "").casefold()) == wanted or (not exact and wanted in o)]
    return sorted(both, key=lambda d: d.number)


def _is_of(decision: Link | Distinct, what: str, to: str | None) -> bool:
    from qippctl.calc.positions import normal_name

    own = (normal_name(decision.name), normal_name(decision.to))
    if to is None:
        return own[0] == normal_name(what) and isinstance(decision, Link)
    return isinstance(decision, Link) and own in (
        (normal_name(what), normal_name(to)),
        (normal_name(to), normal_name(what)),
    )


def _terms(decision: Link | Distinct) -> dict[str, object]:
    own = decision.model_dump(
        include={"number", "organisation", "level", "name", "to", "by", "at", "reason", "undone_by"}
    )
    if isinstance(decision, Link):
        return own | {"since": decision.since, "share": decision.share}
    return own | {"share": ZERO}


def changed(ledger: Ledger, decision: Link | Distinct, outcome: Change, said: Said) -> AliasChange:
    """A decision with what goes by another name for it."""
    figures, records = _touched(ledger, decision) if isinstance(decision, Link) and outcome != "as before" else ([], 0)
    return AliasChange.model_validate(
        _terms(decision)
        | {
            "outcome": outcome,
            "dry_run": said.dry_run,
            "figures": len(figures),
            "records": records,
            "periods": tuple(sorted(set(filter(None, figures)))),
        }
    )


def _touched(ledger: Ledger, link: Link) -> tuple[list[str], int]:
    """The period of each figure that a link renames, or of which it gives a share away; how many ratings and records."""
    from qippctl.calc.naming import Table, label_of, labels_in
    from qippctl.calc.positions import normal_name

    key, whose, tables = normal_name(link.name), link.organisation or "", tables_of(ledger)[0]

    def period(sha256: str, table: str | None) -> str:
        return tables.get((sha256, table or ""), Table()).period or ""

    def is_touched(at: str) -> bool:
        is_before = link.since is not None and at < link.since
        return is_before if link.share < WHOLE else not is_before

    facts = [f.figure for f in ledger.facts(whose)]
    ratings = [r.rating for r in ledger.ratings(whose)]
    figures = [at for f in facts if label_of(f, link.level) == key and is_touched(at := period(f.sha256, f.table))]
    rated = sum(label_of(r, link.level) == key and is_touched(period(r.sha256, r.table)) for r in ratings)
    records = sum(
        (link.level, key) in labels_in(fact.record, tables)
        and is_touched(period(fact.record.sha256, fact.record.table))
        for fact in ledger.records(whose)
    )
    return figures, rated + records
