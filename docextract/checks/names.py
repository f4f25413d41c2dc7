"""Names of types that no page defines: how they are told, and what was meant."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from docextract.findings import Severity
from docextract.reading.title import type_title
from docextract.text.spelling import nearest

if TYPE_CHECKING:
    from docextract.markdown.heading import Heading
    from docextract.project.docset import DocSet

#: So many names of a page that agree make another one odd.
_MANY = 3
#: Endings shorter than this are shared by names of other things.
_LONG = 6
#: So many annotations of a page show what names it has.
_LOOKED_AT = 200


class Unknown(NamedTuple):
    """A name that no page of a root defines: what to say of it, how severe it is, the name that is near.

    `odd` says that it differs from the other names of its page in a way that names of one page do not,
    `lowered` that it would be an error in a doc set that is no extract.
    """

    text: str
    severity: Severity
    near: str | None
    odd: bool = False
    lowered: bool = False


def find_unknown(name: str, path: str, docset: DocSet) -> Unknown | None:
    """Return what is wrong with a name that a page gives; None if the page of the type that is meant says it."""
    root, registry = docset.root(path), docset.registry
    last = name.lstrip("#").rpartition(".")[2]
    near = _near(last, root, docset)
    known = registry.type(root, near) if near else None
    if (
        known is not None
        and near != last.casefold()
        and any(_calls(definition.path, last, docset) for definition in known.definitions)
    ):
        return None
    advice = f"; did you mean {known.name}?" if known else ""
    version = f" of version '{root.rpartition('/')[2]}'" if root else ""
    if registry.index.is_foreign(root, name) and near is not None and near.casefold() == last.casefold():
        namespace = name.lstrip("#").rpartition(".")[0]
        text = f"no page{version} defines a type in the namespace '{namespace}'{advice}"
        return Unknown(text, Severity.WARNING, near)
    text = f"no page{version} defines the type {name.lstrip('#')}{advice}"
    odd = _odd(name, path, docset)
    if near is None and docset.habits.is_extract:
        severity = Severity.WARNING if odd else Severity.INFO
        return Unknown(f"{text}; {odd}" if odd else text, severity, near, bool(odd), lowered=not odd)
    # In an extract, a name with the same ending may be that of another type, whose page is missing.
    is_slip = near is None or nearest(last, (near,)) is not None
    severity = Severity.ERROR if is_slip or not docset.habits.is_extract else Severity.WARNING
    return Unknown(f"{text}; {odd}" if odd and not advice else text, severity, near, bool(odd))


def _near(last: str, root: str, docset: DocSet) -> str | None:
    """Return the last part of a defined name that is near, or else the only one with the same ending."""
    names = docset.registry.index.last_names(root)
    if (near := names.nearest(last)) is not None:
        return near
    alike = names.alike(last.casefold(), _LONG)
    return alike.pop() if len(alike) == 1 else None


def _calls(path: str, name: str, docset: DocSet) -> bool:
    """Whether the title of a page calls its type by a name: its annotation is then the slip (page-type-mismatch)."""
    headings = docset.page(path).headings
    return bool(headings) and titled_name(headings[0]).casefold() == name.casefold()


def titled_name(title: Heading) -> str:
    """Return the name with which the title of a type's page begins, without its namespace."""
    if name := type_title(title.text):
        return name.rpartition(".")[2]
    words = title.text.replace("*", "").replace("`", "").split()
    return words[0].rpartition(".")[2] if words else ""


def _odd(name: str, path: str, docset: DocSet) -> str:
    """Say in what a name differs from the other names of its page: a namespace of its own, the plural of another."""
    namespace, _, last = name.lstrip("#").casefold().rpartition(".")
    annotations = docset.page(path).annotations[:_LOOKED_AT]
    others = [other.lstrip("#").casefold() for annotation in annotations if (other := annotation.type_name)]
    spaces = Counter(other.rpartition(".")[0] for other in others if other.rpartition(".")[2] != last)
    usual = spaces.most_common(1)
    if namespace and len(spaces) == 1 and usual[0][0] != namespace and usual[0][1] >= _MANY:
        return f"the other types of this page are of the namespace '{usual[0][0]}'"
    if last.endswith("s") and any(other.rpartition(".")[2] == last[:-1] for other in others):
        return f"other examples of this page show {last[:-1]}"
    return ""
