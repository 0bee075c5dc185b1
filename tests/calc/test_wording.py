"""What labels say of other schemes."""

from __future__ import annotations

import pytest

from qippctl.calc.wording import mentions


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Front door (was Minor Injuries) (ref 71)", [("rename", "Minor Injuries", None)]),
        ("Front door [was known as Minor Injuries]", [("rename", "Minor Injuries", None)]),
        ("Creams (including those previously AB5d)", [("rename", "AB5d", "AB5d")]),
        ("Formerly called Ward stock; now central", [("rename", "Ward stock", None)]),
        ("Playgroups Included in AB9f Community contract", [("merge", "AB9f Community contract", "AB9f")]),
        ("Savings merged into Front door.", [("merge", "Front door", None)]),
        ("Falls, nurse-led (See AB3h)", [("overlap", "AB3h", "AB3h")]),
        ("Falls (see also AB3 (ii))", [("overlap", "AB3 (ii)", "AB3 (ii)")]),
        # words that say nothing of another scheme
        ("The plan was reduced", []),
        ("Theatre list (not included in Tracker)", []),
        ("We see more patients", []),
        ("Wasp stings", []),
        ("Included in everything that the board said at length on the day when it met in the hall", []),
        ("(was )", []),
    ],
)
def test_mentions(text: str, found: list[tuple[str, str, str | None]]) -> None:
    assert [(m.kind, m.name, m.code) for m in mentions(text)] == found
