"""The data files of `parsers/`: the vocabulary, and the layouts of known families of papers.

An analyst may add a layout without Python; a layout adds to the vocabulary and never takes a word away from it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Literal, get_args

from pydantic import Field, field_validator

from qippctl.models.base import Model
from qippctl.models.figure import (
    BASES,
    MEASURES,
    RECURRENCES,
    Basis,
    Case,
    Colour,
    Dimension,
    Measure,
    Recurrence,
    Role,
    Subject,
    Version,
)
from qippctl.models.records import RECORD_TYPES, Aside, Change, Course, Direction

Words = tuple[str, ...]
LineKind = Literal[
    "uplift",
    "source",
    "application",
    "fixed_assets",
    "current_assets",
    "creditors",
    "net_current",
    "less_current",
    "employed",
    "equity",
    "surplus",
    "baseline",
    "savings",
    "income",
]
TextRole = Literal["scheme", "workstream", "reference", "lead", "recurrence", "organisation", "role", "text"]


class ColumnWords(Model):
    """Words of a heading and what a column so headed holds. Phrases; `*` ends an open word; the first entry that fits wins."""

    words: Words
    measure: Measure | None = None
    basis: Basis | None = None
    recurrence: Recurrence | None = None
    case: Case | None = None
    version: Version | None = None
    qualifier: str | None = None
    unclear: Annotated[bool, Field(description="The words leave open what is meant: such a column is in doubt.")] = (
        False
    )


class UnitWords(Model):
    """A printed unit and how many pounds it is."""

    words: Words
    pounds: int


class SpokenWords(Model):
    """What a number of a sentence is, by the phrases right before it or right after it. The longest that fits wins."""

    measure: Measure
    basis: Basis | None = None
    direction: Course | None = None
    unit: Annotated[Literal["GBP", "percent"], Field(description="What kind of number it is.")] = "GBP"
    unclear: Annotated[bool, Field(description="The words leave open what is meant.")] = False
    before: Words = ()
    after: Words = ()


class ProseWords(Model):
    """The words of sentences: what their numbers are called, of when they are, and why one may be nobody's figure."""

    light: Annotated[Words, Field(description="Words passed over between a number and what it is called.")]
    plain: Annotated[Words, Field(description="Words that name no scheme: any other one is of something else.")]
    rules: Annotated[Words, Field(description="Words of RAG rules: beside a colour they make a percentage a rule's.")]
    bases: dict[Basis, Words]
    cases: dict[Case, Words]
    asides: Annotated[
        dict[Aside, Words], Field(description="Words before a number that say why no figure need equal it.")
    ]
    asides_after: Annotated[dict[Aside, Words], Field(description="The same, after it.")]
    changes: Annotated[
        dict[Change, Words], Field(description="Words of a rise or fall, before a number and the one that it was.")
    ]
    measures: tuple[SpokenWords, ...]


class Vocabulary(Model):
    """The words of the field, in the order in which they are tried."""

    measures: tuple[ColumnWords, ...]
    account_measures: Annotated[
        tuple[ColumnWords, ...], Field(description="Measures of budgets and accounts, which are no scheme's.")
    ]
    activity: Annotated[Words, Field(description="Words of patients and their treatment: a table of counts.")]
    bases: tuple[ColumnWords, ...]
    recurrences: tuple[ColumnWords, ...]
    cases: Annotated[
        tuple[ColumnWords, ...],
        Field(description="A column headed by a case alone holds the measure that the entry names, or a forecast."),
    ]
    versions: tuple[ColumnWords, ...]
    text_columns: Annotated[dict[TextRole, Words], Field(description="Headings of columns of words.")]
    ratings: Annotated[dict[Dimension, Words], Field(description="Headings of columns of colours.")]
    colours: Annotated[dict[Colour, Words], Field(description="What stands in such a column.")]
    units: tuple[UnitWords, ...]
    savings: Annotated[Words, Field(description="Words that say that a table is about savings.")]
    scheme_rows: Annotated[
        Words, Field(description="Words that say that rows are schemes, of savings or of something else.")
    ]
    finance: Annotated[Words, Field(description="Words of budgets and accounts: such a table is no scheme's.")]
    row_roles: Annotated[
        dict[Role, Words], Field(description="Labels of rows that are not schemes, as regular expressions.")
    ]
    by_workstream: Annotated[Words, Field(description="Titles of tables whose rows are workstreams.")]
    weak_in_titles: Annotated[
        Words, Field(description="Words of measures that say nothing of one in a title: delivery, profile.")
    ]
    plain_words: Annotated[
        Words, Field(description="Words of headings that change nothing; any other unknown word is a doubt.")
    ]
    wholes: Annotated[Words, Field(description="Words of a last row that is the sum of all others without saying so.")]
    running_sums: Annotated[Words, Field(description="Labels of rows that add up the columns before them.")]
    classes: Annotated[Words, Field(description="Labels of rows that are classes of savings, not schemes.")]
    ticks: Annotated[Words, Field(description="Marks that say yes.")]
    yes: Annotated[Words, Field(description="Words that say yes.")]
    done: Annotated[Words, Field(description="Words that say that a step is done.")]
    likelihoods: Annotated[Words, Field(description="Words of how likely something is.")]
    directions: Annotated[dict[Direction, Words], Field(description="Arrows and words of a programme's course.")]
    leads: Annotated[Words, Field(description="Labels of a cover sheet that stand before a person.")]
    cover_labels: Annotated[Words, Field(description="Other labels of a cover sheet.")]
    asked_of_meeting: Annotated[Words, Field(description="What a cover sheet may ask of the meeting.")]
    glossaries: Annotated[Words, Field(description="Headings of lists of abbreviations.")]
    dimensions: Annotated[dict[Dimension, Words], Field(description="What a RAG rule is about, by its heading.")]
    key_information: Annotated[dict[str, Words], Field(description="Labels of what a project template says of it.")]
    key_information_ends: Annotated[Words, Field(description="Headings at which that part of the template ends.")]
    heading_words: Annotated[
        Words, Field(description="Other words of headings; used to mend words that narrow columns broke.")
    ]
    statement_lines: Annotated[
        dict[LineKind, Words], Field(description="Lines of budgets and accounts that checks look for, by their words.")
    ]
    statement_words: Annotated[
        dict[Literal["assumption", "no_line", "disinvestment", "left", "waiting"], Words],
        Field(
            description="assumption: tables of rates of inflation; no_line: rates of no line in particular; "
            "disinvestment: columns of what is taken out of contracts; left: what is left of a backlog; waiting: who still waits."
        ),
    ]
    prose: Annotated[ProseWords, Field(description="What sentences say of their numbers.")]


class OrganisationWords(Model):
    """How names of public bodies end or begin, and the short forms that are written out to compare them."""

    endings: Words
    beginnings: Words
    committees: Words
    generic: Annotated[Words, Field(description="Words that name no body by themselves.")]
    short_forms: dict[str, str]
    capitals: Annotated[
        Words, Field(description="Words that stay in capitals when a name in capitals is set in lower case.")
    ]


@dataclass(frozen=True, slots=True)
class ColumnName:
    """What a person types for a column: `plan.ytd`, `actual.year.recurrent`, `plan.year.original`, `forecast.year.best`."""

    measure: Measure
    basis: Basis
    recurrence: Recurrence = "all"
    version: Version | None = None
    case: Case | None = None

    @classmethod
    def parse(cls, name: str) -> ColumnName:
        """Read such a name; ValueError says what it may be.

        >>> ColumnName.parse("plan.ytd").basis, ColumnName.parse("plan.year.original").version
        ('ytd', 'original')
        """
        measure, _, rest = name.strip().partition(".")
        basis, *others = rest.split(".")
        if measure not in MEASURES or basis not in BASES:
            raise ValueError(f'"{name}" is not measure.basis, such as plan.ytd or forecast.year')
        found: dict[str, str] = {}
        for part in others:
            kind = next((k for k, known in _PARTS.items() if part in known), None)
            if kind is None or kind in found:
                raise ValueError(f'"{name}": "{part}" is no recurrence, version or case')
            found[kind] = part
        return cls(measure, basis, **found)  # type: ignore[arg-type]  # each is one of its names


_PARTS = {"recurrence": RECURRENCES, "version": get_args(Version), "case": get_args(Case)}


class Identify(Model):
    """What must hold of a table for a layout to claim it; every line that is given must."""

    headings: Annotated[
        tuple[Words, ...], Field(description="Of each group at least one phrase stands among the headings.")
    ] = ()
    rows: Annotated[
        tuple[Words, ...], Field(description="Of each group at least one phrase begins a row's label.")
    ] = ()


class RowRule(Model):
    """What a row of a table of rows (`Plan`, `Actual`, ...) holds."""

    labels: Annotated[Words, Field(description="Regular expressions on the row's label.")]
    measure: Measure
    month_basis: Annotated[Basis, Field(description="Of the month columns: month, or ytd for running sums.")] = "month"
    total_basis: Annotated[Basis, Field(description="Of the total: year, or ytd where it is what came so far.")] = (
        "year"
    )


class Layout(Model):
    """One known family of tables."""

    name: str
    kind: Annotated[str, Field(description="What the table is.")]
    read: Annotated[bool, Field(description="False: recognised, but its figures are left alone.")] = True
    identify: Identify
    columns: Annotated[
        dict[str, Words],
        Field(description="measure.basis[.recurrence|version|case] and the headings that mean it here."),
    ] = {}
    labels: Annotated[
        dict[TextRole, Words], Field(description="Columns of words, by headings: scheme, workstream, reference, ...")
    ] = {}
    ignore: Annotated[Words, Field(description="Headings of columns that are left alone.")] = ()
    rows: Annotated[
        tuple[RowRule, ...], Field(description="For tables whose rows, not columns, name the measure.")
    ] = ()
    scheme_from: Annotated[
        Literal["row", "heading"], Field(description="heading: the scheme is named above the table, after `Scheme:`.")
    ] = "row"
    rating: Annotated[Dimension | None, Field(description="What a colour column of this table rates.")] = None
    record: Annotated[str | None, Field(description="The type of record that each of its rows is.")] = None
    fields: Annotated[
        dict[str, Words], Field(description="What a row says, by the headings of the columns that say it.")
    ] = {}
    key: Annotated[
        Words,
        Field(description="The field without which a row only goes on the one above; of several the first found."),
    ] = ()
    fill_down: Annotated[Words, Field(description="Fields that are printed once for the rows below them.")] = ()
    groups: Annotated[bool, Field(description="Whether a row with nothing but a name heads a group.")] = True
    figures: Annotated[
        dict[str, str], Field(description="Fields that hold numbers, by measure.basis: they are figures too.")
    ] = {}
    ratings: Annotated[dict[str, Dimension], Field(description="Fields that hold colours.")] = {}
    subject: Annotated[Subject | None, Field(description="What the figures are about, where not savings.")] = None
    funded: Annotated[bool | None, Field(description="Of a list of interventions: whether they get the money.")] = None

    @field_validator("columns")
    @classmethod
    def _columns_are_known(cls, columns: dict[str, Words]) -> dict[str, Words]:
        cls._names_are_known(columns)
        return columns

    @field_validator("figures")
    @classmethod
    def _figures_are_known(cls, figures: dict[str, str]) -> dict[str, str]:
        cls._names_are_known(figures.values())
        return figures

    @field_validator("key", mode="before")
    @classmethod
    def _one_or_several(cls, key: object) -> object:
        return (key,) if isinstance(key, str) else key

    @field_validator("record")
    @classmethod
    def _record_is_known(cls, record: str | None) -> str | None:
        if record is not None and record not in RECORD_TYPES:
            raise ValueError(f'"{record}" is no type of record; there are: {", ".join(sorted(RECORD_TYPES))}')
        return record

    @staticmethod
    def _names_are_known(names: Iterable[str]) -> None:
        for name in names:
            ColumnName.parse(name)
