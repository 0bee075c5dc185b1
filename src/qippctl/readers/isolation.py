"""Reading in a child process with limits, so that a hostile file takes nothing but its own reading with it.

parent: look at the file ── start ──> child: `python -m qippctl.readers.worker`, for a large PDF several
        (regular? empty? too large?)     limits on memory, processor time, open files; no file can be written
        <── progress on stderr ──────    read by content
        <── parts, a line of JSON each ─ a page each of a PDF, else the document; or the reason on stderr
"""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import IO

from qippctl.errors import LimitError, UnreadableError, UnsupportedError, UsageError
from qippctl.models.document import Document, Page
from qippctl.readers.continuing import continued
from qippctl.readers.joining import together
from qippctl.readers.pages import Pages
from qippctl.readers.wire import decode

Progress = Callable[[int, int], None]
_LARGEST_BOUND = 999_999_999
# Bytes from which a PDF is shared among several processes, and how many pages may bring theirs down.
_WORTH_SHARING = 250_000
_MOST_CRASHES = 20
# How Python, the system's loader and Rust say that there is no memory left.
_OUT_OF_MEMORY = ("MemoryError", "failed to map segment", "Cannot allocate memory", "memory allocation of")
_KINDS = {kind.__name__: kind for kind in (LimitError, UnreadableError, UnsupportedError)}


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one paper. Each is raised by the environment variable `QIPPCTL_MAX_` and its name in capitals."""

    file_mb: int = 512
    memory_mb: int = 3072
    seconds: int = 900
    pages: int = 5000
    cells: int = 400_000
    unzipped_mb: int = 512
    members: int = 10_000

    @classmethod
    def from_environment(cls) -> Limits:
        given = {}
        for name in cls.__slots__:
            text = os.environ.get(f"QIPPCTL_MAX_{name.upper()}")
            if text is not None:
                if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text) > 0):
                    raise UsageError(
                        f'QIPPCTL_MAX_{name.upper()}: "{text[:20]}" is not a whole number from 1 to {_LARGEST_BOUND}'
                    )
                given[name] = int(text)
        return cls(**given)


@dataclass(frozen=True, slots=True)
class Share:
    """Which pages of a paper one child reads: of those chosen every `of`-th, beginning with the `index`-th, that come after page
    `after`; how many numbers a page must hold to be looked at, and whether the lines of pages without tables are wanted."""

    index: int = 0
    of: int = 1
    after: int = 0
    least_numbers: int = 0
    prose: int = 1

    @property
    def is_first(self) -> bool:
        return self.index == 0 and self.after == 0

    def among(self, pages: list[int]) -> list[int]:
        return [page for page in pages[self.index :: self.of] if page > self.after]


def read(
    path: Path,
    pages: Pages | None = None,
    *,
    limits: Limits | None = None,
    progress: Progress | None = None,
    workers: int | None = None,
) -> Document:
    """Read a file of any supported format, by its content.

    Raises UnreadableError (LimitError, UnsupportedError) with the reason, on one line and with what to do next.
    """
    return together(read_parts(path, pages, limits=limits, progress=progress, workers=workers))


def read_parts(
    path: Path,
    pages: Pages | None = None,
    *,
    limits: Limits | None = None,
    progress: Progress | None = None,
    workers: int | None = None,
    least_numbers: int = 0,
    prose: bool = True,
) -> Iterator[Document]:
    """The parts of a file in the order of its pages, as they are read: the first has no pages but all that is known of the whole.

    A PDF comes page by page from several processes; any other file is one part. Without `prose`, lines come only from pages
    that hold tables. Raises as `read` does.
    """
    bounds = limits or Limits.from_environment()
    check_file(path, bounds)
    several = workers or (usual_workers() if _is_large_pdf(path) else 1)
    shares = [Share(k, several, least_numbers=least_numbers, prose=int(prose)) for k in range(several)]
    with _Children(path, pages, bounds, progress) as children:
        yield from continued(_bounded(path, _in_order(children, shares, pages, progress), bounds))


def usual_workers() -> int:
    """As many as there are processors, four at most: beyond that, memory buys little time."""
    available = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(4, available))


def _is_large_pdf(path: Path) -> bool:
    """Whether a second process is worth its start."""
    with path.open("rb") as file:
        return b"%PDF-" in file.read(1024) and path.stat().st_size > _WORTH_SHARING


def _bounded(path: Path, parts: Iterator[Document], limits: Limits) -> Iterator[Document]:
    cells = 0
    read = damaged = 0
    for part in parts:
        cells += sum(len(grid.rows) * grid.width for grid in part.grids())
        if cells > limits.cells:
            raise LimitError(
                f"{_shown(path)}: has more than {limits.cells} table cells; choose pages with --pages, or raise QIPPCTL_MAX_CELLS"
            )
        read += len(part.pages)
        damaged += sum(page.state == "damaged" for page in part.pages)
        yield part
    if damaged and damaged == read:
        raise UnreadableError(
            f"{_shown(path)}: none of its pages can be read: damaged, or larger inside than QIPPCTL_MAX_MEMORY_MB allows."
            " Open and save it anew"
        )


def _in_order(
    children: _Children, shares: list[Share], pages: Pages | None, progress: Progress | None
) -> Iterator[Document]:
    running = [children.start(share) for share in shares]
    first = running[0].part()
    if first is None:
        raise running[0].failure()
    yield first
    if first.pages or first.blocks or first.media_type != "application/pdf":
        return
    wanted = [page for page in range(1, first.page_count + 1) if pages is None or page in pages]
    for position, number in enumerate(wanted):
        k = position % len(running)
        part = running[k].part()
        if part is None:
            if not running[k].crashed or children.started > len(shares) + _MOST_CRASHES:
                raise running[k].failure()
            # One page brought its reader down: the others are read by a new one.
            part = replace(first, front=(), notes=(), pages=(Page(number, state="damaged"),))
            running[k] = children.start(replace(shares[k], after=number))
        yield part
        if progress is not None:
            progress(position + 1, len(wanted))


class _Child:
    """A process that reads one share of a file."""

    def __init__(
        self, path: Path, pages: Pages | None, share: Share, limits: Limits, progress: Progress | None
    ) -> None:
        self.path, self.limits = path, limits
        self.timed_out = False
        command = [
            sys.executable,
            "-P",  # without it a `docx.py` in the folder that the analyst works in would be run
            "-m",
            "qippctl.readers.worker",
            str(path.absolute()),
            str(pages or ""),
            *(str(value) for value in (*asdict(share).values(), *asdict(limits).values())),
        ]
        # The program is our own interpreter and module; the path is one argument and no shell sees it.
        self.process = subprocess.Popen(  # noqa: S603
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        assert self.process.stdout is not None and self.process.stderr is not None  # noqa: S101  both are pipes
        self.answer = self.process.stdout
        self.talk = _Talk(self.process.stderr, progress)

    def part(self) -> Document | None:
        """The next part; None after the last, and when the child gave up."""
        line = self.answer.readline()
        if not line:
            return None
        try:
            return decode(line)
        except (ValueError, TypeError, IndexError, KeyError) as error:
            if not line.endswith(b"\n"):
                return None  # it died in the middle
            raise UnreadableError(
                f"{_shown(self.path)}: its reader answered with something that is no document; please report this"
            ) from error

    @property
    def crashed(self) -> bool:
        """Whether a signal ended it that is neither ours nor the system's for want of memory."""
        status = self.process.wait()
        return status < 0 and status != -signal.SIGKILL and not self.timed_out

    def failure(self) -> UnreadableError:
        status = self.process.wait()
        self.talk.join()
        return _reason(self.path, status, self.timed_out, self.talk.last, self.limits)

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.talk.join()
        self.answer.close()
        if self.process.stderr is not None:
            self.process.stderr.close()


class _Children:
    """The processes that read one file. When the block ends, or the time is up, none of them lives."""

    def __init__(self, path: Path, pages: Pages | None, limits: Limits, progress: Progress | None) -> None:
        self.path, self.pages, self.limits, self.progress = path, pages, limits, progress
        self.running: list[_Child] = []
        self.timer = threading.Timer(limits.seconds, self._time_is_up)
        self.timer.daemon = True

    @property
    def started(self) -> int:
        return len(self.running)

    def start(self, share: Share) -> _Child:
        child = _Child(self.path, self.pages, share, self.limits, self.progress)
        self.running.append(child)
        return child

    def _time_is_up(self) -> None:
        for child in self.running:
            child.timed_out = True
            child.process.kill()

    def __enter__(self) -> _Children:
        self.timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.timer.cancel()
        for child in self.running:
            child.close()


def check_file(path: Path, limits: Limits) -> None:
    """Refuse at once what is no file to read: missing, a folder, a pipe or device, empty, too large."""
    try:
        found = path.stat()
    except OSError as error:
        raise UnreadableError(f"{_shown(path)}: cannot be read: {error.strerror or error}") from error
    except ValueError as error:
        raise UnreadableError(f"{_shown(path)}: not a file name") from error
    if not stat.S_ISREG(found.st_mode):
        raise UnreadableError(f"{_shown(path)}: not a regular file; give the paper itself")
    if found.st_size == 0:
        raise UnreadableError(f"{_shown(path)}: empty; fetch the paper again")
    if found.st_size > limits.file_mb * 1_000_000:
        raise LimitError(
            f"{_shown(path)}: {found.st_size // 1_000_000} MB, more than {limits.file_mb} MB;"
            " raise QIPPCTL_MAX_FILE_MB to read it"
        )


def _reason(path: Path, status: int, timed_out: bool, last: str, limits: Limits) -> UnreadableError:
    """Why the child gave no document. It names its own reasons as `Kind: message`; the rest is told by how it ended."""
    name = _shown(path)
    if timed_out:
        return LimitError(
            f"{name}: not read within {limits.seconds} s; read part of it with --pages, or raise QIPPCTL_MAX_SECONDS"
        )
    kind, _, message = last.partition(": ")
    if kind in _KINDS and message:
        return _KINDS[kind](f"{name}: {message}")
    # Nobody but the system kills the reader in good time: it does so when the whole machine is short of memory.
    if any(words in last for words in _OUT_OF_MEMORY) or status == -signal.SIGKILL:
        return LimitError(
            f"{name}: needs more memory than {limits.memory_mb} MB; read part of it with --pages, or raise QIPPCTL_MAX_MEMORY_MB"
        )
    if status < 0:
        return UnreadableError(
            f"{name}: its reader crashed (signal {-status}): damaged or hostile. Open and save it anew, or leave it out"
        )
    return UnreadableError(
        f"{name}: damaged, or not what it seems ({last[:160] or 'its reader said nothing'}). Open and save it anew"
    )


def _shown(path: Path) -> str:
    """A path on one line, whatever its name holds: `a\\nb.pdf`."""
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in str(path))


class _Talk(threading.Thread):
    """Listens to the child: `page N of M` is progress, any other line may be its reason."""

    def __init__(self, stream: IO[bytes], progress: Progress | None) -> None:
        super().__init__(daemon=True)
        self.stream, self.progress, self.last = stream, progress, ""
        self.start()

    def run(self) -> None:
        for raw in self.stream:
            line = raw[:2000].decode("utf-8", "replace").strip()
            words = line.split()
            if words[:1] == ["page"] and len(words) == 4:
                if self.progress is not None:
                    self.progress(int(words[1]), int(words[3]))
            elif line:
                self.last = line
