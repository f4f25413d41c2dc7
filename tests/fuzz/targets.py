"""The targets, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tests.fuzz import files, pages, readers, seeds, server

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Target(NamedTuple):
    """A function that fails for an input that breaks a promise, and the texts that inputs are made of."""

    check: Callable[[bytes], None]
    seeds: Callable[[], Sequence[str]]


def _text(check: Callable[[str], None]) -> Callable[[bytes], None]:
    """Return a function of a text as one of bytes, which are decoded as those of a page are."""
    return lambda data: check(data.decode("utf-8", "replace"))


TARGETS = {
    "page": Target(_text(pages.page), seeds.pages),
    "why": Target(_text(pages.account), seeds.pages),
    "fixes": Target(_text(pages.fixes), seeds.pages),
    "renderers": Target(_text(pages.rendered), seeds.pages),
    "writers": Target(_text(pages.fixture_files), seeds.pages),
    "markdown": Target(_text(readers.markdown), seeds.pages),
    "links": Target(_text(readers.links), seeds.pages),
    "suppressions": Target(_text(readers.suppressions), seeds.suppressed_pages),
    "front-matter": Target(_text(readers.front_matter), seeds.front_matters),
    "annotations": Target(_text(readers.annotation), seeds.comments),
    "http": Target(_text(readers.http), seeds.http_messages),
    "json": Target(_text(readers.json_text), seeds.json_texts),
    "cells": Target(_text(readers.cells), seeds.cells),
    "prose": Target(_text(readers.sentences), seeds.prose),
    "paths": Target(_text(readers.paths), seeds.urls),
    "requests": Target(_text(server.request), seeds.requests),
    "configuration": Target(files.configuration, seeds.configurations),
    "import": Target(files.imported, seeds.foreign_configurations),
    "baseline": Target(files.baseline, seeds.baselines),
    "manifest": Target(files.manifest, seeds.manifests),
}
