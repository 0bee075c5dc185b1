"""Expected records of the samples: written when missing, compared by the tests. `make expected` runs this.

A file `<sample>.expected.json` holds the records that `extract --format jsonl` prints, one a line inside an array. It is
never overwritten without --force: the diff is read before it is committed.
"""

from __future__ import annotations

import sys
from pathlib import Path

from qippctl import pipeline
from qippctl.reports import papers as views

SAMPLES = Path(__file__).parents[1] / "samples"


def sample_files() -> list[Path]:
    return list(pipeline.find_papers([str(SAMPLES)]).files)


def expected_file(sample: Path) -> Path:
    return sample.with_name(f"{sample.name}.expected.json")


def text_of(sample: Path) -> str:
    """The records of a sample as an array, a record a line, so that a diff shows the figure that changed."""
    paper = pipeline.extract(sample)
    lines = [record.model_dump_json() for record in views.extracted([paper]).records]
    return "[\n" + ",\n".join(lines) + "\n]\n"


def main(force: bool) -> None:
    for sample in sample_files():
        path = expected_file(sample)
        if path.exists() and not force:
            print(f"kept   {path.name}")
            continue
        path.write_text(text_of(sample), encoding="utf-8")
        print(f"wrote  {path.name}")


if __name__ == "__main__":
    main("--force" in sys.argv[1:])
