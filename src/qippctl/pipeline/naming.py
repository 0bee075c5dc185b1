"""Which of the names that the ledger's papers use is meant, and whose it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from qippctl.errors import NotFoundError, UsageError
from qippctl.models.decisions import LinkLevel
from qippctl.pipeline.choosing import choose_organisations

if TYPE_CHECKING:
    from qippctl.calc.naming import Name, Names, Tables
    from qippctl.ledger import Ledger

LEVELS: tuple[LinkLevel, ...] = ("scheme", "workstream")
MOST_TOLD = 12


def tables_of(ledger: Ledger) -> tuple[Tables, dict[str, str]]:
    """What each table of the ledger reports, and each paper."""
    from qippctl.calc.naming import Table

    kept = ledger.papers()
    tables = {(p.cover.sha256, t.table): Table(t.period or p.cover.period, t.kind) for p in kept for t in p.tables}
    return tables, {p.cover.sha256: p.cover.period for p in kept if p.cover.period}


def names_in(ledger: Ledger, organisation: str, tables: Tables) -> Names:
    from qippctl.calc.naming import names_of

    return names_of(
        (fact.figure for fact in ledger.facts(organisation)),
        (fact.rating for fact in ledger.ratings(organisation)),
        (fact.record for fact in ledger.records(organisation)),
        tables,
    )


def whose_names(
    ledger: Ledger, asked: tuple[str, str], organisation: str | None, level: LinkLevel | None
) -> tuple[str, Names, LinkLevel]:
    """The organisation that is meant, its names, and the level at which the first of two names occurs there."""
    from qippctl.calc.naming import is_whole, look_up

    tables, _ = tables_of(ledger)
    names = {whose: names_in(ledger, whose, tables) for whose in choose_organisations(ledger, organisation)}
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


def one_name(names: Names, level: LinkLevel, asked: str) -> Name:
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
