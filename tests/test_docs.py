"""Every example in the docs is run, every command documented, every link there."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
import typer.main

from conftest import ROOT, SAMPLES, Run

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def sessions(page: Path) -> list[tuple[str, list[str]]]:
    """The commands of a page's console blocks, each with the lines that it should print."""
    found: list[tuple[str, list[str]]] = []
    for block in re.findall(r"^```console\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            else:
                found[-1][1].append(line.rstrip())
    return found


def fits(shown: list[str], printed: list[str]) -> bool:
    """Whether an output is as shown; `...` alone stands for any lines, at the end of a line for the rest of it."""
    if not shown:
        return not printed
    if shown[0] == "...":
        return any(fits(shown[1:], printed[i:]) for i in range(len(printed) + 1))
    if not printed:
        return False
    same = printed[0].startswith(shown[0][:-3]) if shown[0].endswith("...") else printed[0] == shown[0]
    return same and fits(shown[1:], printed[1:])


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_every_example_does_what_it_shows(
    page: Path, run: Callable[..., Run], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("QIPPCTL_LEDGER", f"sqlite:///{tmp_path / 'docs.db'}")
    (tmp_path / "samples").symlink_to(SAMPLES)
    if page.name != "README.md" and sessions(page):
        run("ingest", "samples/northmere-board-m11.pdf", "samples/northmere-summary-m11.md")
        if page.name == "getting-started.md":
            (tmp_path / "docs.db").unlink()
    for command, shown in sessions(page):
        words = shlex.split(command)
        assert words[0] == "qippctl", command
        done = run(*words[1:])
        assert done.status == 0, (command, done.err)
        assert fits(shown, [line.rstrip() for line in done.out.splitlines()]), (command, done.out)


def test_every_command_is_documented() -> None:
    from qippctl.cli.app import app

    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    group = typer.main.get_command(app)
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        children = getattr(command, "commands", None)
        for full in [f"{name} {child}" for child in children] if children else [name]:
            assert f"`qippctl {full}" in page, full


def test_the_readme_uses_the_library_as_it_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    code = re.search(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert code is not None
    exec(code[1], {})  # noqa: S102  our own README
    assert capsys.readouterr().out.startswith("7833400")


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_readme_opens_with_the_two_commands() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert text.index("make demo") < text.index("make test") < text.index("pipx")


def test_ci_calls_the_test_command_of_the_readme() -> None:
    assert "make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_every_layout_key_is_documented() -> None:
    from qippctl.models.layout import Layout

    page = (ROOT / "docs" / "layouts.md").read_text(encoding="utf-8")
    assert [key for key in Layout.model_fields if f"`{key}" not in page and f"{key} =" not in page] == []


def test_every_limit_is_documented() -> None:
    from dataclasses import asdict

    from qippctl.readers import Limits

    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert [
        name for name, value in asdict(Limits()).items() if f"QIPPCTL_MAX_{name.upper()}` ({value})" not in page
    ] == []
