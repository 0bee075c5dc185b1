"""What people say about names: links made, undone, listed, proposed, written to a file and loaded from one."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from pydantic import ValidationError

from qippctl.errors import NotFoundError, UsageError
from qippctl.models.decisions import Distinct, Link, LinkLevel, Undo
from qippctl.models.identities import LINK_COLUMNS, AliasAnswer, AliasChange, Change, ProposalAnswer
from qippctl.money import ZERO, plain
from qippctl.pipeline.answers import links_of, positions
from qippctl.pipeline.choosing import Choice, choose_organisations, period_named

if TYPE_CHECKING:
    from qippctl.calc.naming import Name, Names, Tables
    from qippctl.ledger import Ledger

WHOLE = Decimal(100)
LEVELS: tuple[LinkLevel, ...] = ("scheme", "workstream")
MOST_TOLD = 12


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

    whose, names, at = _whose(ledger, (name, to), organisation, level)
    old, new = _one(names, at, name), _one(names, at, to)
    from_period = period_named(since, choose_organisations(ledger, whose)[whose]) if since else None
    made = _link(whose, at, old.text, new.text, from_period, share, said)
    links = links_of(ledger, whose)
    known = next((link for link in links if linking.is_same(link, made)), None)
    if known is not None:
        return Changed((_changed(ledger, known, "as before", said),))
    reason = linking.objection(made, links)
    if reason is not None:
        raise UsageError(reason)
    warnings = [*_part_warning(made, links), *_side_by_side(old, new), *_places(old)]
    change = _changed(ledger, made, "linked", said)
    if not said.dry_run:
        change = change.model_copy(update={"number": ledger.decide(made)[0].number})
    return Changed((change,), tuple(warnings))


def _link(whose: str, level: LinkLevel, name: str, to: str, since: str | None, share: Decimal, said: Said) -> Link:
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
            return Changed((_changed(ledger, decision, "as before", said),))
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
    changes = tuple(_changed(ledger, decision, "unlinked", said) for decision in found)
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
        whose, names, at = _whose(ledger, (name, to), organisation, level)
        first, second = _one(names, at, name).text, _one(names, at, to).text
    if normal_name(first) == normal_name(second):
        raise UsageError(f'"{first}" and "{second}" are one name: case, punctuation and spaces do not count')
    made = Distinct(
        organisation=whose or None, by=said.by, at=said.at, reason=said.reason, level=at, name=first, to=second
    )
    known = next((d for d in ledger.decisions(Distinct) if _same_denial(d, made)), None)
    if known is not None:
        return Changed((_changed(ledger, known, "as before", said),))
    change = _changed(ledger, made, "told apart", said)
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

    tables, years = _tables(ledger)
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


def _changed(ledger: Ledger, decision: Link | Distinct, outcome: Change, said: Said) -> AliasChange:
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

    key, whose, tables = normal_name(link.name), link.organisation or "", _tables(ledger)[0]

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


def _tables(ledger: Ledger) -> tuple[Tables, dict[str, str]]:
    """What each table of the ledger reports, and each paper."""
    from qippctl.calc.naming import Table

    kept = ledger.papers()
    tables = {(p.cover.sha256, t.table): Table(t.period or p.cover.period, t.kind) for p in kept for t in p.tables}
    return tables, {p.cover.sha256: p.cover.period for p in kept if p.cover.period}


def _names(ledger: Ledger, organisation: str, tables: Tables) -> Names:
    from qippctl.calc.naming import names_of

    return names_of(
        (fact.figure for fact in ledger.facts(organisation)),
        (fact.rating for fact in ledger.ratings(organisation)),
        (fact.record for fact in ledger.records(organisation)),
        tables,
    )


def _whose(
    ledger: Ledger, asked: tuple[str, str], organisation: str | None, level: LinkLevel | None
) -> tuple[str, Names, LinkLevel]:
    """The organisation that is meant, its names, and the level at which the first of two names occurs there."""
    from qippctl.calc.naming import is_whole, look_up

    tables, _ = _tables(ledger)
    names = {whose: _names(ledger, whose, tables) for whose in choose_organisations(ledger, organisation)}
    if not names:
        raise NotFoundError("the ledger holds no names yet. Next: qippctl ingest PATH")
    for whole in (True, False):
        places = [
            (whose, at)
            for whose, own in names.items()
            for at in ((level,) if level else LEVELS)
            if any(is_whole(n, asked[0]) or not whole for n in look_up(own, at, asked[0]))
        ]
        # Of bodies that have the first name those are meant that have the second too.
        both = [(whose, at) for whose, at in places if look_up(names[whose], at, asked[1])]
        bodies = list(dict.fromkeys(whose for whose, _ in both or places))
        if len(bodies) > 1:
            raise UsageError(
                f'several organisations have "{asked[0]}": {"; ".join(bodies)}. Name one with --organisation'
            )
        levels = [at for whose, at in places if whose in bodies]
        if len(levels) > 1:
            raise UsageError(f'"{asked[0]}" is a scheme and a workstream of {bodies[0]}. Say which with --level')
        if levels:
            return bodies[0], names[bodies[0]], levels[0]
    where = next(iter(names)) if len(names) == 1 else f"the {level or 'scheme'}s and workstreams of any organisation"
    raise _unknown(names.values(), asked[0], where)


def _one(names: Names, level: LinkLevel, asked: str) -> Name:
    """The one name of a level that is meant."""
    from qippctl.calc.naming import look_up

    found = look_up(names, level, asked)
    if len(found) == 1:
        return found[0]
    if found:
        texts = sorted(name.text for name in found)
        more = f"; and {len(texts) - MOST_TOLD} more" if len(texts) > MOST_TOLD else ""
        raise NotFoundError(f'"{asked}" is part of several names: {"; ".join(texts[:MOST_TOLD])}{more}')
    raise _unknown([names], asked, f"the {level}s")


def _unknown(all_names: Iterable[Names], asked: str, where: str) -> NotFoundError:
    from qippctl.calc.naming import near

    found = list(dict.fromkeys(text for names in all_names for text in near(names, asked)))[:MOST_TOLD]
    listed = f"near it are: {'; '.join(found)}" if found else "names are listed by: qippctl schemes"
    return NotFoundError(f'no paper names "{asked}" among {where}; {listed}')


# Links in a file


def import_links(ledger: Ledger, text: str, said: Said) -> Changed:
    """Load links from CSV, all or none; a link that holds already is left as it is. With a bad row nothing is loaded."""
    from qippctl.calc import linking

    links = list(ledger.decisions(Link))
    apart = list(ledger.decisions(Distinct))
    known = choose_organisations(ledger, None)
    bad: list[str] = []
    made: list[Link | Distinct] = []
    changes: list[AliasChange] = []
    for number, row in _rows(text):
        try:
            decision = _decision(row, said)
            if isinstance(decision, Distinct):
                if any(_same_denial(decision, other) for other in apart):
                    changes.append(_changed(ledger, decision, "as before", said))
                    continue
                apart.append(decision)
            else:
                if any(linking.is_same(decision, other) for other in links):
                    changes.append(_changed(ledger, decision, "as before", said))
                    continue
                reason = linking.objection(decision, links)
                if reason is not None:
                    raise UsageError(reason)
                links.append(decision)
            made.append(decision)
        except UsageError as error:
            bad.append(f"row {number}: {error}")
    if bad:
        return Changed(bad=tuple(bad))
    changes += [_changed(ledger, d, "linked" if isinstance(d, Link) else "told apart", said) for d in made]
    if made and not said.dry_run:
        kept = ledger.decide(*made)
        fresh = iter(kept)
        changes = [
            c if c.outcome == "as before" else c.model_copy(update={"number": next(fresh).number}) for c in changes
        ]
    return Changed(tuple(changes), tuple(_unknown_names(ledger, made, known)))


def _unknown_names(ledger: Ledger, made: Iterable[Link | Distinct], known: Iterable[str]) -> Iterator[str]:
    """Names of a file that no paper of the ledger has (yet)."""
    from qippctl.calc.positions import normal_name

    tables, _ = _tables(ledger)
    names: dict[str, Names] = {}
    for decision in made:
        whose = decision.organisation or ""
        if whose not in known:
            yield f'no paper of "{whose}" is in the ledger: the link of "{decision.name}" waits for one'
            continue
        own = names.setdefault(whose, _names(ledger, whose, tables))
        for text in (decision.name, decision.to) if isinstance(decision, Link) else ():
            if (decision.level, normal_name(text)) not in own:
                yield f'no paper of {whose} names the {decision.level} "{text}": its link waits for one'


def _same_denial(one: Distinct, other: Distinct) -> bool:
    from qippctl.calc.positions import normal_name

    ends: Callable[[Distinct], object] = lambda d: (  # noqa: E731
        d.organisation or "",
        d.level,
        frozenset((normal_name(d.name), normal_name(d.to))),
    )
    return ends(one) == ends(other)


def _rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a file of links by their number, the heading being 1; UsageError where its columns are others."""
    lines = text.removeprefix("\ufeff")
    heading = lines.partition("\n")[0]
    delimiter = max(",;\t", key=heading.count)
    reader = csv.DictReader(io.StringIO(lines), delimiter=delimiter)
    columns = [name.strip().lower() for name in reader.fieldnames or ()]
    missing = [name for name in ("organisation", "level", "name", "to", "reason") if name not in columns]
    unknown = [name for name in columns if name not in LINK_COLUMNS]
    if missing or unknown:
        wrong = f"without {', '.join(missing)}" if missing else f"with the unknown {', '.join(unknown)}"
        raise UsageError(f"a heading row {wrong}; the columns are: {', '.join(LINK_COLUMNS)}")
    reader.fieldnames = columns
    try:
        for row in reader:
            yield (
                reader.line_num,
                {k: _typed(v or "") for k, v in row.items() if isinstance(k, str) and not isinstance(v, list)},
            )
    except csv.Error as error:
        raise UsageError(f"row {reader.line_num}: not CSV: {error}") from error


def _typed(text: str) -> str:
    """A cell as it was before it was made safe for a spreadsheet."""
    bare = text.strip()
    return bare[1:] if bare[:1] == "'" and bare[1:2] in ("=", "+", "-", "@") else bare


def _decision(row: dict[str, str], said: Said) -> Link | Distinct:
    """A row as a decision; UsageError says what is wrong with it."""
    from qippctl.calc.positions import normal_name

    for column in ("name", "to", "reason"):
        if not row.get(column):
            raise UsageError(f"{column} is empty")
    level = row.get("level") or "scheme"
    at = next((name for name in LEVELS if name == level), None)
    if at is None:
        raise UsageError(f'level is "{level}"; it is scheme or workstream')
    try:
        share = Decimal(row.get("share", "").removesuffix("%").strip() or "100")
    except InvalidOperation:
        raise UsageError(f'share is "{row["share"]}"; it is a percentage, such as 60') from None
    own = Said(row.get("by") or said.by, said.at, row["reason"], said.dry_run)
    whose = row.get("organisation") or ""
    if share == 0:
        if normal_name(row["name"]) == normal_name(row["to"]):
            raise UsageError("name and to are one name")
        return Distinct(
            organisation=whose or None,
            by=own.by,
            at=own.at,
            reason=own.reason,
            level=at,
            name=row["name"],
            to=row["to"],
        )
    since = period_named(row["since"], ()) if row.get("since") else None
    return _link(whose, at, row["name"], row["to"], since, share, own)
