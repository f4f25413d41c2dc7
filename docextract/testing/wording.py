"""The message of a failed validation: each finding, where in the response, and the row that it contradicts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docextract.renderers.excerpt import Excerpts
from docextract.renderers.folding import folded
from docextract.renderers.style import Style
from docextract.renderers.visible import visible
from docextract.testing.received import RESPONSE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from docextract.findings import Finding
    from docextract.renderers.look import Look

#: So many further places of a finding are named.
_NAMED = 3


def worded(findings: Iterable[Finding], look: Look) -> str:
    """Return findings about a response as text; what is wrong in the same way in several places, once."""
    return "\n\n".join("\n".join(_group(group, look)) for group in folded(findings))


def _group(group: Sequence[Finding], look: Look) -> Iterator[str]:
    first, *others = group
    digits = max((len(str(related.span.line)) for related in first.related), default=1)
    yield f"{first.severity}[{first.check}]: {visible(first.message)}"
    yield f"{' ' * digits}--> {_place(first)}"
    yield from Excerpts(look, Style(look.color), digits).of_related(first)
    if others:
        named = ", ".join(visible(other.pointer or "/") for other in others[:_NAMED])
        more = f" and {len(others) - _NAMED:,} more" if others[_NAMED:] else ""
        yield f"{' ' * digits} = also at {named}{more}"


def _place(finding: Finding) -> str:
    return f"{RESPONSE}, at {visible(finding.pointer)}" if finding.pointer else RESPONSE
