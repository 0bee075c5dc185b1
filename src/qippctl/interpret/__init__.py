"""Meaning: a document's tables become figures and ratings with addresses and doubts.

`interpret(document)` is the one verb. Imports `calc`, `models`, `resources` and what is below them; no files are opened
but the vocabulary and layouts.
"""

from qippctl.interpret.papers import interpret

__all__ = ["interpret"]
