"""Imports point downwards: a module takes from lower floors, its own floor's package, or itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import qippctl

SOURCE = Path(qippctl.__file__).parent
FLOORS: list[set[str]] = [
    {"errors", "money", "period"},
    {"models"},
    {"resources", "readers", "calc"},
    {"interpret", "audit", "ledger"},
    {"reports"},
    {"pipeline", "schemas"},
    {"health"},
    {"cli"},
    {"__main__"},
]
LEVEL = {name: level for level, names in enumerate(FLOORS) for name in names}


def part_of(path: Path) -> str:
    first = path.relative_to(SOURCE).parts[0]
    return first.removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    """The parts of qippctl that a module imports, inside functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "qippctl":
            rest = node.module.split(".")[1:]
            yield from [rest[0]] if rest else [alias.name for alias in node.names]
        elif isinstance(node, ast.Import):
            yield from (alias.name.split(".")[1] for alias in node.names if alias.name.startswith("qippctl."))


def modules() -> list[Path]:
    return [p for p in SOURCE.rglob("*.py") if "migrations" not in p.parts and p != SOURCE / "__init__.py"]


def test_every_part_stands_on_a_floor() -> None:
    assert {part_of(path) for path in modules()} - set(LEVEL) == set()


def test_imports_point_downwards() -> None:
    upward = []
    for path in modules():
        own = part_of(path)
        for taken in imports(path):
            if (
                taken in LEVEL
                and taken != own
                and LEVEL[taken] >= LEVEL[own]
                and not {own, taken} <= {"errors", "money", "period"}
            ):
                upward.append(f"{path.relative_to(SOURCE)} imports {taken}")
    assert upward == []


def test_heavy_packages_are_not_imported_at_start_up() -> None:
    import subprocess
    import sys

    heavy = ["pdfplumber", "pdfminer", "docx", "lxml", "sqlalchemy", "alembic", "pydantic", "rich.table", "rapidfuzz"]
    heavy += ["matplotlib", "numpy", "scipy", "xlsxwriter", "jinja2", "docxtpl", "reportlab"]
    commands = "qippctl.cli.main, qippctl.cli.output"
    code = f"import sys, {commands}; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_no_python_names_a_body() -> None:
    """Variation between bodies is data in parsers/ and policies/."""
    bodies = ("leicester", "essex", "stafford", "stockport", "leeds", "brighton", "carmarthen", "glamorgan")
    named = [
        f"{path.name}: {body}"
        for path in SOURCE.rglob("*.py")
        for body in bodies
        if body in path.read_text(encoding="utf-8").lower()
    ]
    assert named == []
