"""Calls into PDFium that are made a million times a pack, without the checks of arguments that make them slow."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any


def quickened(function: Any, answer: Any, *arguments: Any) -> Callable[..., Any]:
    """The same function taking plain addresses for its pointers: half the time of a checked call."""
    kind = ctypes.CFUNCTYPE(answer, *arguments)
    return kind(ctypes.cast(function, ctypes.c_void_p).value or 0)


def address(pointer: Any) -> int:
    """Where a handle points; nought for none."""
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0
