"""What `doctor` looks at."""

from __future__ import annotations

from typing import Literal

from qippctl.models.base import Model


class HealthCheck(Model):
    """One thing looked at."""

    type: Literal["check"] = "check"
    name: str
    ok: bool
    found: str
    exit_status: int = 0
