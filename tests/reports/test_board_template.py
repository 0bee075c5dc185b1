"""A house's own Word template: filled from named fields, and harmless whoever wrote it."""

from __future__ import annotations

import io
import time
from pathlib import Path
from typing import Any

import docx
import pytest

from qippctl import pipeline
from qippctl.errors import UsageError
from qippctl.ledger import open_ledger
from qippctl.models.house import HouseFields, HousePosition
from qippctl.reports.board.house import fields_of, listed
from qippctl.reports.document.template import filled


def template(folder: Path, *texts: str, rows: tuple[str, ...] = (), name: str = "house.docx") -> Path:
    """A Word file with these paragraphs, and a table with these rows of one cell."""
    made = docx.Document()
    for text in texts:
        made.add_paragraph(text)
    if rows:
        table = made.add_table(rows=len(rows), cols=1)
        for row, text in zip(table.rows, rows, strict=True):
            row.cells[0].text = text
    made.save(str(folder / name))
    return folder / name


def fields(**rest: Any) -> HouseFields:
    row = HousePosition(
        name="Prescribing & <more>", plan="1,440.0", variance="-797.1", rag="R Red", rag_colour="d5281b"
    )
    return HouseFields(**({"organisation": "Body", "headline": "All is well.", "programme": (row, row)} | rest))


def texts(content: bytes) -> list[str]:
    found = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in found.tables for row in table.rows for cell in row.cells]
    return [p.text for p in found.paragraphs] + cells


def test_fields_and_rows_are_filled(tmp_path: Path) -> None:
    path = template(
        tmp_path,
        "{{ organisation }}: {{ headline|upper }}",
        "{% if draft %}DRAFT{% else %}FINAL{% endif %}",
        rows=("{%tr for row in programme %}", "{{ loop.index }} {{ row.name }} {{ row.variance }}", "{%tr endfor %}"),
    )
    found = texts(filled(path, fields(), "2015-05-12"))
    assert found == [
        "Body: ALL IS WELL.",
        "FINAL",
        "1 Prescribing & <more> -797.1",
        "2 Prescribing & <more> -797.1",
    ]


def test_the_same_template_and_fields_are_the_same_bytes(tmp_path: Path) -> None:
    path = template(tmp_path, "{{ headline }}")
    first = filled(path, fields(), "2015-05-12")
    time.sleep(1.1)
    assert filled(path, fields(), "2015-05-12") == first


def test_unknown_fields_are_named_all_of_them(tmp_path: Path) -> None:
    path = template(
        tmp_path,
        "{{ organisaton }} {{ total.plann }} {{ headline.x }}",
        "{% for row in programme %}{{ row.yield }}{{ row.name }}{% endfor %}",
        "{% for row in programmes %}{{ row.any }}{% endfor %}",
    )
    with pytest.raises(UsageError) as told:
        filled(path, fields(), None)
    said = str(told.value)
    assert "house.docx: organisaton, total.plann, headline.x, row.yield, programmes are no fields" in said
    assert "qippctl report fields" in said


def test_an_unknown_field_in_an_empty_list_is_found_too(tmp_path: Path) -> None:
    path = template(tmp_path, "{% for one in open_risks %}{{ one.nonsense }}{% endfor %}")
    with pytest.raises(UsageError, match=r"one\.nonsense is no field"):
        filled(path, fields(open_risks=()), None)


def test_unknown_fields_in_a_header_are_found(tmp_path: Path) -> None:
    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = "{{ nobody }}"
    made.save(str(tmp_path / "h.docx"))
    with pytest.raises(UsageError, match="nobody is no field"):
        filled(tmp_path / "h.docx", fields(), None)


HOSTILE = [
    "{{ organisation.__class__.__mro__ }}",
    "{{ ''.__class__ }}",
    "{{ organisation.format(1) }}",
    "{{ organisation['upper'] }}",
    "{{ self }}",
    "{{ cycler.__init__.__globals__ }}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as os %}",
    "{% extends '/etc/passwd' %}",
    "{% for a in range(10000000000) %}x{% endfor %}",
    "{% for a in programme %}{% for b in programme %}{% for c in programme %}x{% endfor %}{% endfor %}{% endfor %}",
    "{% for a in organisation %}x{% endfor %}",
    "{% for a in programme recursive %}{{ loop(programme) }}{% endfor %}",
    "{% macro f(n) %}{{ f(n) }}{{ f(n) }}{% endmacro %}{{ f(40) }}",
    "{% set a = 'x' %}{% set a = a ~ a %}{{ a }}",
    "{{ 'x' * 1000000000 }}",
    "{{ 2 ** 99999999 }}",
    "{{ '%1000000000d' % 1 }}",
    "{{ organisation|center(1000000000) }}",
    "{{ organisation|attr('__class__') }}",
    "{{ programme|map(attribute='name')|list }}",
    "{{ [1, 2, 3] }}",
    "{% raw %}{% endraw %}{% filter upper %}x{% endfilter %}",
    "{% call f() %}{% endcall %}",
    "{{ " + "(" * 500 + "1" + ")" * 500 + " }}",
    "{% if organisation %}" * 300 + "{% endif %}" * 300,
    "{% for %}",
    "{{ }}",
    "{% if a",
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:40])
def test_a_hostile_template_ends_in_one_line_at_once(tmp_path: Path, text: str) -> None:
    path = template(tmp_path, text)
    start = time.monotonic()
    try:
        content = filled(path, fields(), None)
    except UsageError as error:
        assert str(error).startswith("house.docx: ") and "\n" not in str(error)
    else:
        # What is no tag to Word's reader stays as it is; nothing of it was worked out.
        assert len(content) < 200_000 and "root:" not in "".join(texts(content))
    assert time.monotonic() - start < 20


def test_a_value_is_no_template(tmp_path: Path) -> None:
    path = template(tmp_path, "{{ headline }}")
    hostile = "{{ 7*7 }} {% include 'x' %} \x00\x1b[31m</w:t><w:p/>"
    assert texts(filled(path, fields(headline=hostile), None))[0].startswith("{{ 7*7 }} {% include 'x' %} </w:t>")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 and then nothing", b"not a zip"])
def test_a_file_that_is_no_template(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "house.docx"
    path.write_bytes(content)
    with pytest.raises(UsageError, match=r"house\.docx"):
        filled(path, fields(), None)
    with pytest.raises(UsageError, match="cannot be read"):
        filled(tmp_path / "missing.docx", fields(), None)


def test_a_workbook_is_no_template(tmp_path: Path) -> None:
    import openpyxl

    openpyxl.Workbook().save(tmp_path / "book.docx")
    with pytest.raises(UsageError, match="no Word file"):
        filled(tmp_path / "book.docx", fields(), None)


def test_every_field_is_listed_and_can_stand_in_a_template(tmp_path: Path, sample_ledger: str) -> None:
    own = pipeline.board(open_ledger(sample_ledger), "Northmere", None, pipeline.Rules())
    named = [one.name for one in listed(own)]
    assert {"headline", "unmitigated_gap", "programme[].plan", "exceptions[].mitigation", "total.rag"} <= set(named)
    lines = []
    for one in listed(own):
        owner, _, name = one.name.rpartition("[].")
        if owner:
            lines.append(f"{{% for row in {owner} %}}{{{{ row.{name} }}}}{{% endfor %}}")
        elif one.name.endswith("[]"):
            lines.append(f"{{% for row in {one.name[:-2]} %}}x{{% endfor %}}")
        elif one.name != "total":
            lines.append(f"{{{{ {one.name} }}}}")
    path = template(tmp_path, *lines)
    found = texts(filled(path, fields_of(own), own.cover.meeting_date))
    assert {"-2,051", "-567"} <= set(found) and any("1,440.0" in text for text in found)


def test_examples_are_of_the_paper_that_was_asked_for(sample_ledger: str) -> None:
    own = pipeline.board(open_ledger(sample_ledger), "Northmere", None, pipeline.Rules())
    of_paper = {one.name: one.example for one in listed(own)}
    invented = {one.name: one.example for one in listed(None)}
    assert of_paper["unmitigated_gap"] == "-2,051" and of_paper["draft"] == ""
    assert invented["draft"] == "DRAFT" and all(
        one.example or one.name in ("total",) or one.name.endswith("[]") for one in listed(None)
    )
