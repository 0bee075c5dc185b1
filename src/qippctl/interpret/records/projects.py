"""Projects: those that a business plan lists by area, and what a project template says of one above its tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from qippctl.interpret.forms import Form
from qippctl.interpret.layouts import vocabulary
from qippctl.interpret.records.place import Place, said
from qippctl.interpret.words import find, normal, unmarked
from qippctl.models.document import Grid
from qippctl.models.records import Project, Record, Status

LONGEST_NAME = 60


def area_of(grid: Grid) -> str | None:
    """The area that heads a list of projects: a first row with a name alone, then rows of a name and a description."""
    texts = [[unmarked(text) for text in row] for row in grid.texts()]
    if grid.width != 2 or len(texts) < 2 or not texts[0][0] or texts[0][1] or len(texts[0][0]) > LONGEST_NAME:
        return None
    named = all(name and text and len(name) <= LONGEST_NAME for name, text in texts[1:])
    described = sum(1 for _, text in texts[1:] if len(text.split()) >= 6)
    is_question = texts[0][0].endswith((":", "?"))
    return texts[0][0] if named and described * 2 > len(texts) - 1 and not is_question else None


def projects_of(grid: Grid, place: Place) -> list[Record]:
    """A record for each project of a list by area."""
    area = area_of(grid)
    return [
        Project(
            **place.at(index=i, page=grid.page_of(i)), scheme=unmarked(row[0]), group=area, summary=unmarked(row[1])
        )
        for i, row in enumerate(grid.texts())
        if i
    ]


def listed_projects(form: Form, place: Place) -> list[Record]:
    """A record for each row of a headed list of projects."""
    return [
        Project(
            **place.at(row),
            scheme=name,
            group=said(row, "group") or row.group,
            lead=said(row, "lead"),
            summary=said(row, "summary"),
        )
        for row in form.rows
        if (name := said(row, "scheme"))
    ]


@dataclass(slots=True)
class Template:
    """What a project template says line by line: labels, each with the lines below it."""

    page: int = 1
    fields: dict[str, list[str]] = field(default_factory=dict)
    _open: str | None = None
    _ended: bool = False

    def read(self, line: str, page: int) -> None:
        """Take a line: a label opens its field, a heading of the next part closes all, other lines go on."""
        words = vocabulary()
        if find(words.key_information_ends, line) and len(line.split()) <= 6:
            self._open, self._ended = None, bool(self.fields)
            return
        if self._ended:
            return
        for name, phrases in words.key_information.items():
            rest = _after(phrases, line)
            if rest is not None:
                self.page = page if not self.fields else self.page
                self._open = name
                self.fields.setdefault(name, [])
                if rest:
                    self.fields[name].append(rest)
                return
        if self._open is not None and re.search(r"\w", line):
            self.fields[self._open].append(line)

    def text(self, name: str) -> str | None:
        return " ".join(self.fields.get(name, ())).strip() or None


def _after(phrases: Iterable[str], line: str) -> str | None:
    """What follows a label that begins a line; None where none does."""
    for phrase in phrases:
        if (found := _beginning_with(phrase).match(line)) is not None:
            return found[1].strip()
    return None


@lru_cache(maxsize=128)
def _beginning_with(phrase: str) -> re.Pattern[str]:
    pattern = r"\W*".join(re.escape(word) for word in normal(phrase).split())
    return re.compile(rf"\W*{pattern}\b\s*:?\s*(.*)$", re.IGNORECASE | re.DOTALL)


def template_records(template: Template, place: Place) -> list[Record]:
    """The project, and a status where the paper fills in what a status holds."""
    if not template.fields or place.scheme is None:
        return []
    address = place.at(page=template.page)
    out: list[Record] = [
        Project(**address, scheme=place.scheme, lead=template.text("lead"), summary=template.text("proposal"))
    ]
    removed, code = template.text("budget_removed"), template.text("account_code")
    if removed or code:
        owners = {"lead": lead} if (lead := template.text("lead")) else {}
        out.append(Status(**address, scheme=place.scheme, owners=owners, budget_removed=removed, account_code=code))
    return out


def rows_as_lines(texts: Sequence[Sequence[str]]) -> list[str]:
    """The rows of a small table as lines, so that a template set as a table is read like one set as text."""
    return [" ".join(filter(None, row)) for row in texts]
