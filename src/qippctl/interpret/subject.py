"""Whether a table is of savings: its own words and those around it are weighed against the words of budgets and accounts."""

from __future__ import annotations

from collections.abc import Sequence

from qippctl.interpret.bodies import is_body
from qippctl.interpret.columns import Column
from qippctl.interpret.figures import Surroundings
from qippctl.interpret.headings import Parts
from qippctl.interpret.layouts import vocabulary
from qippctl.interpret.words import find
from qippctl.models.figure import Measure

ABOUT_SAVINGS: frozenset[Measure] = frozenset(
    {"plan", "actual", "forecast", "variance", "target", "achievable", "at_risk"}
)
_POSTS = ("wte*", "fte*", "posts", "full time equivalent")
# What speaks for savings and against, and what is needed. The nearer to the figures, the more a word weighs.
_TITLE, _HEADINGS, _ABOVE, _PAPER = 3, 3, 2, 2
_SCHEMES, _RATED = 1, 1
_ACCOUNT_TITLE, _ACCOUNTS, _ACCOUNT_LABELS, _BODIES = -5, -3, -3, -2
NEEDED = 2


def is_about_savings(parts: Parts, columns: Sequence[Column], titles: Sequence[str], around: Surroundings) -> bool:
    """Whether a table that no layout claims is of savings: it names rows and measures, and more speaks for it than against."""
    if not any(c.kind in ("scheme", "workstream") for c in columns):
        return False
    if not any(m.measure in ABOUT_SAVINGS for c in columns for m in c.meanings):
        return False
    words = vocabulary()
    money = [c for c in columns if c.kind in ("figures", "unknown") and find(_POSTS, c.heading) is None]
    # Posts beside money make no table of accounts.
    headings = [h.path for h in parts.headings if len(money) < 2 or find(_POSTS, h.path) is None]
    above = " | ".join(line for line in around.lines_above[-4:] if line != around.paper_title and line not in titles)
    weight = 0
    in_title = any(find(words.savings, title) for title in titles)
    in_headings = [h for h in headings if find(words.savings, h)]
    # One column of savings among several of a budget is a line of that budget.
    bridging = sum(1 for c in money if find(words.finance, c.heading) and not find(words.savings, c.heading))
    if in_title:
        weight += _TITLE
    if in_headings and not (bridging * 2 > len(money)):
        weight += _HEADINGS
    if find(words.savings, above):
        weight += _ABOVE
    if find(words.savings, around.paper_title or ""):
        weight += _PAPER
    weight += _SCHEMES * sum(1 for text in (" | ".join(titles), " | ".join(headings)) if find(words.scheme_rows, text))
    if any(c.kind in ("rating", "lead") for c in columns):
        weight += _RATED
    speaking = [title for title in titles if not find(words.savings, title)]
    if find(words.finance, " | ".join(speaking)):
        weight += _ACCOUNT_TITLE
    elif find(words.finance, " | ".join(h for h in headings if h not in in_headings)):
        weight += _ACCOUNTS
    labels = [row[c.index] for c in columns if c.kind in ("scheme", "workstream") for _, row in parts.body]
    named = [label for label in labels if label]
    if sum(1 for label in named if find(words.finance, label)) * 3 > len(named):
        weight += _ACCOUNT_LABELS
    if sum(1 for label in named if is_body(label)) * 2 > len(named):
        weight += _BODIES
    return weight >= NEEDED
