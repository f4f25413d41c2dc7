"""Whatever is asked, there is an answer that can be sent."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docextract.project.load import load
from docextract.serving.asked import Asked
from docextract.serving.preference import Preference
from docextract.serving.server import LOOPBACK
from docextract.serving.service import Service
from docextract.serving.target import BadTargetError, Target
from tests.helpers import SEEDS

SERVICE = Service.of(load([str(SEEDS)]), host=LOOPBACK)
#: What h11 lets into a target or a field.
VISIBLE = st.characters(min_codepoint=0x21, max_codepoint=0xFF, exclude_characters="\x7f")
NAMES = ("origin", "prefer", "accept", "host", "content-type", "access-control-request-method", "if-match", "range")
PATHS = st.sampled_from([example.target.path for example in SERVICE.routes.examples])
TARGETS = st.one_of(
    st.text(VISIBLE, max_size=60).map("/".__add__),
    st.builds("{}{}".format, PATHS, st.text(VISIBLE, max_size=20)),
    st.builds("{}?{}".format, PATHS, st.text(VISIBLE, max_size=20)),
)
BODIES = st.one_of(
    st.binary(max_size=60),
    st.dictionaries(
        st.sampled_from(["title", "state", "displayName", "@odata.type"]), st.text() | st.none() | st.integers()
    )
    .map(json.dumps)
    .map(str.encode),
)


def received(target):
    """Return a target, or None and the status of the refusal."""
    try:
        return Target.received(target), 0
    except BadTargetError as error:
        return None, error.status


@settings(deadline=None, max_examples=400)
@given(
    st.sampled_from(["GET", "POST", "PATCH", "PUT", "DELETE", "HEAD", "OPTIONS", "X"]),
    TARGETS,
    st.dictionaries(st.sampled_from(NAMES), st.text(VISIBLE | st.just(" "), max_size=40)),
    BODIES,
)
def test_every_request_has_an_answer(method, target, headers, body):
    read, status = received(target)
    if read is None:
        assert status in (400, 414)
        return
    SERVICE.refuses(headers)
    answer = SERVICE.answer(Asked(method, read, headers, body))
    assert 200 <= answer.status < 502
    for name, value in answer.headers:
        assert "\n" not in name + value
        (name + value).encode("latin-1")
    if dict(answer.headers).get("Content-Type") == "application/problem+json":
        assert json.loads(answer.body)["status"] == answer.status


@given(st.text())
def test_any_preference_can_be_read(field):
    Preference.of(field)


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("", Preference()),
        ("status=404", Preference(status=404)),
        ("STATUS = 404;strict, return=minimal", Preference(status=404)),
        ("status=99", Preference()),
        ("status=200, status=404", Preference(status=200)),
        ('example="a, \\"b\\""', Preference('a, "b"')),
        ("example=A/b.404, status=404", Preference("a/b.404", 404)),
        ('example="', Preference()),
    ],
)
def test_preferences(field, expected):
    assert Preference.of(field) == expected
