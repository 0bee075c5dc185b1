"""Which pages of a file to read: `180-195,203`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qippctl.errors import LimitError, UnreadableError, UsageError

# Of a file of which only later pages are read, so many pages from the first are looked at for its cover.
FRONT_PAGES = 2
_RANGE = re.compile(r"([0-9]{1,6})(?:\s*[-–]\s*([0-9]{1,6}))?")


@dataclass(frozen=True, slots=True)
class Pages:
    """Ranges of pages of the file, counted from 1, both ends included; sorted and without overlaps."""

    ranges: tuple[tuple[int, int], ...]

    @classmethod
    def parse(cls, text: str) -> Pages:
        """Read a selection as typed; UsageError where it is none.

        >>> str(Pages.parse("7, 3-5,4-6"))
        '3-7'
        """
        found = []
        for piece in text.split(","):
            match = _RANGE.fullmatch(piece.strip())
            low, high = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
            if not 1 <= low <= high:
                raise UsageError(f'"{text}" is not a selection of pages, such as 12 or 180-195,203')
            found.append((low, high))
        return cls(_merged(found))

    def __contains__(self, page: int) -> bool:
        return any(low <= page <= high for low, high in self.ranges)

    def __or__(self, other: Pages) -> Pages:
        return Pages(_merged([*self.ranges, *other.ranges]))

    def __str__(self) -> str:
        return ",".join(str(low) if low == high else f"{low}-{high}" for low, high in self.ranges)


def chosen(selection: Pages | None, count: int, most: int) -> list[int]:
    """The pages to read of a file that has `count` of them; UnreadableError where none or more than `most` are left."""
    wanted = [page for page in range(1, count + 1) if selection is None or page in selection]
    if not wanted:
        raise UnreadableError(f"has {count} page{'' if count == 1 else 's'}, none of them among {selection}")
    if len(wanted) > most:
        raise LimitError(
            f"has {count} pages, more than the {most} allowed; choose some with --pages, or raise QIPPCTL_MAX_PAGES"
        )
    return wanted


def front(wanted: list[int], count: int) -> list[int]:
    """The first pages of a file, where they are not among those to read."""
    return [page for page in range(1, min(FRONT_PAGES, count) + 1) if page not in wanted]


def _merged(ranges: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    out: list[tuple[int, int]] = []
    for low, high in sorted(ranges):
        if out and low <= out[-1][1] + 1:
            out[-1] = (out[-1][0], max(out[-1][1], high))
        else:
            out.append((low, high))
    return tuple(out)
