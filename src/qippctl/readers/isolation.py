"""Reading in a child process with limits, so that a hostile file takes nothing but its own reading with it.

parent: look at the file ── start ──> child: `python -m qippctl.readers.worker`
        (regular? empty? too large?)     limits on memory, processor time, open files; no file can be written
        <── progress on stderr ──────    read by content
        <── document or reason, JSON ─   exit
"""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from qippctl.errors import LimitError, UnreadableError, UnsupportedError, UsageError
from qippctl.models.document import Document
from qippctl.readers.pages import Pages

Progress = Callable[[int, int], None]
_LARGEST_BOUND = 999_999_999
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


def read(
    path: Path, pages: Pages | None = None, *, limits: Limits | None = None, progress: Progress | None = None
) -> Document:
    """Read a file of any supported format, by its content.

    Raises UnreadableError (LimitError, UnsupportedError) with the reason, on one line and with what to do next.
    """
    bounds = limits or Limits.from_environment()
    check_file(path, bounds)
    command = [
        sys.executable,
        "-P",  # without it a `docx.py` in the folder that the analyst works in would be run
        "-m",
        "qippctl.readers.worker",
        str(path.absolute()),
        str(pages or ""),
        *(str(v) for v in asdict(bounds).values()),
    ]
    # The program is our own interpreter and module; the path is one argument and no shell sees it.
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)  # noqa: S603
    assert child.stdout is not None and child.stderr is not None  # noqa: S101  both are pipes
    talk = _Talk(child.stderr, progress)
    timer = threading.Timer(bounds.seconds, child.kill)
    timer.start()
    try:
        answer = child.stdout.read()
        status = child.wait()
    finally:
        timed_out = not timer.is_alive()
        timer.cancel()
        if child.poll() is None:
            child.kill()
            child.wait()
        talk.join()
        child.stdout.close()
        child.stderr.close()
    if status == 0:
        return _document(path, answer)
    raise _reason(path, status, timed_out, talk.last, bounds)


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


def _document(path: Path, answer: bytes) -> Document:
    from pydantic import TypeAdapter, ValidationError

    try:
        return TypeAdapter(Document).validate_json(answer)
    except ValidationError as error:
        raise UnreadableError(
            f"{_shown(path)}: its reader answered with something that is no document; please report this"
        ) from error


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
