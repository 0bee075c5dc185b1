"""Where answers come from and go: the ledger; stdout or a file, whole or not at all; talk to stderr, one line each."""

from __future__ import annotations

import locale
import os
import shutil
import stat
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from qippctl.errors import UsageError

if TYPE_CHECKING:
    from qippctl.cli.options import Format
    from qippctl.ledger import Ledger
    from qippctl.reports.listing import Listing

WIDEST = 200


def show(listing: Listing, form: Format, output: Path | None = None) -> None:
    """Print a listing, or write it to a file."""
    from qippctl.reports.render import render
    from qippctl.reports.sparks import can_show

    if output is not None and str(output) != "-":
        write(output, render(listing, form.value, width=WIDEST))
        return
    colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
    width = shutil.get_terminal_size((100, 24)).columns
    bars = can_show(os.environ, locale.getencoding(), is_terminal=sys.stdout.isatty())
    sys.stdout.write(render(listing, form.value, width=min(width, WIDEST), colour=colour, bars=bars))
    sys.stdout.flush()


def put(text: str, output: Path | None = None) -> None:
    """Print a text as it is, or write it to a file."""
    if output is not None and str(output) != "-":
        write(output, text)
    else:
        sys.stdout.write(text)
        sys.stdout.flush()


def write(path: Path, content: str | bytes) -> None:
    """Write a file so that it is there whole or as it was before; UsageError says why it could not be written.

    A link is followed, the rights of a file that is there are kept, and what is no file (a pipe, a device) is written to.
    """
    path = path.resolve()
    name = None
    raw = content.encode() if isinstance(content, str) else content
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(raw)
            return
        mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o666 & ~_umask()
        with tempfile.NamedTemporaryFile("wb", dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            name = file.name
            file.write(raw)
        Path(name).chmod(mode)
        Path(name).replace(path)
    except OSError as error:
        if name is not None:
            Path(name).unlink(missing_ok=True)
        raise UsageError(f"{path}: cannot be written: {error.strerror}") from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def open_book(
    url: str | None, *, create: bool = False, include_private: bool | None = None, quiet: bool = False
) -> Ledger:
    """The ledger that was asked for, or the analyst's own, which is empty until `ingest` makes it.

    `include_private` is of answers that leave the house (reports, exports, charts, packs): where it is false, papers that are
    marked private are left out, and that is said. Other answers are made with them, and that is said, too.
    """
    book = _opened(url, create=create)
    private = book.private() if not create else {}
    if not private:
        return book
    numbers = ", ".join(f"#{number}" for number in private)
    papers = f"{len(private)} private paper{'s' if len(private) != 1 else ''} ({numbers})"
    if include_private is False:
        if not quiet:
            say(f"{papers} left out. To take private papers in: --include-private")
        return book.without_private()
    if not quiet and not {"--quiet", "-q"} & set(sys.argv):
        say(f"With {papers}: not for publication.")
    return book


def _opened(url: str | None, *, create: bool) -> Ledger:
    from qippctl.errors import LedgerError
    from qippctl.ledger import default_url, empty_ledger, open_ledger

    if url is not None or create:
        return open_ledger(url or default_url(), create=create)
    own = default_url()
    try:
        return open_ledger(own, create=False)
    except LedgerError:
        if Path(own.removeprefix("sqlite:///")).exists():
            raise
        return empty_ledger()


def say(line: str) -> None:
    """A line of talk, safe for the terminal."""
    from qippctl.reports.clean import for_terminal

    print(for_terminal(line), file=sys.stderr, flush=True)
