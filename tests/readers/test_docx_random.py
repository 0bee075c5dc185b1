"""Word documents of elements put together by chance: each is read or refused, and what is read keeps its promises."""

from __future__ import annotations

import random

import pytest
from test_docx import document

from qippctl.errors import UnreadableError
from qippctl.models.document import Document, Grid

PROPERTIES = (
    "tcPr trPr gridSpan vMerge hMerge gridBefore gridAfter pPr rPr rStyle pStyle vanish vertAlign rFonts tblGrid gridCol"
    " tcW hidden cellIns cellDel sectPr headerReference titlePg ffData checkBox ddList listEntry result footnotePr numFmt"
)
CONTENT = (
    "p r t tbl tr tc ins del moveFrom moveTo sdt sdtContent customXml fldChar fldSimple instrText footnoteReference"
    " endnoteReference pict drawing object txbxContent sym altChunk br tab"
)
NAMES = [f"w:{name}" for name in f"{PROPERTIES} {CONTENT} {CONTENT}".split()] + [
    "mc:AlternateContent",
    "mc:Choice",
    "mc:Fallback",
    "m:t",
    "m:den",
    "pic:pic",
    "v:textpath",
]
ATTRIBUTES = [
    "w:val",
    "w:w",
    "w:type",
    "w:fldCharType",
    "w:id",
    "w:char",
    "w:font",
    "w:ascii",
    "w:instr",
    "r:id",
    "string",
]
VALUES = (
    "restart continue 0 1 2 63 999999 99999999999 -1 x superscript Wingdings F0FC begin separate end dxa header1 first"
)
TEXTS = ["1,440", "PAGE", "Page ", " of ", "£", "<!-- -->5", "<?pi x?>"]


def tree(chance: random.Random, depth: int) -> str:
    name = chance.choice(NAMES)
    chosen = {chance.choice(ATTRIBUTES): chance.choice(VALUES.split()) for _ in range(chance.randrange(3))}
    inside = "".join(tree(chance, depth - 1) for _ in range(chance.randrange(4))) if depth else ""
    if name in ("w:t", "m:t", "w:instrText"):
        inside = chance.choice(TEXTS)
    return f"<{name}{''.join(f' {key}={value!r}' for key, value in chosen.items())}>{inside}</{name}>"


def table(chance: random.Random, depth: int) -> str:
    """A table such as one might meet: rows of cells of paragraphs and tables, with properties of every sort."""

    def properties(name: str) -> str:
        return f"<w:{name}>{''.join(tree(chance, 0) for _ in range(chance.randrange(3)))}</w:{name}>"

    def cell() -> str:
        inner = table(chance, depth - 1) if depth and chance.random() < 0.3 else ""
        return f"<w:tc>{properties('tcPr')}{inner}<w:p>{tree(chance, 3)}</w:p></w:tc>"

    rows = [
        f"<w:tr>{properties('trPr')}{''.join(cell() for _ in range(chance.randrange(4)))}</w:tr>"
        for _ in range(chance.randrange(4))
    ]
    return f"<w:tbl>{properties('tblGrid')}{''.join(rows)}</w:tbl>"


def check(read: Document) -> None:
    for block in read.blocks:
        texts = [cell.text for row in block.rows for cell in row] if isinstance(block, Grid) else [block.text]
        assert not any("\0" in text or text != text.strip() for text in texts)
        if not isinstance(block, Grid):
            assert block.text
            continue
        assert block.width
        for row in block.rows:
            assert len(row) == block.width
            for column, cell in enumerate(row):
                assert all(covered.covered for covered in row[column + 1 : column + cell.colspan])
                assert 1 <= cell.colspan <= len(row) - column
                assert not (cell.covered and (cell.text or cell.mark or cell.colspan > 1))


@pytest.mark.parametrize("seed", range(20))
def test_whatever_is_put_together_is_read_or_refused(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    read = 0
    for _ in range(15):
        body = "".join(table(chance, 2) + tree(chance, 6) for _ in range(3))
        section = "<w:sectPr><w:headerReference r:id='header1'/></w:sectPr>"
        parts = {
            "header1": table(chance, 1) + tree(chance, 5),
            "footnotes": f"<w:footnote w:id='1'>{table(chance, 1)}{tree(chance, 4)}</w:footnote>{tree(chance, 3)}",
            "styles": f"<w:style w:styleId='1'>{tree(chance, 3)}<w:basedOn w:val='1'/></w:style>{tree(chance, 3)}",
            "settings": tree(chance, 4),
            "comments": tree(chance, 2),
        }
        try:
            check(document(body + section, **parts))
        except UnreadableError as refused:
            assert len(str(refused).splitlines()) == 1
        else:
            read += 1
    assert read > 10
