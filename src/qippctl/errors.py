"""What stops the work. A paper that is merely wrong gives findings and doubts instead.

    QippctlError                    exit status
    ├── UsageError                  2  the request itself cannot be carried out
    │   └── NotFoundError           2  nothing in the ledger (or among the policies) goes by that name
    ├── UnreadableError             3  a file that cannot be read; the other files are still done
    │   ├── LimitError              3  a bound on size, pages or nesting was met
    │   └── UnsupportedError        3  a format that qippctl does not read
    ├── ConfigurationError          2  a layout, policy or vocabulary file is broken
    └── LedgerError                 4  the ledger cannot be used

Every message is one line that names the thing, says what is wrong with it and what to do next.
"""

from __future__ import annotations


class QippctlError(Exception):
    """Something that qippctl cannot go on from; `exit_status` is what the command line returns."""

    exit_status = 1


class UsageError(QippctlError):
    """The request cannot be carried out as it was put."""

    exit_status = 2


class NotFoundError(UsageError):
    """Nothing goes by that name; the message lists what there is."""


class ConfigurationError(QippctlError):
    """A TOML file of ours or of the analyst's is not what its schema says."""

    exit_status = 2


class UnreadableError(QippctlError):
    """A paper cannot be read: it is damaged, locked, gone or not a paper."""

    exit_status = 3


class LimitError(UnreadableError):
    """A paper is larger than the bounds that protect the analyst's machine."""


class UnsupportedError(UnreadableError):
    """A paper is of a format that qippctl does not read."""


class LedgerError(QippctlError):
    """The ledger cannot be opened, is newer than this program, or could not be written."""

    exit_status = 4
