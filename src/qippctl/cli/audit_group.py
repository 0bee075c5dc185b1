"""The group `audit`: what is named after it is one of its commands, or else a paper."""

from __future__ import annotations

from typing import Any

import typer
from typer.core import TyperGroup

from qippctl.cli.app import app

IS_WORD = "qippctl.audit.word"


class OrPapers(TyperGroup):
    """A group whose first word is one of its commands, or else a paper that the group's own function takes."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        ctx.meta[IS_WORD] = bool(args) and args[0] in self.commands
        ctx.allow_interspersed_args = not ctx.meta[IS_WORD]
        return super().parse_args(ctx, args)

    def get_params(self, ctx: Any) -> list[Any]:
        params = super().get_params(ctx)
        return [p for p in params if p.name != "papers"] if ctx.meta.get(IS_WORD) else params


audit_app = typer.Typer(cls=OrPapers)
app.add_typer(audit_app, name="audit")
