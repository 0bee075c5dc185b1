"""The sums and differences of one paper's tables as the audit judges them: which prove something, and in which words.

A sum proves nothing where a cell that belongs to it was not read, or where it holds only without a row that recognition
printed twice. What is told of it then is told by QD901.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from qippctl.audit import accounts, profiles, structures
from qippctl.audit.doubted import RAISED_HERE
from qippctl.calc.identities import Check, checks, summed
from qippctl.models.figure import Doubt, Figure
from qippctl.money import is_blank_word, is_dash

if TYPE_CHECKING:
    from qippctl.audit.material import Material

# Doubts that say nothing of whether a number or a row was read right, only of what it is.
_OF_MEANING = frozenset(
    {
        Doubt.HEADING_UNCLEAR,
        Doubt.BASIS_UNCLEAR,
        Doubt.PERIOD_UNKNOWN,
        Doubt.PERIOD_CONFLICT,
        Doubt.UNIT_UNKNOWN,
        Doubt.UNIT_CONFLICT,
        Doubt.SIGN_UNPROVEN,
        Doubt.SIGN_AGAINST_COLUMN,
        Doubt.NO_BASE,
    }
)
# A row that may not be there, or that nobody at the meeting sees.
MAYBE_ABSENT = frozenset({Doubt.GHOST_ROW, Doubt.DUPLICATE_ROW, Doubt.HIDDEN})
# A total within a tenth of its rows' sum is meant to be it.
NEAR = 10
HALF = 2
COLUMN_CODES = frozenset({"QT201", "QT202", "QT301"})
ACROSS = "as in its other rows the row gives"
GIVES: Mapping[str, str] = {
    "QT101": "actual less plan is",
    "QT102": "the row gives",
    "QT103": "the row's parts give",
    "QT201": "its schemes give",
    "QT202": "its column gives",
    "QT203": "its months give",
    "QT204": "the months to then give",
    "QT205": "its lines give",
    "QT301": "its rows give",
}


@dataclass(frozen=True, slots=True)
class Identity:
    """A check under its rule's code, and what is said between the printed figure and the other.

    `unsure`: nothing shows that its rows are all that the total is of.
    """

    check: Check
    gives: str
    unsure: bool = False

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """Doubts about how its figures were read that may make it fail: down a column, not what the column is."""
        idle = RAISED_HERE | (_OF_MEANING if self.check.code in COLUMN_CODES else frozenset())
        return tuple(dict.fromkeys(d for member in self.check.members for d in member.doubts if d not in idle))


def identities(of: Material) -> Iterator[Identity]:
    """Every identity of every table that proves something."""
    for table, figures in of.tables.items():
        accounting = [figure for figure in figures if figure.subject == "finance"]
        found = [
            Identity(replace(check, code=code), gives, unsure)
            for code, check, gives, unsure in (accounts.sums(of, table, accounting) if accounting else ())
        ]
        others = [figure for figure in figures if figure.subject != "finance"]
        if others:
            own = [_counted(check) for check in checks(others)]
            own += profiles.running_sums(of, table, others)
            found += (Identity(check, GIVES[check.code]) for check in _proving(of, table, others, own))
        known = [identity.check for identity in found]
        found += (Identity(check, ACROSS, unsure=True) for check in structures.across(of, table, figures, known))
        yield from _structures(found)


def _structures(found: Sequence[Identity]) -> Iterator[Identity]:
    """The identities, those of a total left out that is the sum of its rows in none of its columns, and far from it.

    Such a total is of more than the rows that are printed. Where it is near the sum something is wrong with it, but not surely;
    a programme's total that is near in one column and far in another has a row that slipped.
    """
    rows: dict[int, list[Check]] = defaultdict(list)
    for identity in found:
        if identity.check.code in COLUMN_CODES and identity.check.substantial:
            rows[identity.check.target.row].append(identity.check)
    for identity in found:
        check = identity.check
        own = rows[check.target.row] if check.code in COLUMN_CODES else []
        if check.holds or not own or any(one.holds for one in own):
            yield identity
        elif all(_is_near(one, NEAR) for one in own):
            yield replace(identity, unsure=identity.unsure or len(own) > 1)
        elif (len(own) == 1 and _is_near(check, HALF)) or (
            _is_of_programme(check) and any(_is_near(one, NEAR) for one in own)
        ):
            yield replace(identity, unsure=True)


def _is_of_programme(check: Check) -> bool:
    """Whether the sum is a programme's total, every term of it read without a doubt but that of the sum itself."""
    target = check.target
    return (target.role, target.subject) == ("total", "savings") and all(
        RAISED_HERE.issuperset(member.doubts) for member in check.members
    )


def _is_near(check: Check, part: int) -> bool:
    middle = (check.expected.low + check.expected.high) / 2
    return abs(check.target.value - middle) * part <= max(abs(check.target.value), abs(middle))


def _counted(check: Check) -> Check:
    """Sums of counts are a rule of their own."""
    is_count = check.target.measure == "count" and check.code in COLUMN_CODES
    return replace(check, code="QT301") if is_count else check


def _proving(of: Material, table: str, figures: Sequence[Figure], found: Sequence[Check]) -> Iterator[Check]:
    """Those that hold, and of those that do not the ones whose figures were all read and make a sum."""
    rows = _Rows(of, table, figures)
    by_target: dict[int, list[Check]] = defaultdict(list)
    for check in found:
        if check.code in COLUMN_CODES and check.substantial:
            by_target[check.target.row].append(check)
    no_sums = {row for row, own in by_target.items() if _is_no_total(own)}
    for check in found:
        if check.holds or check.code not in COLUMN_CODES:
            yield check
        elif check.target.row in no_sums or not rows.were_read(check):
            continue
        else:
            yield next(_without_doubted(check), check)


def _is_no_total(own: Sequence[Check]) -> bool:
    """Whether a row is none, whatever its place: its reading is in doubt and it is no sum in most of its columns."""
    failing = [check for check in own if not check.holds]
    doubted = [check for check in own if _shape(check.target)]
    return len(failing) * 2 > len(own) and len(doubted) * 2 > len(own)


def _shape(figure: Figure) -> bool:
    return any(doubt in MAYBE_ABSENT or doubt is Doubt.SHIFTED_ROW for doubt in figure.doubts)


def _without_doubted(check: Check) -> Iterator[Check]:
    """The sum that holds without rows that may not be there: all of them, or one."""
    doubted = [term for term in check.terms if not MAYBE_ABSENT.isdisjoint(term.doubts)]
    for absent in (doubted, *([one] for one in doubted)):
        kept = [term for term in check.terms if term not in absent]
        if not kept or len(kept) == len(check.terms):
            continue
        without = summed(check.code, check.target, kept)
        if without.holds:
            yield without


class _Rows:
    """Which cells of one table gave figures, and what stands in the others."""

    def __init__(self, of: Material, table: str, figures: Sequence[Figure]) -> None:
        self._text = partial(of.text, table)
        self._held = {(figure.row, figure.column): figure.raw for figure in figures}
        self._counts = {(figure.row, figure.column, figure.qualifier) for figure in figures}
        self._rows = sorted({figure.row for figure in figures})
        self._closing = sorted({figure.row for figure in figures if figure.role in ("subtotal", "total")})
        self._digits = {
            (figure.column, figure.qualifier)
            for figure in figures
            if figure.measure == "count" and not figure.value and not is_dash(figure.raw)
        }

    def were_read(self, check: Check) -> bool:
        """Whether every cell between the first term and the total gave its figure, where it holds one."""
        rows = [member.row for member in check.members]
        first = max((row + 1 for row in self._closing if row < min(rows)), default=self._rows[0])
        between = range(first, check.target.row)
        if check.target.measure == "count":
            return self._counted(check, between)
        return not any(self._is_unread(row, check.target.column) for row in between)

    def _is_unread(self, row: int, column: int) -> bool:
        if (row, column) in self._held:
            return False
        text = self._text(row, column)
        if row in self._rows:
            return bool(text) and not is_dash(text) and not is_blank_word(text)
        # A row that was put together from two keeps the place of one of them.
        is_moved = text in (self._held.get((row - 1, column)), self._held.get((row + 1, column)))
        return not is_moved and any(character.isdigit() for character in text)

    def _counted(self, check: Check, between: range) -> bool:
        """Counts are printed in every row: what is blank, doubted, or a dash where others print 0, was not read surely."""
        column, qualifier = check.target.column, check.target.qualifier
        prints_noughts = (column, qualifier) in self._digits
        for member in check.members:
            if any(doubt not in RAISED_HERE and doubt not in _OF_MEANING for doubt in member.doubts):
                return False
            if is_dash(member.raw) and prints_noughts:
                return False
        terms = {member.row for member in check.members}
        return not any(
            row not in terms and (row, column, qualifier) not in self._counts for row in between if row in self._rows
        )
