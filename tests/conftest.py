"""What the tests share: the samples read once, a fresh ledger, and the command line run in this process."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from qippctl import pipeline
from qippctl.ledger import Ledger, open_ledger
from qippctl.models.paper import Paper

sys.path.insert(0, str(Path(__file__).parent))

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"


@dataclass(frozen=True)
class Run:
    """How a command ended."""

    status: int
    out: str
    err: str


@pytest.fixture(scope="session")
def samples() -> dict[str, Paper]:
    """Every sample, read."""
    return {path.name: pipeline.extract(path) for path in pipeline.find_papers([str(SAMPLES)]).files}


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the analyst's own folders or settings."""
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    for name in ("QIPPCTL_LEDGER", "QIPPCTL_POLICY", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "100")


@pytest.fixture(scope="session")
def sample_ledger(samples: dict[str, Paper], tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URL of a ledger with every sample in it; tests only read it."""
    url = f"sqlite:///{tmp_path_factory.mktemp('ledger') / 'samples.db'}"
    ledger = open_ledger(url)
    for paper in samples.values():
        ledger.add(paper, version="test")
    return url


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return open_ledger(f"sqlite:///{tmp_path / 'ledger.db'}")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Run]:
    """Run qippctl with arguments, as the shell would."""
    from qippctl.cli import main

    def call(*arguments: object) -> Run:
        monkeypatch.setattr(sys, "argv", ["qippctl", *map(str, arguments)])
        capsys.readouterr()
        status = 0
        try:
            main()
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
        out, err = capsys.readouterr()
        return Run(status, out, err)

    return call
