"""The two models of the `rapidocr` wheel, run as they are: one finds where text is likely, one reads a line of it.

RapidOCR's own pipeline is left out: it hands back lines cut at no gap, rounds away what is known of each character, and
fetches a model that it misses.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from qippctl.errors import UnreadableError

Pixels = Any

_THREADS = 2
# The detector sees text best when a page is about this many dots a point, and needs no more dots on a side than this.
_DETECTION_SCALE, _DETECTION_SIDE = 130 / 72, 1600
_LINE = 48
# The recogniser is surer of itself than it is right; this power puts its wrong figures below 0.9.
_STERNNESS = 3
_KIN = {"0": "Oo", "1": "lI|"}
# Dots across that the recogniser takes at once.
_BATCH = 4800
_WIDEST = 3200
_DASHES = "‐‑‒–—―−－─ー一"
_MORE = "£€•●■▲▼→↑↓✓√½¼¾°±×"
_SAME = {
    "’": "'",
    "‘": "'",
    "“": '"',
    "”": '"',
    "、": ",",
    "，": ",",
    "。": ".",
    "…": ".",
    "￡": "£",
    "〔": "(",
    "〕": ")",
}


class Rendering(Enum):
    """How a crop is drawn for a reading: the margin around it in heights of its digits, how much it is widened, and
    whether it is thinned out to black and white. The two differ so that what misleads one seldom misleads the other."""

    PLAIN = (0.28, 1.0, False)
    STARK = (0.42, 1.18, True)

    @property
    def padding(self) -> float:
        return float(self.value[0])

    def drawn(self, crop: Pixels) -> Pixels:
        _, stretch, stark = self.value
        if not stark:
            return crop
        larger = cv2.resize(crop, None, fx=2.0 * stretch, fy=2.0, interpolation=cv2.INTER_CUBIC)
        level, _ = cv2.threshold(larger, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
        steep = (larger.astype(np.float32) - level) * 3 + 128
        return cv2.GaussianBlur(np.clip(steep, 0, 255).astype(np.uint8), (0, 0), 0.8)


@dataclass(frozen=True, slots=True)
class Reading:
    """The text of a crop; for each of its characters how sure it is, where it stands from 0 at the left to 1, and how
    likely the likeliest character is that was seen there and not taken."""

    text: str
    sure: tuple[float, ...]
    places: tuple[float, ...]
    rivals: tuple[float, ...]

    def least(self, start: int = 0, end: int | None = None) -> float:
        """How sure the reading is of a part of its text as a whole: no surer than of its worst character."""
        sure, rivals = self.sure[start:end], self.rivals[start:end]
        return min((*sure, *(1 - rival for rival in rivals))) ** _STERNNESS if sure else 0.0

    @property
    def mean(self) -> float:
        return sum(self.sure) / len(self.sure) if self.sure else 0.0


def likeliness(grey: Pixels, scale: float) -> Pixels:
    """From 0 to 1, how likely each place of a page is the middle of a line of text, at a scale of its own."""
    ratio = min(_DETECTION_SCALE / scale, _DETECTION_SIDE / max(grey.shape))
    height, width = (max(round(side * ratio / 32), 1) * 32 for side in grey.shape)
    small = cv2.resize(grey, (width, height), interpolation=cv2.INTER_AREA if ratio < 1 else cv2.INTER_CUBIC)
    plane = small.astype(np.float32) / 127.5 - 1
    found = _run(_session("det"), np.repeat(plane[None, None], 3, axis=1))
    return found[0, 0]


def recognised(crops: list[Pixels]) -> list[Reading]:
    """The readings of crops, dark on white, one line of text each."""
    planes = [_plane(crop) for crop in crops]
    readings: list[Reading] = [Reading("", (), (), ())] * len(crops)
    batch: list[int] = []
    order = sorted(range(len(planes)), key=lambda index: planes[index].shape[1])
    for index in order:
        if batch and planes[index].shape[1] * (len(batch) + 1) > _BATCH:
            _read_batch(batch, planes, readings)
            batch = []
        batch.append(index)
    if batch:
        _read_batch(batch, planes, readings)
    return readings


def _plane(crop: Pixels) -> Pixels:
    width = min(max(int(np.ceil(_LINE * crop.shape[1] / crop.shape[0])), 16), _WIDEST)
    shrinks = crop.shape[0] > 2 * _LINE
    scaled = cv2.resize(crop, (width, _LINE), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR)
    return scaled.astype(np.float32) / 127.5 - 1


def _read_batch(batch: list[int], planes: list[Pixels], readings: list[Reading]) -> None:
    width = max(-(-max(planes[index].shape[1] for index in batch) // 8) * 8, 48)
    stack = np.zeros((len(batch), 3, _LINE, width), np.float32)
    for row, index in enumerate(batch):
        stack[row, :, :, : planes[index].shape[1]] = planes[index]
    found = _run(_session("rec"), stack)
    alphabet = _alphabet()
    kept = np.add.reduceat(found[:, :, alphabet.columns], alphabet.starts, axis=2)
    for row, index in enumerate(batch):
        readings[index] = _decoded(kept[row], alphabet.characters, width / planes[index].shape[1])


def _decoded(steps: Pixels, characters: list[str], stretch: float) -> Reading:
    """What a row of steps spells: a character that goes on over steps is one, and the empty one parts two alike."""
    steps = _kin_joined(steps, characters)
    best = steps.argmax(axis=1)
    sure = steps.max(axis=1)
    text, levels, steps_of = "", [], []
    start = 0
    for step in range(1, len(best) + 1):
        if step < len(best) and best[step] == best[start]:
            continue
        if characters[best[start]]:
            text += characters[best[start]]
            levels.append(float(min(sure[start:step].max(), 1.0)))
            steps_of.append((start + step) / 2)
        start = step
    places = tuple(step / len(best) * stretch for step in steps_of)
    return Reading(text, tuple(levels), places, _rivals(steps, best, steps_of))


def _rivals(steps: Pixels, best: Pixels, steps_of: list[float]) -> tuple[float, ...]:
    """For each character how likely the likeliest other is between its neighbours: a minus sign, or an 8 for a 3."""
    others = steps.copy()
    rows = np.arange(len(best))
    others[:, 0] = 0
    # A character shows faintly in the steps beside its own.
    for away in (-2, -1, 0, 1, 2):
        others[rows, best[np.clip(rows + away, 0, len(best) - 1)]] = 0
    most = others.max(axis=1)
    edges = [0, *(round((one + other) / 2) for one, other in pairwise(steps_of)), len(best)]
    return tuple(float(most[start : max(end, start + 1)].max()) for start, end in pairwise(edges))[: len(steps_of)]


def _kin_joined(steps: Pixels, characters: list[str]) -> Pixels:
    """The steps in which a nought that leads has the shares of letters that look like it: those are no other figure."""
    joined = steps.copy()
    for digit, letters in _KIN.items():
        place = characters.index(digit)
        leads = steps.argmax(axis=1) == place
        for letter in letters:
            other = characters.index(letter)
            joined[leads, place] += steps[leads, other]
            joined[leads, other] = 0
    return joined


@dataclass(frozen=True, slots=True)
class Alphabet:
    """The characters that papers of ours hold, out of the many that the model knows: `columns` of the model's answer,
    grouped so that those from `starts` on are the same character in different dress."""

    characters: list[str]
    columns: Pixels
    starts: Pixels


@cache
def _alphabet() -> Alphabet:
    known = _session("rec").get_modelmeta().custom_metadata_map["character"].splitlines()
    grouped: dict[str, list[int]] = {"": [0]}
    # The model's first answer is none, its last a space.
    for column, character in enumerate([*known, " "], 1):
        plain = _plain(character)
        if plain:
            grouped.setdefault(plain, []).append(column)
    columns = np.array([column for group in grouped.values() for column in group])
    starts = np.cumsum([0, *(len(group) for group in grouped.values())])[:-1]
    return Alphabet(list(grouped), columns, starts)


def _plain(character: str) -> str:
    """A character as papers of ours print it, or nothing for those of other scripts."""
    if character in _DASHES:
        return "-"
    if character in _SAME:
        return _SAME[character]
    folded = unicodedata.normalize("NFKC", character)
    if len(folded) == 1 and (" " <= folded <= "~" or unicodedata.name(folded, "").startswith("LATIN ")):
        return folded
    return character if character in _MORE else ""


def _run(session: Any, stack: Pixels) -> Pixels:
    return session.run(None, {session.get_inputs()[0].name: stack})[0]


@cache
def _session(kind: str) -> Any:
    """The model for `det`ection or `rec`ognition. Few threads and no arenas: readers live under a limit of memory."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = _THREADS
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 4
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(str(_model(kind)), options, providers=["CPUExecutionProvider"])


def _model(kind: str) -> Path:
    package = find_spec("rapidocr")
    for folder in package.submodule_search_locations or () if package else ():
        for path in sorted(Path(folder, "models").glob(f"*_{kind}_*.onnx")):
            return path
    raise UnreadableError("a picture, and the models to read it are not where rapidocr 3.9 and later carry them")
