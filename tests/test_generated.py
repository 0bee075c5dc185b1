"""Files that are made from the models match the models."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from conftest import ROOT
from qippctl import schemas
from qippctl.models.figure import Doubt
from qippctl.models.paper import Paper
from qippctl.models.records import RECORD_TYPES
from qippctl.reports import papers as views


@pytest.mark.parametrize("name", schemas.names())
def test_a_schema_is_kept_as_generated(name: str) -> None:
    path = ROOT / "schemas" / f"{name}.schema.json"
    assert path.exists(), "make schemas"
    assert path.read_text(encoding="utf-8") == schemas.text_of(name)


def test_no_schema_is_left_over() -> None:
    assert {p.name for p in (ROOT / "schemas").iterdir()} == {f"{name}.schema.json" for name in schemas.names()}


def test_every_printed_record_fits_its_schema(samples: dict[str, Paper]) -> None:
    """Keys and required keys, record by record: the schema is what `--format json` prints."""
    kept = {name: json.loads(schemas.text_of(name)) for name in ("figure", "rating", "paper", *RECORD_TYPES)}
    for paper in samples.values():
        for record in views.extracted([paper]).records:
            printed = json.loads(record.model_dump_json())
            schema = kept[printed["type"]]
            assert set(printed) == set(schema["properties"])


def test_every_data_file_names_its_schema() -> None:
    for path in [*(ROOT / "parsers").glob("*.toml"), *(ROOT / "policies").glob("*.toml")]:
        first = path.read_text(encoding="utf-8").splitlines()[0]
        assert first.startswith("#:schema ../schemas/") and (path.parent / first.split()[1]).resolve().exists(), (
            path.name
        )


def test_the_version_is_said_once() -> None:
    import qippctl

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == qippctl.__version__


def test_every_doubt_is_explained_and_documented() -> None:
    from qippctl.models.figure import DOUBT_MEANINGS

    page = (ROOT / "docs" / "doubts.md").read_text(encoding="utf-8")
    assert set(DOUBT_MEANINGS) == set(Doubt)
    assert [code for code in Doubt if f"`{code.value}`" not in page] == []


def test_the_page_of_rules_is_kept_as_the_rules_describe_themselves() -> None:
    from qippctl import pipeline
    from qippctl.reports import rule_pages

    kept = (ROOT / "docs" / "findings.md").read_text(encoding="utf-8")
    assert kept == rule_pages.document(pipeline.audit_rules()), "make schemas"
    assert [code for code in (rule.code for rule in pipeline.audit_rules()) if f"### {code} " not in kept] == []


def test_the_lock_pins_every_dependency() -> None:
    lock = Path(ROOT / "requirements.lock").read_text(encoding="utf-8").lower()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = [d.split(">=")[0].lower() for d in [*project["dependencies"], *project["optional-dependencies"]["dev"]]]
    assert [
        name
        for name in names
        if f"{name}==" not in lock.replace(".", "-") and f"{name.replace('.', '-')}==" not in lock
    ] == []
