"""The vocabulary and the layouts, loaded once; and which layout claims a table."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from qippctl import resources
from qippctl.interpret.words import find, normal
from qippctl.models.layout import Layout, OrganisationWords, Vocabulary

_NOT_LAYOUTS = {"vocabulary.toml", "organisations.toml"}


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    return resources.load(resources.folder("parsers") / "vocabulary.toml", Vocabulary)


@lru_cache(maxsize=1)
def organisation_words() -> OrganisationWords:
    return resources.load(resources.folder("parsers") / "organisations.toml", OrganisationWords)


@lru_cache(maxsize=1)
def layouts() -> tuple[Layout, ...]:
    """The analyst's layouts, then the shipped ones; of two with one name the analyst's counts."""
    found: dict[str, Layout] = {}
    for path in resources.toml_files("parsers"):
        if path.name not in _NOT_LAYOUTS:
            layout = resources.load(path, Layout)
            found.setdefault(layout.name, layout)
    return tuple(found.values())


def record_layouts() -> tuple[Layout, ...]:
    """The layouts of tables whose rows are records."""
    return tuple(layout for layout in layouts() if layout.record is not None)


def claim(headings: Sequence[str], labels: Sequence[str]) -> Layout | None:
    """The layout whose every line holds for a table with these column headings and row labels; the most demanding one."""
    beginnings = [normal(label) for label in labels]

    def holds(layout: Layout) -> bool:
        for phrases in layout.identify.headings:
            if not any(find(phrases, heading) for heading in headings):
                return False
        for phrases in layout.identify.rows:
            if not any(label.startswith(normal(phrase.rstrip("*"))) for phrase in phrases for label in beginnings):
                return False
        return bool(layout.identify.headings or layout.identify.rows)

    claiming = [layout for layout in layouts() if layout.record is None and holds(layout)]
    return max(claiming, key=lambda layout: len(layout.identify.headings) + len(layout.identify.rows), default=None)
