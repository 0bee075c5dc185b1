"""Packs in the ledger: kept once, never changed, found by the figures that they used."""

from __future__ import annotations

import sqlite3
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from build import figure, paper
from qippctl.errors import LedgerError
from qippctl.ledger import Ledger, open_ledger
from qippctl.models.closing import ClosedFigure, ClosedSubject, Manifest, Pack, PackFile, PackPolicy
from qippctl.models.decisions import Close, Correction, Distinct, Link, Privacy

AT = "2015-05-12T09:00:00+00:00"
HASH = "cd" * 32


def pack(value: int = 5, period: str = "2014/15-M11", organisation: str | None = "Body") -> Pack:
    manifest = Manifest(
        version="1",
        organisation=organisation,
        period=period,
        draft=False,
        policy=PackPolicy(name="p", title="P", stated=False, sha256=HASH),
        papers=(),
        files=tuple(PackFile(name=name, sha256=HASH, size=value, figures=("x/p1t1/1/1",)) for name in ("a.md", "b.md")),
    )
    counted = ClosedFigure(id="x/p1t1/1/1", value=Decimal(value), unit="GBP")
    subject = ClosedSubject(scheme="A", role="scheme", level="scheme", figures={"plan.ytd": counted})
    return Pack(manifest, {}, (subject,), {"x/p1t1/1/1": Decimal(value)})


def close(**rest: object) -> Close:
    said = {"organisation": "Body", "by": "me", "at": AT, "reason": "", "period": "2014/15-M11", "pack": 0}
    return Close(**(said | {"manifest": HASH} | rest))  # type: ignore[arg-type]


def test_the_same_pack_is_kept_once(ledger: Ledger) -> None:
    assert [ledger.keep_pack(pack(), AT)[0], ledger.keep_pack(pack(), "later")[0], ledger.keep_pack(pack(6), AT)[0]] == [
        1, 1, 2,
    ]  # fmt: skip
    assert [(p.number, p.at) for p in ledger.packs()] == [(1, AT), (2, AT)]


def test_what_a_pack_used_and_counted_comes_back(ledger: Ledger) -> None:
    ledger.keep_pack(pack(5), AT)
    ledger.keep_pack(pack(6), AT)
    assert ledger.packs_using("x/p1t1/1/1") == [(1, Decimal(5), ("a.md", "b.md")), (2, Decimal(6), ("a.md", "b.md"))]
    assert ledger.packs_using("x/p1t1/1/2") == []
    assert ledger.closed_subjects(2) == pack(6).subjects


def test_packs_of_an_unnamed_body_are_found_by_an_empty_name(ledger: Ledger) -> None:
    ledger.keep_pack(pack(5), AT)
    ledger.keep_pack(pack(6, organisation=None), AT)
    assert [p.number for p in ledger.packs("")] == [2] and [p.number for p in ledger.packs("Body")] == [1]


def test_a_lock_and_its_pack_are_kept_both_or_neither(ledger: Ledger, tmp_path: Path) -> None:
    number, (kept,) = ledger.keep_pack(pack(), AT, close())
    assert (number, kept.pack, kept.number) == (1, 1, 1)
    with sqlite3.connect(tmp_path / "ledger.db") as raw:
        raw.execute("DROP TABLE pack_figures")
    with pytest.raises(LedgerError):
        ledger.keep_pack(pack(6), AT, close(period="2014/15-M12"))
    assert [p.number for p in ledger.packs()] == [1] and len(ledger.decisions(Close)) == 1


def test_an_older_ledger_gets_packs_and_keeps_what_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    open_ledger(str(path)).add(paper([figure(value=7)]), version="1")
    with sqlite3.connect(path) as raw:
        raw.execute("DROP TABLE pack_figures")
        raw.execute("DROP TABLE packs")
        raw.execute("UPDATE alembic_version SET version_num = '0006'")
    ledger = open_ledger(str(path))
    assert [fact.figure.value for fact in ledger.facts()] == [7]
    assert ledger.keep_pack(pack(), AT)[0] == 1
    assert (tmp_path / "ledger.db.backup-0006").exists()


def decided(of: type, **rest: object) -> Any:
    return of(**({"organisation": "Body", "by": "me", "at": AT, "reason": ""} | rest))


def test_without_private_papers_nothing_of_them_is_answered(ledger: Ledger) -> None:
    own = figure(value=1)
    secret = figure(value=2, sha256=HASH, scheme="Secret", organisation="Hidden body", id=f"{HASH[:12]}/p1t1/1/1")
    ledger.add(paper([own]), version="1")
    mark = decided(Privacy, sha256=HASH)
    ledger.add(paper([secret], organisation="Hidden body", paper="secret.txt"), version="1", private=mark)
    ledger.decide(
        decided(Correction, figure=secret.id, kind="misread", raw="2", was={"value": "2"}, now={"value": "3"}),
        decided(Link, name="A", to="Secret", share=Decimal(100)),
        decided(Distinct, name="A", to="a"),
    )
    public = ledger.without_private()
    assert (list(ledger.private()), public.left_out, ledger.left_out) == ([2], (2,), ())
    assert [paper_.number for paper_ in public.papers()] == [1]
    assert list(public.organisations()) == ["Body"]
    assert [fact.figure for fact in public.facts()] == [own]
    assert public.facts(papers=(2,)) == [] and public.figure(secret.id) is None and public.figure_ids(HASH[:12]) == []
    assert public.records() == [] and public.ratings() == []
    kept = [len(public.decisions(kind)) for kind in (Correction, Link, Distinct, Privacy)]
    assert kept == [0, 0, 1, 0]
    assert [len(ledger.decisions(kind)) for kind in (Correction, Link, Distinct, Privacy)] == [1, 1, 1, 1]


def test_a_paper_that_is_private_already_is_marked_once(ledger: Ledger) -> None:
    for _ in range(2):
        ledger.add(paper(), version="1", private=decided(Privacy, sha256=paper().cover.sha256))
    assert len(ledger.decisions(Privacy)) == 1
