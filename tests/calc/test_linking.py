"""What speaks against a new link."""

from __future__ import annotations

import pytest

from calc.test_identity import M06, M07, link
from qippctl.calc.linking import objection
from qippctl.models.decisions import Link

A_B = link("A", "B", number=7)
HALF = link("A", "B", M06, 50, number=7)


@pytest.mark.parametrize(
    ("new", "links", "said"),
    [
        (link("A", "B"), [], None),
        (link("A", "B"), [link("A", "B", level="workstream")], None),
        (link("A", "B"), [A_B.model_copy(update={"organisation": "Other"})], None),
        (link("C", "B"), [A_B], None),
        (link("B", "C"), [A_B], None),
        (link("A", "a."), [], "one name already"),
        (link("A", "C"), [A_B], '"A" is linked to "B" already (#7). First: qippctl schemes unlink 7'),
        (link("A", "C", M06), [A_B], "already (#7)"),
        (link("A", "C", M06, 50), [A_B], "already (#7)"),
        (link("A", "C"), [HALF], "already (#7, since 2014/15-M06, 50%)"),
        (link("B", "A"), [A_B], "a circle"),
        (link("C", "A"), [A_B, link("B", "C")], "a circle"),
        (link("A", "C", M06, 50), [HALF], None),
        (link("A", "C", M06, 51), [HALF], "would come to 101%"),
        (link("A", "C", M07, 50), [HALF], "is split since 2014/15-M06"),
        (link("A", "b", M06, 20), [HALF], "has a share"),
    ],
)
def test_objections(new: Link, links: list[Link], said: str | None) -> None:
    found = objection(new, links)
    assert (found is None) if said is None else (found is not None and said in found)
