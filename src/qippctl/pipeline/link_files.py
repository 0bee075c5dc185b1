"""Links loaded from a file: all of them or none."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from qippctl.errors import UsageError
from qippctl.models.decisions import Distinct, Link
from qippctl.models.identities import LINK_COLUMNS, AliasChange
from qippctl.pipeline.choosing import choose_organisations, period_named
from qippctl.pipeline.identities import Changed, Said, changed, made_link
from qippctl.pipeline.naming import LEVELS, names_in, tables_of

if TYPE_CHECKING:
    from qippctl.calc.naming import Names
    from qippctl.ledger import Ledger


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
                if any(linking.is_same_denial(decision, other) for other in apart):
                    changes.append(changed(ledger, decision, "as before", said))
                    continue
                apart.append(decision)
            else:
                if any(linking.is_same(decision, other) for other in links):
                    changes.append(changed(ledger, decision, "as before", said))
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
    changes += [changed(ledger, d, "linked" if isinstance(d, Link) else "told apart", said) for d in made]
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

    tables, _ = tables_of(ledger)
    names: dict[str, Names] = {}
    for decision in made:
        whose = decision.organisation or ""
        if whose not in known:
            yield f'no paper of "{whose}" is in the ledger: the link of "{decision.name}" waits for one'
            continue
        own = names.setdefault(whose, names_in(ledger, whose, tables))
        for text in (decision.name, decision.to) if isinstance(decision, Link) else ():
            if (decision.level, normal_name(text)) not in own:
                yield f'no paper of {whose} names the {decision.level} "{text}": its link waits for one'


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
    if not own.by:
        raise UsageError("by is empty, and your login name is not known; say who with --by")
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
    return made_link(whose, at, row["name"], row["to"], since, share, own)
