"""An object or array that the scanner has opened and not yet closed."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from docextract.text.json_places import Place
    from docextract.text.json_values import JSONValue

#: The place of a value, and the nodes of its members or items.
Node: TypeAlias = "tuple[Place, Children]"
Children: TypeAlias = "dict[str, Node] | list[Node] | tuple[()]"


class State(Enum):
    """What may come next in a container; `FREE` is the state after damage, when a comma is optional."""

    FIRST = auto()
    NEXT_DUE = auto()
    DONE = auto()
    FREE = auto()


@dataclass(slots=True)
class Frame:
    """An open container; if its token is None, it and all it holds are left out of the value.

    `nameless` says that it is an object of strings without names, which is told.
    """

    opener: int
    token: str | int | None
    key: tuple[int, int] | None
    value: dict[str, JSONValue] | list[JSONValue]
    nodes: dict[str, Node] | list[Node]
    names: dict[str, tuple[int, int]] = field(default_factory=dict)
    state: State = State.FIRST
    comma: int = 0
    nameless: bool = False

    @property
    def is_object(self) -> bool:
        """Whether the container is an object, not an array."""
        return isinstance(self.value, dict)

    @property
    def bracket(self) -> str:
        """The opening bracket, which may be missing from the text for the outermost container."""
        return "{" if self.is_object else "["

    def put(self, token: str | int | None, node: Node, value: JSONValue) -> None:
        """Add a finished member or item; of members with equal names the last wins."""
        self.state = State.DONE
        if isinstance(self.value, dict) and isinstance(self.nodes, dict) and isinstance(token, str):
            self.value[token], self.nodes[token] = value, node
        elif isinstance(self.value, list) and isinstance(self.nodes, list) and token is not None:
            self.value.append(value)
            self.nodes.append(node)
