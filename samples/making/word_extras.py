"""What Word can do that drawings cannot: footnotes, text boxes, tracked changes, hidden text, a table inside a cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt
from docx.table import Table as WordTable
from docx.table import _Cell as WordCell
from docx.text.paragraph import Paragraph as WordParagraph

from making.blocks import Table

_NOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_SPACES = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
)
_BOX = """
<w:r {spaces}>
  <mc:AlternateContent>
    <mc:Choice Requires="wps">
      <w:drawing>
        <wp:anchor distT="0" distB="0" distL="114300" distR="114300" simplePos="0" relativeHeight="2" behindDoc="0"
            locked="0" layoutInCell="1" allowOverlap="1">
          <wp:simplePos x="0" y="0"/>
          <wp:positionH relativeFrom="column"><wp:align>right</wp:align></wp:positionH>
          <wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>
          <wp:extent cx="2160000" cy="900000"/>
          <wp:wrapSquare wrapText="bothSides"/>
          <wp:docPr id="1" name="Text Box 1"/>
          <a:graphic>
            <a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">
              <wps:wsp>
                <wps:cNvSpPr txBox="1"/>
                <wps:spPr>
                  <a:xfrm><a:off x="0" y="0"/><a:ext cx="2160000" cy="900000"/></a:xfrm>
                  <a:prstGeom prst="rect"><a:avLst/></a:prstGeom>
                  <a:ln w="9525"><a:solidFill><a:srgbClr val="44546A"/></a:solidFill></a:ln>
                </wps:spPr>
                <wps:txbx><w:txbxContent>{inside}</w:txbxContent></wps:txbx>
                <wps:bodyPr/>
              </wps:wsp>
            </a:graphicData>
          </a:graphic>
        </wp:anchor>
      </w:drawing>
    </mc:Choice>
    <mc:Fallback>
      <w:pict>
        <v:rect style="position:absolute;width:170pt;height:71pt">
          <v:textbox><w:txbxContent>{inside}</w:txbxContent></v:textbox>
        </v:rect>
      </w:pict>
    </mc:Fallback>
  </mc:AlternateContent>
</w:r>
"""


def cells_of(document: WordDocument) -> Iterator[WordCell]:
    """Every cell of the document's tables."""
    for table in document.tables:
        for row in table.rows:
            yield from row.cells


def cell_with(table: WordTable, row: str, column: int) -> WordCell:
    """The cell of a row that begins with a label."""
    return next(line.cells[column] for line in table.rows if line.cells[0].text == row)


def add_footnotes(document: WordDocument, notes: Sequence[str]) -> None:
    """Give the document its footnotes; they are numbered from 1."""
    body = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
        f'<w:r><w:t xml:space="preserve"> {text}</w:t></w:r></w:p></w:footnote>'
        for number, text in enumerate(notes, 1)
    )
    rules = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for number, kind in ((-1, "separator"), (0, "continuationSeparator"))
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    xml = f"{head}\n<w:footnotes {nsdecls('w')}>{rules}{body}</w:footnotes>"
    part = Part(PackURI("/word/footnotes.xml"), _NOTES_TYPE, xml.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def mark(paragraph: WordParagraph, number: int) -> None:
    """Put the mark of a footnote behind what a paragraph says."""
    paragraph._p.append(
        parse_xml(
            f'<w:r {nsdecls("w")}><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
            f'<w:footnoteReference w:id="{number}"/></w:r>'
        )
    )


def change(cell: WordCell, before: str, author: str, when: datetime, number: int) -> None:
    """Show that an author wrote what a cell says in place of what it said before."""
    run = cell.paragraphs[0].runs[0]
    by = f'w:author="{author}" w:date="{when:%Y-%m-%dT%H:%M:%SZ}"'
    gone = f'<w:del {nsdecls("w")} w:id="{number}" {by}><w:r><w:delText>{before}</w:delText></w:r></w:del>'
    come = parse_xml(f'<w:ins {nsdecls("w")} w:id="{number + 1}" {by}/>')
    run._r.addprevious(parse_xml(gone))
    run._r.addprevious(come)
    come.append(run._r)


def hide(paragraph: WordParagraph, text: str) -> None:
    """Add hidden words to a paragraph."""
    paragraph.add_run(text).font.hidden = True


def text_box(paragraph: WordParagraph, lines: Sequence[str]) -> None:
    """Anchor a text box at a paragraph, twice as Word writes it: for itself and for versions that know no shapes."""
    inside = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
    spaces = _SPACES + nsdecls("w", "wp", "a")
    paragraph._p.append(parse_xml(_BOX.format(spaces=spaces, inside=inside)))


def nest(cell: WordCell, table: Table) -> None:
    """Put a drawn table inside a cell."""
    inner = cell.add_table(len(table.rows), len(table.widths))
    inner.style = "Table Grid"
    for r, row in enumerate(table.rows):
        for c, text in enumerate(row):
            run = inner.cell(r, c).paragraphs[0].add_run("" if text in ("<", "^") else text)
            run.font.size, run.bold = Pt(7.5), r < table.heads
