"""The same tables give the same figures and records as text, Word, Excel and PowerPoint."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import pytest

from qippctl import pipeline
from qippctl.models.document import Document
from qippctl.models.figure import Figure
from qippctl.models.paper import Paper
from qippctl.models.records import Claim, Record
from qippctl.readers import read
from real import retypeset
from real.truth import PAPERS, find_paper

pytestmark = pytest.mark.skipif(PAPERS is None, reason="QIPPCTL_PAPERS does not name a folder of papers")

WRITERS: dict[str, Callable[[Document, Path], None]] = {
    "docx": retypeset.as_word,
    "xlsx": retypeset.as_workbook,
    "pptx": retypeset.as_slides,
}
_PLACE = {"id", "paper", "sha256", "page", "table", "row", "column", "bbox"}


@lru_cache(maxsize=8)
def as_text(prefix: str) -> Paper:
    return pipeline.extract(find_paper(prefix))


def figure_key(figure: Figure) -> str:
    return repr({**figure.model_dump(exclude=_PLACE), "raw": figure.raw.strip()})


def record_key(record: Record) -> str:
    # The name and source of a stated rule hold the file's name.
    said = record.model_dump(exclude=_PLACE | ({"name", "title", "source"} if record.type == "policy" else set()))
    if isinstance(record, Claim):  # the ids of figures hold the file's hash and pages
        said["tied_to"] = len(record.tied_to)
        said["figures"] = [{**one, "tied_to": len(one["tied_to"])} for one in said["figures"]]
    return repr({k: " ".join(v.split()) if isinstance(v, str) else v for k, v in said.items()})


@pytest.mark.parametrize("form", WRITERS)
@pytest.mark.parametrize("prefix", ["000", "001", "002", "003", "004"])
def test_the_same_tables_give_the_same_figures_and_records(prefix: str, form: str, tmp_path: Path) -> None:
    path = tmp_path / f"paper.{form}"
    WRITERS[form](read(find_paper(prefix)), path)
    paper, text = pipeline.extract(path), as_text(prefix)
    assert Counter(map(figure_key, paper.figures)) == Counter(map(figure_key, text.figures))
    assert len(paper.ratings) == len(text.ratings)
    # A list of single cells is prose on a sheet: its rows are no table there.
    lists = {"entry", "claim"} if form == "xlsx" else set()
    found, wanted = (Counter(record_key(r) for r in p.records if r.type not in lists) for p in (paper, text))
    assert found == wanted
    assert (paper.cover.organisation, paper.cover.period) == (text.cover.organisation, text.cover.period)
