"""Which rule judges, where several papers of a period state one."""

from __future__ import annotations

from decimal import Decimal

import pytest

from build import figure, paper
from qippctl import pipeline
from qippctl.ledger import Ledger
from qippctl.models.paper import Paper
from qippctl.models.policy import Band, MoneyRule
from qippctl.models.records import StatedPolicy

Stated = tuple[str, str | None, str, str]


def stating(name: str, green: str | None, meeting: str, status: str, organisation: str = "Body") -> Paper:
    """A paper of its own content that states a rule for money, or one without."""
    sha = name[0] * 64
    money = MoneyRule(bands=(Band(colour="green", at_least=Decimal(green)), Band(colour="red"))) if green else None
    stated = StatedPolicy(
        paper="paper.txt", sha256=sha, page=1, organisation=organisation, name=name, title="x", source="x", money=money
    )
    figures = [figure(value=100, sha256=sha), figure("actual", value=92, sha256=sha, column=2)]
    whole = paper(figures, sha256=sha, meeting_date=meeting, status=status)
    return whole.model_copy(update={"records": (stated,)})


@pytest.mark.parametrize(
    ("papers", "name", "colour"),
    [
        ([], "west-leicestershire-2015", "amber"),
        ([("a", "95", "2015-03-24", "final")], "a", "red"),
        ([("a", "95", "2015-03-24", "final"), ("b", "90", "2015-04-28", "final")], "b", "green"),
        ([("a", "95", "2015-04-28", "final"), ("b", "90", "2015-04-28", "draft")], "a", "red"),
        ([("a", "95", "2015-03-24", "final"), ("b", None, "2015-04-28", "final")], "a", "red"),  # b rates no money
        ([("b", None, "2015-04-28", "final")], "west-leicestershire-2015", "amber"),
    ],
)
def test_the_later_meeting_then_the_final_paper(ledger: Ledger, papers: list[Stated], name: str, colour: str) -> None:
    if not papers:
        ledger.add(paper([figure(value=100), figure("actual", value=92, column=2)]), version="test")
    for stated in papers:
        ledger.add(stating(*stated), version="test")
    [found] = pipeline.programmes(ledger, None, None, "ytd", pipeline.Rules())
    assert [(a.policy, a.derived) for a in found.ratings] == [(name, colour)]
    assert found.is_stated == any(green for _, green, _, _ in papers)


def test_a_joint_papers_rule_is_that_of_its_bodies_and_a_named_policy_overrules_it(ledger: Ledger) -> None:
    ledger.add(stating("a", "95", "2015-03-24", "final", organisation="Body and Other"), version="test")
    [found] = pipeline.programmes(ledger, "Body", None, "ytd", pipeline.Rules())
    assert found.policy is not None and found.policy.name == "a"
    [named] = pipeline.programmes(ledger, "Body", None, "ytd", pipeline.Rules(pipeline.find_policy("stafford-2010")))
    assert named.policy is not None and (named.policy.name, named.is_stated) == ("stafford-2010", False)
