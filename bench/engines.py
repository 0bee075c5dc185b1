"""The engines that are measured, each read in a process of its own.

    python bench/engines.py NAME JOB.json ANSWER.json

JOB is {"reads": [[file, [page, ...]], ...]}. ANSWER holds for each read its seconds, its processor seconds and the
tables by page, and the most memory the process held, in megabytes. The first page is read once beforehand, untimed, so
that nobody pays for what a library loads on its first call. A peer is asked for tables at its own default settings, a
flavour or strategy apart.
"""

from __future__ import annotations

import json
import logging
import resource
import shutil
import sys
import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from scoring import Grid, Tables

Read = Callable[[Path, Sequence[int]], Tables]


@dataclass(frozen=True)
class Engine:
    """One way of reading tables: its name, the modules it needs, the distribution that has its version."""

    name: str
    package: str
    read: Read
    needs: tuple[str, ...]
    slow: bool = True  # a slow one reads a sample of the pack's prose

    @property
    def family(self) -> str:
        """The name that stands for all of a library's ways: `camelot` for `camelot lattice`."""
        return self.name.partition(" ")[0]

    @property
    def is_there(self) -> bool:
        """Whether all it needs can be imported; tabula needs Java besides."""
        return all(map(find_spec, self.needs)) and (self.family != "tabula" or bool(shutil.which("java")))


def collect(found: Iterable[tuple[int, Grid]]) -> Tables:
    """Tables by page."""
    tables: Tables = {}
    for page, grid in found:
        tables.setdefault(page, []).append(grid)
    return tables


def read_floor(path: Path, pages: Sequence[int]) -> Tables:
    """No tables: PDFium loads each page and gives its text, which is the least that any reader must do."""
    import pypdfium2

    with closing(pypdfium2.PdfDocument(path)) as document:
        for number in pages:
            page = document[number - 1]
            page.get_textpage().get_text_range()
            page.close()
    return {}


def read_pdfplumber(path: Path, pages: Sequence[int], strategy: str) -> Tables:
    """pdfplumber with one strategy for rows and columns."""
    import pdfplumber

    def found() -> Iterator[tuple[int, Grid]]:
        with pdfplumber.open(path, pages=list(pages)) as document:
            for page in document.pages:
                yield from ((page.page_number, grid) for grid in page.extract_tables(settings))
                page.close()

    settings = {"vertical_strategy": strategy, "horizontal_strategy": strategy}
    return collect(found())


def read_camelot(path: Path, pages: Sequence[int], flavor: str) -> Tables:
    """Camelot with one of its flavours."""
    import camelot

    tables = camelot.read_pdf(path, pages=",".join(map(str, pages)), flavor=flavor, suppress_stdout=True)
    return collect((table.page, table.df.astype(str).values.tolist()) for table in tables)


def read_tablers(path: Path, pages: Sequence[int], strategy: str | None) -> Tables:
    """tablers; None is its own default strategy."""
    import tablers

    settings = {"vertical_strategy": strategy, "horizontal_strategy": strategy} if strategy else {}
    with closing(tablers.Document(path)) as document:
        return collect(
            (number, [[cell.text for cell in row] for row in table.to_list()])
            for number in pages
            for table in tablers.find_tables(document.get_page(number - 1), extract_text=True, **settings)
        )


def read_pymupdf(path: Path, pages: Sequence[int], **settings: object) -> Tables:
    """PyMuPDF; the words of its cells by their boxes, as the `extract` of 2.0 leaves out blanks and moves commas."""
    import pymupdf

    def found() -> Iterator[tuple[int, Grid]]:
        with pymupdf.open(path) as document:
            for number in pages:
                page = document[number - 1]
                page.remove_rotation()  # or cells and words of a turned page are not in one system of places
                for table in page.find_tables(**settings).tables:
                    yield number, [[page.get_textbox(cell) if cell else "" for cell in row.cells] for row in table.rows]

    return collect(found())


def once_each(rows: Iterable[Iterable]) -> Grid:
    """img2table's cells as text; a merged cell, which it repeats over all it covers, once."""
    seen: set[tuple[int, int, int, int]] = set()
    grid: Grid = []
    for row in rows:
        grid.append([])
        for cell in row:
            place = (cell.bbox.x1, cell.bbox.y1, cell.bbox.x2, cell.bbox.y2)
            grid[-1].append("" if place in seen else cell.value or "")
            seen.add(place)
    return grid


def read_img2table(path: Path, pages: Sequence[int], borderless: bool) -> Tables:
    """img2table, which looks at the page as a picture and takes the words from the PDF."""
    from img2table.document import PDF

    found = PDF(path, pages=[number - 1 for number in pages]).extract_tables(borderless_tables=borderless)
    return collect(
        (index + 1, once_each(table.content.values())) for index, tables in found.items() for table in tables
    )


def read_tabula(path: Path, pages: Sequence[int]) -> Tables:
    """tabula as it guesses; its answer does not say the page, so it is asked page by page, in one Java machine."""
    import tabula

    def found(number: int) -> Iterator[tuple[int, Grid]]:
        for table in tabula.read_pdf(path, pages=[number], output_format="json", silent=True):
            yield number, [[cell["text"] for cell in row] for row in table["data"]]

    return collect(pair for number in pages for pair in found(number))


def camelot_engine(flavor: str) -> Engine:
    """Camelot by one flavour."""
    return Engine(f"camelot {flavor}", "camelot-py", partial(read_camelot, flavor=flavor), ("camelot",))


def pymupdf_engine(name: str, **settings: object) -> Engine:
    """PyMuPDF, with its analysis of the layout unless the settings put that off."""
    return Engine(name, "PyMuPDF", partial(read_pymupdf, **settings), ("pymupdf",))


ENGINES = (
    Engine("floor", "pypdfium2", read_floor, ("pypdfium2",), slow=False),
    Engine("pdfplumber lines", "pdfplumber", partial(read_pdfplumber, strategy="lines"), ("pdfplumber",), slow=False),
    Engine("pdfplumber text", "pdfplumber", partial(read_pdfplumber, strategy="text"), ("pdfplumber",)),
    *map(camelot_engine, ("lattice", "stream", "network", "hybrid")),
    Engine("tablers", "tablers", partial(read_tablers, strategy=None), ("tablers",), slow=False),
    Engine("tablers text", "tablers", partial(read_tablers, strategy="text"), ("tablers",), slow=False),
    pymupdf_engine("pymupdf"),
    pymupdf_engine("pymupdf lines", strategy="lines", use_layout=False),
    pymupdf_engine("pymupdf text", strategy="text", use_layout=False),
    Engine("img2table", "img2table", partial(read_img2table, borderless=False), ("img2table",)),
    Engine("img2table borderless", "img2table", partial(read_img2table, borderless=True), ("img2table",)),
    Engine("tabula", "tabula-py", read_tabula, ("tabula", "jpype")),
)


def timed(engine: Engine, path: Path, pages: Sequence[int]) -> dict[str, object]:
    """What one read gave and what it took; the reason instead where the engine failed."""
    wall, busy = time.perf_counter(), time.process_time()
    try:
        tables = engine.read(path, pages)
    except Exception as error:  # noqa: BLE001  a peer that fails on a file is a result of the measurement
        return {"failure": f"{path.name}: {type(error).__name__}: {error}", "seconds": 0.0, "busy": 0.0, "tables": {}}
    return {"seconds": time.perf_counter() - wall, "busy": time.process_time() - busy, "tables": tables}


def most_memory() -> float:
    """The most memory that this process has held, in megabytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def main() -> None:
    """Do the reads of the job file with the engine named, and write the answer file."""
    name, job, answer = sys.argv[1:]
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    engine = next(engine for engine in ENGINES if engine.name == name)
    reads = [(Path(path), pages) for path, pages in json.loads(Path(job).read_text(encoding="utf-8"))["reads"]]
    timed(engine, reads[0][0], reads[0][1][:1])
    results = [timed(engine, path, pages) for path, pages in reads]
    text = json.dumps({"reads": results, "memory": most_memory()}, ensure_ascii=False)
    Path(answer).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
