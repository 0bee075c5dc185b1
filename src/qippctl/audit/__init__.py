"""Judging what papers print: every figure and sentence held against every other. Imports calc, models and below.

`audit` takes what one paper gives (`Material`) and returns findings, `audit_between` those of two periods (`Months`); the
rules are in the modules beside it, by subject.
"""

import pkgutil
from importlib import import_module

from qippctl.audit.accepting import marked
from qippctl.audit.catalogue import Rule, rules
from qippctl.audit.material import Material
from qippctl.audit.months import Months
from qippctl.audit.run import Audit, Terms, audit, audit_between, in_order, joined, untied_claims, verdict


def every_module() -> None:
    """Load every module beside this one: those that have rules register them."""
    for module in pkgutil.iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")


__all__ = [
    "Audit",
    "Material",
    "Months",
    "Rule",
    "Terms",
    "audit",
    "audit_between",
    "every_module",
    "in_order",
    "joined",
    "marked",
    "rules",
    "untied_claims",
    "verdict",
]
