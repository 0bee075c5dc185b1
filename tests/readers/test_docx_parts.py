"""What stands in a Word package beside the body: headers and footers, notes, comments, pictures, other kinds of package."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from test_docx import document, p, package, r, relations, tbl, tc, texts, tr

from qippctl.errors import UnreadableError
from qippctl.models.document import Document
from qippctl.readers import Limits
from qippctl.readers.word.document import read_docx
from qippctl.readers.word.notes import printed_mark

# ---- headers and footers ---------------------------------------------------------------------------------------------


def uses(*references: str, first: bool = False) -> str:
    """A section; `header1` is its header on every page, `header1 first` that of its first page."""
    found = ""
    for reference in references:
        name, _, place = reference.partition(" ")
        found += f'<w:{name.rstrip("0123456789")}Reference w:type="{place or "default"}" r:id="{name}"/>'
    return f"<w:sectPr>{found}{'<w:titlePg/>' if first else ''}</w:sectPr>"


def ended(text: str, section: str) -> str:
    """A paragraph that ends a section."""
    return f"<w:p><w:pPr>{section}</w:pPr>{r(text)}</w:p>"


def test_the_header_comes_before_the_body_and_the_footer_after_it() -> None:
    read = document(
        p("Body") + uses("header1", "footer1"),
        header1=p("Northmere CCG") + tbl(tr(tc("Paper"), tc("12"))),
        footer1=p("DRAFT"),
    )
    assert texts(read) == ["Northmere CCG", [["Paper", "12"]], "Body", "DRAFT"]
    assert read.notes == ()


def test_headers_are_read_once_each() -> None:
    body = ended("a", uses("header1", "footer1")) + ended("b", uses("header2")) + p("c") + uses("header3", "footer1")
    same = p("Northmere CCG") + tbl(tr(tc("Paper"), tc("12")))
    read = document(body, header1=same, header2=same, header3=p("Appendix"), footer1=p("End"))
    assert texts(read) == ["Northmere CCG", [["Paper", "12"]], "Appendix", "a", "b", "c", "End"]


def test_the_header_of_the_first_page_is_read_only_where_it_is_printed() -> None:
    parts = {"header1": p("every page"), "header2": p("first page"), "header3": p("left pages")}
    names = ("header1", "header2 first", "header3 even")
    assert texts(document(p("Body") + uses(*names, first=True), **parts)) == ["first page", "every page", "Body"]
    assert texts(document(p("Body") + uses(*names), **parts)) == ["every page", "Body"]
    later = ended("a", uses(*names)) + p("b") + uses(first=True)
    assert texts(document(later, **parts)) == ["every page", "first page", "a", "b"]


def test_the_sections_of_an_older_state_are_not_read() -> None:
    section = '<w:sectPr><w:sectPrChange w:id="1" w:author="A">' + uses("header1") + "</w:sectPrChange></w:sectPr>"
    assert texts(document(p("Body") + section, header1=p("old"))) == ["Body"]


def test_a_header_that_is_missing_is_passed_over() -> None:
    assert texts(document(p("Body") + uses("header1", "header2 first", first=True), header1=p("there"))) == [
        "there",
        "Body",
    ]


def field(instruction: str, result: str) -> str:
    def character(kind: str) -> str:
        return r(f'<w:fldChar w:fldCharType="{kind}"/>')

    told = r(f"<w:instrText>{instruction}</w:instrText>")
    return character("begin") + told + character("separate") + r(result) + character("end")


PAGE, COUNT = field(" PAGE ", "3"), field(r" NUMPAGES \* MERGEFORMAT ", "12")


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        (["Page ", PAGE, " of ", COUNT], []),
        ([PAGE], []),
        (["- ", PAGE, " -"], []),
        (["Northmere CCG | Page ", PAGE], ["Northmere CCG"]),
        (["Page ", PAGE, r("<w:tab/>"), "Northmere CCG"], ["Northmere CCG"]),
        (["DRAFT", r("<w:tab/>"), PAGE, "/", COUNT, r("<w:tab/>"), "June"], ["DRAFT June"]),
        (["pg. ", PAGE], []),
        (['<w:fldSimple w:instr="PAGE">' + r("3") + "</w:fldSimple>", " of 12"], []),
        (["Homepage ", field("DATE", "3 June 2014")], ["Homepage 3 June 2014"]),
        (["Frontpage ", PAGE], ["Frontpage"]),
        ([field("DATE", "3 June 2014"), " - Board"], ["3 June 2014 - Board"]),
        ([field("PA</w:instrText><w:instrText>GE", "3")], []),
        ([PAGE, " of 12 | Northmere CCG"], ["Northmere CCG"]),
        ([PAGE, " often"], ["often"]),
        (["Page ", PAGE, r("<w:br/>"), "Page ", COUNT], []),
        (["Page 7"], ["Page 7"]),  # typed, so it is text
        (
            [
                "x",
                r('<w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText><w:fldChar w:fldCharType="end"/>'),
            ],
            ["x"],
        ),
    ],
)
def test_numbers_of_pages_are_left_out_of_headers(runs: list[str], text: list[str]) -> None:
    assert texts(document(p("Body") + uses("header1"), header1=p(*runs))) == [*text, "Body"]


def test_a_watermark_is_text_of_the_header() -> None:
    watermark = '<w:pict><v:shape type="#t"><v:textpath style="x" string="DRAFT"/></v:shape></w:pict>'
    assert texts(document(p("Body") + uses("header1"), header1=p("Northmere", r(watermark)))) == [
        "Northmere",
        "DRAFT",
        "Body",
    ]


def test_a_badge_in_the_header_is_no_figure_that_was_missed() -> None:
    picture = r("<w:drawing><pic:pic/></w:drawing>")
    assert document(p("Body") + uses("header1"), header1=p(picture)).notes == ()


# ---- notes -----------------------------------------------------------------------------------------------------------


def refer(identifier: int, kind: str = "footnote") -> str:
    return r(f'<w:{kind}Reference w:id="{identifier}"/>')


def note(identifier: int, *runs: str, kind: str = "footnote") -> str:
    return f'<w:{kind} w:id="{identifier}">{p(r(f"<w:{kind}Ref/>"), *runs)}</w:{kind}>'


SEPARATORS = '<w:footnote w:type="separator" w:id="-1">' + p("---") + "</w:footnote>"


def test_footnotes_follow_the_body_in_the_order_of_their_marks() -> None:
    body = p("Saved 1,440", refer(7)) + tbl(tr(tc("Beds"), tc(p("1,440", refer(3))))) + p("End")
    read = document(body, footnotes=SEPARATORS + note(3, " Net of VAT") + note(7, " Gross") + note(9, "unused"))
    assert texts(read) == ["Saved 1,440", [["Beds", "1,440"]], "End", "1 Gross", "2 Net of VAT"]


def test_endnotes_have_roman_marks_and_come_last() -> None:
    body = p("a", refer(1, "endnote"), refer(2, "endnote"), refer(2))
    endnotes = note(1, "first", kind="endnote") + note(2, "second", kind="endnote")
    read = document(body, footnotes=note(2, "foot"), endnotes=endnotes)
    assert texts(read) == ["a", "1 foot", "i first", "ii second"]


def test_a_note_of_several_paragraphs_has_its_mark_once() -> None:
    table = tbl(tr(tc("x"), tc("y")))
    notes = f'<w:footnote w:id="1">{p("")}{p("one")}{table}{p("two")}</w:footnote>'
    assert texts(document(p("a", refer(1)), footnotes=notes)) == ["a", "1 one", [["x", "y"]], "two"]


def test_a_mark_of_the_authors_own_is_kept_and_does_not_count() -> None:
    own = r('<w:footnoteReference w:customMarkFollows="1" w:id="1"/><w:t>*</w:t>')
    notes = '<w:footnote w:id="1">' + p("* Provisional") + "</w:footnote>" + note(2, "Net")
    assert texts(document(p("12", own, " and 13", refer(2)), footnotes=notes)) == [
        "12 and 13",
        "* Provisional",
        "1 Net",
    ]


def test_a_mark_of_the_authors_own_is_put_before_a_note_that_lacks_it() -> None:
    own = r('<w:footnoteReference w:customMarkFollows="1" w:id="1"/><w:t>*</w:t>')
    notes = '<w:footnote w:id="1">' + p("Provisional") + "</w:footnote>"
    assert texts(document(p("12", own), footnotes=notes)) == ["12", "* Provisional"]


def test_notes_whose_references_were_taken_away_are_not_printed() -> None:
    body = p("a", f'<w:del w:id="1" w:author="A">{refer(1)}</w:del>', refer(2))
    assert texts(document(body, footnotes=note(1, "gone") + note(2, "kept"))) == ["a", "1 kept"]


def test_a_reference_written_in_two_ways_counts_once() -> None:
    twice = f"<mc:AlternateContent><mc:Choice>{refer(1)}</mc:Choice><mc:Fallback>{refer(1)}</mc:Fallback></mc:AlternateContent>"
    read = document(p("a", r(twice), refer(2)), footnotes=note(1, "one") + note(2, "two"))
    assert texts(read) == ["a", "1 one", "2 two"]


@pytest.mark.parametrize(
    ("settings", "section", "marks"),
    [
        ('<w:numFmt w:val="lowerLetter"/>', "", ["a", "b"]),
        ('<w:numFmt w:val="upperRoman"/><w:numStart w:val="4"/>', "", ["IV", "V"]),
        ("", '<w:numFmt w:val="chicago"/>', ["*", "†"]),
        ('<w:numFmt w:val="upperLetter"/>', '<w:numFmt w:val="decimal"/>', ["1", "2"]),
        ('<w:numFmt w:val="thaiNumbers"/><w:numStart w:val="0"/>', "", ["0", "1"]),
    ],
)
def test_notes_are_numbered_as_the_document_says(settings: str, section: str, marks: list[str]) -> None:
    read = document(
        p("a", refer(1), refer(2)) + f"<w:sectPr><w:footnotePr>{section}</w:footnotePr></w:sectPr>",
        footnotes=note(1, "one") + note(2, "two"),
        settings=f"<w:footnotePr>{settings}</w:footnotePr>",
    )
    assert texts(read)[1:] == [f"{marks[0]} one", f"{marks[1]} two"]


@pytest.mark.parametrize(
    ("number", "form", "mark"),
    [
        (9, "lowerRoman", "ix"),
        (1999, "upperRoman", "MCMXCIX"),
        (26, "lowerLetter", "z"),
        (27, "upperLetter", "AA"),
        (5, "chicago", "**"),
        (0, "lowerLetter", "0"),
        (999_999, "lowerRoman", "999999"),
    ],
)
def test_a_mark_is_printed_in_its_form(number: int, form: str, mark: str) -> None:
    assert printed_mark(number, form) == mark


# ---- what is not read ------------------------------------------------------------------------------------------------


def test_comments_are_counted_and_not_read() -> None:
    comments = '<w:comment w:id="1">' + p("Is this 1,440?") + '</w:comment><w:comment w:id="2"/>'
    read = document(p("1,441", r('<w:commentReference w:id="1"/>')), comments=comments)
    assert (texts(read), read.notes) == (["1,441"], ("2 comments: not read",))
    assert document(p("a"), comments='<w:comment w:id="1"/>').notes == ("1 comment: not read",)


PICTURE = r("<w:drawing><a:graphic><a:graphicData><pic:pic/></a:graphicData></a:graphic></w:drawing>")
OLD_PICTURE = r("<w:pict><v:shape><v:imagedata r:id='x'/></v:shape></w:pict>")
CHART = r("<w:drawing><a:graphic><a:graphicData><c:chart r:id='x'/></a:graphicData></a:graphic></w:drawing>")
DIAGRAM = r("<w:drawing><a:graphic><a:graphicData><dgm:relIds/></a:graphicData></a:graphic></w:drawing>")
SHEET = r("<w:object><v:shape><v:imagedata/></v:shape><o:OLEObject Type='Embed' ProgID='Excel.Sheet.12'/></w:object>")


@pytest.mark.parametrize(
    ("content", "note"),
    [
        (p(PICTURE), "1 picture: figures in them are not read"),
        (p(PICTURE, OLD_PICTURE) + p(CHART, CHART), "2 pictures, 2 charts: figures in them are not read"),
        (p(DIAGRAM, SHEET) + p(DIAGRAM, SHEET), "2 diagrams, 2 embedded objects: figures in them are not read"),
        (tbl(tr(tc(p(PICTURE)), tc("x"))), "1 picture: figures in them are not read"),
        (
            p(
                f"<mc:AlternateContent><mc:Choice>{PICTURE}</mc:Choice><mc:Fallback>{OLD_PICTURE}</mc:Fallback>"
                "</mc:AlternateContent>"
            ),
            "1 picture: figures in them are not read",
        ),
        (
            p(r(f"<w:pict><v:textbox><w:txbxContent>{p(PICTURE)}</w:txbxContent></v:textbox></w:pict>")),
            "1 picture: figures",
        ),
    ],
)
def test_what_has_no_text_is_counted(content: str, note: str) -> None:
    (told,) = document(content).notes
    assert told.startswith(note)


@pytest.mark.parametrize(
    "content",
    [
        p(f"<w:del w:id='1' w:author='A'>{PICTURE}</w:del>", "x"),
        p(r("<w:object><w:control r:id='x'/></w:object>")),  # a button
        p(r("<w:pict><v:rect o:hr='t'/></w:pict>")),  # a line
    ],
)
def test_what_is_no_picture_is_not_counted(content: str) -> None:
    assert not any("figures" in note for note in document(content).notes)


def test_an_inserted_file_is_named() -> None:
    for count, told in ((1, "1 inserted file"), (2, "2 inserted files")):
        read = document(p("a") + '<w:altChunk r:id="x"/>' * count)
        assert read.notes == (f"{told}: not read; open and save it anew to have its text",)


# ---- packages --------------------------------------------------------------------------------------------------------


def rewritten(content: bytes, change: dict[str, bytes | None]) -> Document:
    """A package read with some members written anew, or left out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            if name not in change:
                target.writestr(name, source.read(name))
        for name, new in change.items():
            if new is not None:
                target.writestr(name, new)
    return read_docx("paper.docx", "0" * 64, out.getvalue(), Limits())


def test_a_strict_document_is_read_like_any_other() -> None:
    plain = package(p("Body") + uses("header1"), header1=p("Northmere"))
    strict = {}
    with zipfile.ZipFile(io.BytesIO(plain)) as source:
        for name in source.namelist():
            strict[name] = (
                source.read(name)
                .replace(
                    b"schemas.openxmlformats.org/wordprocessingml/2006/main",
                    b"purl.oclc.org/ooxml/wordprocessingml/main",
                )
                .replace(
                    b"schemas.openxmlformats.org/officeDocument/2006/relationships",
                    b"purl.oclc.org/ooxml/officeDocument/relationships",
                )
            )
    assert b"purl.oclc.org" in strict["word/document.xml"]
    assert texts(rewritten(plain, strict)) == ["Northmere", "Body"]


def test_macros_are_not_run_and_told() -> None:
    assert rewritten(package(p("Body")), {"word/vbaProject.bin": b"x"}).notes == ("macros: not run",)


def test_the_document_is_where_the_package_says_it_is() -> None:
    relation = '<Relationship Id="x" Type="http://x/officeDocument" Target="{}"/>'.format
    decoy = package(p("decoy"))
    real = package(p("real"))
    with zipfile.ZipFile(io.BytesIO(real)) as source:
        content = source.read("word/document.xml")
    for target in ("/Word/Document2.xml", "word/document2.xml", "./other/../word/document2.xml"):
        changed = {"_rels/.rels": relations(relation(target)).encode(), "word/document2.xml": content}
        assert texts(rewritten(decoy, changed)) == ["real"]


def test_what_lies_outside_the_package_is_not_fetched() -> None:
    outside = '<Relationship Id="header1" Type="http://x/header" Target="file:///etc/passwd" TargetMode="External"/>'
    plain = package(p("Body") + uses("header1"))
    changed = {"word/_rels/document.xml.rels": relations("<!-- x -->" + outside).encode()}
    assert texts(rewritten(plain, changed)) == ["Body"]


def test_a_relation_that_leads_nowhere_does_no_harm() -> None:
    """Word leaves relations to pictures that it has lost."""
    lost = '<Relationship Id="x" Type="http://x/image" Target="../NULL"/><Relationship/>'
    read = rewritten(package(p("Body")), {"word/_rels/document.xml.rels": relations(lost).encode()})
    assert texts(read) == ["Body"]


@pytest.mark.parametrize(
    "change",
    [
        {"word/document.xml": None},
        {"word/document.xml": b""},
        {"word/document.xml": b"<x/>"},
        {"word/document.xml": b"<w:document>"},
        {"word/document.xml": b"\xff\xfe<\0"},
        {"_rels/.rels": b"<x"},
    ],
)
def test_a_package_without_a_whole_document_is_damaged(change: dict[str, bytes | None]) -> None:
    with pytest.raises(UnreadableError, match="a damaged Word file; open and save it anew"):
        rewritten(package(p("Body")), change)


def test_no_entity_cuts_a_number_short() -> None:
    """Where a part says that it is a picture, nobody looked for declarations in it before."""
    declared = b'<!DOCTYPE d [<!ENTITY x "99">]>' + package_part(p("1&x;23"))
    plain = package(p("Body"))
    with pytest.raises(UnreadableError, match="document type declaration"):
        rewritten(plain, {"word/document.xml": declared})


def package_part(body: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(package("BODY"))) as source:
        return source.read("word/document.xml").replace(b"BODY", body.encode())


def test_a_torn_part_is_damaged() -> None:
    content = bytearray(package(p("Body " * 100)))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as source:
        start = source.getinfo("word/document.xml").header_offset
    content[start + 80 : start + 120] = b"\0" * 40
    with pytest.raises(UnreadableError, match="a damaged Word file"):
        read_docx("paper.docx", "0" * 64, bytes(content), Limits())


def test_a_paper_of_python_docx_has_its_header() -> None:
    paper = docx.Document()
    section = paper.sections[0]
    section.header.paragraphs[0].text = "Northmere CCG"
    section.different_first_page_header_footer = True
    section.first_page_footer.paragraphs[0].text = "Paper 12"
    paper.add_paragraph("Body")
    plain = io.BytesIO()
    paper.save(plain)
    assert texts(read_docx("paper.docx", "0" * 64, plain.getvalue(), Limits())) == ["Northmere CCG", "Body", "Paper 12"]
