"""What each column of a table holds, from its heading, the layout and the look of its cells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from qippctl.interpret.colours import shade_of
from qippctl.interpret.headings import Heading, Parts
from qippctl.interpret.layouts import vocabulary
from qippctl.interpret.meanings import (
    Meaning,
    case_of,
    claimed_meaning,
    has_words_left,
    is_headed,
    is_of_percentages,
    meaning_of,
    names_no_measure,
    pounds_of,
    without_unit,
    word_of,
)
from qippctl.interpret.words import find, normal
from qippctl.models.figure import Colour, Dimension, Doubt
from qippctl.models.layout import Layout
from qippctl.money import is_blank_word, is_dash, parse_amount

Kind = Literal[
    "figures", "scheme", "workstream", "reference", "lead", "organisation", "role", "rating", "text", "unknown"
]
Look = Literal["blank", "numbers", "percentages", "colours", "words"]
_COUNTED = {"R": "milestones_red", "A": "milestones_amber", "G": "milestones_green"}
_LETTERS = str.maketrans({"Α": "A", "А": "A", "Ř": "R"})
_OF_PERCENT = frozenset({"delivery", "confidence", "target", "achievable"})


@dataclass(frozen=True, slots=True)
class Column:
    """A column and what it holds; `meanings` has several entries where one printed column holds several numbers.

    `tiers` is its heading in tiers, outermost first; `because` says in words why it was taken for this. `is_bare`: no word of
    its heading names a measure.
    """

    index: int
    kind: Kind
    heading: str
    look: Look
    meanings: tuple[Meaning, ...] = ()
    dimension: Dimension | None = None
    pounds: int | None = None
    doubts: tuple[Doubt, ...] = field(default=())
    tiers: tuple[str, ...] = ()
    because: str = ""
    is_bare: bool = False


def typed_columns(parts: Parts, layout: Layout | None) -> list[Column]:
    """A column for each of the grid's, none of them without a kind; which of them names the rows is told by `names`."""
    looks = [look_of([row[i] for _, row in parts.body]) for i in range(len(parts.headings))]
    counts = _milestone_counts(parts.headings, looks)
    columns = []
    for i, (heading, look) in enumerate(zip(parts.headings, looks, strict=True)):
        if i in counts:
            columns.append(
                Column(i, "figures", heading.path, look, counts[i], because="the letters R, A, G side by side")
            )
        else:
            columns.append(_column(i, heading, look, layout))
    return [
        replace(column, tiers=tuple(filter(None, (*heading.parents, heading.own))))
        for column, heading in zip(_decided(columns), parts.headings, strict=True)
    ]


def look_of(cells: Sequence[str]) -> Look:
    """What most of the filled cells of a column look like; a dash counts for numbers only beside real ones."""
    kinds: Counter[Look] = Counter()
    dashes = 0
    for text in cells:
        if not text or is_blank_word(text):
            continue
        if is_dash(text):
            dashes += 1
        elif (amount := parse_amount(text, repair=True)) is not None:
            kinds["percentages" if amount.is_percent else "numbers"] += 1
        elif all(parse_amount(token) is not None for token in text.split()):
            kinds["numbers"] += 1
        elif colour_of(text) is not None:
            kinds["colours"] += 1
        elif any(c.isalpha() for c in text) and len(text) > 2:
            kinds["words"] += 1
    if not kinds:
        return "numbers" if dashes else "blank"
    return kinds.most_common(1)[0][0]


def colour_of(text: str) -> Colour | None:
    """The colour that a cell names by word or letter, or shows as a shade, or None."""
    if text.startswith("#"):
        return shade_of(text)
    bare = normal(text.translate(_LETTERS))
    for colour, words in vocabulary().colours.items():
        if bare in {normal(word) for word in words}:
            return colour
    return None


def _milestone_counts(headings: Sequence[Heading], looks: Sequence[Look]) -> dict[int, tuple[Meaning, ...]]:
    """Columns headed R, A, G in that order (`A G` over one column holds two counts), and what each holds."""
    found: dict[int, tuple[Meaning, ...]] = {}
    expected = "RAG"
    seen = ""
    run: dict[int, tuple[Meaning, ...]] = {}
    for i, heading in enumerate(headings):
        letters = re.search(r"(?:^| )(R|A|G|R A G|A ?G|R A)$", heading.leaf.translate(_LETTERS))
        bare = letters[1].replace(" ", "") if letters else ""
        if bare and expected[len(seen) :].startswith(bare) and looks[i] not in ("colours", "percentages"):
            run[i] = tuple(Meaning("count", "ytd", qualifier=_COUNTED[letter]) for letter in bare)
            seen += bare
            if seen == expected:
                found.update(run)
        else:
            seen, run = "", {}
    return found


def _column(i: int, heading: Heading, look: Look, layout: Layout | None) -> Column:
    words = vocabulary()
    pounds = pounds_of(heading)
    given = claimed_meaning(heading, layout)
    if given is not None:
        because = f"layout {layout.name}" if layout is not None else ""
        return Column(i, "figures", heading.path, look, (given,), pounds=pounds, because=because)
    said = _said_by(layout, heading)
    if said is not None:
        return Column(i, said, heading.path, look, because=f"layout {layout.name}" if layout is not None else "")
    dimension = next((d for d, phrases in words.ratings.items() if find(phrases, heading.own or heading.leaf)), None)
    if dimension is not None and look in ("colours", "blank"):
        rated = (layout and layout.rating) or dimension
        return Column(i, "rating", heading.path, look, dimension=rated, because="its heading, and colours in its cells")
    text = _text_kind(heading, look)
    if text is not None:
        return Column(i, text, heading.path, look, because="its heading")
    if colour_of(without_unit(heading.own)) is not None and look == "numbers":
        return Column(i, "unknown", heading.path, look, pounds=pounds)  # money by colour: no measure of ours
    percentages = look == "percentages" or is_of_percentages(heading)
    meaning = meaning_of(heading, percentages=percentages)
    if meaning is None or look == "words" or (percentages and meaning.measure not in _OF_PERCENT):
        return Column(i, "text" if look == "words" else "unknown", heading.path, look, pounds=pounds)
    doubts = (Doubt.HEADING_UNCLEAR,) if has_words_left(heading, meaning.measure) else ()
    because = f'word "{word}"' if (word := word_of(heading)) is not None else "headed by time or unit alone: a plan"
    bare = names_no_measure(heading)
    return Column(i, "figures", heading.path, look, (meaning,), None, pounds, doubts, because=because, is_bare=bare)


def _said_by(layout: Layout | None, heading: Heading) -> Kind | None:
    """The kind that a layout gives to a column of words, or to one that is left alone."""
    if layout is None:
        return None
    if is_headed(heading, layout.ignore):
        return "text"
    role = next((role for role, phrases in layout.labels.items() if is_headed(heading, phrases)), None)
    return "text" if role == "recurrence" else role


def _text_kind(heading: Heading, look: Look) -> Kind | None:
    if find(("impact*", "issue*", "mitigation*"), heading.own):
        return "text" if look == "words" else None
    if _says(heading, "lead"):
        return "lead"
    if look in ("numbers", "percentages"):
        if (meaning := meaning_of(heading, percentages=False)) is not None and meaning.measure == "count":
            return None
        return "reference" if _says(heading, "reference") and not find(["plan*", "actual*"], heading.path) else None
    if _says(heading, "reference"):
        return "reference"
    # `Workstream` over `Scheme` heads a column of both: the rows tell which; the last tier names the lesser.
    named: tuple[Kind, ...] = ("scheme", "workstream")
    for part in (Heading(heading.leaf), heading):
        for kind in named:
            if _says(part, kind):
                return kind
    return "text" if _says(heading, "text") or _says(heading, "recurrence") else None


def _says(heading: Heading, kind: str) -> bool:
    own = heading.own or heading.path
    return any(role == kind and find(phrases, own) is not None for role, phrases in vocabulary().text_columns.items())


def _decided(columns: list[Column]) -> list[Column]:
    """Cases are forecasts; bare cases, `Month 11` beside a YTD column, and past years under an odd tier are settled."""
    has_ytd = any(
        m.basis == "ytd" and not m.at_month for c in columns for m in c.meanings if m.measure in ("plan", "actual")
    )
    # `M1`, `M2`, `M3` side by side are months alone; `month 2`, `month 6` are how far things had come by then.
    months = {m.month for c in columns for m in c.meanings if m.at_month and m.month}
    has_ytd = has_ytd or (len(months) > 1 and months == set(range(min(months), max(months) + 1)))
    quarters = {m.quarter for c in columns for m in c.meanings if m.basis == "quarter" and m.quarter}
    out = []
    for column in columns:
        if len(quarters) == 1 and any(m.basis == "quarter" for m in column.meanings):
            column = _at_quarter(column)
        meanings = tuple(
            replace(m, basis="month", at_month=False) if m.at_month and has_ytd and m.basis == "ytd" else m
            for m in column.meanings
        )
        if column.kind == "unknown" and (case := case_of(column.heading)) is not None and case.case is not None:
            meaning = Meaning(case.measure or "forecast", "year", case=case.case)
            out.append(replace(column, kind="figures", meanings=(meaning,), because=f'word "{case.case}"'))
        else:
            out.append(replace(column, meanings=meanings))
    return out


def _at_quarter(column: Column) -> Column:
    """A column of the one quarter that a table names: how things stood then, or what was foretold then, likely enough."""
    meanings = tuple(
        replace(m, basis="year", quarter=None)
        if m.measure in ("forecast", "variance")
        else replace(m, basis="ytd", month=3 * (m.quarter or 0) or None, quarter=None)
        for m in column.meanings
    )
    return replace(column, meanings=meanings, doubts=tuple(dict.fromkeys((*column.doubts, Doubt.BASIS_UNCLEAR))))
