"""The pytest plugin: each documented exchange as a test, and the documentation as fixtures of hand-written tests.

It does nothing unless `--docextract`, `docextract_paths`, a fixture or `docextract.parametrize` asks for it,
and until then it imports nothing of docextract.
"""

from __future__ import annotations

import gc
import os
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
    from pathlib import Path

    from docextract.extraction.fixture import Fixture
    from docextract.findings import Finding
    from docextract.project.docset import DocSet, Selection
    from docextract.serving.server import Server
    from docextract.testing.case import Case
    from docextract.testing.docs import Docs
    from docextract.testing.judge import Judge

_SUFFIXES = (".md", ".markdown")
_PARAMETRIZE = "docextract_parametrize"
#: Marks with a meaning for pytest; a tag of a page has none for it.
_PYTEST_MARKS = frozenset(("filterwarnings", "parametrize", "skip", "skipif", "usefixtures", "xfail"))
_MARKERS = (
    "docextract: a test of a documented exchange, or of a page beside its exchanges.",
    f"{_PARAMETRIZE}(*paths, method, status, argname): what docextract.parametrize makes.",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option and the setting that name pages."""
    group = parser.getgroup("docextract", "documentation as tests")
    group.addoption(
        "--docextract",
        action="append",
        default=[],
        metavar="PATH",
        help="Test the documented exchanges of a folder of Markdown pages, or of one page; repeatable.",
    )
    parser.addini(
        "docextract_paths",
        "Folders of Markdown pages whose exchanges are tested if pytest is called without paths.",
        type="paths",
        default=[],
    )


def pytest_configure(config: pytest.Config) -> None:
    """Register the marks and, if pages are named, what collects them."""
    for marker in _MARKERS:
        config.addinivalue_line("markers", marker)
    documentation = config.stash[_DOCUMENTATION] = Documentation(config)
    if documentation.paths:
        config.pluginmanager.register(Collection(documentation), "docextract-collection")


class Documentation:
    """The documentation of a run, loaded on first use."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.asked = [config.invocation_params.dir / path for path in config.getoption("docextract")]
        self.paths: list[Path] = self.asked or config.getini("docextract_paths")
        self.notices: list[str] = []
        self._loaded: dict[tuple[Path, ...], Docs] = {}
        self._judges: dict[int, Judge] = {}

    @property
    def docs(self) -> Docs:
        """The documentation that the run names, else the configured `docs`. Raises pytest.UsageError."""
        return self.load(self.paths)

    def load(self, paths: Sequence[Path]) -> Docs:
        """Return the documentation in folders or files. Raises pytest.UsageError."""
        key = tuple(paths)
        if key not in self._loaded:
            self._loaded[key] = self._read(key, self.notices.append)
        return self._loaded[key]

    @staticmethod
    def _read(paths: Sequence[Path], notify: Callable[[str], None]) -> Docs:
        from docextract.project.config import ConfigError
        from docextract.project.load import NoPagesError, load
        from docextract.testing.docs import Docs

        try:
            return Docs(tuple(load([os.path.relpath(path) for path in paths], None, notify)))
        except (ConfigError, NoPagesError) as error:
            raise pytest.UsageError(f"docextract: {error}") from error

    def server(self) -> Server:
        """Return a server of the documentation, which has not begun yet. Raises pytest.UsageError."""
        try:
            from docextract.serving.server import LOOPBACK, Server
        except ImportError as error:
            missing = "docextract_server needs starlette and uvicorn: python -m pip install 'docextract[serve]'"
            raise pytest.UsageError(missing) from error
        from docextract.serving.service import Service

        # It answers in a thread of its own, so it has doc sets of its own.
        docs = self._read(self.paths, lambda _: None)
        return Server(Service.of(docs.selections, host=LOOPBACK), LOOPBACK, 0, lambda _: None)

    def judge(self, docset: DocSet) -> Judge:
        """Return the judge of a doc set. Raises pytest.UsageError if its baseline cannot be used."""
        from docextract.testing.judge import Judge
        from docextract.verdict.baseline import BaselineError

        if id(docset) not in self._judges:
            try:
                self._judges[id(docset)] = Judge(docset)
            except BaselineError as error:
                raise pytest.UsageError(f"docextract: {error}") from error
        return self._judges[id(docset)]


_DOCUMENTATION = pytest.StashKey[Documentation]()


# Tests of pages


class Collection:
    """Collects the pages that a run names."""

    def __init__(self, documentation: Documentation) -> None:
        self._documentation = documentation
        self._folders = tuple(os.path.realpath(path) for path in documentation.paths)
        self._pages: dict[str, tuple[DocSet, str]] | None = None

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionstart(self, session: pytest.Session) -> None:
        """Add the pages to what the run collects, unless it asks for other paths; refuse pages without exchanges."""
        # The arguments of a worker of pytest-xdist are those of its controller.
        if hasattr(session.config, "workerinput") or self._is_narrowed(session.config):
            return
        paths, docs = self._documentation.paths, self._documentation.docs
        session.config.args.extend(map(str, paths))
        for docset in docs.docsets:
            self._documentation.judge(docset)
        if not any(map(_has_exchange, docs.selections)):
            named = ", ".join(os.path.relpath(path) for path in paths)
            why = "".join(f"; {notice}" for notice in self._documentation.notices)
            raise pytest.UsageError(f"docextract: no page of {named} shows a request or a response{why}")

    def _is_narrowed(self, config: pytest.Config) -> bool:
        """Whether the command line asks for some pages, or for other tests than those of the settings."""
        if config.args_source is not pytest.Config.ArgsSource.ARGS:
            return False
        places = (os.path.realpath(config.invocation_params.dir / arg.partition("::")[0]) for arg in config.args)
        return not self._documentation.asked or any(map(self._is_inside, places))

    def _is_inside(self, place: str) -> bool:
        return any(place == folder or place.startswith(folder + os.sep) for folder in self._folders)

    @pytest.hookimpl(wrapper=True)
    def pytest_collection(self) -> Generator[None, object, object]:
        """Collect without the search for cycles among the objects of pages, which takes long and finds nothing.

        They live until the end, so it leaves them alone after that, too.
        """
        on = gc.isenabled()
        gc.disable()
        try:
            return (yield)
        finally:
            gc.freeze()
            if on:
                gc.enable()

    def pytest_report_header(self) -> list[str]:
        """Tell what may surprise about the pages."""
        return [f"docextract: {notice}" for notice in self._documentation.notices]

    def pytest_collect_file(self, file_path: Path, parent: pytest.Collector) -> PageFile | None:
        """Collect a file if it is one of the pages."""
        if not file_path.name.casefold().endswith(_SUFFIXES):
            return None
        from docextract.project.pages import located

        place = located(os.fspath(file_path))
        if not self._is_inside(place):
            return None
        page = self._known().get(place)
        return PageFile.from_parent(parent, path=file_path, page=page) if page else None

    def _known(self) -> dict[str, tuple[DocSet, str]]:
        """Return the doc sets of the pages, and what they call them, by their absolute paths."""
        from docextract.project.pages import located

        if self._pages is None:
            self._pages = {
                located(selection.docset.pages.files[path]): (selection.docset, path)
                for selection in self._documentation.docs.selections
                for path in selection.paths
            }
        return self._pages


def _has_exchange(selection: Selection) -> bool:
    return any(
        not exchange.ignored
        for path in sorted(selection.paths)
        for exchange in selection.docset.exchanges(path).exchanges
    )


class PageFile(pytest.File):
    """A page: a test for each exchange, and one for what belongs to none."""

    def __init__(self, *, page: tuple[DocSet, str], **rest: Any) -> None:
        super().__init__(**rest)
        self._docset, self._page = page
        self._cases: tuple[Case, ...] = ()
        self._dealt: Mapping[str, Sequence[Finding]] | None = None

    @property
    def judge(self) -> Judge:
        """The judge of the page's doc set."""
        return self.config.stash[_DOCUMENTATION].judge(self._docset)

    def collect(self) -> Iterator[PageItem]:
        """Yield the tests; they are decided while the page is in memory, unless they may not run in this process."""
        from docextract.testing.case import cases, tags

        self._cases = cases(self._docset, self._page)
        marks = [tag for tag in tags(self._docset, self._page) if tag not in _PYTEST_MARKS]
        if self.config.option.collectonly or hasattr(self.config, "workerinput"):
            self._docset.forget(self._page)
        else:
            self.findings("")
        for mark in marks:
            self.config.addinivalue_line("markers", f"{mark}: a tag of documented pages.")
        for case in self._cases:
            item = PageItem.from_parent(self, name=case.name, line=case.line)
            for mark in ("docextract", *marks):
                item.add_marker(mark)
            yield item

    def findings(self, name: str) -> Sequence[Finding]:
        """Return the findings that make a test fail."""
        from docextract.testing.case import dealt

        if self._dealt is None:
            self._dealt = dealt(self.judge.failures(self._page), self._cases)
        return self._dealt.get(name, ())


class PageItem(pytest.Item):
    """A test of a page: it fails if there are findings."""

    parent: PageFile

    def __init__(self, *, line: int, **rest: Any) -> None:
        super().__init__(**rest)
        self._line = line

    def runtest(self) -> None:
        """Fail with the findings, as `docextract check` shows them."""
        findings = self.parent.findings(self.name)
        if findings:
            pytest.fail(self.parent.judge.text(findings), pytrace=False)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Return how the failure is shown: as it stands, and placed at the page for those who want one line."""
        shown = super().repr_failure(excinfo, style)
        crash = getattr(shown, "reprcrash", None)
        if crash is not None and isinstance(excinfo.value, pytest.fail.Exception):
            crash.path, crash.lineno = os.fspath(self.path), self.parent.findings(self.name)[0].span.line
        return shown

    def reportinfo(self) -> tuple[Path, int, str]:
        """Return the page, the line of the exchange counted from 0, and a title."""
        return self.path, self._line - 1, f"[docextract] {self.name}"


# Hand-written tests


@pytest.fixture(scope="session")
def docextract_docs(pytestconfig: pytest.Config) -> Docs:
    """The documentation: `docextract_docs.validate(response, "GET /users/{id}")`, `docextract_docs.fixtures()`."""
    return pytestconfig.stash[_DOCUMENTATION].docs


@pytest.fixture(scope="session")
def docextract_fixtures(docextract_docs: Docs) -> tuple[Fixture, ...]:
    """All documented exchanges."""
    return tuple(docextract_docs.fixtures())


@pytest.fixture(scope="session")
def docextract_server(pytestconfig: pytest.Config) -> Iterator[Server]:
    """A mock server of the documentation, on a free port of this machine; clients need its `docextract_server.url`."""
    with pytestconfig.stash[_DOCUMENTATION].server() as server:
        yield server


def parametrize(
    *paths: str | os.PathLike[str], method: str | None = None, status: int | None = None, argname: str = "fixture"
) -> pytest.MarkDecorator:
    """Return the mark that runs a test once for each documented exchange; see `docextract.parametrize`."""
    mark: pytest.MarkDecorator = getattr(pytest.mark, _PARAMETRIZE)
    return mark(*paths, method=method, status=status, argname=argname)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give a test that is marked so its exchanges, with their ids."""
    for mark in metafunc.definition.iter_markers(_PARAMETRIZE):
        documentation, chosen = metafunc.config.stash[_DOCUMENTATION], mark.kwargs
        paths = [metafunc.config.rootpath / path for path in mark.args]
        docs = documentation.load(paths) if paths else documentation.docs
        found = list(docs.fixtures(method=chosen["method"], status=chosen["status"]))
        if not found:
            asked = " ".join(str(chosen[key]) for key in ("method", "status") if chosen[key] is not None)
            pytest.fail(f"docextract.parametrize: the pages show no exchange {asked}".rstrip(), pytrace=False)
        metafunc.parametrize(chosen["argname"], found, ids=[fixture.id for fixture in found])
