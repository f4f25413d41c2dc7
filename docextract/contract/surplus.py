"""Members of an object that its type does not declare: slips, members of another type, or surplus."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING

from docextract.contract.naming import Kind
from docextract.contract.violation import Violation
from docextract.findings import CheckId, Severity
from docextract.reading.member import is_extension
from docextract.text.json_values import escape
from docextract.value import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docextract.contract.envelope import Node
    from docextract.contract.naming import Resolution
    from docextract.contract.registry import Type, TypeRegistry
    from docextract.reading.exchange import Message

#: An object with more members that no row declares has no slips: it is another one.
_SLIPS = 50


@dataclass(frozen=True, slots=True)
class Surplus:
    """Judges the undeclared members of the objects of one body."""

    registry: TypeRegistry
    root: str
    resolution: Resolution
    message: Message

    @property
    def is_response(self) -> bool:
        """Whether the body is a response's."""
        return self.message.is_response

    def violations(self, type_: Type, node: Node, *, whole: bool) -> Iterator[Violation]:
        """Yield what is wrong with the members that an object has beyond its type's.

        Whether a name differs in case only can always be told; that it is declared nowhere only if the
        type is surely the object's, `whole`.
        """
        others = []
        for name in _undeclared(type_, node):
            if name == "error" and self.message.status == HTTPStatus.MULTI_STATUS:
                # Each item of a 207 says how it went (RFC 4918, section 13).
                continue
            right = type_.by_case.get(name.casefold())
            if right is None:
                others.append(name)
            elif name not in type_.represented or type_.agrees:
                # Written so in the representation, too, it is one problem of the type's page, not of each example.
                severity = Severity.INFO if name in type_.represented else None
                yield replace(_at_member(CheckId.PROPERTY_CASE, type_, node, name, right), severity=severity)
        if not whole or not others:
            return
        if type_.open:
            yield from self._of_open(type_, node, [name for name in others if name not in type_.represented])
        elif type_.enumerated:
            yield from self._represented(type_, node, [name for name in others if name in type_.represented])
            yield from self._of_closed(type_, node, [name for name in others if name not in type_.represented])

    def _represented(self, type_: Type, node: Node, names: list[str]) -> Iterator[Violation]:
        """Report members that only the JSON representation of the type shows.

        The page of the type says so as a warning; where its table and representation hardly agree, the
        representation is another thing.
        """
        if self.is_response and type_.agrees:
            for name in names:
                violation = _at_member(CheckId.UNDECLARED_PROPERTY, type_, node, name, "")
                yield replace(violation, severity=Severity.INFO, represented=True)

    def _of_open(self, type_: Type, node: Node, names: list[str]) -> Iterator[Violation]:
        better = self._better(type_, node, names) if node.whole and self.is_response else ""
        if better and (tagged := self._untagged(type_, node, names)) is not None:
            yield tagged
            return
        for name in names:
            near = type_.names.nearest(name) if len(names) <= _SLIPS else None
            check = CheckId.OPEN_NEAR_MISS if near and near not in node.value else CheckId.UNDECLARED_OPEN
            severity = Severity.WARNING if better else None
            yield replace(_at_member(check, type_, node, name, near or ""), expected=better, severity=severity)

    def _of_closed(self, type_: Type, node: Node, names: list[str]) -> Iterator[Violation]:
        if not names:
            return
        if (tagged := self._untagged(type_, node, names)) is not None:
            yield tagged
            return
        better, severity = self._better(type_, node, names), self._severity(type_, node, names)
        for name in names:
            near = type_.names.nearest(name) if len(names) <= _SLIPS else None
            near = near or ("@" + name if name.startswith("odata.") else "")
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

    def _severity(self, type_: Type, node: Node, names: list[str]) -> Severity | None:
        # A base type that is not found may declare what the table does not repeat.
        if not self.is_response or not type_.complete:
            return Severity.WARNING
        # The page's own table may list only what one may send, which an id that the service assigns is not.
        of_page = self.resolution.kind is Kind.OWN_TABLE and node.declared == self.resolution.types
        if of_page and (len(names) > 1 or names == ["id"]):
            return Severity.INFO
        return None


def _undeclared(type_: Type, node: Node) -> list[str]:
    names = [name for name in node.members if name not in type_.properties and not is_extension(name)]
    return [name for name in names if name not in type_.keys]


def _at_member(check: CheckId, type_: Type, node: Node, name: str, right: str) -> Violation:
    """Make a violation by a member's name; `right` is the declared name that is meant, if any."""
    pointer, declared = f"{node.pointer}/{escape(name)}", type_.properties.get(right)
    return Violation(check, pointer, type_, name, node.value[name], declared, other=right, at_key=True)
