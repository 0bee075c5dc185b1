"""Sentences with numbers, of prose and of cells of words: what each number says, and the figures that it speaks of.

`claims` gives a record for each. Their numbers are never figures.
"""

from qippctl.interpret.prose.claims import Heard, claims

__all__ = ["Heard", "claims"]
