"""Texts made of what sentences of pages are made of, for properties that hold for any of them."""

from __future__ import annotations

from hypothesis import strategies as st

FRAGMENTS = (
    st.lists(
        st.sampled_from(
            [
                "possible values are",
                "one of",
                "can be",
                "`a`",
                "`b",
                "``",
                ", ",
                " or ",
                ". ",
                "<li>",
                "<br>",
                "(",
                ")",
                "[x](",
                ")",
                "inherits from ",
                "returns ",
                "`200 OK`",
                " status 404",
                "204 No Content",
                "\n\n",
                "\x01",
                "\x03",
                "evolvable enum",
                ": ",
            ]
        )
    ).map("".join)
    | st.text()
)
