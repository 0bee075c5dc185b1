"""qippctl reads savings-programme papers, rates their schemes and checks their figures.

>>> import qippctl
>>> paper = qippctl.extract("board.pdf")       # doctest: +SKIP
>>> [f.value for f in paper.figures if f.names == "plan.ytd" and f.role == "total"]     # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qippctl.pipeline import extract

__version__ = "0.1.0"
__all__ = ["__version__", "extract"]


def __getattr__(name: str) -> Any:
    """Load the library's verbs when they are first used: start-up is felt on every command."""
    if name == "extract":
        from qippctl.pipeline import extract

        return extract
    raise AttributeError(f"module 'qippctl' has no attribute {name!r}")
