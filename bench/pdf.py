"""Measure how fast and how well `qippctl tables` reads PDFs, beside PDFium's bare text pass and the peers installed.

    python bench/pdf.py                                    everything that can be imported, on a pack of 300 pages
    python bench/pdf.py --pages 12 --peers floor,pdfplumber --by-style
    python bench/pdf.py --date 2026-01-31 --write          and put the table into bench/README.md

What the columns mean and how to install the peers is in bench/README.md.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property, partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TypeVar

from engines import ENGINES, Engine
from rich.console import Console
from rich.table import Table
from scoring import Grid, Score, Tables, pages_with_tables, score_document

HERE = Path(__file__).resolve().parent
README = HERE / "README.md"
MARKERS = ("<!-- measured: bench/pdf.py --write puts it here -->", "<!-- end of measured -->")
TOOL = "qippctl"
TRIAL = 50  # a pack of fewer pages is a trial run, which reads six styles
Item = TypeVar("Item")
HEADINGS = (
    "Reader", "Pack, s", "× floor", "CPU s", "ms a table page", "Mean F1", "Worst F1", "Worst style", "Numbers",
    "Table pages", "False tables", "Memory, MB",
)  # fmt: skip


def spread(items: Sequence[Item], size: int) -> list[Item]:
    """So many of the items, evenly spread; all when there are no more.

    >>> spread("abcdefg", 3)
    ['a', 'c', 'e']
    """
    size = min(size, len(items))
    return [items[number * len(items) // size] for number in range(size)]


@dataclass(frozen=True)
class Corpus:
    """The PDFs to read and what is in them."""

    folder: Path
    pages: int  # of the pack
    styles: int | None = None  # so many of them, evenly spread; None is all

    @property
    def pack(self) -> Path:
        """The long file."""
        return self.folder / "pack.pdf"

    @cached_property
    def truth(self) -> dict[str, dict[str, list[Grid]]]:
        """The tables of each style by page."""
        truth = json.loads((self.folder / "truth.json").read_text(encoding="utf-8"))
        return {name: truth[name] for name in spread(list(truth), self.styles or len(truth))}

    @cached_property
    def table_pages(self) -> list[int]:
        """The pages of the pack that hold a table."""
        return sorted(map(int, json.loads((self.folder / "pack_tables.json").read_text(encoding="utf-8"))))

    @cached_property
    def prose_pages(self) -> list[int]:
        """The pages of the pack that hold none."""
        return sorted(set(range(1, self.pages + 1)) - set(self.table_pages))

    def prose_sample(self, size: int) -> list[int]:
        """So many pages of prose, evenly spread over the pack; all when there are no more."""
        return spread(self.prose_pages, size)


@dataclass(frozen=True)
class Reading:
    """What a reader gave and what it took: seconds by the clock, processor seconds, megabytes at most."""

    seconds: float
    busy: float
    tables: Tables = field(default_factory=dict)
    memory: float = 0.0
    failure: str | None = None


@dataclass(frozen=True)
class Measured:
    """One reader over the pack: the whole of it, or a sample of its prose from which the times are worked out."""

    name: str
    whole: Reading
    table_pages: Reading
    prose_read: int
    sampled: bool


@dataclass(frozen=True)
class Quality:
    """One reader over the styles: a score each, and the files it failed on."""

    scores: dict[str, Score]
    failures: tuple[str, ...] = ()

    @property
    def mean(self) -> float:
        """The mean F1, each style counting the same."""
        return sum(score.f1 for score in self.scores.values()) / len(self.scores)

    @property
    def worst(self) -> str:
        """The style with the lowest F1."""
        return min(self.scores, key=lambda name: self.scores[name].f1)

    @property
    def recall(self) -> float:
        """The share of the numbers of all styles that are in their right cell."""
        total = sum(self.scores.values(), Score())
        return total.numbers_agreeing / total.numbers


def tool_tables(printed: str) -> Tables:
    """The tables by page that the tool printed."""
    tables: Tables = {}
    for line in printed.splitlines():
        record = json.loads(line)
        if record.get("type") == "table":
            tables.setdefault(record["page"], []).append(record["rows"])
    return tables


def run_tool(command: Sequence[str]) -> Reading:
    """Run the tool as a whole process, start-up included; memory is that of the largest of its processes."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as talk:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=talk)  # noqa: S603  our own command
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = code = os.waitstatus_to_exitcode(status)
        out.seek(0)
        talk.seek(0)
        tables, said = tool_tables(out.read().decode()), talk.read().decode().strip()
    memory = used.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
    failure = f"{Path(command[2]).name}: exit {code}: {said[:200]}" if code else None
    return Reading(seconds, used.ru_utime + used.ru_stime, tables, memory, failure)


def run_engine(engine: Engine, reads: Sequence[tuple[Path, Sequence[int]]], limit: float) -> list[Reading]:
    """Do the reads in a process of the engine's own; a failure on each when it is stopped or dies."""
    with tempfile.TemporaryDirectory() as scratch:
        job, answer = Path(scratch, "job.json"), Path(scratch, "answer.json")
        job.write_text(json.dumps({"reads": [[str(path), list(pages)] for path, pages in reads]}), encoding="utf-8")
        command = [sys.executable, str(HERE / "engines.py"), engine.name, str(job), str(answer)]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=limit)  # noqa: S603  our own script
        except subprocess.TimeoutExpired:
            return [Reading(0, 0, failure=f"stopped after {limit:.0f} s")] * len(reads)
        except subprocess.CalledProcessError as error:
            last = error.stderr.decode(errors="replace").strip().rpartition("\n")[2]
            return [Reading(0, 0, failure=f"ended with {error.returncode}: {last[:200]}")] * len(reads)
        told = json.loads(answer.read_text(encoding="utf-8"))
    return [reading(one, told["memory"]) for one in told["reads"]]


def reading(told: dict, memory: float) -> Reading:
    """One read as the engine's process told it."""
    tables = {int(page): grids for page, grids in told["tables"].items()}
    return Reading(told["seconds"], told["busy"], tables, memory, told.get("failure"))


def measure_tool(tool: str, corpus: Corpus, *options: str) -> Measured:
    """The tool over the whole pack, and over its table pages alone."""
    command = [tool, "tables", str(corpus.pack), "--format", "jsonl", *options]
    whole = run_tool(command)
    alone = run_tool([*command, "--pages", ",".join(map(str, corpus.table_pages))])
    return Measured(" ".join((TOOL, *options)), whole, alone, len(corpus.prose_pages), False)


def measure_engine(engine: Engine, corpus: Corpus, sample: int, limit: float) -> Measured:
    """An engine over the pack: all of it, or for a slow one its table pages and a sample of the prose."""
    prose = corpus.prose_sample(sample)
    if not engine.slow or len(prose) == len(corpus.prose_pages):
        every = range(1, corpus.pages + 1)
        alone, whole = run_engine(engine, [(corpus.pack, corpus.table_pages), (corpus.pack, every)], limit)
        return Measured(engine.name, whole, alone, len(corpus.prose_pages), False)
    alone, part = run_engine(engine, [(corpus.pack, corpus.table_pages), (corpus.pack, prose)], limit)
    times = len(corpus.prose_pages) / len(prose)
    seconds, busy = alone.seconds + part.seconds * times, alone.busy + part.busy * times
    failure = alone.failure or part.failure
    whole = Reading(seconds, busy, {**alone.tables, **part.tables}, max(alone.memory, part.memory), failure)
    return Measured(engine.name, whole, alone, len(prose), True)


def measure(options: argparse.Namespace, engines: Sequence[Engine], corpus: Corpus) -> list[Measured]:
    """Every reader over the pack, one after the other: the floor, the tool straight after it, then the peers."""
    floor, *peers = (partial(measure_engine, engine, corpus, options.sample, options.limit) for engine in engines)
    ours = (partial(measure_tool, options.qippctl, corpus, *workers) for workers in ((), ("--workers", "1")))
    return [run() for run in (floor, *ours, *peers)]


def judge(corpus: Corpus, readings: dict[str, Reading]) -> Quality:
    """The scores of what was read of each style."""
    scores = {name: score_document(corpus.truth[name], readings[name].tables) for name in corpus.truth}
    return Quality(scores, tuple(one.failure for one in readings.values() if one.failure))


def tool_quality(tool: str, corpus: Corpus) -> Quality:
    """The tool over the styles, a process a file."""
    commands = {
        name: [tool, "tables", str(corpus.folder / f"{name}.pdf"), "--format", "jsonl"] for name in corpus.truth
    }
    return judge(corpus, {name: run_tool(command) for name, command in commands.items()})


def engine_quality(engine: Engine, corpus: Corpus, limit: float) -> Quality:
    """An engine over the styles, all in one process."""
    reads = [(corpus.folder / f"{name}.pdf", sorted(map(int, pages))) for name, pages in corpus.truth.items()]
    return judge(corpus, dict(zip(corpus.truth, run_engine(engine, reads, limit), strict=True)))


def qualities(tool: str, engines: Sequence[Engine], corpus: Corpus, limit: float) -> dict[str, Quality]:
    """Every reader over the styles, by name. Nothing is timed here, so they run side by side."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        waiting: dict[str, Future[Quality]] = {TOOL: pool.submit(tool_quality, tool, corpus)}
        for engine in engines:
            if engine.name != "floor":
                waiting[engine.name] = pool.submit(engine_quality, engine, corpus, limit)
        return {name: future.result() for name, future in waiting.items()}


def pack_cells(measured: Measured, corpus: Corpus, floor: float) -> list[str]:
    """The cells that the pack gives: times, then table pages found, false tables and memory."""
    about = "≈ " if measured.sampled else ""
    whole, alone = measured.whole, measured.table_pages
    if whole.failure:
        return ["–"] * 7
    found = pages_with_tables(whole.tables)
    tables, false = found & set(corpus.table_pages), found & set(corpus.prose_pages)
    has_tables = measured.name != "floor"
    return [
        f"{about}{whole.seconds:.2f}",
        f"{about}{whole.seconds / floor:.1f}",
        f"{about}{whole.busy:.2f}",
        f"{alone.seconds * 1000 / len(corpus.table_pages):.0f}",
        f"{len(tables)} of {len(corpus.table_pages)}" if has_tables else "–",
        f"{len(false)} of {measured.prose_read}" if has_tables else "–",
        f"{whole.memory:.0f}",
    ]


def style_cells(quality: Quality | None) -> list[str]:
    """The cells that the styles give."""
    if quality is None or len(quality.failures) == len(quality.scores):
        return ["–"] * 4
    worst = quality.worst
    return [f"{quality.mean:.3f}", f"{quality.scores[worst].f1:.3f}", worst, f"{quality.recall:.3f}"]


def table_rows(measured: Sequence[Measured], quality: dict[str, Quality], corpus: Corpus) -> list[list[str]]:
    """The rows of the benchmark's table, as text."""
    floor = next(one.whole.seconds for one in measured if one.name == "floor")
    rows = []
    for one in measured:
        pack = pack_cells(one, corpus, floor)
        rows.append([one.name, *pack[:4], *style_cells(quality.get(one.name)), *pack[4:]])
    return rows


def failures(measured: Sequence[Measured], quality: dict[str, Quality]) -> Iterator[str]:
    """A line for each reader that could not read something."""
    for one in measured:
        if why := one.whole.failure or one.table_pages.failure:
            yield f"{one.name}, the pack: {why}"
    for name, styles in quality.items():
        if styles.failures:
            yield f"{name}, {len(styles.failures)} of {len(styles.scores)} styles: {styles.failures[0]}"


def rich_table(rows: Sequence[Sequence[str]], headings: Sequence[str]) -> Table:
    """The rows as a table for the terminal."""
    table = Table()
    for number, heading in enumerate(headings):
        table.add_column(
            heading, justify="right" if number and heading != "Worst style" else "left", no_wrap=not number
        )
    for row in rows:
        table.add_row(*row)
    return table


def markdown_table(rows: Sequence[Sequence[str]], headings: Sequence[str]) -> str:
    """The rows as a table for a page of Markdown."""
    ruler = ["---:" if number and heading != "Worst style" else "---" for number, heading in enumerate(headings)]
    return "\n".join(f"| {' | '.join(row)} |" for row in (headings, ruler, *rows))


def style_rows(quality: dict[str, Quality], corpus: Corpus) -> list[list[str]]:
    """A row a style: the F1 of every reader."""
    return [[style, *(f"{one.scores[style].f1:.3f}" for one in quality.values())] for style in corpus.truth]


def processor() -> str:
    """The processors of this machine, as it names them."""
    try:
        named = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    except OSError:
        named = None
    return f"{os.cpu_count()} × {named[1] if named else platform.processor() or platform.machine()}"


def tool_version(tool: str) -> str:
    """What the tool calls itself."""
    return subprocess.run([tool, "--version"], capture_output=True, text=True, check=False).stdout.strip()  # noqa: S603


def versions(tool: str, engines: Sequence[Engine]) -> str:
    """The versions of everything that was measured."""
    found = []
    for package in dict.fromkeys(engine.package for engine in engines):
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            found.append(f"{package} of unknown version")
    return ", ".join((tool_version(tool) or TOOL, *found))


def conditions(
    options: argparse.Namespace, corpus: Corpus, engines: Sequence[Engine], measured: Sequence[Measured], load: float
) -> list[str]:
    """What the figures hold for, a line each."""
    lines = [
        f"{processor()}; Python {platform.python_version()}, {platform.system()}; {load:.1f} processes ran on the machine "
        "as it began",
        versions(options.qippctl, engines),
        f"a pack of {corpus.pages} pages, {len(corpus.table_pages)} of them with a table; {len(corpus.truth)} styles",
    ]
    if options.date:
        lines.insert(0, options.date)
    if sample := next((one.prose_read for one in measured if one.sampled), None):
        lines.append(f"≈ worked out from the table pages and {sample} pages of prose, evenly spread")
    if absent := [engine.name for engine in ENGINES if not engine.is_there]:
        lines.append(f"not installed: {', '.join(absent)}")
    return lines


def write_readme(table: str, lines: Sequence[str]) -> None:
    """Put the table and the conditions between the markers of bench/README.md."""
    text = README.read_text(encoding="utf-8")
    before, _, rest = text.partition(MARKERS[0])
    _, _, after = rest.partition(MARKERS[1])
    listed = "\n".join(f"- {line}" for line in lines)
    README.write_text(f"{before}{MARKERS[0]}\n{table}\n\n{listed}\n{MARKERS[1]}{after}", encoding="utf-8")


def chosen(peers: str) -> list[Engine]:
    """The engines asked for by name or family that are installed; the floor is always among them."""
    names = {name.strip() for name in peers.split(",")} | {"floor"}
    known = {part for engine in ENGINES for part in (engine.name, engine.family)} | {"all"}
    if names - known:
        sys.exit(f"No peer is called {', '.join(sorted(names - known))}. There are: {', '.join(sorted(known))}")
    wanted = [engine for engine in ENGINES if "all" in names or {engine.name, engine.family} & names]
    return [engine for engine in wanted if engine.is_there]


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--pages", type=int, default=300, help="pages of the pack (default 300)")
    parser.add_argument("--peers", default="all", help="all, or names with commas: floor,pdfplumber,camelot lattice")
    parser.add_argument("--folder", type=Path, help="read these PDFs, with truth.json and pack_tables.json, instead")
    parser.add_argument("--sample", type=int, default=20, help="pages of prose that a slow peer reads (default 20)")
    parser.add_argument("--styles", type=int, help=f"read so many (default all; 6 with a pack under {TRIAL} pages)")
    parser.add_argument("--limit", type=float, default=600, help="seconds after which a peer is stopped (default 600)")
    beside = shutil.which(TOOL, path=str(Path(sys.executable).parent)) or shutil.which(TOOL) or TOOL
    parser.add_argument("--qippctl", default=beside, help="the tool (default: the one beside this Python)")
    parser.add_argument("--by-style", action="store_true", help="print the F1 of every style as well")
    parser.add_argument("--date", help="the day of the run, for the conditions")
    parser.add_argument("--write", action="store_true", help="write the table into bench/README.md")
    options = parser.parse_args(arguments)
    if options.write and (options.folder or not options.date):
        parser.error("--write needs --date, and the corpus that bench/corpus.py makes")
    return options


def open_corpus(options: argparse.Namespace, scratch: str) -> Corpus:
    """The folder named, or a corpus made for this run, by another process so that this one stays small."""
    styles = options.styles or (6 if options.pages < TRIAL else None)
    if not options.folder:
        command = [sys.executable, str(HERE / "corpus.py"), scratch, "--pages", str(options.pages)]
        subprocess.run(command, check=True)  # noqa: S603  our own script
        return Corpus(Path(scratch), options.pages, styles)
    import pypdfium2

    return Corpus(options.folder, len(pypdfium2.PdfDocument(options.folder / "pack.pdf")), options.styles)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print the tables, and write them where asked."""
    options, load = parse(arguments), os.getloadavg()[0]
    engines = chosen(options.peers)
    wide = Console(width=None if sys.stdout.isatty() else 220)
    with tempfile.TemporaryDirectory() as scratch:
        corpus = open_corpus(options, scratch)
        measured = measure(options, engines, corpus)
        quality = qualities(options.qippctl, engines, corpus, options.limit)
        rows = table_rows(measured, quality, corpus)
        lines = conditions(options, corpus, engines, measured, load) + list(failures(measured, quality))
        by_style = style_rows(quality, corpus)
    wide.print(rich_table(rows, HEADINGS), *lines, sep="\n", highlight=False)
    if options.by_style:
        wide.print(rich_table(by_style, ["Style", *quality]))
    if options.write:
        write_readme(markdown_table(rows, HEADINGS), lines)


if __name__ == "__main__":
    main()
