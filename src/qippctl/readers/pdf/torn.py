"""Pages whose drawing ends before its time. PDFium draws the beginning of a torn stream, which may end in half a number."""

from __future__ import annotations

import base64
import io
import re
import zlib
from collections.abc import Iterator
from typing import Any

_STREAM = re.compile(rb"stream\r?\n")
_DICTIONARY = 2000  # bytes before a stream in which its dictionary stands
_LARGEST = 4_000_000  # a page's drawing is smaller: what is larger is a picture
_DEEPEST = 8


def torn_pages(content: bytes, password: str) -> frozenset[int]:
    """The pages, from 1, that a torn stream belongs to. Costs next to nothing where none is torn."""
    if b"/Encrypt" not in content and not _any_torn(content):
        return frozenset()
    return frozenset(_pages(content, password))


def _any_torn(content: bytes) -> bool:
    for match in _STREAM.finditer(content):
        if content[match.start() - 3 : match.start()] == b"end":
            continue
        head = content[max(0, match.start() - _DICTIONARY) : match.start()]
        head = head[head.rfind(b"obj") + 3 :]
        if (b"FlateDecode" not in head and b"/Fl" not in head) or b"/Image" in head:
            continue
        end = content.find(b"endstream", match.end())
        data = content[match.end() : end if end >= 0 else len(content)]
        if len(data) > _LARGEST:
            continue
        if b"ASCII85Decode" in head or b"/A85" in head:
            try:
                data = (
                    base64.a85decode(data.strip(), adobe=data.lstrip().startswith(b"<~"))
                    if data.lstrip().startswith(b"<~")
                    else base64.a85decode(data.strip().removesuffix(b"~>"))
                )
            except ValueError:
                return True
        elif b"/AHx" in head or b"ASCIIHexDecode" in head or b"LZW" in head or b"RunLength" in head:
            continue
        if not _is_whole(data):
            return True
    return False


def _is_whole(data: bytes) -> bool:
    unpacker = zlib.decompressobj()
    try:
        rest = data
        while rest and not unpacker.eof:
            unpacker.decompress(rest, 1 << 20)
            rest = unpacker.unconsumed_tail
    except zlib.error:
        # A wrong checksum alone loses nothing.
        return _is_whole_but_for_checksum(data)
    return unpacker.eof


def _is_whole_but_for_checksum(data: bytes) -> bool:
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        rest = data[2:]
        while rest and not unpacker.eof:
            unpacker.decompress(rest, 1 << 20)
            rest = unpacker.unconsumed_tail
    except zlib.error:
        return False
    return unpacker.eof


class _TornError(Exception):
    """A compressed stream ends before its time."""


def _unpacked(data: bytes) -> bytes:
    """What pdfminer calls for a stream that does not unpack: one whole but for its checksum is as good as any."""
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        content = unpacker.decompress(data[2:])
    except zlib.error as error:
        raise _TornError from error
    if not unpacker.eof:
        raise _TornError
    return content


def _pages(content: bytes, password: str) -> Iterator[int]:
    from pdfminer import pdftypes
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfpage import PDFPage
    from pdfminer.pdfparser import PDFParser

    pdftypes.decompress_corrupted = _unpacked
    try:
        document = PDFDocument(PDFParser(io.BytesIO(content)), password)
        pages = enumerate(PDFPage.create_pages(document), 1)
        for number, page in pages:
            if _is_torn(page.contents, page.resources, 0, set()):
                yield number
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  pdfminer gives up on files that PDFium reads; then nothing more is known
        return


def _is_torn(contents: Any, resources: Any, depth: int, seen: set[int]) -> bool:
    from pdfminer.pdftypes import PDFStream, resolve1

    streams = [resolve1(item) for item in (contents if isinstance(contents, list) else [contents])]
    forms = resolve1(resources) if resources is not None else None
    objects = resolve1(forms.get("XObject")) if isinstance(forms, dict) else None
    inner = [resolve1(item) for item in objects.values()] if isinstance(objects, dict) else []
    for stream in streams:
        if isinstance(stream, PDFStream):
            try:
                stream.get_data()
            except MemoryError:
                raise
            except Exception:  # noqa: BLE001  whatever a filter says: this stream does not unpack
                return True
    for form in inner:
        if (
            not isinstance(form, PDFStream)
            or str(form.get("Subtype")) != "/'Form'"
            or id(form) in seen
            or depth > _DEEPEST
        ):
            continue
        seen.add(id(form))
        if _is_torn(form, form.get("Resources"), depth + 1, seen):
            return True
    return False
