"""Papers that stay in the house: marked, left out of whatever leaves it, and opened again."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Run

Runner = Callable[..., Run]
HUSHED = "Falcon closure"
LEAVING = [
    ("export", "figures"),
    ("export", "schemes"),
    ("export", "ratings"),
    ("export", "papers"),
    ("export", "variances"),
    ("export", "profiles"),
    ("export", "movement"),
    ("report", "board"),
    ("chart", "waterfall"),
    ("chart", "waterfall", "-o", "-"),
    ("chart", "heatmap", "-o", "-"),
    ("corrections", "export"),
    ("schemes", "export-links", "-"),
    ("close", "M05", "--check", "--fail-on", "never"),
    ("close", "M05", "--check", "--fail-on", "never", "--format", "json"),
]


def paper(folder: Path, name: str, month: int, *schemes: str) -> Path:
    rows = "".join(f"{scheme}\t1000\t400\t390\n" for scheme in (*schemes, "Estates", "Theatres"))
    total = 2 + len(schemes)
    path = folder / name
    path.write_text(
        f"Testville Council\nSavings at month {month} of 2014/15\nMeeting of {name[:2]} September 2014\n\n"
        "Scheme\tYear plan £000\tYTD plan £000\tYTD actual £000\n"
        f"{rows}Total\t{total * 1000}\t{total * 400}\t{total * 390}\n"
    )
    return path


@pytest.fixture
def book(run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A ledger of three papers: two that were published, and one of a closure that nobody is to hear of."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QIPPCTL_LEDGER", f"sqlite:///{tmp_path / 'book.db'}")
    run("ingest", paper(tmp_path, "10-july.txt", 4), paper(tmp_path, "11-august.txt", 5), "--quiet")
    done = run("ingest", paper(tmp_path, "12-secret.txt", 5, HUSHED), "--private")
    assert done.status == 0 and "Private: #3." in done.err
    return tmp_path


def numbers(run: Runner) -> list[int]:
    return [one["number"] for one in json.loads(run("papers", "--format", "json").out) if one["private"]]


@pytest.mark.parametrize("command", LEAVING, ids=" ".join)
def test_what_leaves_the_house_has_nothing_of_a_private_paper_and_says_so(
    run: Runner, book: Path, command: tuple[str, ...]
) -> None:
    (secret,) = [
        f for f in json.loads(run("export", "figures", "--include-private", "--format", "json").out)
        if f["scheme"] == HUSHED and f["measure"] == "actual"
    ]  # fmt: skip
    run("correct", secret["id"], "391k", "--kind", "misread", "--reason", "Scan")
    run("schemes", "link", HUSHED, "Estates", "--reason", "One programme")
    done = run(*command)
    assert done.status == 0, done.err
    assert "1 private paper (#3) left out. To take private papers in: --include-private" in done.err
    for told in (HUSHED, "12-secret", secret["id"][:12], "391"):
        assert told not in done.out
    assert "left out" not in run(*command, "--quiet").err


def test_with_the_option_private_papers_are_taken_in(run: Runner, book: Path) -> None:
    done = run("export", "figures", "--include-private")
    assert HUSHED in done.out and "left out" not in done.err


def test_a_pack_has_nothing_of_a_private_paper(run: Runner, book: Path) -> None:
    assert run("close", "M05", "-o", "pack", "--draft").status == 0
    for path in (book / "pack").iterdir():
        content = path.read_bytes()
        if path.suffix in (".docx", ".xlsx"):
            with zipfile.ZipFile(io.BytesIO(content)) as members:
                content = b"".join(members.read(name) for name in members.namelist())
        assert HUSHED.encode() not in content and b"12-secret" not in content, path.name
    manifest = json.loads((book / "pack" / "manifest.json").read_text())
    assert [one["name"] for one in manifest["papers"]] == ["11-august.txt"] and not manifest["includes_private"]
    assert run("close", "M05", "-o", "whole", "--draft", "--include-private").status == 0
    manifest = json.loads((book / "whole" / "manifest.json").read_text())
    assert [one["number"] for one in manifest["papers"]] == [2, 3] and manifest["includes_private"]


def test_a_lock_without_private_papers_is_held_against_the_ledger_without_them(run: Runner, book: Path) -> None:
    assert run("close", "M05", "-o", "pack", "--lock").status == 0
    for more in ((), ("--include-private",)):
        assert json.loads(run("close", "--adjustments", *more, "--format", "json").out) == []
    run("papers", "public", "#3", "--reason", "Published")
    found = json.loads(run("close", "--adjustments", "--format", "json").out)
    assert {(one["role"], one["was"], one["now"]) for one in found if one["name"] == "actual.ytd"} == {
        ("scheme", None, "390000"), ("total", None, "1170000"),
    }  # fmt: skip
    assert {one["because"] for one in found} == {"#3 12-secret.txt came later"}


def test_a_lock_with_private_papers_says_nothing_to_a_ledger_without_them(run: Runner, book: Path) -> None:
    assert run("close", "M05", "-o", "pack", "--lock", "--include-private").status == 0
    assert json.loads(run("close", "--adjustments", "--format", "json").out) == []
    assert json.loads(run("close", "--adjustments", "--include-private", "--format", "json").out) == []


def test_the_terminal_uses_private_papers_and_says_so(run: Runner, book: Path) -> None:
    done = run("variance")
    assert HUSHED in done.out and done.err == "With 1 private paper (#3): not for publication.\n"
    assert run("variance", "--quiet").err == ""
    assert "private" in run("papers").out


def test_a_paper_is_marked_once_and_opened_with_a_reason(run: Runner, book: Path) -> None:
    assert numbers(run) == [3]
    assert run("papers", "private", "july", "--dry-run").out.splitlines()[-1] == "Nothing was kept: --dry-run."
    assert numbers(run) == [3]
    done = run("papers", "private", "july", "--reason", "Not yet", "--by", "ann")
    assert done.status == 0 and "qippctl papers public '#1' --reason" in done.out.replace("\n", " ")
    assert numbers(run) == [1, 3]
    again = run("papers", "private", "#1")
    assert again.status == 2 and "private already, by ann" in again.err
    assert run("papers", "public", "#1", "--reason", "Published").status == 0
    assert numbers(run) == [3]
    assert "is not private" in run("papers", "public", "#1", "--reason", "Twice").err


def test_reading_a_paper_again_keeps_the_mark_and_another_version_has_none(run: Runner, book: Path) -> None:
    run("ingest", "12-secret.txt", "--again", "--quiet")
    run("ingest", "12-secret.txt", "--private", "--quiet")
    assert numbers(run) == [3]
    other = book / "13-secret.txt"
    other.write_text((book / "12-secret.txt").read_text() + "\n")
    run("ingest", other, "--quiet")
    assert numbers(run) == [3]


def test_a_known_paper_becomes_private_when_it_is_read_so(run: Runner, book: Path) -> None:
    done = run("ingest", "10-july.txt", "--private")
    assert "Private: #1." in done.err and numbers(run) == [1, 3]
