"""Word's runs as text: what stands beside a number must never become a part of it."""

from __future__ import annotations

import pytest
from test_docx import document, p, r, tbl, tc, texts, tr

RAISED = '<w:vertAlign w:val="superscript"/>'
HIDDEN = "<w:vanish/>"


def style(identifier: str, properties: str = "", based_on: str = "", kind: str = "character") -> str:
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return f'<w:style w:type="{kind}" w:styleId="{identifier}">{base}<w:rPr>{properties}</w:rPr></w:style>'


def cell(*runs: str, **parts: str) -> str:
    (grid,) = document(tbl(tr(tc(p(*runs)))), **parts).grids()
    return grid.rows[0][0].text


def prose(*runs: str, **parts: str) -> str:
    return "\n".join(block.text for block in document(p(*runs), **parts).prose())


# ---- marks of footnotes ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        (["1,440", r("1", RAISED)], "1,440"),
        (["(1,440)", r("1", RAISED)], "(1,440)"),
        (["£1.4m", r("1", RAISED), r(",2", RAISED)], "£1.4m"),
        (["75%", r(" 3", RAISED)], "75%"),
        (["1,440", r("a", RAISED)], "1,440"),
        (["1,440", r("(b)", RAISED)], "1,440"),
        (["1,440", r("*", RAISED)], "1,440"),
        (["1,440", r("†", RAISED)], "1,440"),
        ([r("1", RAISED), "440"], "440"),  # a mark may stand before the number
        (["1,4", "40", r("1", RAISED)], "1,440"),
        (["–", r("1", RAISED)], "–"),
        (["1", r("st", RAISED)], "1st"),  # no mark
        (["31", r("st", RAISED), " March"], "31st March"),
        (["m", r("2", RAISED)], "m²"),
        (["25m", r("2", RAISED)], "25m²"),  # not 25 million
        (["25 km", r("2", RAISED)], "25 km²"),
        (["£25m", r("2", RAISED)], "£25m"),
        (["25m", r("1", RAISED)], "25m"),
        (["Room", r("2", RAISED)], "Room"),
        (["2014/1510", r("2", RAISED)], "2014/1510"),
        (["£ x 10", r("6", RAISED), " a year"], "£ x 10⁶ a year"),
        (["Beds", r("1", RAISED)], "Beds"),
        (["Plan 2014/15", r("1", RAISED)], "Plan 2014/15"),
        (["Registered", r("TM", RAISED)], "RegisteredTM"),
        ([r("1,440", RAISED)], "1,440"),  # small print throughout is no mark of anything
        (["1,440", r("1", '<w:vertAlign w:val="subscript"/>')], "1,4401"),
        (["1,440", r("1", '<w:vertAlign w:val="baseline"/>')], "1,4401"),
    ],
)
def test_a_raised_mark_is_no_digit_of_a_cell(runs: list[str], text: str) -> None:
    assert cell(*runs) == text


def test_each_line_of_a_cell_loses_its_marks() -> None:
    body = tbl(tr(tc(p("10", r("1", RAISED)) + p("") + p(r("2", RAISED)) + p("20", r("3", RAISED)))))
    assert texts(document(body)) == [[["10\n20"]]]


@pytest.mark.parametrize(
    ("styles", "properties"),
    [
        (style("Note", RAISED), '<w:rStyle w:val="Note"/>'),
        (style("Base", RAISED) + style("Note", "", "Base"), '<w:rStyle w:val="Note"/>'),
        (style("Note"), f'<w:rStyle w:val="Note"/>{RAISED}'),
    ],
)
def test_a_mark_may_be_raised_by_its_style(styles: str, properties: str) -> None:
    assert cell("1,440", r("1", properties), styles=styles) == "1,440"


@pytest.mark.parametrize(
    ("styles", "properties"),
    [
        (style("Note", RAISED), '<w:rStyle w:val="Note"/><w:vertAlign w:val="baseline"/>'),
        (style("Note", "", "Other") + style("Other", "", "Note"), '<w:rStyle w:val="Note"/>'),  # a circle
        (style("Other", RAISED), '<w:rStyle w:val="Missing"/>'),
        (
            style("Base", RAISED) + style("Note", '<w:vertAlign w:val="baseline"/>', "Base"),
            '<w:rStyle w:val="Note"/>',
        ),
    ],
)
def test_a_style_raises_only_what_nothing_nearer_lowers(styles: str, properties: str) -> None:
    assert cell("1,440", r("1", properties), styles=styles) == "1,4401"


def test_in_prose_a_raised_number_is_written_as_one() -> None:
    assert prose("Saved £1,440", r("1", RAISED), " and 10", r("3", RAISED), " beds, 1", r("st", RAISED)) == (
        "Saved £1,440¹ and 10³ beds, 1st"
    )
    assert prose(r("page 12", RAISED)) == "page 12"


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_the_reference_to_a_note_is_no_text(kind: str) -> None:
    reference = r(f'<w:{kind}Reference w:id="2"/>')
    own = r(f'<w:{kind}Reference w:customMarkFollows="1" w:id="3"/><w:t>7</w:t>')
    assert cell("1,440", reference) == "1,440"
    assert cell("1,440", own, ".5") == "1,440.5"
    assert cell("1,440", r(f'<w:{kind}Reference w:id="2"/><w:t> net</w:t>')) == "1,440 net"
    assert prose("Saved 1,440", reference, own, " in all") == "Saved 1,440 in all"


# ---- hidden ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("properties", "styles", "text"),
    [
        ("<w:vanish/>", "", "14"),
        ('<w:vanish w:val="1"/>', "", "14"),
        ('<w:vanish w:val="0"/>', "", "1234"),
        ('<w:vanish w:val="false"/>', "", "1234"),
        ('<w:rStyle w:val="Note"/>', style("Note", HIDDEN), "14"),
        ('<w:rStyle w:val="Note"/><w:vanish w:val="off"/>', style("Note", HIDDEN), "1234"),
        ("<w:webHidden/>", "", "1234"),  # hidden on the web only
        ("<w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange>", "", "1234"),  # it was hidden once
    ],
)
def test_hidden_runs_are_left_out_of_prose(properties: str, styles: str, text: str) -> None:
    read = document(p("1", r("23", properties), "4"), styles=styles)
    assert texts(read) == [text]
    assert read.notes == (("hidden text: left out",) if text == "14" else ())


def test_a_paragraph_of_a_hidden_style_is_left_out() -> None:
    shown = r("shown", '<w:vanish w:val="0"/>')
    paragraph = f'<w:p><w:pPr><w:pStyle w:val="Note"/></w:pPr>{r("hidden")}{shown}</w:p>'
    assert texts(document(paragraph, styles=style("Note", HIDDEN, kind="paragraph"))) == ["shown"]


def test_a_hidden_text_box_is_left_out_and_told() -> None:
    box = "<w:pict><v:textbox><w:txbxContent>" + p("boxed") + "</w:txbxContent></v:textbox></w:pict>"
    read = document(p("shown", r(box, HIDDEN)))
    assert (texts(read), read.notes) == (["shown"], ("hidden text: left out",))


# ---- fields ----------------------------------------------------------------------------------------------------------


def character(kind: str, inner: str = "") -> str:
    return r(f'<w:fldChar w:fldCharType="{kind}">{inner}</w:fldChar>')


def instruction(text: str) -> str:
    return r(f"<w:instrText>{text}</w:instrText>")


def field(instruct: str, *result: str) -> str:
    return character("begin") + instruct + character("separate") + "".join(map(r, result)) + character("end")


def test_the_stored_result_of_a_field_is_its_text() -> None:
    assert prose("Total ", field(instruction("=SUM(ABOVE)"), "1,", "440"), " in all") == "Total 1,440 in all"
    assert prose("Total ", '<w:fldSimple w:instr="=SUM(ABOVE)">' + r("1,440") + "</w:fldSimple>") == "Total 1,440"
    assert prose("Page ", field(instruction("PAGE"), "7")) == "Page 7"


def test_the_result_of_a_field_within_an_instruction_is_not_shown() -> None:
    condition = instruction("IF ") + field(instruction("MERGEFIELD year"), "2014") + instruction(' = "2014" "a" "b"')
    assert prose("Case ", field(condition, "a")) == "Case a"


def test_a_field_without_a_result_shows_nothing_and_ends() -> None:
    assert prose("a", character("begin") + instruction("XE x") + character("end"), "b") == "ab"
    assert prose(character("end"), "a", character("separate"), "b") == "ab"


def test_a_field_that_ends_in_another_paragraph_shows_its_result() -> None:
    start = p(character("begin"), instruction("TOC"), character("separate"), "Finance 1")
    assert texts(document(start + p("Workforce 2") + p("Estates 3", character("end")) + p("after"))) == [
        "Finance 1",
        "Workforce 2",
        "Estates 3",
        "after",
    ]


@pytest.mark.parametrize(
    ("box", "shown"),
    [
        ("<w:default w:val='0'/>", "☐"),
        ("<w:default w:val='1'/>", "☒"),
        ("<w:default w:val='0'/><w:checked/>", "☒"),
        ("<w:default w:val='1'/><w:checked w:val='0'/>", "☐"),
        ("", "☐"),
    ],
)
def test_a_box_of_an_old_form_shows_whether_it_is_ticked(box: str, shown: str) -> None:
    form = character("begin", f"<w:ffData><w:name w:val='x'/><w:checkBox>{box}</w:checkBox></w:ffData>")
    assert prose("Done ", form, instruction("FORMCHECKBOX"), character("end"), " yes") == f"Done {shown} yes"


@pytest.mark.parametrize(
    ("chosen", "shown"),
    [
        ("<w:result w:val='1'/>", "Amber"),
        ("", "Green"),
        ("<w:default w:val='2'/>", "Red"),
        ("<w:result w:val='3'/>", ""),
    ],
)
def test_a_list_of_an_old_form_shows_the_entry_chosen(chosen: str, shown: str) -> None:
    entries = "".join(f"<w:listEntry w:val='{colour}'/>" for colour in ("Green", "Amber", "Red"))
    form = character("begin", f"<w:ffData><w:ddList>{chosen}{entries}</w:ddList></w:ffData>")
    assert cell(form, instruction("FORMDROPDOWN"), character("end")) == shown


def test_a_box_of_a_content_control_shows_what_its_run_shows() -> None:
    control = (
        '<w:sdt><w:sdtPr><w14:checkbox xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml">'
        '<w14:checked w14:val="1"/></w14:checkbox></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>'
    ).format
    assert prose(control(r("☒")), " yes ", control(r("☐")), " no") == "☒ yes ☐ no"
    assert prose(control(r('<w:sym w:font="Wingdings" w:char="F0FD"/>')), " yes") == "☒ yes"


# ---- characters ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("font", "code", "shown"),
    [
        ("Wingdings", "F0FC", "✓"),
        ("Wingdings", "F0FB", "✗"),
        ("Wingdings", "00FC", "✓"),
        ("WINGDINGS", "f0fe", "☑"),
        ("Wingdings", "F0A8", "☐"),
        ("Wingdings", "F04A", " "),  # a smiling face
        ("Wingdings 2", "F050", "✓"),
        ("Symbol", "F02D", "-"),  # the sign of a number
        ("Symbol", "F0A3", "≤"),
        ("Symbol", "F061", " "),
        ("Arial", "00A3", "£"),
        ("Nobody's", "F0A3", " "),
        ("Arial", "0007", " "),
        ("Arial", "", ""),
        ("Arial", "xyz", ""),
        ("Arial", "FFFFFF", " "),
    ],
)
def test_a_symbol_is_what_its_font_draws(font: str, code: str, shown: str) -> None:
    assert prose("a", r(f'<w:sym w:font="{font}" w:char="{code}"/>'), "b") == f"a{shown}b"


def test_text_in_a_font_of_symbols_is_what_it_draws() -> None:
    dingbats = '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'
    assert cell(r("ü", dingbats)) == "✓"
    assert cell(r("ü", "<w:rFonts w:ascii='Arial'/>")) == "ü"
    assert cell(r("☐", dingbats)) == "☐"  # the font has none, so another draws it
    assert cell(r("-12", "<w:rFonts w:ascii='Symbol'/>")) == "-12"


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        ([r("1,4<!-- -->40")], "1,440"),
        (["effi\xadciency"], "efficiency"),
        (["effi", r("<w:softHyphen/>"), "ciency"], "efficiency"),
        ([r("<w:noBreakHyphen/>"), "12"], "-12"),
        (["left", r("<w:ptab w:alignment='right'/>"), "right", r("<w:tab/>"), "end"], "left right end"),
        (["a", r("<w:br w:type='page'/>"), "b", r("<w:lastRenderedPageBreak/>"), "c"], "a\nbc"),
        (["a", r("<w:cr/>"), "b"], "a\nb"),
        ([r("<w:ruby><w:rt>" + r("reading") + "</w:rt><w:rubyBase>" + r("word") + "</w:rubyBase></w:ruby>")], "word"),
        (["<w:bdo w:val='rtl'>" + r("a") + "</w:bdo><w:dir>" + r("b") + "</w:dir>"], "ab"),
        (["<m:oMath><m:r><m:t>1,440</m:t></m:r></m:oMath>"], "1,440"),
        (
            [
                "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>440</m:t></m:r></m:den></m:f>"
                "<m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath>"
            ],
            "1/440x^2",
        ),
        (["a", r('<w:commentReference w:id="1"/><w:annotationRef/><w:pgNum/>'), "b"], "ab"),
    ],
)
def test_the_characters_of_a_paragraph_are_those_that_show(runs: list[str], text: str) -> None:
    assert prose(*runs) == text


def test_a_page_break_begins_no_page() -> None:
    read = document(p("a") + p(r("<w:br w:type='page'/>")) + "<w:p><w:pPr><w:pageBreakBefore/></w:pPr></w:p>" + p("b"))
    assert (read.page_count, [block.page for block in read.blocks]) == (1, [1, 1])


def test_numbers_of_lists_are_not_made_up() -> None:
    numbered = "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr></w:pPr>{}</w:p>".format
    assert texts(document(numbered(r("first")) + numbered(r("second")))) == ["first", "second"]
