"""The exceptions of zhitu.

    KgError             what a user can mend; the command line prints it as one line and exits with 2
    ├── InputError      a file that cannot be read as a report (empty, binary, a directory, unknown encoding)
    ├── ConfigError     a gazetteer, query, shape or option that is wrong
    └── NotBuiltError   a command that needs a build where there is none

A bug of ours is never a KgError: it is left to raise. Doubtful text is not an exception either but a
`kg.model.Issue`, collected and shown.
"""

from __future__ import annotations

__all__ = ["ConfigError", "InputError", "KgError", "NotBuiltError"]


class KgError(Exception):
    """A fault in what the user gave, worded `place: what was found; what was expected`."""


class InputError(KgError):
    """A file that cannot be read as a report."""


class ConfigError(KgError):
    """A gazetteer, query, shape, judgement or option that is wrong."""


class NotBuiltError(KgError):
    """A command needs a build and finds none."""
