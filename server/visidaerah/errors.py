"""Everything raised on purpose, in one tree.

::

    VisidaerahError             exit code 1
    ├── UsageError              exit code 2: what was asked cannot be asked
    │   └── FormatError         a format that cannot carry what was asked for
    ├── DocumentError           a document that cannot be read
    ├── DatasetError            a graph that cannot be loaded
    └── QueryError              a SPARQL query that cannot be answered
        ├── QuerySyntaxError    with the line and column at fault
        ├── QueryForbidden      an update, or SERVICE
        ├── QueryTimeout        a limit of time was met
        ├── QueryTooHeavy       it needs too much memory, or nests too deep
        ├── QueryCancelled      who asked it, or another by its id, took it back
        ├── TooManyQueries      one client asks more at once than is its share
        ├── SpoolFull           no place is left for a long answer
        └── AnswerTooLong       a limit of size was met

A message is one or two sentences that name the thing, its value and the remedy.
How it looks is decided at the edge: a status at HTTP, a sentence and an exit code
at the command line.
"""

from __future__ import annotations

from typing import Literal

SyntaxReason = Literal["unknown-prefix", "ends-early"]


class VisidaerahError(Exception):
    """The root of the tree; `str()` is the sentence to show."""

    exit_code = 1


class UsageError(VisidaerahError):
    """What was asked cannot be asked: an unknown format, query or parameter."""

    exit_code = 2


class FormatError(UsageError):
    """A format that cannot carry what was asked for; others can."""


class DocumentError(VisidaerahError):
    """A document that cannot be read."""


class DatasetError(VisidaerahError):
    """A graph that cannot be loaded."""


class QueryError(VisidaerahError):
    """A SPARQL query that cannot be answered."""


class QuerySyntaxError(QueryError):
    """A query that does not parse; `line` and `column` are 1-based, or None where unknown.

    `reason` is given for the commonest mistakes; `paste` is then what mends it where one line does.
    """

    def __init__(
        self,
        message: str,
        line: int | None = None,
        column: int | None = None,
        *,
        reason: SyntaxReason | None = None,
        paste: str | None = None,
    ) -> None:
        super().__init__(message)
        self.line = line
        self.column = column
        self.reason = reason
        self.paste = paste


class QueryForbidden(QueryError):
    """A query that is not answered here on principle: an update, or SERVICE."""


class QueryTimeout(QueryError):
    """A query that met a limit of time."""


class QueryTooHeavy(QueryError):
    """A query that needs more memory or nests deeper than is allowed."""


class AnswerTooLong(QueryError):
    """A query whose answer is longer than is allowed."""


class QueryCancelled(QueryError):
    """A query that was taken back before it was answered."""


class TooManyQueries(QueryError):
    """A query of a client that has too many others under way."""


class SpoolFull(QueryError):
    """A query whose answer is too long for the place that is left."""
