"""Where the comments of a text stand, against the pattern that says the same more slowly."""

from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st

from docextract.markdown.comment import comments

COMMENT = re.compile(r"<!--(.*?)(-->|\Z)", re.DOTALL)


@given(
    st.lists(st.sampled_from(["<!--", "-->", "<!-", "--", ">", "-", "<!", "a", "\n", " "]), max_size=12).map("".join)
)
@example("<!-->-->")
@example("a <!-- b --> c <!-- d")
def test_comments_as_a_pattern_finds_them(text):
    found = [(match.start(), match.end(1), bool(match[2])) for match in COMMENT.finditer(text)]
    assert list(comments(text)) == found
