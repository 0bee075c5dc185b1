"""Write the sample papers: invented bodies, figures of real papers, words and layout of our own.

    python samples/make_samples.py                            all of them, beside this script
    python samples/make_samples.py fellside-trust-cip-m06.docx

The same bytes come out every time, so a sample changes only when this script or its package `making` does: a module a
body has its papers, `making/blocks.py` says what they are made of.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from making import (
    brackenshire,
    copperdale,
    eastholme,
    eastholme_scan,
    fellside,
    harrow_vale,
    kelderby,
    merrowdale,
    northmere,
    orrin_valley,
    tarnwater,
    tarnwater_book,
    thornacre,
)

FOLDER = Path(__file__).resolve().parent
BODIES = (
    northmere,
    eastholme,
    eastholme_scan,
    harrow_vale,
    fellside,
    tarnwater,
    tarnwater_book,
    copperdale,
    merrowdale,
    kelderby,
    orrin_valley,
    thornacre,
    brackenshire,
)
SAMPLES: dict[str, Callable[[Path], None]] = {name: write for body in BODIES for name, write in body.PAPERS.items()}


def main(names: Sequence[str]) -> None:
    """Write the samples named, or all of them, into this script's folder."""
    unknown = [name for name in names if name not in SAMPLES]
    if unknown:
        sys.exit(f"No sample is called {', '.join(unknown)}. There are: {', '.join(SAMPLES)}")
    for name in names or SAMPLES:
        SAMPLES[name](FOLDER / name)


if __name__ == "__main__":
    main(sys.argv[1:])
