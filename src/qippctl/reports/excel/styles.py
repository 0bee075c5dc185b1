"""How cells look: one font, letters with colours that can be read, negatives with a minus."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qippctl.reports.excel.cells import NUMBERS, Kind

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

FONT = {"font_name": "Arial", "font_size": 10, "valign": "vcenter"}
INK, WHITE = "#212B32", "#FFFFFF"
HEAD = "#E8EDEE"
PAINT = {
    "R": ("#D5281B", WHITE),
    "A": ("#FFB81C", INK),
    "G": ("#007F3B", WHITE),
    "B": ("#005EB8", WHITE),
}


class Styles:
    """The formats of a workbook, each made once; `plain`: without fills."""

    def __init__(self, book: Workbook, size: int = 10) -> None:
        self._book = book
        self._base = FONT | {"font_size": size}
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}
        self.title = self._of(bold=True, font_size=size + 4)
        self.heading = self._of(bold=True, font_size=size + 2)
        self.line = self._of()
        self.words = self._of(text_wrap=True)
        self.head = self._of(bold=True, text_wrap=True, bg_color=HEAD, font_color=INK, bottom=1)
        self.head_right = self._of(bold=True, text_wrap=True, bg_color=HEAD, font_color=INK, bottom=1, align="right")
        self.head_centred = self._of(bold=True, text_wrap=True, bg_color=HEAD, font_color=INK, bottom=1, align="center")
        self.plain_head = self._of(bold=True, text_wrap=True)
        self.plain_head_right = self._of(bold=True, text_wrap=True, align="right")
        self.link = self._of(underline=1, font_color="#005EB8")

    def _of(self, **properties: Any) -> Format:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(self._base | properties)
        return self._made[key]

    def heading_of(self, kind: Kind, *, plain: bool = False) -> Format:
        """Over numbers a heading stands to the right, as they do; `plain`: without a fill."""
        if plain:
            return self.plain_head_right if kind in NUMBERS else self.plain_head
        if kind == "letter":
            return self.head_centred
        return self.head_right if kind in NUMBERS else self.head

    def text(self, *, wrap: bool = False, right: bool = False, total: bool = False, quoted: bool = False) -> Format:
        """A text; `quoted`: begins with a mark that would make it a formula if it were typed."""
        more: dict[str, Any] = {"quote_prefix": True} if quoted else {}
        return self._of(text_wrap=wrap, **_total(total), **more, **({"align": "right"} if right else {}))

    def pounds(self, decimals: int, *, total: bool = False) -> Format:
        shown = "#,##0" + ("." + "0" * decimals if decimals else "")
        return self._of(num_format=f"{shown};-{shown}", **_total(total))

    def percent(self, *, total: bool = False) -> Format:
        return self._of(num_format="0.0%;-0.0%", **_total(total))

    def number(self, *, total: bool = False) -> Format:
        return self._of(num_format="General", **_total(total))

    def letter(self, *, total: bool = False) -> Format:
        return self._of(**(_total(total) | {"align": "center", "bold": True}))

    def date(self, *, total: bool = False) -> Format:
        return self._of(num_format="d mmm yyyy", align="left", **_total(total))

    def painted(self, letter: str) -> Format:
        """What a rule lays over a cell that holds the letter."""
        fill, ink = PAINT[letter]
        return self._book.add_format({"bg_color": fill, "font_color": ink})


def _total(total: bool) -> dict[str, Any]:
    return {"bold": True, "top": 1} if total else {}
