"""The child process that reads one file: limits first, then the format's own reader, then the answer on stdout."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from qippctl.errors import UnreadableError, UnsupportedError
from qippctl.models.document import Document
from qippctl.readers.isolation import Limits, Share
from qippctl.readers.pages import Pages
from qippctl.readers.wire import encode

_LEGACY = bytes.fromhex("d0cf11e0a1b11ae1")


def main(arguments: list[str]) -> int:
    path, selection, *numbers = arguments
    given = [int(number) for number in numbers]
    share, limits = Share(*given[:5]), Limits(*given[5:])
    _limit(limits)
    answer = os.fdopen(os.dup(1), "wb")
    # Libraries that print would spoil the answer.
    os.dup2(2, 1)
    try:
        for part in read_file(Path(path), Pages.parse(selection) if selection else None, limits, share):
            answer.write(encode(part) + b"\n")
            answer.flush()
    except UnreadableError as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 3
    except MemoryError:
        print("MemoryError", file=sys.stderr)
        return 3
    except Exception as error:  # noqa: BLE001  whatever a parser throws at a hostile file ends here, named
        print(f"{type(error).__name__} {' '.join(str(error).split())[:300]}", file=sys.stderr)
        return 3
    answer.close()
    return 0


def read_file(path: Path, pages: Pages | None, limits: Limits, share: Share | None = None) -> Iterator[Document]:
    """Read a file by what its first bytes say it is: a PDF page by page, anything else as one document."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableError(f"cannot be read: {error.strerror or error}") from error
    name = os.fsencode(path.name).decode("utf-8", "replace")
    sha256 = hashlib.sha256(content).hexdigest()
    head = content[:1024]
    if b"%PDF-" in head:
        from qippctl.readers.pdf.document import read_pdf

        yield from read_pdf(name, sha256, content, pages, limits, share or Share())
        return
    yield _read_whole(path, name, sha256, content, pages, limits)


def _read_whole(path: Path, name: str, sha256: str, content: bytes, pages: Pages | None, limits: Limits) -> Document:
    head = content[:1024]
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _read_office(name, sha256, content, pages, limits)
    if head.startswith(_LEGACY):
        from qippctl.readers.excel.xls import read_xls

        return read_xls(name, sha256, content, pages, limits)
    if head.startswith(b"{\\rtf"):
        raise UnsupportedError("Rich Text; save it as .docx, PDF or plain text")
    text = _decoded(content)
    if text is None:
        raise UnsupportedError("not PDF, Word, Excel, PowerPoint or text; save it as one of these")
    from qippctl.readers.delimited import delimiter_of, read_delimited

    if delimiter := delimiter_of(text, path.suffix.lower()):
        return read_delimited(name, sha256, text, delimiter, pages, limits)
    from qippctl.readers.text import read_text

    media_type = "text/markdown" if path.suffix.lower() in (".md", ".markdown") else "text/plain"
    return read_text(name, sha256, text, media_type, pages, limits)


def _read_office(name: str, sha256: str, content: bytes, pages: Pages | None, limits: Limits) -> Document:
    from qippctl.readers.package import package_kind

    kind = package_kind(content, limits)
    if kind == "excel":
        from qippctl.readers.excel.xlsx import read_xlsx

        return read_xlsx(name, sha256, content, pages, limits)
    if kind == "powerpoint":
        from qippctl.readers.powerpoint.document import read_pptx

        return read_pptx(name, sha256, content, pages, limits)
    from qippctl.readers.word.document import read_docx

    if pages is not None:
        raise UnsupportedError("a Word file has no pages until it is laid out; leave --pages out")
    return read_docx(name, sha256, content, limits)


def _decoded(content: bytes) -> str | None:
    """The text of a text file; None where its bytes are no text."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    if b"\0" in content:
        return None
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _limit(limits: Limits) -> None:
    """Bounds that the system enforces; where it has none, the parent's clock still stands."""
    with contextlib.suppress(ImportError):
        import resource

        memory = limits.memory_mb * 1_000_000
        for what, bound in (
            (resource.RLIMIT_AS, memory),
            (resource.RLIMIT_CPU, limits.seconds + 5),  # for a parent that died: its own clock says why
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_NOFILE, 64),
            (resource.RLIMIT_CORE, 0),
        ):
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(what, (bound, bound))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
