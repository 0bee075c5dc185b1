"""Scheme sheets: a scheme's code, colours, issue, mitigation and targets."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from qippctl.interpret.columns import Column
from qippctl.interpret.forms import Form, FormRow
from qippctl.interpret.layouts import vocabulary
from qippctl.interpret.records.place import Place, said
from qippctl.interpret.rows import is_total
from qippctl.interpret.sums import Row
from qippctl.interpret.words import find, normal
from qippctl.models.figure import Doubt
from qippctl.models.records import Record, Status
from qippctl.period import Period, find_year

# `SWE (PC1b) (ii) Name`, `SEE (UPC3a (i) - Name`, `SWE(PC1q) – Name`, `SEE MH4a - Name`, `(PC2a) Name`
_CODE = r"(?:[A-Z]{1,4}[0-9]{1,2}[A-Za-z]?|[0-9]{1,2}[a-z])"
_PART = r"\s*\([ivx]{1,4}\)"
# A word in small letters before the brackets is a body's only where a dash follows them: not so in `Ward (C4) closure`.
_CODED = re.compile(
    rf"^(?P<prefix>[A-Z]{{2,6}}|[A-Z][a-z]{{2,6}}(?=\s?\({_CODE}\)\s*[-–—]))?\s*"
    rf"(?:\(\s*(?P<code>{_CODE})(?P<inner>{_PART})?\s*\)?(?P<part>{_PART})?"
    rf"|(?<=[A-Za-z])\s(?P<bare>{_CODE})(?=\s*[-–—:]))\)*\s*[-–—:]*\s*(?P<name>.*)$",
    re.DOTALL,
)
# `CIP-014 Name`, `W3.2 - Name`, `EFF/22/07 Name`: letters and numbers with a mark between them.
_NUMBERED = re.compile(
    r"^(?P<code>[A-Z]{1,5}[-/. ]?[0-9]{1,4}(?:[./-][0-9]{1,4}){0,2}[a-z]?)(?:\s*[-–—:]\s+|\s+)(?P<name>[A-Z].*)$",
    re.DOTALL,
)
_NEXT = re.compile(rf"(?<=[\s.])(?=[A-Z]{{2,6}}\s?\({_CODE}\)?)")
# A code of letters and digits names its scheme; a number alone is as likely that of the row.
_TELLING = re.compile(r"(?=\S*[A-Za-z])(?=\S*[0-9])\S{2,20}")
_REFERENCE = re.compile(r"\s*\(\s*([A-Z]{2,4}:\s*[0-9N][^()]{0,60})\)")


@dataclass(frozen=True, slots=True)
class Label:
    """A scheme's printed label taken apart: the body's initials, the code, the name, references to other trackers."""

    prefix: str | None
    code: str | None
    name: str
    references: tuple[str, ...] = ()


def take_apart(text: str) -> Label:
    """The parts of a scheme's label.

    >>> take_apart("SWE (PC1p) – Diabetes care (TA: 91)")
    Label(prefix='SWE', code='PC1p', name='Diabetes care', references=('TA: 91',))
    >>> take_apart("SEE (PC1n)(i)) – COPD").code, take_apart("Older Persons' Unit").code
    ('PC1n (i)', None)
    """
    references = tuple(found.strip() for found in _REFERENCE.findall(text))
    bare = " ".join(_REFERENCE.sub("", text).split())
    numbered = _NUMBERED.match(bare)
    if numbered is not None and re.search(r"[-/.]", numbered["code"] + bare[len(numbered["code"]) :][:3]):
        return Label(None, numbered["code"], numbered["name"].strip(), references)
    match = _CODED.match(bare)
    if match is None:
        return Label(None, None, bare, references)
    part = (match["inner"] or match["part"] or "").strip()
    code = " ".join(filter(None, (match["code"] or match["bare"], part)))
    return Label(match["prefix"], code, match["name"].strip() or bare, references)


def statuses(form: Form, place: Place) -> list[Record]:
    """A record a scheme; blank ones too, as not having reported is what they say."""
    found: list[Record] = []
    workstreams = workstreams_of(form, place)
    named = set(filter(None, workstreams.values()))
    headed = any(path and form.columns.get("workstream") == i for i, path in enumerate(form.paths))
    strange = any(place.groups and normal(name) not in place.groups for name in named)
    lost = not headed and (len(named) > 1 or strange)
    for row in settled(form):
        label = take_apart(said(row, "scheme") or "")
        if is_total(label.name):
            continue
        doubts = (*row.doubts, *((Doubt.WORKSTREAM_UNKNOWN,) if lost else ()))
        found.append(
            Status(
                **place.at(row) | {"organisation": body_of(label, place), "doubts": doubts},
                code=label.code or said(row, "code"),
                scheme=label.name or None,
                workstream=workstreams[row.index],
                issue=said(row, "issue"),
                mitigation=said(row, "mitigation"),
                references=label.references,
                owners={"lead": lead} if (lead := said(row, "lead")) else {},
                ratings={
                    dimension: text for name, dimension in form.layout.ratings.items() if (text := said(row, name))
                },
                targets=_targets(form, row),
                recurrence=said(row, "recurrence"),
                gross_net=said(row, "gross_net"),
                benefit=said(row, "benefit"),
                maturity=said(row, "maturity"),
                budget_removed=said(row, "budget_removed"),
                account_code=said(row, "account_code"),
            )
        )
    return found


def attributes(
    rows: Sequence[Row], columns: Sequence[Column], place: Place, page_of: Callable[[int], int]
) -> list[Record]:
    """What a table of savings says of its schemes in columns of words: a status for each with an R / NR of its own."""
    phrases = vocabulary().text_columns["recurrence"]
    split = next((c.index for c in columns if c.kind == "text" and find(phrases, c.heading)), None)
    reference = next((c.index for c in columns if c.kind == "reference"), None)
    lead = next((c.index for c in columns if c.kind == "lead"), None)
    return [
        Status(
            **place.at(index=row.index, page=page_of(row.index)) | {"doubts": row.doubts},
            code=(row.texts[reference] or None) if reference is not None else None,
            scheme=row.scheme,
            workstream=row.workstream,
            owners={"lead": row.texts[lead]} if lead is not None and row.texts[lead] else {},
            recurrence=row.texts[split],
        )
        for row in rows
        if split is not None and row.role == "scheme" and row.texts[split]
    ]


def codes(rows: Sequence[Row], columns: Sequence[Column]) -> dict[int, str]:
    """The code of each scheme's row that a column of references gives one."""
    reference = next((c.index for c in columns if c.kind == "reference"), None)
    if reference is None:
        return {}
    found = {row.index: row.texts[reference].strip() for row in rows if row.role == "scheme"}
    return {index: code for index, code in found.items() if _TELLING.fullmatch(code)}


def _targets(form: Form, row: FormRow) -> dict[str, str]:
    """What stands under the headings of years that no field claims, as printed: `TBC` too."""
    claimed = set(form.columns.values())
    return {
        f"{'forecast' if find(['forecast*'], path) else 'plan'}.year {Period(year)}": row.cells[column]
        for column, path in enumerate(form.paths)
        if column not in claimed and column < len(row.cells) and row.cells[column]
        if (year := find_year(path)) is not None and form.layout.figures
    }


def workstreams_of(form: Form, place: Place) -> dict[int, str | None]:
    """The workstream of each row: the one beside or above the whole table; of several beside it, each row's own alone.

    A label that stands upright beside its rows is printed once, half-way down, and often in pieces.
    """
    beside = {row.index: said(row, "workstream") or row.group for row in form.rows}
    named = list(dict.fromkeys(filter(None, beside.values())))
    above = place.lines_above[-1] if place.lines_above else ""
    for heading in (above, above.partition(":")[0].strip()):
        if not named and normal(heading) in place.groups:
            named = [heading]
    return dict.fromkeys(beside, named[0]) if len(named) == 1 else beside


def body_of(label: Label, place: Place) -> str | None:
    """Whose scheme a row is: the body whose initials begin it, where the paper names one; else the paper's own."""
    return place.bodies.get(label.prefix or "", place.organisation)


def settled(form: Form) -> list[FormRow]:
    """The rows, one a scheme: two names fused in one cell are parted, a name broken over two rows is joined; in doubt both."""
    coded = sum(1 for row in form.rows if take_apart(row.texts.get("scheme", "")).code is not None)
    out: list[FormRow] = []
    for row in form.rows:
        names = [piece.strip() for piece in _NEXT.split(row.texts.get("scheme", "")) if piece.strip()]
        first = take_apart(names[0]) if names else None
        ends_open = bool(out) and re.search(r"[-–—]\s*$", out[-1].texts.get("scheme", "")) is not None
        if first is not None and first.code is None and coded * 2 > len(form.rows) and ends_open:
            joined = f"{out[-1].texts['scheme']} {names[0]}"
            texts = {
                name: " ".join(filter(None, (out[-1].texts.get(name, ""), text))) for name, text in row.texts.items()
            }
            out[-1] = _doubted(replace(row, texts=texts | {"scheme": joined}))
            continue
        if len(names) < 2:
            out.append(row)
            continue
        # The cells stand beside both names; that they are the last one's is a guess, which the doubt says.
        blank = dict.fromkeys(row.texts, "")
        empty = ("",) * len(row.cells)
        out += [_doubted(replace(row, texts=blank | {"scheme": name}, cells=empty)) for name in names[:-1]]
        out.append(_doubted(replace(row, texts=row.texts | {"scheme": names[-1]})))
    return out


def _doubted(row: FormRow) -> FormRow:
    return replace(row, doubts=tuple(dict.fromkeys((*row.doubts, Doubt.LABEL_UNCLEAR))))
