"""The regular expressions of the package with how they are called, and texts that are the worst for each."""

from __future__ import annotations

import ast
import importlib
import re
from itertools import product
from pathlib import Path
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import TYPE_CHECKING, Any, NamedTuple

import docextract

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

PACKAGE = Path(docextract.__file__).parent
#: The functions of `re` and the methods of a pattern that look at one place only.
ANCHORED = {"match", "fullmatch"}
SEARCHING = {"search", "finditer", "findall", "sub", "subn", "split"}
#: Any of them may be what lets a repetition go on, or what stops it.
SINGLE = "a1 \n\t.,:;-_*`'\"/\\|()[]{}<>=$#@!?&\u4e2d"
COMMON = (*SINGLE, "a ", "a.", "a,", "1.", "[a", "(a", "](", "<a ", "* ")
MAXREPEAT = sre.MAXREPEAT


class Use(NamedTuple):
    """A pattern, where it is made, and the methods that are called of it."""

    where: str
    pattern: re.Pattern[str]
    methods: frozenset[str]


def uses() -> Iterator[Use]:
    """Yield each pattern of the package; those made of a function's values are made of `EXAMPLES`."""
    trees = {path: ast.parse(path.read_text("utf-8")) for path in sorted(PACKAGE.rglob("*.py"))}
    for path, tree in trees.items():
        if path.name == "__main__.py":
            continue
        module, methods = _module(path), _methods(path, trees)
        named = {
            name: value
            for name, value in vars(module).items()
            if isinstance(value, re.Pattern) and name not in _imported(tree)
        }
        for name, value in named.items():
            if isinstance(value.pattern, str):
                called = methods.get(name, {"search"}) & (ANCHORED | SEARCHING)
                yield Use(f"{path.relative_to(PACKAGE)}: {name}", value, frozenset(called or {"search"}))
        yield from _in_functions(path, tree, module)


def _module(path: Path) -> ModuleType:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return importlib.import_module(".".join(part for part in parts if part != "__init__"))


def _imported(tree: ast.Module) -> set[str]:
    return {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def _methods(path: Path, trees: dict[Path, ast.Module]) -> dict[str, set[str]]:
    """Return the methods that are called of each name of a module; a pattern that is handed on is searched for."""
    called: dict[str, set[str]] = {}
    for other, tree in trees.items():
        mine = other == path
        for node in ast.walk(tree) if mine or path.stem in other.read_text("utf-8") else ():
            owner = node.value if isinstance(node, ast.Attribute) else None
            names = [owner.body, owner.orelse] if isinstance(owner, ast.IfExp) else [owner]
            for name in names:
                if isinstance(name, ast.Name) and (mine or not name.id.startswith("_")):
                    called.setdefault(name.id, set()).add(node.attr)
    return called


#: What stands in functions for the values of their variables.
EXAMPLES = {"quote": "'", "short": "thing", "name": "thing", "markup": "```", "text": "a", "fixed": ("a", "b")}


def _in_functions(path: Path, tree: ast.Module, module: ModuleType) -> Iterator[Use]:
    """Yield the patterns of calls such as `re.sub(r"-+", ...)`, and of those in functions."""
    for function in ast.walk(tree):
        if not isinstance(function, (ast.FunctionDef, ast.Lambda)):
            continue
        for node in ast.walk(function):
            if not (isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re.") and node.args):
                continue
            called = ast.unparse(node.func).removeprefix("re.")
            if called == "escape":
                continue
            flags = [
                *(k.value for k in node.keywords if k.arg == "flags"),
                *node.args[{"sub": 4, "subn": 4, "split": 3}.get(called, 1 if called == "compile" else 2) :],
            ]
            space = {**vars(module), **EXAMPLES}
            try:
                pattern = eval(ast.unparse(node.args[0]), space)
                flag = eval(ast.unparse(flags[0]), space) if flags else 0
            except (NameError, AttributeError, IndexError) as error:
                yield Use(f"{path.relative_to(PACKAGE)}:{node.lineno} {error}", re.compile("x"), frozenset(("match",)))
                continue
            if isinstance(pattern, str):
                yield Use(
                    f"{path.relative_to(PACKAGE)}:{node.lineno}",
                    re.compile(pattern, flag),
                    frozenset((called,)) - {"compile"} or frozenset(("search",)),
                )


def worst(pattern: re.Pattern[str], size: int) -> Iterator[str]:
    """Yield texts of a size that hold parts of what a pattern matches over and over, and end as it does not."""
    tree = _parser.parse(
        pattern.pattern, pattern.flags & ~re.UNICODE if isinstance(pattern.pattern, bytes) else pattern.flags
    )
    starts = list(dict.fromkeys(["", *_prefixes(tree)]))[:12]
    pumps = list(dict.fromkeys([*_pumps(tree), *(s for s in starts if s), *COMMON]))[:60]
    for start, pump in product(starts, pumps):
        for end in ("", "\x01"):
            yield start + pump * (size // len(pump)) + end


def _prefixes(tree: Any) -> Iterator[str]:
    """Yield examples of what a pattern matches up to each of its parts."""
    for at in range(1, len(tree) + 1):
        yield from _some(tree[:at], 2)
        op, value = tree[at - 1]
        for inner in _inside(op, value):
            for before in _some(tree[: at - 1], 1):
                yield from (before + more for more in _prefixes(inner))


def _pumps(tree: Any) -> Iterator[str]:
    for at, (op, value) in enumerate(tree):
        yield from _some([(op, value)], 3)
        yield from _some(tree[at : at + 2], 2)
        for inner in _inside(op, value):
            yield from _pumps(inner)


def _inside(op: Any, value: Any) -> list[Any]:
    if op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        return [value[2]]
    if op is sre.SUBPATTERN:
        return [value[3]]
    if op is sre.BRANCH:
        return list(value[1])
    return [value] if op is sre.ATOMIC_GROUP else []


def _some(nodes: Any, most: int) -> list[str]:
    """Return a few examples of what a sequence of nodes matches."""
    found = [""]
    for op, value in nodes:
        found = [before + one for before in found for one in _of(op, value, most)][:most]
    return [text for text in found if text]


def _of(op: Any, value: Any, most: int) -> list[str]:
    if op is sre.LITERAL:
        return [chr(value)]
    if op in (sre.IN, sre.NOT_LITERAL, sre.ANY):
        return [char for char in (*"a1 -.", *SINGLE, *map(chr, _literals(op, value))) if _in(op, value, char)][
            :most
        ] or [""]
    if op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        return [one * max(1, min(value[0], 8)) for one in _some(value[2], most)] or [""]
    if op in (sre.SUBPATTERN, sre.ATOMIC_GROUP):
        return _some(value[3] if op is sre.SUBPATTERN else value, most) or [""]
    if op is sre.BRANCH:
        return [text for branch in value[1] for text in _some(branch, 1) or [""]][: max(most, 3)]
    return [""]


def _literals(op: Any, value: Any) -> list[int]:
    if op is not sre.IN:
        return []
    return [part[1] if part[0] is sre.LITERAL else part[1][0] for part in value if part[0] in (sre.LITERAL, sre.RANGE)]


def _in(op: Any, value: Any, char: str) -> bool:
    if op is sre.ANY:
        return char != "\n"
    if op is sre.NOT_LITERAL:
        return ord(char) != value
    negated = bool(value) and value[0][0] is sre.NEGATE
    return negated ^ any(_is(part, char) for part in value)


def _is(part: Any, char: str) -> bool:
    op, value = part
    if op is sre.LITERAL:
        return ord(char) == value
    if op is sre.RANGE:
        return bool(value[0] <= ord(char) <= value[1])
    if op is sre.CATEGORY:
        kinds = {"DIGIT": char.isdigit(), "SPACE": char.isspace(), "WORD": char.isalnum() or char == "_"}
        name = str(value).removeprefix("CATEGORY_")
        return kinds[name.removeprefix("NOT_")] ^ name.startswith("NOT_")
    return False
