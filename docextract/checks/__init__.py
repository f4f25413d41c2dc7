"""The checks: one module per close family; a check's docstring is its page in the manual."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from docextract.checks.base import Check
from docextract.findings import CheckId

_MODULES = [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)]
_ORDER = {id_: number for number, id_ in enumerate(CheckId)}
#: All checks of the modules of this folder, in the order of their ids, which is that of the manual.
CHECKS: tuple[Check, ...] = tuple(
    sorted(
        (value for module in _MODULES for value in vars(module).values() if isinstance(value, Check)),
        key=lambda check: _ORDER[check.id],
    )
)
BY_ID: dict[str, Check] = {check.id: check for check in CHECKS}
