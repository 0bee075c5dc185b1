"""The ledger: by content, one transaction a paper, and what happens to it when things go wrong."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from build import figure, paper
from qippctl.errors import LedgerError
from qippctl.ledger import Ledger, empty_ledger, open_ledger
from qippctl.ledger.schema import HEAD
from qippctl.models.decisions import Correction, Undo
from qippctl.models.figure import Figure, Rating
from qippctl.models.paper import Paper
from qippctl.models.records import Risk


def test_a_paper_is_kept_once(ledger: Ledger) -> None:
    first, second = ledger.add(paper(), version="1"), ledger.add(paper(), version="1")
    assert (first.number, first.outcome) == (1, "added")
    assert (second.number, second.outcome) == (1, "unchanged")
    assert len(ledger.facts()) == 1


def test_a_figure_comes_back_as_it_went_in(ledger: Ledger) -> None:
    sent = figure(
        "variance",
        "year",
        "-797.125",
        raw="(797.125)",
        bbox=(1.0, 2.0, 3.5, 4.0),
        doubts=("fused-cell", "sum-fails"),
        case="best",
    )
    ledger.add(paper([sent]), version="1")
    assert ledger.facts()[0].figure == sent


def test_the_newest_reading_counts_and_the_old_one_stays(ledger: Ledger, tmp_path: Path) -> None:
    ledger.add(paper([figure(value=1)], pages_read="1-3"), version="1")
    assert ledger.add(paper([figure(value=2)], pages_read="1-9"), version="1").outcome == "read further"
    assert [fact.figure.value for fact in ledger.facts()] == [2]
    kept = sqlite3.connect(tmp_path / "ledger.db").execute("SELECT value FROM figures ORDER BY reading").fetchall()
    assert kept == [("1",), ("2",)]


def test_a_whole_reading_is_not_undone_by_a_partial_one(ledger: Ledger) -> None:
    ledger.add(paper(), version="1")
    assert ledger.add(paper(pages_read="1-3"), version="1").outcome == "unchanged"


def test_facts_of_one_organisation_and_period(ledger: Ledger) -> None:
    ledger.add(paper(), version="1")
    ledger.add(paper([figure(sha256="cd" * 32, organisation="Other")]), version="1")
    assert ledger.organisations() == {"Body": ["2014/15-M11"], "Other": ["2014/15-M11"]}
    assert [f.figure.organisation for f in ledger.facts("Other", "2014/15-M11")] == ["Other"]
    assert ledger.facts("Other", "2013/14-M11") == []


def test_figures_of_an_unnamed_body_are_found_by_an_empty_name(ledger: Ledger) -> None:
    ledger.add(paper([figure(organisation=None)]), version="1")
    ledger.add(paper([figure(sha256="cd" * 32)]), version="1")
    assert ledger.organisations() == {"": ["2014/15-M11"], "Body": ["2014/15-M11"]}
    assert [f.figure.organisation for f in ledger.facts("", "2014/15-M11")] == [None]


def test_the_newest_reading_says_of_whom_and_of_when_a_paper_has_figures(ledger: Ledger) -> None:
    ledger.add(paper([figure(organisation="Misread")], pages_read="1-3"), version="1")
    ledger.add(paper([figure(subject="finance"), figure(organisation="Other", row=2)], pages_read="1-9"), version="1")
    assert ledger.organisations() == {"Body": ["2014/15-M11"], "Other": ["2014/15-M11"]}
    assert ledger.facts("Misread") == []


def test_kept_figures_are_what_validation_would_make_of_them(samples: dict[str, Paper], sample_ledger: str) -> None:
    """They are not validated when they are read back: every value must be of the type that it would have."""
    kept = {fact.figure.id: fact.figure for fact in open_ledger(sample_ledger).facts()}
    for sent in (sent for sample in samples.values() for sent in sample.figures):
        back = kept[sent.id]
        assert (back, repr(back), back.model_dump_json()) == (sent, repr(sent), sent.model_dump_json())
        assert [type(value) for _, value in back] == [type(value) for _, value in Figure.model_validate(dict(back))]
        assert back.model_copy(update={"row": 99}).row == 99


def test_a_paper_that_fails_half_way_leaves_nothing(ledger: Ledger) -> None:
    """Two figures at one place break the key: the paper's other rows must not stay."""
    broken = paper([figure(value=1)])
    object.__setattr__(broken, "ratings", ("not a rating",))
    with pytest.raises(AttributeError):
        ledger.add(broken, version="1")
    assert (ledger.papers(), ledger.facts()) == ([], [])


def test_a_newer_ledger_is_refused_untouched(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    open_ledger(str(path))
    with sqlite3.connect(path) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    before = path.read_bytes()
    with pytest.raises(LedgerError, match="newer qippctl"):
        open_ledger(str(path))
    assert path.read_bytes() == before


def test_an_older_ledger_is_brought_up_to_date_and_backed_up(tmp_path: Path) -> None:
    """As the first version left it: what it holds stays, and records can be added."""
    path = tmp_path / "ledger.db"
    open_ledger(str(path)).add(paper([figure(value=7)]), version="1")
    with sqlite3.connect(path) as raw:
        raw.execute("DROP TABLE records")
        raw.execute("ALTER TABLE readings DROP COLUMN items")
        raw.execute("DROP TABLE texts")
        raw.execute("DROP TABLE pack_figures")
        raw.execute("DROP TABLE packs")
        raw.execute("DROP TABLE decisions")
        raw.execute("DROP TABLE reports")
        raw.execute("DROP TABLE audit_findings")
        raw.execute("DROP TABLE audits")
        raw.execute("DROP INDEX figures_by_report")
        raw.execute("CREATE INDEX figures_by_organisation ON figures (organisation, reported)")
        raw.execute("ALTER TABLE figures DROP COLUMN score")
        raw.execute("ALTER TABLE figures DROP COLUMN evidence")
        raw.execute("UPDATE alembic_version SET version_num = '0001'")
    ledger = open_ledger(str(path))
    assert [fact.figure.value for fact in ledger.facts("Body", "2014/15-M11")] == [7]
    assert ledger.organisations() == {"Body": ["2014/15-M11"]}
    assert (tmp_path / "ledger.db.backup-0001").exists()
    risk = Risk(paper="p.txt", sha256="cd" * 32, page=1, table="p1t1", row=2, description="Winter")
    whole = paper([figure(sha256="cd" * 32)]).model_copy(update={"records": (risk,)})
    number = ledger.add(whole, version="2").number
    kept, _ = ledger.paper(number)
    assert [record.model_dump(exclude={"paper"}) for record in kept.records] == [risk.model_dump(exclude={"paper"})]


def test_a_strange_or_damaged_database_is_refused(tmp_path: Path) -> None:
    strange, damaged = tmp_path / "strange.db", tmp_path / "damaged.db"
    with sqlite3.connect(strange) as raw:
        raw.execute("CREATE TABLE holiday_photos (id INTEGER)")
    damaged.write_bytes(b"SQLite format 3\0" + b"rubbish" * 500)
    with pytest.raises(LedgerError, match="no ledger"):
        open_ledger(str(strange))
    with pytest.raises(LedgerError, match="cannot be used"):
        open_ledger(str(damaged))


@pytest.mark.parametrize("url", ["nonsense://x", "sqlite://///", "postgresql+nosuch://h/db"])
def test_an_impossible_url_is_one_line(url: str) -> None:
    with pytest.raises(LedgerError) as caught:
        open_ledger(url)
    assert "\n" not in str(caught.value)


def test_a_password_in_the_url_is_not_told() -> None:
    for scheme in ("postgresql+psycopg", "foo"):
        with pytest.raises(LedgerError) as caught:
            open_ledger(f"{scheme}://me:hunter2@127.0.0.1:1/db")
        assert "hunter2" not in str(caught.value)


def test_reading_makes_no_ledger(tmp_path: Path) -> None:
    path = tmp_path / "none" / "ledger.db"
    with pytest.raises(LedgerError, match="no such ledger"):
        open_ledger(str(path), create=False)
    assert not path.parent.exists()
    assert empty_ledger().papers() == []


def test_the_migrations_make_the_tables_that_the_code_uses(tmp_path: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from sqlalchemy import create_engine

    from qippctl.ledger.tables import metadata

    path = tmp_path / "ledger.db"
    open_ledger(str(path))
    with create_engine(f"sqlite:///{path}").connect() as connection:
        context = MigrationContext.configure(connection)
        assert context.get_current_revision() == HEAD
        assert compare_metadata(context, metadata) == []


def correction(of: Figure, kind: str = "misread", value: str = "643", **rest: object) -> Correction:
    text = {"by": "me", "at": "2015-05-12T09:00:00+00:00", "reason": "Smudged", "raw": of.raw}
    was, now = {"value": str(of.value)}, {"value": value}
    return Correction(figure=of.id, kind=kind, **text, **({"was": was, "now": now} | rest))  # type: ignore[arg-type]


def test_a_correction_holds_until_it_is_undone_and_then_the_earlier_one_does(ledger: Ledger) -> None:
    read = figure(value=843)
    ledger.add(paper([read]), version="1")
    ledger.decide(correction(read))
    (second,) = ledger.decide(correction(read, value="644"))

    def now() -> int:
        return int(ledger.facts()[0].figure.value)

    seen = [now()]
    (undo,) = ledger.decide(Undo(by="me", at="now", reason="r", undoes=second.number))
    assert [*seen, now(), undo.number] == [644, 643, 3]
    found = ledger.figure(read.id)
    assert found is not None and found[0].figure.corrected is not None and found[0].figure.corrected.number == 1


def test_a_correction_is_undone_once(ledger: Ledger) -> None:
    read = figure(value=843)
    ledger.add(paper([read]), version="1")
    ledger.decide(correction(read))
    ledger.decide(Undo(by="me", at="now", reason="r", undoes=1))
    with pytest.raises(LedgerError):
        ledger.decide(Undo(by="you", at="now", reason="r", undoes=1))
    assert ledger.decisions(Correction) == []


def test_what_is_supposed_is_answered_and_never_written(ledger: Ledger) -> None:
    read = figure(value=843)
    ledger.add(paper([read]), version="1")
    supposed = ledger.supposing(correction(read))
    assert [book.facts()[0].figure.value for book in (supposed, ledger)] == [643, 843]
    ledger.decide(correction(read))
    without = ledger.supposing(Undo(by="me", at="now", reason="r", undoes=1))
    assert [book.facts()[0].figure.value for book in (without, ledger)] == [843, 643]
    assert len(ledger.decisions(Correction, undone=True)) == 1


def test_a_misprint_stays_in_the_paper_as_printed(ledger: Ledger) -> None:
    misprinted, misread = figure(value=843), figure(value=100, row=2)
    ledger.add(paper([misprinted, misread]), version="1")
    ledger.decide(correction(misprinted, "misprint"), correction(misread, value="700"))
    assert [f.figure.value for f in ledger.facts()] == [643, 700]
    assert [f.figure.value for f in ledger.facts(as_printed=True)] == [843, 700]


def test_decisions_are_kept_all_or_none(ledger: Ledger) -> None:
    read = figure(value=843)
    ledger.add(paper([read]), version="1")
    twice = [Undo(by="me", at="now", reason="r", undoes=1) for _ in range(2)]
    with pytest.raises(LedgerError):
        ledger.decide(correction(read), *twice)
    assert ledger.decisions(Correction, undone=True) == []


def test_the_printed_colours_of_a_row_take_its_corrected_name(ledger: Ledger) -> None:
    read = figure(value=843)
    colour = Rating(paper="paper.txt", sha256=read.sha256, page=1, table="p1t1", row=1, column=4, organisation="Body",
                    scheme="A", role="scheme", dimension="finance", colour="red", raw="R")  # fmt: skip
    ledger.add(paper([read]).model_copy(update={"ratings": (colour,)}), version="1")
    ledger.decide(correction(read, was={"scheme": "A"}, now={"scheme": "B"}))
    assert [r.rating.scheme for r in ledger.ratings()] == ["B"]
    assert [f.figure.scheme for f in ledger.facts()] == ["B"]


def test_a_ledger_is_the_same_place_however_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    urls = ("book.db", "sqlite:///book.db", str(tmp_path / "book.db"), f"sqlite:///{tmp_path}/./book.db")
    assert {open_ledger(url).place for url in urls} == {str(tmp_path / "book.db")}


ADDING = """
import sys
sys.path.insert(0, {tests!r})
from build import figure, paper
from qippctl.ledger import open_ledger
ledger = open_ledger({path!r})
for i in range({start}, {start} + {count}):
    sha = f"{{i:064x}}"
    ledger.add(paper([figure(sha256=sha, row=r, value=r) for r in range(1, 30)]), version="1")
    print(i, flush=True)
"""


def adding(path: Path, start: int, count: int) -> subprocess.Popen[str]:
    code = ADDING.format(tests=str(Path(__file__).parents[1]), path=str(path), start=start, count=count)
    return subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)


def test_two_processes_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    processes = [adding(path, start, 15) for start in (0, 100)]
    assert [p.wait() for p in processes if p.communicate()] == [0, 0]
    papers = open_ledger(str(path)).papers()
    assert len(papers) == 30
    assert sorted(p.number for p in papers) == list(range(1, 31))


def test_a_killed_process_leaves_whole_papers(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    process = adding(path, 0, 5000)
    assert process.stdout is not None
    for _ in range(3):
        process.stdout.readline()
    time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    papers = open_ledger(str(path)).papers()
    assert len(papers) >= 3
    assert {p.figures for p in papers} == {29}
