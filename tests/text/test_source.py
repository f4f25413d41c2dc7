"""Texts and places: a slice stands where its page says, whatever it was cut from."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from docextract.text.source import Slice, Source, Span

#: Places in long texts are found in another way than those in short ones.
TEXTS = st.builds(str.__mul__, st.text("ab中\u0301 \n", max_size=60), st.sampled_from((1, 30)))


def at(source, span):
    """Return the text of a page at a place."""
    lines = source.lines[span.line - 1 : span.end_line]
    lines[-1] = lines[-1][: span.end_column - 1]
    lines[0] = lines[0][span.column - 1 :]
    return "\n".join(lines)


@given(TEXTS, st.data())
def test_parts_of_parts_keep_their_place(text, data):
    source = Source.of("page.md", text)
    first = data.draw(st.integers(1, len(source.lines)))
    whole = source.slice_lines(first, data.draw(st.integers(first, len(source.lines))))
    assert at(source, whole.span()) == whole.text
    for _ in range(2):
        start = data.draw(st.integers(0, len(whole.text)))
        whole = whole.part(start, data.draw(st.integers(start, len(whole.text))))
        assert at(source, whole.span()) == whole.text


def test_columns_of_indented_lines():
    fence = Slice("page.md", '{\n  "a": 1\n}', 5, (4, 4, 4))
    assert fence.position(0) == (5, 4)
    assert fence.position(4) == (6, 6)
    assert fence.part(2).span(2, 5) == Span("page.md", 6, 6, 6, 9)
    assert fence.part(11).position(0) == (7, 4)


def test_line_ends_of_all_systems_are_one():
    source = Source.of("page.md", "a\r\nb\rc\n\0")
    assert source.lines == ["a", "b", "c", "\ufffd"]


def test_the_place_of_a_line_is_that_of_its_text():
    source = Source("page.md", "  a b \n\n")
    assert source.line_span(1) == Span("page.md", 1, 3, 1, 6)
    assert source.line_span(2) == Span("page.md", 2, 1, 2, 1)
    assert source.line_span(9) == Span("page.md", 9, 1, 9, 1)
