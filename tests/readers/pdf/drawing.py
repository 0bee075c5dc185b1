"""Makes small PDFs operator by operator, so that a test says how a table is drawn and not only what it says.

A layout library draws every table the one way it knows; the programs that boards use know forty. Here a page is a list of
PDF operators, a `Table` is texts with places, and each function of `RULES` draws the same edges in another manner.
Distances are in points from the top left, as the reader gives them; the PDF's own run from the bottom.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from reportlab.pdfbase.pdfmetrics import stringWidth

A4 = (595.0, 842.0)
RGB = tuple[float, float, float]
BLACK, WHITE, GREY, NAVY = (0.0, 0.0, 0.0), (1.0, 1.0, 1.0), (0.85, 0.85, 0.85), (0.0, 0.1, 0.35)
# Helvetica has no longer ligatures than `fi` and `fl`: those draw a shorter one, and say that they are the longer.
# Characters that the usual encoding of a PDF does not have: code in the font `O`, name of the glyph that is drawn, width.
ODD = {
    "\ufb01": (1, "fi", 500),
    "\ufb03": (8, "fi", 500),
    "\ufb04": (2, "fl", 500),
    "\u2212": (3, "minus", 584),
    "\u2009": (4, "space", 170),
    "\u202f": (5, "space", 170),
    "\u00ad": (6, "hyphen", 333),
    "\u00a0": (7, "space", 278),
}
FONTS = {
    "F1": "Helvetica",
    "F2": "Helvetica-Bold",
    "F3": "Times-Roman",
    "Z": "ZapfDingbats",
    "S": "Symbol",
    "O": "Helvetica",
}
NUMBER = re.compile(r"[-\u2212(+£]?[\s0-9.,%£()k\u2212\u2009\u202f\u00a0-]*\)?")


def num(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")


def literal(text: bytes) -> bytes:
    return b"<" + text.hex().encode() + b">"


def encoded(text: str | bytes, font: str) -> tuple[bytes, str]:
    """The codes of a text, and the font that has them."""
    if isinstance(text, bytes):
        return text, font
    if any(c in ODD for c in text):
        return b"".join(bytes([ODD[c][0]]) if c in ODD else c.encode("cp1252") for c in text), "O"
    return text.encode("cp1252"), font


def width_of(text: str | bytes, size: float, font: str = "F1") -> float:
    if isinstance(text, bytes):
        text = text.decode("latin-1")
    odd = sum(ODD[c][2] for c in text if c in ODD) * size / 1000
    return odd + stringWidth("".join(c for c in text if c not in ODD), FONTS.get(font, "Helvetica"), size)


class Pdf:
    """A file in the making: numbered objects, and the pages among them."""

    def __init__(self) -> None:
        self.objects: list[bytes] = [b"", b""]
        self.pages: list[Page] = []
        self.fonts = {
            name: self.add(
                f"<</Type/Font/Subtype/Type1/BaseFont/{face}{'' if name in 'ZS' else '/Encoding/WinAnsiEncoding'}>>"
            )
            for name, face in FONTS.items()
            if name != "O"
        }
        self.fonts["O"] = self._odd_font()
        self.dot = self.stream(
            b"\0", "/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8"
        )

    def add(self, body: str | bytes) -> int:
        self.objects.append(body.encode("latin-1") if isinstance(body, str) else body)
        return len(self.objects)

    def stream(self, content: bytes, entries: str = "", *, packed: bool = False, keep: float = 1.0) -> int:
        """`keep` below 1 tears a packed stream: its end is gone."""
        if packed:
            content, entries = zlib.compress(content), f"{entries}/Filter/FlateDecode"
            content = content[: int(len(content) * keep)]
        return self.add(f"<<{entries}/Length {len(content)}>>\nstream\n".encode("latin-1") + content + b"\nendstream")

    def page(self, width: float = A4[0], height: float = A4[1]) -> Page:
        self.pages.append(Page(self, width, height))
        return self.pages[-1]

    def form(self, content: bytes, box: str, matrix: str = "1 0 0 1 0 0", extra: str = "") -> int:
        return self.stream(
            content,
            f"/Type/XObject/Subtype/Form/BBox[{box}]/Matrix[{matrix}]/Resources<<{self.font_entries()}/XObject<<{extra}>>>>",
        )

    def font_entries(self) -> str:
        return f"/Font<<{''.join(f'/{name} {number} 0 R' for name, number in self.fonts.items())}>>"

    def save(self, path: Path) -> Path:
        kids = [page.finished() for page in self.pages]
        self.objects[0] = b"<</Type/Catalog/Pages 2 0 R>>"
        self.objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(f'{kid} 0 R' for kid in kids)}]>>".encode()
        out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        places = []
        for number, body in enumerate(self.objects, 1):
            places.append(len(out))
            out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
        start = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
        out += b"".join(b"%010d 00000 n \n" % place for place in places)
        out += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, start)
        path.write_bytes(out)
        return path

    def _odd_font(self) -> int:
        codes = {code: char for char, (code, _, _) in ODD.items()} | {
            code: chr(code) for code in (*range(32, 127), *range(160, 256))
        }
        widths = [round(width_of(codes[code], 1000)) if code in codes else 0 for code in range(256)]
        return self.add(
            f"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/FirstChar 0/LastChar 255/Widths[{' '.join(map(str, widths))}]"
            f"/FontDescriptor {self.add(DESCRIPTOR.format('Helvetica', 32, ''))} 0 R"
            "/Encoding<</Type/Encoding/BaseEncoding/WinAnsiEncoding"
            f"/Differences[1 {' '.join('/' + name for _, name, _ in sorted(ODD.values()))}]>>"
            f"/ToUnicode {self.stream(unicode_map(codes))} 0 R>>"
        )


DESCRIPTOR = (
    "<</Type/FontDescriptor/FontName/{}/Flags {}/FontBBox[-200 -250 1000 950]/ItalicAngle 0/Ascent 750"
    "/Descent -220/CapHeight 700/StemV 80{}>>"
)


def unicode_map(codes: dict[int, str]) -> bytes:
    """A ToUnicode map of one-byte codes."""
    lines = [f"<{code:02x}> <{char.encode('utf-16-be').hex()}>" for code, char in sorted(codes.items())]
    parts = [lines[i : i + 90] for i in range(0, len(lines), 90)]
    body = "\n".join(f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar" for part in parts)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Odd def /CMapType 2 def\n"
        f"1 begincodespacerange <00> <ff> endcodespacerange\n{body}\nendcmap end end"
    ).encode()


@dataclass
class Page:
    """One page as operators. `box` and `entries` are what its dictionary says beside them."""

    pdf: Pdf
    width: float
    height: float
    box: tuple[float, float, float, float] | None = None
    entries: str = ""
    pictures: dict[str, int] = field(default_factory=dict)
    content: bytearray = field(default_factory=bytearray)
    keep: float = 1.0
    closing: bytes = b""

    def __post_init__(self) -> None:
        self.box = (0, 0, self.width, self.height)
        self.origin = (0.0, 0.0)

    def put(self, *operators: str | bytes) -> None:
        for operator in operators:
            self.content += (operator.encode("latin-1") if isinstance(operator, str) else operator) + b"\n"

    def at(self, x: float, top: float) -> tuple[float, float]:
        return x + self.origin[0], self.origin[1] + self.height - top

    def finished(self) -> int:
        content = self.pdf.stream(bytes(self.content) + self.closing, packed=self.keep < 1, keep=self.keep)
        pictures = "".join(f"/{name} {number} 0 R" for name, number in ({"Dot": self.pdf.dot} | self.pictures).items())
        assert self.box is not None
        return self.pdf.add(
            f"<</Type/Page/Parent 2 0 R/MediaBox[{' '.join(map(num, self.box))}]{self.entries}/Contents {content} 0 R"
            f"/Resources<<{self.pdf.font_entries()}/XObject<<{pictures}>>>>>>"
        )

    # ---- the page as a whole -----------------------------------------------------------------------------------------

    def shift_box(self, x: float, y: float) -> None:
        """The page's corner is at (x, y) of its own coordinates, and not at nought."""
        self.box, self.origin = (x, y, x + self.width, y + self.height), (x, y)

    def turn(self, degrees: int, *, rotate: bool) -> None:
        """What follows is drawn turned; with `rotate` the page says so, and is shown upright."""
        w, h = self.width, self.height
        matrix = {90: (0, 1, -1, 0, w, 0), 180: (-1, 0, 0, -1, w, h), 270: (0, -1, 1, 0, 0, h)}[degrees]
        self.put("q " + " ".join(map(num, matrix)) + " cm")
        self.closing = b"Q"
        if degrees != 180:
            self.width, self.height = h, w
        if rotate:
            self.entries += f"/Rotate {degrees}"

    # ---- marks -------------------------------------------------------------------------------------------------------

    def line(self, x0: float, y0: float, x1: float, y1: float, width: float = 0.5, style: str = "") -> None:
        (a, b), (c, d) = self.at(x0, y0), self.at(x1, y1)
        self.put(f"q {num(width)} w {style} {num(a)} {num(b)} m {num(c)} {num(d)} l S Q")

    def fill(self, x0: float, y0: float, x1: float, y1: float, rgb: RGB = BLACK) -> None:
        x, y = self.at(x0, y1)
        self.put(f"q {' '.join(map(num, rgb))} rg {num(x)} {num(y)} {num(x1 - x0)} {num(y1 - y0)} re f Q")

    def stroke_box(self, x0: float, y0: float, x1: float, y1: float, width: float = 0.5) -> None:
        x, y = self.at(x0, y1)
        self.put(f"q {num(width)} w {num(x)} {num(y)} {num(x1 - x0)} {num(y1 - y0)} re S Q")

    def round_box(
        self, x0: float, y0: float, x1: float, y1: float, r: float = 3, paint: str = "S", rgb: RGB = BLACK
    ) -> None:
        """Four sides and four Bézier corners; with `r` half the size of a square it is a circle."""
        (left, bottom), (right, top) = self.at(x0, y1), self.at(x1, y0)
        k = r * 0.4477
        points = (
            f"{left + r:.3f} {bottom:.3f} m {right - r:.3f} {bottom:.3f} l "
            f"{right - k:.3f} {bottom:.3f} {right:.3f} {bottom + k:.3f} {right:.3f} {bottom + r:.3f} c "
            f"{right:.3f} {top - r:.3f} l "
            f"{right:.3f} {top - k:.3f} {right - k:.3f} {top:.3f} {right - r:.3f} {top:.3f} c {left + r:.3f} {top:.3f} l "
            f"{left + k:.3f} {top:.3f} {left:.3f} {top - k:.3f} {left:.3f} {top - r:.3f} c {left:.3f} {bottom + r:.3f} l "
            f"{left:.3f} {bottom + k:.3f} {left + k:.3f} {bottom:.3f} {left + r:.3f} {bottom:.3f} c h"
        )
        self.put(f"q 0.5 w {' '.join(map(num, rgb))} {'rg' if paint == 'f' else 'RG'} {points} {paint} Q")

    def disc(self, x: float, y: float, radius: float, rgb: RGB) -> None:
        self.round_box(x - radius, y - radius, x + radius, y + radius, radius, "f", rgb)

    def picture(self, x0: float, y0: float, x1: float, y1: float, name: str = "Dot") -> None:
        x, y = self.at(x0, y1)
        self.put(f"q {num(x1 - x0)} 0 0 {num(y1 - y0)} {num(x)} {num(y)} cm /{name} Do Q")

    def text(
        self,
        x: float,
        y: float,
        text: str | bytes,
        size: float = 9,
        *,
        font: str = "F1",
        align: str = "left",
        rgb: RGB = BLACK,
        mode: int = 0,
        turn: int = 0,
        spacing: float = 0,
    ) -> None:
        """One string; `y` is its baseline, `turn` 90 runs up the page and 270 down it."""
        codes, face = encoded(text, font)
        reach = width_of(text, size, font) + spacing * len(codes)
        back = {"left": 0.0, "right": reach, "centre": reach / 2}[align]
        cos, sin = {0: (1, 0), 90: (0, 1), 180: (-1, 0), 270: (0, -1)}[turn]
        a, b = self.at(x, y)
        self.put(
            f"q {' '.join(map(num, rgb))} rg BT /{face} {num(size)} Tf {mode} Tr {num(spacing)} Tc "
            f"{cos} {sin} {-sin} {cos} {num(a - back * cos)} {num(b - back * sin)} Tm {literal(codes).decode()} Tj ET Q"
        )

    def lines(self, x: float, y: float, texts: Sequence[str], size: float = 9, leading: float | None = None) -> float:
        for text in texts:
            self.text(x, y, text, size)
            y += leading or size * 1.3
        return y


class Show(Protocol):
    """How a string is put on the page: `Page.text`, or something odder."""

    def __call__(self, page: Page, x: float, y: float, text: str, size: float, align: str, font: str) -> None: ...


def plain(page: Page, x: float, y: float, text: str, size: float, align: str, font: str) -> None:
    page.text(x, y, text, size, align=align, font=font)


Rows = Sequence[Sequence[str | None]]


@dataclass(frozen=True)
class Table:
    """Texts with places. None is a place that the cell on its left reaches over; a line break begins a new line.

    `valign` is where a cell with fewer lines than its row stands: the figures of a wrapped label.
    """

    rows: Rows
    widths: Sequence[float] = (120, 70, 70, 70)
    x: float = 60
    top: float = 90
    size: float = 9
    pad: float = 4
    valign: str = "top"
    headings: int = 1
    gaps: dict[int, float] = field(default_factory=dict)
    group_rows: tuple[int, ...] = ()

    @property
    def xs(self) -> list[float]:
        return [self.x + sum(self.widths[:i]) for i in range(len(self.widths) + 1)]

    @property
    def ys(self) -> list[float]:
        ys = [self.top]
        for number, row in enumerate(self.rows):
            lines = max(len((text or "").split("\n")) for text in row)
            ys.append(ys[-1] + lines * self.size * 1.2 + 2 * self.pad + self.gaps.get(number, 0))
        return ys

    @property
    def bottom(self) -> float:
        return self.ys[-1]

    def boxes(self) -> Iterator[tuple[int, int, tuple[float, float, float, float]]]:
        xs, ys = self.xs, self.ys
        for r, row in enumerate(self.rows):
            for c, text in enumerate(row):
                if text is not None:
                    end = c + 1
                    while end < len(row) and row[end] is None:
                        end += 1
                    yield r, c, (xs[c], ys[r], xs[end], ys[r + 1])

    def edges(self) -> list[tuple[float, float, float, float]]:
        """Every piece of rule once: across, then down; none inside a cell that reaches over others."""
        found: dict[tuple[float, float, float, float], None] = {}
        for _, _, (x0, y0, x1, y1) in self.boxes():
            for edge in ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)):
                found[edge] = None
        return sorted(found, key=lambda edge: (edge[0] == edge[2], edge))

    def is_numeric(self, column: int) -> bool:
        body = [row[column] or "" for row in self.rows[self.headings :]]
        return column > 0 and all(NUMBER.fullmatch(text) for text in body)

    def placed(self) -> Iterator[tuple[int, int, float, float, str, str]]:
        """Each line of text: row, column, x, baseline, alignment, text."""
        step = self.size * 1.2
        for r, c, (x0, y0, x1, y1) in self.boxes():
            lines = (self.rows[r][c] or "").split("\n")
            room = y1 - y0 - 2 * self.pad - len(lines) * step
            down = 0 if r < self.headings else {"top": 0.0, "middle": room / 2, "bottom": room}[self.valign]
            spanning = x1 - x0 > self.widths[c] + 1
            align = "centre" if spanning and r < self.headings else "right" if self.is_numeric(c) else "left"
            x = {"left": x0 + self.pad, "right": x1 - self.pad, "centre": (x0 + x1) / 2}[align]
            for n, line in enumerate(lines):
                if line:
                    yield r, c, x, y0 + self.pad + down + self.size * 0.9 + n * step, align, line

    def draw(self, page: Page, rules: Callable[[Page, Table], None] | None = None, show: Show = plain) -> None:
        if rules:
            rules(page, self)
        for r, _, x, y, align, text in self.placed():
            show(page, x, y, text, self.size, align, "F2" if r < self.headings else "F1")

    def read(self) -> list[list[str]]:
        """What the reader should give: nothing where another cell reaches over, line breaks as spaces."""
        return [[" ".join((text or "").split()) for text in row] for row in self.rows]


# ---- the same edges, drawn in many manners ---------------------------------------------------------------------------


def stroked(page: Page, table: Table) -> None:
    for edge in table.edges():
        page.line(*edge)


def hairlines(page: Page, table: Table) -> None:
    for edge in table.edges():
        page.line(*edge, width=0)


def one_path(page: Page, table: Table) -> None:
    page.put("q 0.5 w")
    for x0, y0, x1, y1 in table.edges():
        (a, b), (c, d) = page.at(x0, y0), page.at(x1, y1)
        page.put(f"{num(a)} {num(b)} m {num(c)} {num(d)} l")
    page.put("S Q")


def filled(page: Page, table: Table) -> None:
    for x0, y0, x1, y1 in table.edges():
        page.fill(x0 - 0.25, y0 - 0.25, x1 + 0.25, y1 + 0.25)


def filled_thick(page: Page, table: Table) -> None:
    for x0, y0, x1, y1 in table.edges():
        page.fill(x0 - 0.75, y0 - 0.75, x1 + 0.75, y1 + 0.75)


def filled_one_path(page: Page, table: Table) -> None:
    page.put("q 0 g")
    for x0, y0, x1, y1 in table.edges():
        a, b = page.at(x0 - 0.25, y1 + 0.25)
        page.put(f"{num(a)} {num(b)} {num(x1 - x0 + 0.5)} {num(y1 - y0 + 0.5)} re")
    page.put("f Q")


def boxed(page: Page, table: Table) -> None:
    for _, _, box in table.boxes():
        page.stroke_box(*box)


def boxed_apart(page: Page, table: Table) -> None:
    for _, _, (x0, y0, x1, y1) in table.boxes():
        page.stroke_box(x0 + 0.4, y0 + 0.4, x1 - 0.4, y1 - 0.4)


def full_lines(page: Page, table: Table) -> None:
    for x in table.xs:
        page.line(x, table.top, x, table.bottom)
    for y in table.ys:
        page.line(table.xs[0], y, table.xs[-1], y)


def dashed(page: Page, table: Table) -> None:
    for edge in table.edges():
        page.line(*edge, style="[3 2] 0 d")


def dashed_dots(page: Page, table: Table) -> None:
    for edge in table.edges():
        page.line(*edge, width=0.75, style="1 J [0 2] 0 d")


def _pieces(
    edge: tuple[float, float, float, float], length: float, step: float
) -> Iterator[tuple[float, float, float, float]]:
    x0, y0, x1, y1 = edge
    across = y0 == y1
    end, place = (x1 - x0 if across else y1 - y0), 0.0
    while place < end:
        stop = min(place + length, end)
        yield (x0 + place, y0, x0 + stop, y0) if across else (x0, y0 + place, x0, y0 + stop)
        place += step


def dotted_segments(page: Page, table: Table) -> None:
    for edge in table.edges():
        for piece in _pieces(edge, 1, 2):
            page.line(*piece)


def dotted_squares(page: Page, table: Table) -> None:
    for edge in table.edges():
        for x, y, _, _ in _pieces(edge, 0.5, 1.5):
            page.fill(x - 0.25, y - 0.25, x + 0.25, y + 0.25)


def rounded(page: Page, table: Table) -> None:
    for _, _, box in table.boxes():
        page.round_box(*box)


def rounded_frame(page: Page, table: Table) -> None:
    page.round_box(table.xs[0], table.top, table.xs[-1], table.bottom, 6)
    for x in table.xs[1:-1]:
        page.line(x, table.top, x, table.bottom)
    for y in table.ys[1:-1]:
        page.line(table.xs[0], y, table.xs[-1], y)


def double(page: Page, table: Table) -> None:
    for x0, y0, x1, y1 in table.edges():
        for d in (-0.75, 0.75):
            page.line(x0 + d * (x0 == x1), y0 + d * (y0 == y1), x1 + d * (x0 == x1), y1 + d * (y0 == y1), 0.4)


def _short(page: Page, table: Table, by: float) -> None:
    for x0, y0, x1, y1 in table.edges():
        page.line(x0 + by * (y0 == y1), y0 + by * (x0 == x1), x1 - by * (y0 == y1), y1 - by * (x0 == x1))


def short_1(page: Page, table: Table) -> None:
    _short(page, table, 1)


def short_2(page: Page, table: Table) -> None:
    _short(page, table, 2)


def pictures(page: Page, table: Table) -> None:
    for x0, y0, x1, y1 in table.edges():
        page.picture(x0 - 0.25, y0 - 0.25, x1 + 0.25, y1 + 0.25)


def pale(page: Page, table: Table) -> None:
    page.put("q 0.8 G")
    stroked(page, table)
    page.put("Q")


def across_only(page: Page, table: Table) -> None:
    for y in table.ys:
        page.line(table.xs[0], y, table.xs[-1], y)


def across_in_pieces(page: Page, table: Table) -> None:
    """Each cell has its own bottom border, and the pieces meet."""
    for y in table.ys:
        for x0, x1 in zip(table.xs, table.xs[1:], strict=False):
            page.line(x0, y, x1, y)


def down_only(page: Page, table: Table) -> None:
    for x in table.xs:
        page.line(x, table.top, x, table.bottom)


def head_and_total(page: Page, table: Table) -> None:
    for y in (table.ys[1], table.ys[-2]):
        page.line(table.xs[0], y, table.xs[-1], y)


def total_rules_apart(page: Page, table: Table) -> None:
    """As accountants do: a rule over the total and two below it, in each column of figures on its own."""
    for x0, x1 in zip(table.xs[1:-1], table.xs[2:], strict=True):
        for y in (table.ys[-2], table.ys[-1], table.ys[-1] + 1.5):
            page.line(x0 + 12, y, x1 - 3, y)


def frame(page: Page, table: Table) -> None:
    page.stroke_box(table.xs[0], table.top, table.xs[-1], table.bottom)


FULL: list[Callable[[Page, Table], Any]] = [
    stroked, hairlines, one_path, full_lines, filled, filled_thick, filled_one_path, boxed, boxed_apart, dashed, dashed_dots,
    dotted_segments, dotted_squares, rounded, rounded_frame, double, short_1, short_2, pictures, pale,
]  # fmt: skip
PARTLY: list[Callable[[Page, Table], Any]] = [
    across_only, across_in_pieces, down_only, head_and_total, total_rules_apart, frame,
]  # fmt: skip
