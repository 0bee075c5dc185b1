"""Whether qippctl can work here: each check says what it looked at, what it found and what to do."""

from __future__ import annotations

import sys
from importlib import metadata

from qippctl.errors import QippctlError
from qippctl.models.health import HealthCheck

# The first pdfminer.six with CVE-2025-64512 and CVE-2025-70559 both mended.
SAFE_PDFMINER = 20251230
_PACKAGES = (
    "typer",
    "rich",
    "pydantic",
    "pypdfium2",
    "pdfplumber",
    "pdfminer.six",
    "python-docx",
    "SQLAlchemy",
    "alembic",
    "platformdirs",
    "rapidfuzz",
)


def checks(ledger: str) -> list[HealthCheck]:
    """Python, packages, data files, the reader's child process, and the ledger."""
    return [_python(), *(_package(name) for name in _PACKAGES), _pictures(), _data_files(), _reader(), _ledger(ledger)]


def _python() -> HealthCheck:
    version = ".".join(map(str, sys.version_info[:3]))
    ok = sys.version_info >= (3, 11)
    return HealthCheck(
        name="Python", ok=ok, found=version if ok else f"{version}; 3.11 or newer is needed", exit_status=0 if ok else 2
    )


def _package(name: str) -> HealthCheck:
    try:
        version = metadata.version(name)
    except metadata.PackageNotFoundError:
        return HealthCheck(name=name, ok=False, found="not installed; install qippctl again", exit_status=2)
    if name == "pdfminer.six" and int(version.split(".")[0]) < SAFE_PDFMINER:
        return HealthCheck(
            name=name,
            ok=False,
            found=f"{version} lets a hostile PDF run code; pip install -U pdfminer.six",
            exit_status=2,
        )
    return HealthCheck(name=name, ok=True, found=version)


def _pictures() -> HealthCheck:
    from qippctl.readers.pdf.ocr import available

    found = "read" if available() else "not read; to read them: pip install 'qippctl[ocr]'"
    return HealthCheck(name="pictures and scans", ok=True, found=found)


def _data_files() -> HealthCheck:
    from qippctl import pipeline, resources
    from qippctl.interpret.layouts import layouts, organisation_words, vocabulary

    try:
        vocabulary()
        organisation_words()
        yours = resources.user_folder("parsers").parent
        found = f"{len(layouts())} layouts, {len(pipeline.policies())} policies; yours go in {yours}"
        return HealthCheck(name="data files", ok=True, found=found)
    except QippctlError as error:
        return HealthCheck(name="data files", ok=False, found=str(error), exit_status=2)


def _reader() -> HealthCheck:
    import tempfile
    from pathlib import Path

    from qippctl.readers import read

    try:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "check.txt"
            path.write_text("Scheme\tPlan\nA\t1\n", encoding="utf-8")
            grids = list(read(path).grids())
        return HealthCheck(name="reader", ok=len(grids) == 1, found="reads in a process of its own, with limits")
    except (QippctlError, OSError) as error:
        return HealthCheck(name="reader", ok=False, found=str(error), exit_status=3)


def _ledger(url: str) -> HealthCheck:
    from pathlib import Path

    from qippctl.ledger import default_url, open_ledger

    if url == default_url() and not Path(url.removeprefix("sqlite:///")).exists():
        return HealthCheck(name="ledger", ok=True, found=f"{url}: not there yet; qippctl ingest makes it")
    try:
        count = len(open_ledger(url, create=False).papers())
        return HealthCheck(name="ledger", ok=True, found=f"{url}: {count} papers")
    except QippctlError as error:
        return HealthCheck(name="ledger", ok=False, found=str(error), exit_status=4)
