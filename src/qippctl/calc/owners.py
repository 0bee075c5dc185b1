"""Who answers for what, as papers say: scheme by scheme, else the programme's owners, else who leads the paper."""

from __future__ import annotations

from collections.abc import Iterable

from qippctl.calc.positions import normal_name
from qippctl.models.paper import Cover
from qippctl.models.records import Position, Project, Record, Status


class Owners:
    """The owners that records name. Later records outrank earlier ones, role by role."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._named: dict[tuple[str, str], dict[str, str]] = {}
        self._coded: dict[str, dict[str, str]] = {}
        for record in records:
            if isinstance(record, Status):
                self._keep("scheme", record.scheme, record.owners)
                if record.code and record.owners:
                    self._coded.setdefault(record.code, {}).update(record.owners)
            elif isinstance(record, Project) and record.lead:
                self._keep("scheme", record.scheme, {"lead": record.lead})
            elif isinstance(record, Position):
                self._keep("workstream", record.workstream, record.owners)

    def _keep(self, level: str, name: str | None, owners: dict[str, str]) -> None:
        if name and owners:
            self._named.setdefault((level, normal_name(name)), {}).update(owners)

    def of(
        self, scheme: str | None, workstream: str | None = None, code: str | None = None, cover: Cover | None = None
    ) -> dict[str, str]:
        """Role to name, from the nearest that names anybody: the scheme, its code, its workstream, the paper's cover."""
        found = self._named.get(("scheme", normal_name(scheme))) if scheme else None
        found = found or (self._coded.get(code) if code else None)
        found = found or (self._named.get(("workstream", normal_name(workstream))) if workstream else None)
        return dict(found or (cover.leads if cover is not None else {}))
