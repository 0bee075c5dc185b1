"""Text from papers made safe for where it goes: the terminal, a spreadsheet, Markdown. A paper comes from outside."""

from __future__ import annotations

import re
import unicodedata

_ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|.)?")
_BIDI = dict.fromkeys([0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_NUMBER = re.compile(r"[+-]?[0-9][0-9,]*(?:\.[0-9]+)?%?")


def for_terminal(text: str) -> str:
    """One line without escape sequences, control characters or marks that turn the direction of writing.

    >>> for_terminal("a\\x1b[31mred\\x1b]8;;http://x\\x07 b\\u202e c\\n")
    'ared b c'
    """
    bare = re.sub(r"\s*[\r\n\t]\s*", " ", _ESCAPES.sub("", text).translate(_BIDI))
    return "".join(c for c in bare if unicodedata.category(c) not in ("Cc", "Cf", "Cs")).rstrip()


def for_spreadsheet(text: str) -> str:
    """A text that no spreadsheet takes for a formula; numbers stay numbers.

    >>> for_spreadsheet("=HYPERLINK(1)"), for_spreadsheet("-797.1"), for_spreadsheet("- none")
    ("'=HYPERLINK(1)", '-797.1', "'- none")
    """
    if text[:1] in ("=", "+", "-", "@", "\t", "\r") and not _NUMBER.fullmatch(text):
        return "'" + text
    return text


def for_markdown(text: str) -> str:
    """A text that stays one cell of a Markdown table and is no markup.

    >>> for_markdown("a|b <script> *c*")
    'a\\\\|b &lt;script&gt; \\\\*c\\\\*'
    """
    bare = for_terminal(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"([\\|*_`\[\]])", r"\\\1", bare)
