"""The practice corpus, replayed: what is complete is played word for word."""

from __future__ import annotations

import re
import shutil
from itertools import islice

from tests.consumers import library
from tests.writers.test_pytest import run_pytest
from tests.writers.test_responses import registry
from tests.writers.test_vcr import by_httpx, by_requests, cassette
from tests.writers.written import sent, written

library("vcr")
library("responses")

BASE = "https://api.example.org/v1.0"


def test_complete_exchanges_are_replayed_word_for_word(corpus, tmp_path):
    """One in four: to replay them all with three clients takes minutes."""
    written(corpus / "graph-v1.0", tmp_path, "vcr", "--base-url", BASE)
    written(corpus / "graph-v1.0", tmp_path, "responses", "--base-url", BASE)
    exchanges = list(sent(corpus / "graph-v1.0", BASE))[::4]
    assert len(exchanges) > 600
    failed = {one.id for one in exchanges if not is_replayed(tmp_path, one)}
    # HTTP allows no body there, so that the page's cannot come.
    bodiless = {one.id for one in exchanges if one.status == 204 and one.answer}
    assert failed <= bodiless
    assert len(failed) <= 0.03 * len(exchanges)


def is_replayed(folder, one):
    wanted = one.status, one.answer
    for client in (by_requests, by_httpx):
        with cassette(folder, one.id):
            if client(one) != wanted:
                return False
    with registry(folder, one.id):
        return by_requests(one) == wanted


def test_the_modules_of_tests_pass(corpus, tmp_path):
    """One in twenty: to run them all takes minutes."""
    written(corpus / "graph-v1.0", tmp_path / "all", "pytest", "--base-url", BASE)
    (tmp_path / "some").mkdir()
    for path in islice(sorted((tmp_path / "all").glob("test_*.py")), 0, None, 20):
        shutil.copy(path, tmp_path / "some")
    assert re.fullmatch(r"\d{3} passed", run_pytest(tmp_path / "some"))
