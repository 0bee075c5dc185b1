"""The vocabulary and the layouts, loaded once; and which layout claims a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

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
def layout_files() -> tuple[tuple[Path, Layout], ...]:
    """The analyst's layouts, then the shipped ones, each with its file; of two with one name the analyst's counts."""
    found: dict[str, tuple[Path, Layout]] = {}
    for path in layout_paths():
        layout = resources.load(path, Layout)
        found.setdefault(layout.name, (path, layout))
    return tuple(found.values())


def layout_paths() -> Iterator[Path]:
    """The files of layouts, read or not: the analyst's, then the shipped ones."""
    return (path for path in resources.toml_files("parsers") if path.name not in _NOT_LAYOUTS)


def layouts() -> tuple[Layout, ...]:
    """The analyst's layouts, then the shipped ones."""
    return tuple(layout for _, layout in layout_files())


def is_own(path: Path) -> bool:
    """Whether a layout is the analyst's, not shipped."""
    return path.parent == resources.user_folder("parsers")


def forget() -> None:
    """Read the layouts anew when next asked: one was written."""
    layout_files.cache_clear()


def record_layouts() -> tuple[tuple[bool, Layout], ...]:
    """The layouts of tables whose rows are records, each with whether it is the analyst's own, which outranks a shipped one."""
    return tuple((is_own(path), layout) for path, layout in layout_files() if layout.record is not None)


def claim(headings: Sequence[str], labels: Sequence[str]) -> Layout | None:
    """The layout whose every line holds for a table with these column headings and row labels.

    An analyst's own outranks a shipped one; of several the most demanding counts.
    """
    beginnings = [normal(label) for label in labels]

    def holds(layout: Layout) -> bool:
        for phrases in layout.identify.headings:
            if not any(find(phrases, heading) for heading in headings):
                return False
        for phrases in layout.identify.rows:
            if not any(label.startswith(normal(phrase.rstrip("*"))) for phrase in phrases for label in beginnings):
                return False
        return bool(layout.identify.headings or layout.identify.rows)

    claiming = [(is_own(path), layout) for path, layout in layout_files() if layout.record is None and holds(layout)]
    found = max(claiming, key=lambda c: (c[0], len(c[1].identify.headings) + len(c[1].identify.rows)), default=None)
    return found[1] if found is not None else None
