"""Members of an object that its type does not declare: slips, members of another type, or surplus."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from docextract.contract.envelope import is_extension
from docextract.contract.resolution import Kind
from docextract.contract.violation import Violation
from docextract.findings import CheckId, Severity
from docextract.text.json_values import escape
from docextract.text.spelling import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docextract.contract.envelope import Node
    from docextract.contract.registry import Type, TypeRegistry
    from docextract.contract.resolution import Resolution


@dataclass(frozen=True, slots=True)
class Surplus:
    """Judges the undeclared members of the objects of one body."""

    registry: TypeRegistry
    root: str
    resolution: Resolution
    is_response: bool

    def violations(self, type_: Type, node: Node) -> Iterator[Violation]:
        """Yield what is wrong with the members that an object has beyond its type's."""
        others = []
        for name in _undeclared(type_, node):
            right = type_.by_case.get(name.casefold())
            if right is not None:
                yield _at_member(CheckId.PROPERTY_CASE, type_, node, name, right)
            else:
                others.append(name)
        if others and type_.open:
            yield from self._of_open(type_, node, others)
        elif others and type_.closed:
            yield from self._of_closed(type_, node, others)

    def _of_open(self, type_: Type, node: Node, names: list[str]) -> Iterator[Violation]:
        better = self._better(type_, node, names) if node.whole and self.is_response else ""
        if better and (tagged := self._untagged(type_, node, names)) is not None:
            yield tagged
            return
        for name in names:
            near = nearest(name, type_.properties)
            check = CheckId.OPEN_NEAR_MISS if near and near not in node.value else CheckId.UNDECLARED_OPEN
            severity = Severity.WARNING if better else None
            yield replace(_at_member(check, type_, node, name, near or ""), expected=better, severity=severity)

    def _of_closed(self, type_: Type, node: Node, names: list[str]) -> Iterator[Violation]:
        if (tagged := self._untagged(type_, node, names)) is not None:
            yield tagged
            return
        better, severity = self._better(type_, node, names), self._severity(node, names)
        for name in names:
            near = nearest(name, type_.properties) or ("@" + name if name.startswith("odata.") else "")
            undeclared = _at_member(CheckId.UNDECLARED_PROPERTY, type_, node, name, near)
            yield replace(undeclared, expected=better, severity=severity)

    def _untagged(self, type_: Type, node: Node, names: list[str]) -> Violation | None:
        """Report an object of a derived type that it does not name."""
        derived = self.registry.derived_with(type_, names) if type_.definitions else None
        if derived is None or derived.name is None:
            return None
        value = ", ".join(names)
        return Violation(CheckId.UNTAGGED_DERIVED, node.pointer, type_, value=value, other=derived.name)

    def _better(self, type_: Type, node: Node, surplus: list[str]) -> str:
        """Name the one documented type that declares all members, where the declared one lacks half of them."""
        names = [name for name in node.members if not is_extension(name)]
        if len(surplus) < 2 or len(surplus) * 2 < len(names) or not type_.definitions:
            return ""
        fitting = self.registry.only_fit(self.root, names)
        return (fitting.name or "") if fitting else ""

    def _severity(self, node: Node, names: list[str]) -> Severity | None:
        if not self.is_response:
            return Severity.WARNING
        # The page's own table may list only what one may send.
        if self.resolution.kind is Kind.OWN_TABLE and node.declared == self.resolution.types and len(names) > 1:
            return Severity.INFO
        return None


def _undeclared(type_: Type, node: Node) -> list[str]:
    names = [name for name in node.members if name not in type_.properties and not is_extension(name)]
    return [name for name in names if name not in type_.represented and name not in _keys(type_)]


def _keys(type_: Type) -> set[str]:
    """Return the key properties of a type's definitions: declared, though often not in the table."""
    return {part.key.name for ancestor in type_.chain for part in ancestor.definitions if part.key}


def _at_member(check: CheckId, type_: Type, node: Node, name: str, right: str) -> Violation:
    """Make a violation by a member's name; `right` is the declared name that is meant, if any."""
    pointer, declared = f"{node.pointer}/{escape(name)}", type_.properties.get(right)
    return Violation(check, pointer, type_, name, node.value[name], declared, other=right, at_key=True)
