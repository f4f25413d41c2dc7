"""Every documented request gets the documented answer, over HTTP."""

from __future__ import annotations

import contextlib
import http.client
from collections import Counter

import pytest

from docextract.extraction.fixtures import fixtures
from docextract.project.load import load
from docextract.serving.routes import Routes
from docextract.serving.server import LOOPBACK, Server
from docextract.serving.service import Service
from docextract.writers.replay import Replay, replays
from tests.helpers import SEEDS
from tests.serving.served import PATIENCE, difference, replayed, serving


def documented(folder, monkeypatch):
    """Return the exchanges of a folder that can be replayed."""
    monkeypatch.chdir(folder)
    return [one for one in replays(fixtures(load(["."]))) if isinstance(one, Replay) and one.status >= 200]


def asked(replay):
    """Return what a server sees of a documented request, beside its host."""
    [example] = Routes([replay.fixture]).examples
    body = replay.request.replayed_text if replay.request.has_body else None
    return replay.method, example.target.segments, tuple(sorted(example.target.query)), body


def test_the_documented_requests_of_the_seeds_are_answered(monkeypatch):
    exchanges = documented(SEEDS, monkeypatch)
    assert len(exchanges) > 15
    several = Counter(map(asked, exchanges))
    with serving(SEEDS, ".") as served:
        connection = http.client.HTTPConnection(served.url.removeprefix("http://"), timeout=PATIENCE)
        with contextlib.closing(connection):
            wrong = [one for one in exchanges if difference(replayed(connection, one), one)]
            assert all(several[asked(one)] > 1 and not one.fixture.default for one in wrong)
            assert len(wrong) < len(exchanges) / 4
            for one in wrong:
                assert not difference(replayed(connection, one, f"example={one.fixture.id}"), one)


@pytest.mark.parametrize("name", ["graph-v1.0", "graph-2020-beta", "graph-de", "onedrive"])
def test_the_documented_requests_of_the_corpus_are_answered(corpus, monkeypatch, name):
    """A request that several exchanges share has one answer; the others are asked for by name."""
    if not (corpus / name).is_dir():
        pytest.skip(f"the corpus holds no {name}")
    exchanges = documented(corpus / name, monkeypatch)
    several = Counter(map(asked, exchanges))
    service = Service.of(load(["."]), host=LOOPBACK)
    answered, causes = 0, Counter()
    with Server(service, LOOPBACK, 0, lambda _: None) as server:
        connection = http.client.HTTPConnection(server.url.removeprefix("http://"), timeout=PATIENCE)
        with contextlib.closing(connection):
            for one in exchanges:
                wrong = difference(replayed(connection, one), one)
                if wrong and several[asked(one)] > 1:
                    causes["the request of another exchange, which answers it"] += 1
                    wrong = difference(replayed(connection, one, f"example={one.fixture.id}"), one)
                answered += not wrong
                causes.update([wrong] if wrong else [])
    print(f"{name}: {answered:,} of {len(exchanges):,} answered as documented; {dict(causes)}")
    assert len(exchanges) >= 100
    assert answered >= 0.97 * len(exchanges), causes
