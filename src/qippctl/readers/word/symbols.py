"""Symbol fonts draw a tick for a letter: what their characters show, as text."""

from __future__ import annotations

# The characters of papers' tables: ticks and crosses, boxes, bullets. All others are read as a space.
_WINGDINGS = {
    0x6C: "●", 0x6E: "■", 0x6F: "☐", 0x71: "☐", 0x72: "☐", 0x9F: "•", 0xA7: "▪", 0xA8: "☐",
    0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_WINGDINGS_2 = {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "☐"}
_WEBDINGS = {0x61: "✓", 0x72: "✗", 0x63: "☐", 0x67: "■", 0x6E: "●"}
# The signs of numbers are where ASCII has them: a minus that is lost turns a figure round.
_SYMBOL = {code: chr(code) for code in b" %()+,./0123456789:<=>"} | {
    0x2D: "-", 0xA3: "≤", 0xB3: "≥", 0xB1: "±", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xD6: "√",
    0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0x44: "Δ", 0x53: "Σ",
}  # fmt: skip
_FONTS = {
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "wingdings 3": {0x70: "▲", 0x71: "▼"},
    "webdings": _WEBDINGS,
    "symbol": _SYMBOL,
}
_PRIVATE = range(0xF000, 0xF100)


def is_symbolic(font: str) -> bool:
    return font.casefold() in _FONTS


def symbol(font: str, code: int) -> str:
    """What a character of a font shows: `✓` for 0xF0FC of Wingdings, a space for what has no text.

    >>> symbol("Wingdings", 0xF0FC), symbol("Symbol", 0xF02D), symbol("Arial", 0xA3), symbol("Wingdings", 0xF04A)
    ('✓', '-', '£', ' ')
    """
    low = code - _PRIVATE.start if code in _PRIVATE else code
    if is_symbolic(font) and low < 0x100:  # what the font does not have, another font draws
        return _FONTS[font.casefold()].get(low, " ")
    shown = chr(code) if 0 < code < 0x110000 else " "
    return shown if shown.isprintable() else " "
