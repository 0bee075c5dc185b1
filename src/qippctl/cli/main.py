"""Running a command; and how a failure ends: one line, and the exit status of its kind."""

from __future__ import annotations

import gc
import io
import os
import sys

from qippctl.cli import (  # noqa: F401  the commands register themselves
    accepting,
    activity,
    answers,
    audit,
    charts,
    closing,
    corrections,
    exports,
    finances,
    identities,
    layouts,
    metrics,
    outlook,
    papers,
    plan,
    priorities,
    registers,
    report,
    returns,
    schemes,
    tools,
)
from qippctl.cli.app import app
from qippctl.cli.output import say
from qippctl.errors import QippctlError

SELDOM = 50_000


def main() -> None:
    """Run a command; never a traceback, except under --verbose."""
    # The same bytes under every locale.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    # An answer keeps nearly all that it makes: looking for garbage as often as Python does took a quarter of the time.
    gc.set_threshold(SELDOM)
    try:
        app(standalone_mode=True)
    except QippctlError as error:
        _told(error, error.exit_status)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        # Whoever read our answer has enough of it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        _told(OSError(f"the answer could not be written: {error.strerror or error}"), 2)
    except Exception as error:  # noqa: BLE001  whatever else happens, no traceback, and the way to tell us of it
        _told(
            RuntimeError(f"unforeseen: {type(error).__name__}: {error}; please report it with what --verbose shows"), 2
        )


def _told(error: Exception, status: int) -> None:
    if {"--verbose", "-v"} & set(sys.argv):
        import traceback

        traceback.print_exc()
    say(f"qippctl: {error}")
    sys.exit(status)
