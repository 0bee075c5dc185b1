"""The command line: opens, calls and prints. Anything worth a test of its own is a step down."""

from qippctl.cli.main import main

__all__ = ["main"]
