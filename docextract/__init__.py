"""Check API reference pages in Markdown against their properties tables, and extract their examples.

    report = docextract.check("docs")
    for fixture in docextract.fixtures("docs", status=200): ...
    for docset in docextract.load("docs"): ...

Importing the package is cheap: a public name is imported on first use.
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pytest

    from docextract.contract.registry import Type
    from docextract.extraction.fixture import Fixture
    from docextract.findings import Finding
    from docextract.project.config import ConfigError
    from docextract.project.docset import DocSet, Selection
    from docextract.project.load import NoPagesError
    from docextract.reading.exchange import Exchange, Message
    from docextract.reading.property import Property
    from docextract.testing.docs import Docs
    from docextract.verdict.report import Report

__version__ = "0.1.0"
__all__ = [
    "ConfigError",
    "DocSet",
    "Docs",
    "Exchange",
    "Finding",
    "Fixture",
    "Message",
    "NoPagesError",
    "Property",
    "Report",
    "Type",
    "__version__",
    "check",
    "fixtures",
    "load",
    "parametrize",
]
_MODULES = {
    "ConfigError": "docextract.project.config",
    "DocSet": "docextract.project.docset",
    "Docs": "docextract.testing.docs",
    "Exchange": "docextract.reading.exchange",
    "Finding": "docextract.findings",
    "Fixture": "docextract.extraction.fixture",
    "Message": "docextract.reading.exchange",
    "NoPagesError": "docextract.project.load",
    "Property": "docextract.reading.property",
    "Report": "docextract.verdict.report",
    "Type": "docextract.contract.registry",
}


def load(*paths: str | os.PathLike[str]) -> list[DocSet]:
    """Return the doc sets that folders or files belong to: `docset.exchanges(path)` for each of `docset.paths`.

    Without paths, load the configured `docs`, else the working directory, as the command line does.
    Pages are read on first use. Raises NoPagesError if a path does not exist or a folder has no
    pages, and ConfigError if the configuration cannot be used.
    """
    return [selection.docset for selection in _selections(paths)]


def check(*paths: str | os.PathLike[str], select: Iterable[str] = (), ignore: Iterable[str] = ()) -> Report:
    """Check folders or files as the command line does, but without cache and baseline; return the findings in order.

    `select` and `ignore` hold check ids and take precedence over the configuration. Raises
    ValueError for an unknown id, and the errors of `load`.
    """
    from docextract.findings import CheckId
    from docextract.verdict.run import lint
    from docextract.verdict.workers import Choice

    chosen, dropped = (tuple(CheckId(name).value for name in names) for names in (select, ignore))
    return lint(_selections(paths), Choice(chosen, dropped))


def fixtures(*paths: str | os.PathLike[str], method: str | None = None, status: int | None = None) -> Iterator[Fixture]:
    """Yield the documented exchanges of folders or files, in the order of `docextract extract`.

    `method` (in any case) and `status` restrict them to one method and one status code. Raises the
    errors of `load` when called, not while iterating.
    """
    from docextract.extraction.choice import chosen
    from docextract.extraction.fixtures import fixtures as all_fixtures

    return chosen(all_fixtures(_selections(paths)), method, status)


def parametrize(
    *paths: str | os.PathLike[str], method: str | None = None, status: int | None = None, argname: str = "fixture"
) -> pytest.MarkDecorator:
    """Return a decorator that runs a pytest test once for each documented exchange, its argument `argname`.

    `paths` are relative to pytest's root folder, by default the pages of the run. `method` and `status`
    restrict the exchanges as in `fixtures`; none at all is an error when pytest collects the test.
    """
    from docextract.pytest_plugin import parametrize as mark

    return mark(*paths, method=method, status=status, argname=argname)


def _selections(paths: Iterable[str | os.PathLike[str]]) -> list[Selection]:
    from docextract.project.load import load as load_selections

    return load_selections([os.fspath(path) for path in paths])


if not TYPE_CHECKING:
    # Hidden from type checkers, which then know the type of each name and reject all others.

    def __getattr__(name: str) -> object:
        """Import a public name. Raises AttributeError for any other name."""
        if name not in _MODULES:
            raise AttributeError(f"module 'docextract' has no attribute {name!r}; public are {', '.join(__all__)}")
        return getattr(import_module(_MODULES[name]), name)

    def __dir__() -> list[str]:
        """Return all names, including public ones that have not been imported yet."""
        return sorted({*globals(), *__all__})
