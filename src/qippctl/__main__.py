"""`python -m qippctl`."""

from qippctl.cli import main

main()
