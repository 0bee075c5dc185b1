"""RAG rules that a paper states, in a table of guidelines or in bullets below a tracker, as policies.

The wording is kept beside the rule. A wording that fits no known form gives no rule: it is shown, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from qippctl.interpret.columns import colour_of
from qippctl.interpret.layouts import vocabulary
from qippctl.interpret.records.place import Place
from qippctl.interpret.words import find, normal, unmarked
from qippctl.models.document import Grid
from qippctl.models.figure import Colour
from qippctl.models.policy import Band, MilestoneBand, MilestoneRule, MoneyRule
from qippctl.models.records import Record, StatedPolicy

Wording = dict[str, dict[str, str]]
_BULLET = re.compile(r"^\W*(red|amber|green|blue)\s*(?:=|:|[-–—])\s*(\S.*)$", re.IGNORECASE)
_PERCENT = re.compile(r"([0-9]{1,3}(?:\.[0-9]+)?)\s?(?:%|per ?cent)")
_RANGE = re.compile(r"([0-9]{1,3}(?:\.[0-9]+)?)\s?%?\s?(?:[-–—]|to|and)\s?([0-9]{1,3}(?:\.[0-9]+)?)\s?%")
_MET = ["on target", "on plan", "on track", "fully achieved", "at or above", "on or above", "meets plan"]
_SHORT = ["below", "off", "under", "short", "shortfall", "behind"]
_BOTH_WAYS = [
    "underspend*",
    "overspend*",
    "either way",
    "either side",
    "plus or minus",
    "over or under",
    "under or over",
]
_SIGNS = re.compile(r"±|\+ ?/ ?[-–—]")
_DAYS = re.compile(r"\b([0-9]{1,3}|one|two|three|four)\s?(day|week|month)s?\b", re.IGNORECASE)
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4}
_DAYS_IN = {"day": 1, "week": 7, "month": 30}
_ORDER: tuple[Colour, ...] = ("green", "amber", "red")
FEWEST_WORDS = 3
LONGEST_SENTENCE = 300
_RULE = re.compile(
    r"%|\b(?:target|plan|track|budget|days?|weeks?|slip\w*|delay\w*|achiev\w*|deliver\w*|on time|milestones?)\b",
    re.IGNORECASE,
)


def guidelines(grid: Grid) -> Wording:
    """The wording of a table of guidelines by dimension and colour; empty where a grid is none.

    The name of a dimension may stand beside any row of its block, so names are given to the blocks in their order.
    """
    texts = [[unmarked(text) for text in row] for row in grid.texts()]
    blocks: list[dict[str, str]] = []
    labels: list[str] = []
    for row in texts:
        at = next((i for i, text in enumerate(row[:-1]) if _colour(text) is not None or _is_state(text)), None)
        rule = row[at + 1] if at is not None else ""
        if at is None or len(rule.split()) < FEWEST_WORDS:
            continue
        colour = _colour(row[at]) or "other"
        if not blocks or colour in blocks[-1]:
            blocks.append({})
        if colour == "green" and blocks[-1]:
            blocks.append({})
        blocks[-1][colour] = rule
        labels += [text for text in row[:at] if text]
    whole = [block for block in blocks if set(_ORDER) <= set(block)]
    if not whole or len(whole) != len(blocks) or len(labels) not in (0, len(blocks)):
        return {}
    named = labels or ["overall"]
    return {_dimension(label): block for label, block in zip(named, blocks, strict=False)}


def stated_in_prose(lines: Sequence[tuple[str, int]]) -> tuple[Wording, int]:
    """The wording of rules set as bullets (`Red = below 80% of target`), by dimension, and the page of the first."""
    found: Wording = {}
    page = 1
    heading = ""
    for line, at in lines:
        text = unmarked(line)
        for piece in re.split(r"(?<=\S)\s+(?=[•*]?[-–]?(?:Red|Amber|Green)\s*=)", text):
            if (sentence := _in_one_sentence(piece)) is not None:
                page = page if found else at
                found.setdefault(_dimension(f"{heading} {piece}"), sentence)
                continue
            bullet = _BULLET.match(piece)
            if bullet is None:
                heading = piece or heading
            elif len(bullet[2].split()) >= FEWEST_WORDS and find(["rag", "rated", "rating", "red", "status"], heading):
                page = page if found else at
                found.setdefault(_dimension(heading), {}).setdefault(bullet[1].lower(), bullet[2].strip())
    return {name: rule for name, rule in found.items() if set(_ORDER) <= set(rule)}, page


def _in_one_sentence(text: str) -> dict[str, str] | None:
    """The rule of a sentence such as `green from 95% of plan, amber from 80%, red below`; None where a text is none."""
    pieces = re.split(r"\b(green|amber|red)\b", text, flags=re.IGNORECASE)
    rule = {name.lower(): said.strip(" ,;:=.-–") for name, said in zip(pieces[1::2], pieces[2::2], strict=True)}
    several = len(_PERCENT.findall(text)) >= 2 and len(pieces) == 7 and len(text) <= LONGEST_SENTENCE
    return rule if several and set(rule) == set(_ORDER) and all(rule.values()) else None


def policy(wording: Wording, place: Place, *, page: int | None = None) -> list[Record]:
    """The policy that a wording amounts to."""
    if not any(_RULE.search(text) for rule in wording.values() for text in rule.values()):
        return []  # a list by colour, and no rule
    money = money_rule(wording.get("finance") or wording.get("overall") or {})
    milestones = milestone_rule(wording.get("milestones") or {})
    body = re.sub(r"\W+", "-", normal(place.organisation or place.paper)).strip("-")
    year = place.span.start
    of_money = wording.get("finance") or wording.get("overall") or {}
    both_ways = any(find(_BOTH_WAYS, normal(text)) or _SIGNS.search(text) for text in of_money.values())
    return [
        StatedPolicy(
            **place.at(page=page),
            name="-".join(filter(None, (body, str(year) if year else ""))),
            title=f"RAG rule stated by {place.organisation or place.paper}",
            source=f"{place.paper}, page {page or place.page}",
            reading="Savings are read one-sided: over-delivery is green." if both_ways and money else None,
            money=money,
            milestones=milestones,
            wording=wording,
        )
    ]


def money_rule(wording: dict[str, str]) -> MoneyRule | None:
    """The bands of delivery that a wording gives; None where it does not say from where each colour holds.

    >>> rule = money_rule({"green": "At least 95% of target achieved", "amber": "at least 80%", "red": "below 80%"})
    >>> [(band.colour, band.at_least) for band in rule.bands]
    [('green', Decimal('95')), ('amber', Decimal('80')), ('red', None)]
    """
    limits = [_from(wording.get(colour, "")) for colour in ("green", "amber")]
    if limits[0] is None or limits[1] is None or limits[0] <= limits[1]:
        return None
    return MoneyRule(
        bands=(
            Band(colour="green", at_least=limits[0]),
            Band(colour="amber", at_least=limits[1]),
            Band(colour="red"),
        )
    )


def _from(text: str) -> Decimal | None:
    """The percentage of plan from which a colour holds."""
    words = normal(text)
    percents = [Decimal(number) for number in _PERCENT.findall(text)]
    if not percents:
        return Decimal(100) if find(_MET, words) else None
    ranged = _RANGE.search(text)
    is_both_ways = bool(find(_BOTH_WAYS[2:], words) or _SIGNS.search(text))
    if find(["likelihood", "confiden*", "probab*"], words):
        return None
    if ranged is not None:
        return 100 - Decimal(ranged[2]) if find(_SHORT, words) or is_both_ways else Decimal(ranged[1])
    adverse = find(["overspend", "underspend", "off", "below", "shortfall", "impact"], words)
    if find(["below plan", "below target", "below budget", "shortfall", "behind plan"], words) and find(
        ["over", "under", "up to", "between"], words
    ):
        return 100 - max(percents)
    if is_both_ways or find(["within"], words) or (find(["up to"], words) and adverse):
        return 100 - percents[0]
    if (
        find(["at least", "or more", "or above", "above", "over", "between", "greater than", "from"], words)
        or "≥" in text
        or ">" in text
    ):
        return min(percents)
    return None


def milestone_rule(wording: dict[str, str]) -> MilestoneRule | None:
    """How late milestones may be for each colour; None where a wording does not say it in days or weeks."""
    if not set(_ORDER) <= set(wording):
        return None
    amber, red = _days(wording["amber"]), _days(wording["red"])
    if amber is None or red is None:
        return None
    words = {colour: normal(wording[colour]) for colour in _ORDER}
    one = find(["one milestone", "1 milestone", "a milestone"], words["amber"]) is not None
    several = find(["more than one milestone", "several milestones", "more than 1 milestone"], words["red"]) is not None
    other = (
        {"not_due": wording["other"]}
        if find(["not yet due", "not due", "not started"], wording.get("other", ""))
        else {}
    )
    return MilestoneRule(
        bands=(
            MilestoneBand(colour="green", slipped_at_most=0),
            MilestoneBand(colour="amber", slipped_at_least=1, slipped_at_most=1 if one else None, days_at_most=amber),
            MilestoneBand(colour="red", slipped_at_least=2 if several else 1, days_more_than=red),
        ),
        other_states=other,
    )


def _days(text: str) -> int | None:
    found = _DAYS.search(text)
    if found is None:
        return None
    number = _NUMBERS.get(found[1].lower()) or int(found[1])
    return number * _DAYS_IN[found[2].lower()]


def _colour(text: str) -> Colour | None:
    colour = colour_of(text) if len(text) > 2 else None
    return colour if colour in ("green", "amber", "red", "blue") else None


def _is_state(text: str) -> bool:
    """Whether a cell names a further state by letters: `RWA`, `N/A`."""
    return bool(re.fullmatch(r"[A-Z]{2,4}|[A-Z]/[A-Z]|Blue|White|Grey", text))


def _dimension(label: str) -> str:
    words = vocabulary().dimensions
    return next((dimension for dimension, phrases in words.items() if find(phrases, label)), "overall")
