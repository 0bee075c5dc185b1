"""Which rows of a table are schemes, groups, subtotals and totals, and what each is called."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from qippctl.interpret.bodies import is_body
from qippctl.interpret.cells import CellReading, read_cell
from qippctl.interpret.columns import Column, colour_of
from qippctl.interpret.headings import Parts
from qippctl.interpret.layouts import vocabulary
from qippctl.interpret.sums import Row, doubted_sums, meets_sum, with_last_as_total
from qippctl.interpret.words import find, is_one_of, normal
from qippctl.models.figure import ROLES, Doubt, Role
from qippctl.money import is_dash, parse_amount

_FOOTNOTE_MARK = re.compile(r"\s*(?:\*+|†|‡|[¹²³⁴⁵⁶⁷⁸⁹]+|\[(?:note )?[0-9]{1,2}\])$")
# What published spreadsheets write for what is not available or does not apply: `[x]`, `[z]`.
_SHORTHAND = re.compile(r"\[[a-z]{1,3}\]")
_REFERENCE = re.compile(r"^\S*[0-9]\S*$")
_NUMBERING = re.compile(r"^(?:[0-9]{1,2}[.)]\s+|[a-z][.)]\s+|\([a-z0-9ivx]{1,4}\)\s+)", re.IGNORECASE)


@dataclass(slots=True)
class Rows:
    """The rows with figures, in order, and notes on those that were left out."""

    rows: list[Row] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def clean_label(text: str) -> str:
    """A label as printed without footnote marks and numbering.

    >>> clean_label("Planned Care *"), clean_label("3. Estates"), clean_label("2013 programme")
    ('Planned Care', 'Estates', '2013 programme')
    """
    return _NUMBERING.sub("", _FOOTNOTE_MARK.sub("", text.strip())).strip()


@dataclass(frozen=True, slots=True)
class _Line:
    """A body row before its role is known."""

    index: int
    texts: tuple[str, ...]
    label: str
    group: str
    lead: str
    cells: dict[int, CellReading]
    doubts: tuple[Doubt, ...]

    @property
    def numbers(self) -> int:
        return sum(1 for cell in self.cells.values() if cell.has_number)

    @property
    def dashes(self) -> int:
        return sum(1 for cell in self.cells.values() if cell.has_dash)

    @property
    def broken(self) -> int:
        return sum(1 for cell in self.cells.values() if cell.broken)

    @property
    def says_nothing(self) -> bool:
        """No number, and too few dashes to be a row of noughts."""
        return (
            self.numbers == 0 and self.dashes * 3 <= len(self.cells) and not any(c.words for c in self.cells.values())
        )


def read_rows(parts: Parts, columns: Sequence[Column], *, by_workstream: bool) -> Rows:
    """Walk the body once, top to bottom."""
    told = next((c.index for c in columns if c.kind == "role"), None)
    if told is not None:
        return _told([_line(i, texts, columns) for i, texts in parts.body], told, columns)
    lines = _joined_ghosts([_line(i, texts, columns) for i, texts in parts.body])
    return _Walk(lines, columns, by_workstream, parts.group_in_heading).walk()


def _told(lines: Sequence[_Line], told: int, columns: Sequence[Column]) -> Rows:
    """The rows of a table with a column that says what each is: none names those below it, and a blank name is none."""
    out = Rows()
    whose = next((c.index for c in columns if c.kind == "organisation"), None)
    for line in lines:
        if not line.numbers and not line.dashes:
            continue
        body = _name(line.texts[whose].strip()) if whose is not None else None
        said = line.texts[told].strip().casefold()
        role: Role | None = next((role for role in ROLES if role == said), None)
        if role is None:
            out.notes.append(f'row {line.index + 1} says "{said[:40]}" of what it is; no figures taken')
            continue
        scheme = _name(line.label) if role in ("scheme", "adjustment", "unidentified") else None
        group = _name(line.group) if role != "total" else None
        row = Row(line.index, role, line.cells, line.texts, group, scheme, line.label, line.doubts, organisation=body)
        out.rows.append(row)
    _doubt_names(out.rows)
    out.rows = doubted_sums(out.rows, columns)
    return out


def _name(text: str) -> str | None:
    """A name, where a cell holds one."""
    return text if text and not _SHORTHAND.fullmatch(text) else None


def rows_of_one(parts: Parts, columns: Sequence[Column], scheme: str | None) -> Rows:
    """Rows that are all about the one scheme that the heading above the table names."""
    rows = Rows()
    unheaded = [c.index for c in columns if not c.heading and c.look in ("numbers", "percentages")]
    for index, texts in parts.body:
        line = _line(index, texts, columns)
        if line.numbers or line.dashes:
            doubts = line.doubts if scheme else (*line.doubts, Doubt.LABEL_UNCLEAR)
            if any(is_dash(texts[i]) or parse_amount(texts[i]) is not None for i in unheaded):
                # A number more than there are headings: any of them may stand a column out.
                doubts = tuple(dict.fromkeys((*doubts, Doubt.SHIFTED_ROW)))
            rows.rows.append(Row(index, "scheme", line.cells, texts, None, scheme, line.label, doubts))
    return rows


def with_cells(row: Row, columns: Sequence[Column]) -> Row:
    """A row with the cells of every column of figures read."""
    cells = {
        c.index: row.cells.get(c.index) or read_cell(row.texts[c.index], len(c.meanings))
        for c in columns
        if c.kind == "figures"
    }
    return replace(row, cells=cells)


def _line(index: int, texts: tuple[str, ...], columns: Sequence[Column]) -> _Line:
    cells = {c.index: read_cell(texts[c.index], len(c.meanings)) for c in columns if c.kind == "figures"}
    by_kind = {
        kind: next((c.index for c in columns if c.kind == kind), None) for kind in ("scheme", "workstream", "lead")
    }
    scheme, workstream, lead = (
        texts[i] if (i := by_kind[kind]) is not None else "" for kind in ("scheme", "workstream", "lead")
    )
    if by_kind["scheme"] is None:
        scheme, workstream = workstream, ""
    if not scheme and not workstream:
        # Groups and totals often stand in the column of references, which is the first.
        named = (texts[c.index] for c in columns if c.kind == "reference")
        scheme = next(
            (text for text in named if sum(ch.isalpha() for ch in text) >= 3 and not _REFERENCE.match(text)), ""
        )
    doubts: list[Doubt] = []
    if scheme and lead[:1].islower():
        scheme, lead = _overlapped(scheme, lead), ""
        doubts.append(Doubt.LABEL_UNCLEAR)
    if scheme.count("(") != scheme.count(")"):
        doubts.append(Doubt.LABEL_UNCLEAR)
    if any(_number_among_words(texts[c.index], c) for c in columns):
        doubts.append(Doubt.SHIFTED_ROW)
    return _Line(index, texts, clean_label(scheme), clean_label(workstream), lead, cells, tuple(dict.fromkeys(doubts)))


def _number_among_words(text: str, column: Column) -> bool:
    """A number under a heading of leads or colours: the row's cells stand a column out."""
    if column.kind not in ("lead", "rating") or not text or is_dash(text):
        return False
    return parse_amount(text) is not None and colour_of(text) is None


def _overlapped(left: str, right: str) -> str:
    """A label that ran into the next column, letters printed twice at the cut taken once.

    >>> _overlapped("Service Review", "ws (nor"), _overlapped("Service Re", "views")
    ('Service Reviews (nor', 'Service Reviews')
    """
    shared = next((n for n in (3, 2, 1) if left[-n:] == right[:n]), 0)
    return left + right[shared:]


def _joined_ghosts(lines: list[_Line]) -> list[_Line]:
    """A row without a label, and the row after it that has the label and repeats some of its cells, are one row."""
    out: list[_Line] = []
    for line in lines:
        before = out[-1] if out else None
        if (
            before is not None
            and not before.label
            and before.numbers > line.numbers >= 1
            and line.label
            and _repeats(line, before)
        ):
            out[-1] = replace(
                line,
                texts=_overlaid(before.texts, line.texts),
                cells=before.cells,
                doubts=(*before.doubts, *line.doubts, Doubt.GHOST_ROW),
            )
        else:
            out.append(line)
    return out


def _repeats(line: _Line, before: _Line) -> bool:
    shared = [i for i, cell in line.cells.items() if cell.has_number]
    return bool(shared) and not line.broken and all(line.texts[i] == before.texts[i] for i in shared)


def _overlaid(under: Sequence[str], over: Sequence[str]) -> tuple[str, ...]:
    return tuple(b or a for a, b in zip(under, over, strict=True))


def is_cut(label: str) -> bool:
    """Whether a name ends half-way: `Other areas of`."""
    return re.search(r"(?: (?:and|of|for|in|the|to|with)|&|-)$", label) is not None


def _summed_name(label: str) -> str:
    """Whose sum a row is, by its label.

    >>> _summed_name("Sub-total clinical divisions"), _summed_name("Adult Services sub total"), _summed_name("Sub Total")
    ('clinical divisions', 'Adult Services', '')
    """
    return re.sub(
        r"^(?:sub ?-? ?|grand )?totals?\b(?: for| of)?\s*[:–-]?\s*|\s*[:–-]?\s*\b(?:sub ?-? ?|grand )?totals?$",
        "",
        label.strip(),
        flags=re.IGNORECASE,
    ).strip()


def is_total(label: str) -> bool:
    """Whether a row so named is a total."""
    return any(re.search(pattern, normal(label)) for pattern in vocabulary().row_roles["total"])


class _Walk:
    """The state of one pass: the current group, whether it is known, and the sums so far."""

    def __init__(
        self, lines: list[_Line], columns: Sequence[Column], by_workstream: bool, first_group: tuple[int, str] | None
    ) -> None:
        self.lines = lines
        self.columns = columns
        self.by_workstream = by_workstream
        self.out = Rows()
        self.group: str | None = clean_label(first_group[1]) if first_group else None
        self.lost = False
        self.open_block = False
        self.grouped = first_group is not None
        self.ended = False
        self.block = 0
        self.before: _Line | None = None
        self.carried: str | None = None
        roles = vocabulary().row_roles
        self.patterns: dict[Role, re.Pattern[str]] = {
            role: re.compile("|".join(words)) for role, words in roles.items()
        }
        self.totals = [line.index for line in lines if line.numbers and self._is_total(line.label or line.group)]

    def walk(self) -> Rows:
        waiting: _Line | None = None
        for i, line in enumerate(self.lines):
            self.before = self.lines[i - 1] if i else None
            if waiting is not None:
                line = replace(
                    waiting, index=line.index, label=line.label, doubts=(*waiting.doubts, *line.doubts, Doubt.GHOST_ROW)
                )
                waiting = None
            elif self._belongs_below(i):
                waiting = line
                continue
            self._line(line)
        _doubt_names(self.out.rows)
        self.out.rows = with_last_as_total(self.out.rows, vocabulary().wholes)
        self.out.rows = doubted_sums(self.out.rows, self.columns)
        return self.out

    def _belongs_below(self, i: int) -> bool:
        """Whether a row without a label has it in the next row: that has the label alone, and a subtotal follows at once.

        A group would not open just before its own subtotal, unless this row is the subtotal of the group above it.
        """
        if not self.open_block or i + 2 >= len(self.lines):
            return False
        line, below, after = self.lines[i : i + 3]
        split = (
            not line.label
            and line.numbers > 0
            and below.label
            and below.numbers == 0
            and below.dashes == 0
            and not after.label
            and after.numbers > 0
        )
        return bool(split) and not self._sums_block(line)

    def _sums_block(self, line: _Line) -> bool:
        """Whether every number of a row is the sum of the schemes since the last subtotal."""
        block: list[Row] = []
        for row in reversed(self.out.rows):
            if row.role in ("subtotal", "total"):
                break
            block.append(row)
        return self._is_sum(line, block)

    def _line(self, line: _Line) -> None:
        # A sub-total named in the column of groups is a row of its own, and no group to those below.
        is_named_in_groups = not line.label and self.patterns["subtotal"].search(normal(line.group)) is not None
        if line.group and not is_named_in_groups:
            self.carried = line.group
        if is_named_in_groups and line.numbers and not self.ended:
            self._subtotal(line, _summed_name(line.group), self.carried)
        elif not line.label and not (line.group and self._is_total(line.group)):
            self._unlabelled(line)
        elif self._is_total(line.label or line.group) and line.numbers:
            self._total(line, line.label or line.group)
        elif line.label.startswith("*") and line.numbers:
            self._sums_or_note(line)
        elif line.says_nothing or line.broken >= max(1, line.numbers):
            self._heading(line)
        elif self.ended:
            self._note(line, "stands below the total")
        else:
            self._scheme(line)

    def _is_total(self, label: str) -> bool:
        return bool(self.patterns["total"].search(normal(label)))

    def _unlabelled(self, line: _Line) -> None:
        if line.numbers == 0 and line.dashes <= 1:
            if sum(c.isalpha() for c in line.lead) >= 2 and not self.ended:
                self._open(None, lost=True)
            return
        if self.ended:
            self._note(line, "has no label and stands below the total")
        elif line.broken >= max(1, line.numbers):
            self._note(line, "cannot be made out")
        elif self._sums_more_than_its_group(line) and self._adds_up(line):
            self._keep(line, "total")
            self.ended = True
        elif self.open_block and (self.grouped or self.group is not None or self.lost):
            self._subtotal(line, "")
        elif self._adds_up(line):
            self._keep(line, "total")
            self.ended = True
        else:
            self._note(line, "has no label and follows no scheme")

    def _total(self, line: _Line, label: str) -> None:
        named = _summed_name(label)
        is_last = line.index == self.totals[-1] and not self.patterns["subtotal"].search(normal(label))
        of_group = self.group is not None and normal(named) == normal(self.group)
        closes = not is_last and self.open_block and (self.grouped or bool(named) or self._sums_block(line))
        if of_group or closes:
            self._subtotal(line, "" if of_group else named)
        else:
            self._keep(line, "total", label=label)
            # `Total children's` ends its part; what follows it are schemes still.
            self.ended = is_last and not named

    def _subtotal(self, line: _Line, named: str, group: str | None = None) -> None:
        """A sum by its own name, or its group's: unless the numbers say that it closes several groups."""
        if not named and self._sums_more_than_its_group(line):
            line = replace(line, doubts=(*line.doubts, Doubt.WORKSTREAM_UNKNOWN))
            self._keep(line, "subtotal")
        else:
            self._keep(line, "subtotal", workstream=named or group or self.group)
        self.open_block = False

    def _sums_more_than_its_group(self, line: _Line) -> bool:
        """Whether a row is the sum of the rows since the last subtotal, groups before its own among them, and not of its own."""
        since: list[Row] = []
        for row in reversed(self.out.rows):
            if row.role in ("subtotal", "total"):
                break
            since.append(row)
        own = [row for row in since if row.block == self.block]
        return len(own) < len(since) and not self._is_sum(line, own) and self._is_sum(line, since)

    @staticmethod
    def _is_sum(line: _Line, rows: Sequence[Row]) -> bool:
        # Cells with a unit of their own do not add up with the others as printed.
        odd = {
            i for row in rows for i, c in row.cells.items() for a in c.amounts if a is not None and a.scale is not None
        }
        cells = {i: c for i, c in line.cells.items() if c.has_number and i not in odd}
        return bool(cells) and all(
            meets_sum(c.amounts, [row.cells[i].amounts for row in rows]) for i, c in cells.items()
        )

    def _sums_or_note(self, line: _Line) -> None:
        """A footnote that ran into the row of the total: the sums tell."""
        if self._adds_up(line):
            self._keep(line, "total")
            self.ended = True
        else:
            self._note(line, "is a footnote with numbers")

    def _heading(self, line: _Line) -> None:
        """A row with a label and nothing else opens a group, unless schemes stand open above it in a table without groups."""
        if line.broken:
            self._note(line, "cannot be made out; taken for the heading of its group")
        if self.ended or len(line.label) > 100:
            return
        without_subtotals = self.grouped and not any(row.role == "subtotal" for row in self.out.rows)
        if not self.open_block or (without_subtotals and not line.broken and not line.dashes):
            self._open(line.label)

    def _open(self, label: str | None, *, lost: bool = False) -> None:
        self.group, self.lost, self.grouped = label, lost, True
        self.block += 1
        self.open_block = False

    def _scheme(self, line: _Line) -> None:
        label = normal(line.label)
        if find(vocabulary().running_sums, label):
            self._note(line, "is a running sum")
            return
        role: Role = next(
            (r for r in ("subtotal", "unidentified", "adjustment") if self.patterns[r].search(label)), "scheme"
        )
        group = self.group if self.group is not None or self.lost else self.carried
        if role == "subtotal":
            self._subtotal(line, _summed_name(line.label), group)
            return
        line = replace(line, doubts=(*line.doubts, *self._doubts_of_label(line)))
        if role == "unidentified" and find(["gap", "target", "required", "shortfall"], label):
            # It may be a plan without schemes, a plan for all of them, or the difference.
            line = replace(line, doubts=(*line.doubts, Doubt.LABEL_UNCLEAR))
        if self.by_workstream and role == "scheme":
            self._keep(line, "workstream", workstream=line.label)
            return
        self._keep(line, role, workstream=group, scheme=line.label, label=line.label)
        self.open_block = True

    def _doubts_of_label(self, line: _Line) -> tuple[Doubt, ...]:
        """A name that begins or ends half-way was broken over two rows; a class of savings, an account or a body is no scheme."""
        broken = (
            line.label[:1].islower() and self.before is not None and not self.before.numbers and bool(self.before.label)
        )
        words = vocabulary()
        no_scheme = is_one_of(words.classes, line.label) or is_body(line.label)
        return (Doubt.LABEL_UNCLEAR,) if broken or is_cut(line.label) or no_scheme else ()

    def _keep(
        self, line: _Line, role: Role, *, workstream: str | None = None, scheme: str | None = None, label: str = ""
    ) -> None:
        doubts = (*line.doubts, *((Doubt.WORKSTREAM_UNKNOWN,) if self.lost and role in ("scheme", "subtotal") else ()))
        self.out.rows.append(
            Row(
                line.index,
                role,
                line.cells,
                line.texts,
                workstream,
                scheme,
                label,
                tuple(dict.fromkeys(doubts)),
                self.block,
            )
        )

    def _note(self, line: _Line, why: str) -> None:
        if line.numbers:
            name = f'"{line.label[:40]}"' if line.label else "unnamed"
            self.out.notes.append(f"row {line.index + 1} ({name}) {why}; no figures taken")

    def _adds_up(self, line: _Line) -> bool:
        """Whether most of a row's numbers are the sums of the subtotals (or schemes) above it."""
        kept = [row for row in self.out.rows if row.role == "subtotal"] or [
            row for row in self.out.rows if row.role in ("scheme", "workstream")
        ]
        checked = right = 0
        for i, cell in line.cells.items():
            amount = cell.amounts[0]
            terms = [row.cells[i].amounts for row in kept]
            if len(cell.amounts) > 1 or amount is None or amount.is_dash or amount.is_percent:
                continue
            checked += 1
            right += meets_sum(cell.amounts, terms) and any(term[0] is not None and term[0].value for term in terms)
        return len(kept) >= 2 and right * 2 > checked and right >= 1


def _doubt_names(rows: list[Row]) -> None:
    """Names that stand twice in a group, that hold another's beginning, or that begin with another's first word misspelt."""
    seen = Counter((row.block, row.workstream, normal(row.scheme)) for row in rows if row.scheme)
    first_words = Counter(row.scheme.split()[0] for row in rows if row.scheme)
    for i, row in enumerate(rows):
        if not row.scheme:
            continue
        doubts = list(row.doubts)
        if seen[(row.block, row.workstream, normal(row.scheme))] > 1:
            doubts.append(Doubt.DUPLICATE_ROW)
        if re.match(r"(\S{2,30} - ).{1,80} \1", row.scheme) or _misspelt(row.scheme.split()[0], first_words):
            doubts.append(Doubt.LABEL_UNCLEAR)
        rows[i] = replace(row, doubts=tuple(dict.fromkeys(doubts)))


def _misspelt(word: str, words: Counter[str]) -> bool:
    """One letter away from a word that begins other names, and itself beginning none."""
    return (
        words[word] == 1
        and len(word) >= 4
        and any(
            count > 1 and len(other) == len(word) and sum(a != b for a, b in zip(word, other, strict=True)) == 1
            for other, count in words.items()
        )
    )
