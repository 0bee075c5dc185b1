"""A house's own Word template, filled. A template comes from outside: it can name fields and lists, and nothing else.

What a template may hold is checked before anything of it runs: names that are fields, `if`, `for` over a list (none within
another), a few filters. There is nothing to call, nothing to import, nothing that grows.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qippctl.errors import UnreadableError, UsageError
from qippctl.models.base import Model
from qippctl.reports.clean import for_terminal
from qippctl.reports.document.word import fixed

if TYPE_CHECKING:
    from jinja2 import nodes

    from qippctl.models.house import HouseFields

MOST_BYTES = 20_000_000
MOST_TAGS = 5_000
MOST_LOOPS = 200
FILTERS = frozenset({"upper", "lower", "title", "trim", "default", "length", "first", "last", "join", "e", "escape"})
TESTS = frozenset({"defined", "odd", "even", "none"})
LOOP = ("index", "index0", "first", "last", "length")
MOST_NAMED = 8


def filled(template: Path, fields: HouseFields, at: str | None) -> bytes:
    """The template with every field in its place; UsageError names what is no field, and what a template may not do."""
    import docxtpl

    content = _content(template)
    env = _environment(type(fields), template.name)
    made = docxtpl.DocxTemplate(io.BytesIO(content))
    try:
        made.render(_texts(fields), env, autoescape=True)
    except UsageError:
        raise
    except RecursionError as error:
        raise UsageError(f"{template.name}: nested too deeply for a template") from error
    except Exception as error:  # a template may be damaged in any way
        said = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        raise UsageError(f"{template.name}: is no template that can be filled: {said}") from error
    _dated(made, at)
    out = io.BytesIO()
    made.save(out)
    return fixed(out.getvalue())


def _content(template: Path) -> bytes:
    """The bytes of a Word file that is neither a bomb nor something else."""
    from qippctl.readers.isolation import Limits
    from qippctl.readers.package import package_kind

    try:
        with template.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise UsageError(f"{template}: cannot be read: {error.strerror}") from error
    if len(content) > MOST_BYTES:
        raise UsageError(f"{template}: larger than {MOST_BYTES // 1_000_000} MB, so no template; not read")
    try:
        kind = package_kind(content, Limits())
    except UnreadableError as error:
        raise UsageError(f"{template}: {error}") from error
    if kind != "word":
        raise UsageError(f"{template}: is no Word file; save the template as .docx")
    return content


def _dated(made: Any, at: str | None) -> None:
    """Dates of its properties that do not tell when it was made."""
    from datetime import datetime

    from qippctl.reports.document.word import NO_DATE

    said = made.docx.core_properties
    said.created = said.modified = datetime.fromisoformat(at or NO_DATE)
    said.last_modified_by, said.revision = "", 1


def _texts(value: Any) -> Any:
    """Fields as plain texts and lists: what a template sees has no methods of ours."""
    if isinstance(value, Model):
        return {name: _texts(getattr(value, name)) for name in type(value).model_fields}
    if isinstance(value, tuple):
        return [_texts(one) for one in value]
    return for_terminal(value)


# ---- what a template may hold ----------------------------------------------------------------------------------------


def _environment(model: type[Model], name: str) -> Any:
    from jinja2 import StrictUndefined
    from jinja2.exceptions import TemplateSyntaxError
    from jinja2.sandbox import SandboxedEnvironment

    class Checked(SandboxedEnvironment):
        """Looks at each part of a template before it is compiled, and finds fields only among fields."""

        def _parse(self, source: str, named: str | None, filename: str | None) -> nodes.Template:
            if source.count("{%") + source.count("{{") > MOST_TAGS:
                raise UsageError(f"{name}: more than {MOST_TAGS} fields and tags, so no template")
            try:
                tree = super()._parse(source, named, filename)
            except TemplateSyntaxError as error:
                raise UsageError(f"{name}: {error.message}") from error
            except RecursionError as error:
                raise UsageError(f"{name}: nested too deeply for a template") from error
            _Check(model, name).part(tree)
            return tree

        def getattr(self, obj: Any, attribute: str) -> Any:
            if isinstance(obj, Mapping):
                return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
            return super().getattr(obj, attribute)

    env = Checked(autoescape=True, undefined=StrictUndefined)
    env.globals.clear()
    return env


@dataclass
class _Check:
    """Whether a part of a template names only fields, and holds nothing that calls, imports or grows."""

    model: type[Model]
    name: str
    unknown: dict[str, None] = field(default_factory=dict)
    loops: int = 0

    def part(self, tree: nodes.Template) -> None:
        self._body(tree.body, {}, within=False)
        if self.unknown:
            named = list(self.unknown)
            more = f" and {len(named) - MOST_NAMED} more" if len(named) > MOST_NAMED else ""
            verb = "is no field" if len(named) == 1 else "are no fields"
            raise UsageError(
                f"{self.name}: {', '.join(named[:MOST_NAMED])}{more} {verb} of the board's paper. See: qippctl report fields"
            )

    def _body(self, body: list[Any], known: Mapping[str, Any], *, within: bool) -> None:
        from jinja2 import nodes

        for node in body:
            if isinstance(node, nodes.Output):
                for one in node.nodes:
                    if not isinstance(one, nodes.TemplateData):
                        self._type(one, known)
            elif isinstance(node, nodes.If):
                self._type(node.test, known)
                self._body(node.body, known, within=within)
                self._body(node.elif_, known, within=within)
                self._body(node.else_, known, within=within)
            elif isinstance(node, nodes.For):
                self._for(node, known, within=within)
            else:
                self._refuse(node)

    def _for(self, node: nodes.For, known: Mapping[str, Any], *, within: bool) -> None:
        from jinja2 import nodes

        from qippctl.reports.board.house import is_list, row_type

        self.loops += 1
        if within or node.recursive or self.loops > MOST_LOOPS or not isinstance(node.target, nodes.Name):
            raise UsageError(f"{self.name}: a loop within a loop, or too many of them: a template may not hold it")
        found = self._type(node.iter, known)
        own = dict(known)
        if found is not _UNKNOWN:
            if not is_list(found):
                raise UsageError(f"{self.name}: a loop needs a list: {_name(node.iter)} is none")
            own[node.target.name] = row_type(found) or str
        else:
            own[node.target.name] = _UNKNOWN
        own["loop"] = _LOOP
        if node.test is not None:
            self._type(node.test, own)
        self._body(node.body, own, within=True)
        self._body(node.else_, known, within=within)

    def _type(self, node: Any, known: Mapping[str, Any]) -> Any:
        """What an expression is: the annotation of a field, `str` of anything else that is allowed."""
        from jinja2 import nodes

        if isinstance(node, nodes.Name):
            if node.name in known:
                return known[node.name]
            return self._field(self.model, node.name, node.name)
        if isinstance(node, nodes.Getattr):
            return self._of(self._type(node.node, known), node)
        if isinstance(node, nodes.Filter):
            if node.name not in FILTERS or node.kwargs or node.dyn_args or node.dyn_kwargs:
                self._refuse(node)
            for part in (node.node, *node.args):
                self._type(part, known)
        elif isinstance(node, nodes.Test):
            if node.name not in TESTS:
                self._refuse(node)
            self._type(node.node, known)
        elif isinstance(node, (nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.CondExpr)):
            for one in node.iter_child_nodes():
                self._type(one, known)
        elif not isinstance(node, nodes.Const):
            self._refuse(node)
        return str

    def _of(self, owner: Any, node: nodes.Getattr) -> Any:
        from qippctl.reports.board.house import is_list

        if owner is _UNKNOWN:
            return _UNKNOWN
        if owner is _LOOP:
            if node.attr not in LOOP:
                self.unknown.setdefault(f"loop.{node.attr}")
            return str
        if isinstance(owner, type) and issubclass(owner, Model) and not is_list(owner):
            return self._field(owner, node.attr, _name(node))
        self.unknown.setdefault(_name(node))
        return _UNKNOWN

    def _field(self, model: type[Model], name: str, shown: str) -> Any:
        found = model.model_fields.get(name)
        if found is None:
            self.unknown.setdefault(shown)
            return _UNKNOWN
        return found.annotation

    def _refuse(self, node: Any) -> None:
        what = type(node).__name__.lower()
        named = f' "{node.name}"' if isinstance(getattr(node, "name", None), str) else ""
        raise UsageError(
            f"{self.name}: {what}{named} may not stand in a template: only fields, if, for over a list, and the filters "
            f"{', '.join(sorted(FILTERS))}"
        )


_UNKNOWN, _LOOP = object(), object()


def _name(node: Any) -> str:
    """`row.plan`, as it is typed."""
    owner = getattr(node, "node", None)
    if owner is not None and hasattr(node, "attr"):
        return f"{_name(owner)}.{node.attr}"
    return str(getattr(node, "name", "it"))
