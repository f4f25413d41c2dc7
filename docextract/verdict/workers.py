"""The checking of pages by several processes: none outlives this one, and one that dies takes no verdict with it."""

from __future__ import annotations

import gc
import signal
import sys
import threading
from collections import deque
from contextlib import contextmanager
from itertools import chain, groupby
from typing import TYPE_CHECKING, NamedTuple

from docextract.project.docset import DocSet
from docextract.text.plural import plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from concurrent.futures import Future, ProcessPoolExecutor

    from docextract.project.catalogue import Catalogue
    from docextract.verdict.linter import Linter
    from docextract.verdict.report import Verdict

# The linter is imported only when a verdict is missing: it imports all readers and checks.
#: With fewer pages than this, a second process costs more than it saves.
_WORTH_SHARING = 400
#: The number of pages that are in memory together.
_SHARE = 50
#: Seconds in which a pool whose processes have been killed may end.
_PATIENCE = 2
#: So many parts of the pages has a process to check if all are as quick.
_PARTS = 3


class Choice(NamedTuple):
    """The ids of the checks that the caller selects and ignores."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def linter(self, docset: DocSet) -> Linter:
        """Return a linter for a doc set with this choice of checks."""
        from docextract.verdict.linter import Linter

        return Linter(docset, select=self.select, ignore=self.ignore)


class Reviewer:
    """Checks pages of a doc set, those of one root after those of another.

    What was learnt about the types of a root is dropped before the pages of another, which cannot show them.
    """

    def __init__(self, docset: DocSet, choice: Choice) -> None:
        self._docset = docset
        self._choice = choice
        self._root = ""
        self._linter: Linter | None = None

    def check(self, paths: Sequence[str]) -> Iterator[Verdict]:
        """Yield the verdict on each of some pages, which are in memory together."""
        for root, there in groupby(paths, self._docset.root):
            yield from self._linter_of(root).check_pages([*there])

    def _linter_of(self, root: str) -> Linter:
        if self._linter is not None and root != self._root:
            self._linter = None
            # The doc set and its answers know each other.
            gc.collect()
        if self._linter is None:
            catalogue, self._root = self._docset.catalogue, root
            self._linter = self._choice.linter(DocSet(catalogue) if catalogue.index.roots else self._docset)
        return self._linter


def check_pages(
    docset: DocSet, paths: Sequence[str], choice: Choice, jobs: int, remark: Callable[[str], None] = lambda _: None
) -> Iterator[Verdict]:
    """Yield the verdict on each page; up to `jobs` processes share the pages if there are many.

    Parsed pages are never sent between processes: each process parses its own share. `remark` is called
    with a sentence if processes die.
    """
    if jobs < 2 or len(paths) < _WORTH_SHARING:
        # Without pages, not even the linter need be imported.
        if paths:
            yield from _here(docset, choice, paths)
        return
    told = docset.catalogue.told()
    lost: list[Sequence[str]] = []
    # What is imported and read now, no process has to import and read.
    choice.linter(docset)
    known = _with_types(told, paths) if _is_copied() else DocSet(told)
    with _pool(known, choice, jobs) as pool:
        try:
            tasks = [(part, _task(pool, part)) for part in _dealt(docset, paths, jobs)]
        except OSError as error:
            remark(f"no further process can be started ({error.strerror}), so this one checks all pages")
            tasks = []
            yield from _here(known, choice, paths)
        for part, task in tasks:
            verdicts = _answer(task)
            if verdicts is None:
                lost.append(part)
            else:
                yield from verdicts
    if lost:
        remark(f"a process died; {plural(sum(map(len, lost)), 'page')} were checked by another")
        yield from _again(told, choice, lost, remark)


def _here(docset: DocSet, choice: Choice, paths: Sequence[str]) -> Iterator[Verdict]:
    """Yield the verdicts of this process."""
    return chain.from_iterable(map(Reviewer(docset, choice).check, _shares(paths)))


def _is_copied() -> bool:
    """Whether further processes begin as copies of this one.

    A process with several threads cannot be forked safely, and outside Linux none can.
    """
    return sys.platform == "linux" and threading.active_count() == 1


def _with_types(told: Catalogue, paths: Sequence[str]) -> DocSet:
    """Return a doc set that has read the types of some pages: the search for one by its members reads them all.

    With several roots, what is known of the types of one is dropped before the pages of another.
    """
    docset = DocSet(told)
    types = [] if told.index.roots else [path for path in paths if path in told.index.pages]
    for read in (docset.page, docset.definitions, docset.signatures):
        for path in types:
            read(path)
    return docset


def _shares(paths: Sequence[str]) -> list[Sequence[str]]:
    return [paths[start : start + _SHARE] for start in range(0, len(paths), _SHARE)]


def _dealt(docset: DocSet, paths: Sequence[str], jobs: int) -> list[Sequence[str]]:
    """Deal pages out to processes: by name, so that few types are read by several.

    The pages of a type and of its operations begin alike, though they stand in different folders.
    """
    ordered = sorted(paths, key=lambda path: (docset.root(path), path.rpartition("/")[2], path))
    size = -(-len(ordered) // (jobs * _PARTS))
    return [ordered[start : start + size] for start in range(0, len(ordered), size)]


def _task(pool: ProcessPoolExecutor, paths: Sequence[str]) -> Future[list[Verdict]] | None:
    """Have a process check pages; None if one has died already. Raises OSError if none can be started."""
    from concurrent.futures.process import BrokenProcessPool

    try:
        return pool.submit(_Worker.check, paths)
    except BrokenProcessPool:
        return None


def _answer(task: Future[list[Verdict]] | None) -> list[Verdict] | None:
    """Return the result of a task; None if its process, or one beside it, has died."""
    from concurrent.futures.process import BrokenProcessPool

    try:
        return None if task is None else task.result()
    except BrokenProcessPool:
        return None


def _again(
    told: Catalogue, choice: Choice, shares: Iterable[Sequence[str]], remark: Callable[[str], None]
) -> Iterator[Verdict]:
    """Yield the verdicts on pages whose process has died, in one process at a time.

    One that dies again is followed by another, until the page is known that makes it die. If no other can be
    started, this one checks the pages.
    """
    pending = deque(shares)
    while pending:
        with _pool(DocSet(told), choice, 1) as pool:
            while pending:
                share = pending.popleft()
                try:
                    verdicts = _answer(_task(pool, share))
                except OSError as error:
                    remark(f"no other could be started ({error.strerror}), so it was this one that checked them")
                    yield from _here(DocSet(told), choice, [*share, *chain.from_iterable(pending)])
                    return
                if verdicts is None:
                    break
                yield from verdicts
            else:
                return
        if len(share) == 1:
            yield choice.linter(DocSet(told)).failed(share[0], "the process that checked it died")
        else:
            pending.extendleft([page] for page in reversed(share))


@contextmanager
def _pool(docset: DocSet, choice: Choice, jobs: int) -> Iterator[ProcessPoolExecutor]:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    context = multiprocessing.get_context("fork" if _is_copied() else "spawn")
    others = multiprocessing.active_children()
    sys.stdout.flush()
    pool = ProcessPoolExecutor(jobs, context, _Worker.start, (docset, choice))
    try:
        yield pool
    except BaseException:
        # Whoever interrupts a run does not want to wait for the pages at hand.
        for process in multiprocessing.active_children():
            if process not in others:
                process.kill()
        # One that dies while it sends verdicts leaves the thread that receives them waiting for the rest, for ever.
        closing = threading.Thread(target=pool.shutdown, kwargs={"cancel_futures": True}, daemon=True)
        closing.start()
        closing.join(_PATIENCE)
        raise
    pool.shutdown(cancel_futures=True)


class _Worker:
    """The state of a process that checks shares of the pages."""

    reviewer: Reviewer

    @classmethod
    def start(cls, docset: DocSet, choice: Choice) -> None:
        gc.disable()
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        threading.Thread(target=_end_with_parent, daemon=True).start()
        cls.reviewer = Reviewer(docset, choice)

    @classmethod
    def check(cls, paths: Sequence[str]) -> list[Verdict]:
        return [verdict for share in _shares(paths) for verdict in cls.reviewer.check(share)]


def _end_with_parent() -> None:
    """Wait until the process that started this one is gone, however it ended, and end this one."""
    import multiprocessing
    import os

    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
