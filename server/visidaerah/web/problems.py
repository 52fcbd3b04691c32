"""What went wrong, told as a problem document, a sentence or a page, as the client prefers."""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """An answer that is not what was asked (RFC 9457).

    `detail` is a sentence in English that names the thing and the remedy. `kind` is a word for
    pages that say it in the reader's language: the `type` member's last segment. `query`, `line`
    and `column` (1-based) are given where a query is at fault, `alternatives` (media type, path)
    where the thing exists in other formats, `headers` where the protocol demands some.
    """

    status: int
    kind: str
    detail: str
    query: str | None = None
    line: int | None = None
    column: int | None = None
    alternatives: tuple[tuple[str, str], ...] = ()
    headers: tuple[tuple[str, str], ...] = field(default=())

    @property
    def title(self) -> str:
        """Return the reason phrase of the status: "Not Found"."""
        return HTTPStatus(self.status).phrase
