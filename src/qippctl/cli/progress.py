"""A progress bar on stderr, where that is a terminal and nobody asked for quiet."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

WIDEST_NAME = 40


@contextmanager
def progress(papers: int, quiet: bool, what: str = "reading") -> Iterator[Callable[[Path, int, int], None] | None]:
    """A function that is told of which paper how many parts are done; None where no bar is shown."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    bar = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    with bar:
        task = bar.add_task(f"{what} {papers} paper{'s' if papers != 1 else ''}")

        def step(path: Path, done: int, of: int) -> None:
            bar.update(task, description=path.name[:WIDEST_NAME], completed=done, total=of)

        yield step
