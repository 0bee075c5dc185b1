"""What a run looks like as far as it matters to its text: hidden, raised, in a font of symbols."""

from __future__ import annotations

from typing import Any, NamedTuple

from qippctl.readers.word.xml import VALUE, is_on, qn, value

# A style may be based on another, and that on a third; no one needs more, and a circle must end.
_DEEPEST = 20


class Look(NamedTuple):
    hidden: bool = False
    raised: bool = False
    font: str = ""


class _Style(NamedTuple):
    properties: Any
    based_on: str


class Styles:
    """The styles of a document: many a footnote mark is raised by its style alone."""

    def __init__(self, root: Any) -> None:
        found = root.findall(qn("w:style")) if root is not None else []
        self._styles = {
            style.get(qn("w:styleId"), ""): _Style(style.find(qn("w:rPr")), value(style, "w:basedOn"))
            for style in found
        }
        self._looks: dict[str, Look] = {}

    def of_paragraph(self, properties: Any) -> Look:
        """The look that a paragraph gives to its runs."""
        name = value(properties, "w:pStyle")
        return self._named(name) if name else Look()

    def of_run(self, properties: Any, around: Look) -> Look:
        """The look of a run: its own properties before its style's, these before its paragraph's."""
        if properties is None:
            return around
        if style := value(properties, "w:rStyle"):
            named = self._named(style)
            around = Look(named.hidden or around.hidden, named.raised or around.raised, named.font or around.font)
        return _applied(properties, around)

    def _named(self, name: str) -> Look:
        if name not in self._looks:
            chain: list[Any] = []
            each = name
            while each in self._styles and len(chain) < _DEEPEST:
                chain.append(self._styles[each].properties)
                each = self._styles[each].based_on
            look = Look()
            for properties in reversed(chain):
                look = _applied(properties, look)
            self._looks[name] = look
        return self._looks[name]


def _applied(properties: Any, look: Look) -> Look:
    """A look with the properties that are stated; what they do not state stays."""
    if properties is None:
        return look
    hidden = is_on(properties, "w:vanish")
    height = properties.find(qn("w:vertAlign"))
    fonts = properties.find(qn("w:rFonts"))
    font = fonts.get(qn("w:ascii")) if fonts is not None else None
    return Look(
        look.hidden if hidden is None else hidden,
        look.raised if height is None else height.get(VALUE) == "superscript",
        look.font if font is None else font,
    )
