"""The arithmetic that sentences state, as `Reading`s: a number, and how others of the text give it. Imports calc and money.

A sentence may be read in several ways; where any of them holds nothing is wrong. Only what is said outright is certain.
"""

from qippctl.audit.stated.reading import CERTAIN, POSSIBLE, PROBABLE, Reading, Term
from qippctl.audit.stated.sentence import Sentence, sentences

__all__ = ["CERTAIN", "POSSIBLE", "PROBABLE", "Reading", "Sentence", "Term", "sentences"]
