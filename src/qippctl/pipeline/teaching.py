"""What a paper's tables were taken for, the layouts that are known, and layouts made of an analyst's answers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from qippctl.errors import UsageError
from qippctl.models.answers import (
    ExplanationAnswer,
    LayoutAnswer,
    LearnedAnswer,
)
from qippctl.models.paper import ColumnReading, Paper
from qippctl.pipeline.reading import extract

if TYPE_CHECKING:
    pass


def explained(paper: Paper) -> list[ExplanationAnswer]:
    """Each table of a paper with what its columns were taken for, and why."""
    columns: dict[str, list[ColumnReading]] = {}
    for column in paper.columns:
        columns.setdefault(column.table, []).append(column)
    return [
        ExplanationAnswer(paper=paper.cover.paper, reading=table, columns=tuple(columns.get(table.table, ())))
        for table in paper.tables
    ]


def layouts() -> list[LayoutAnswer]:
    """The layouts that are known, the analyst's own first; of two with one name the first counts."""
    from qippctl.interpret.layouts import is_own, layout_paths

    return [checked_layout(path, own=is_own(path)) for path in layout_paths()]


def checked_layout(path: Path, *, own: bool = True) -> LayoutAnswer:
    """A layout's file, held against its schema: what is wrong with it, if anything."""
    from qippctl import resources
    from qippctl.errors import ConfigurationError
    from qippctl.models.layout import Layout

    try:
        layout = resources.load(path, Layout)
    except ConfigurationError as error:
        return LayoutAnswer(name=path.stem, own=own, file=str(path), failure=str(error).removeprefix(f"{path}: "))
    return LayoutAnswer(name=layout.name, kind=layout.kind, own=own, file=str(path))


def learn(
    path: Path,
    explanation: ExplanationAnswer,
    said: Mapping[int, str],
    organisation: str | None,
    *,
    name: str | None = None,
    replacing: bool = False,
    writing: bool = True,
) -> LearnedAnswer:
    """Make a layout of what is said of a table's columns (by number from 0), write it, and read the paper with it.

    UsageError says why it cannot be made, or that a file of its name is there. Nothing is left behind where the layout
    would not claim its own table.
    """
    import tomli_w

    from qippctl import resources
    from qippctl.interpret.layouts import forget
    from qippctl.interpret.learning import learned, name_for

    own = name or name_for(organisation, explanation.reading)
    layout = learned(own, explanation.reading, explanation.columns, said)
    text = tomli_w.dumps(layout.model_dump(mode="json", exclude_defaults=True))
    named = {" ".join(explanation.columns[k].heading): what for k, what in said.items()}
    table, before = explanation.reading.table, explanation.reading.figures
    if not writing:
        return LearnedAnswer(name=own, file=None, table=table, named=named, figures_before=before, text=text)
    folder = resources.user_folder("parsers")
    file = folder / f"{own}.toml"
    if file.exists() and not replacing:
        raise UsageError(f"{file}: there is a layout of this name; give another with --name, or --replace it")
    kept = file.read_text(encoding="utf-8") if file.exists() else None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{file}: cannot be written: {error.strerror}") from error
    forget()
    after = next((t for t in extract(path).tables if t.table == table), None)
    if after is None or after.layout != own:
        file.unlink() if kept is None else file.write_text(kept, encoding="utf-8")
        forget()
        claimed = f"; {after.layout} claims it" if after is not None and after.layout else ""
        raise UsageError(f"the layout would not claim table {table} of {path.name}{claimed}; nothing was written")
    return LearnedAnswer(
        name=own,
        file=str(file),
        table=table,
        named=named,
        figures_before=before,
        figures_after=after.figures,
        text=text,
    )
