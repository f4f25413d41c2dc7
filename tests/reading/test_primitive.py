"""Names of primitives, and what the table of primitives says of each."""

from __future__ import annotations

from docextract.contract.formats import FORMATS
from docextract.reading.primitive import PRIMITIVES, primitive


def test_names() -> None:
    for known in PRIMITIVES:
        assert primitive(known.name) is known
        assert primitive(f"Edm.{known.name}") is known
        assert all(primitive(spelling) is known for spelling in known.spellings)


def test_names_of_other_types() -> None:
    assert [primitive(name) for name in ("user", "", "dateTimeTimeZone", "microsoft.graph.date")] == [None] * 4


def test_no_spelling_stands_twice() -> None:
    spellings = [spelling for known in PRIMITIVES for spelling in known.spellings]
    assert len(spellings) == len(set(spellings))


def test_each_form_is_one_that_can_be_checked() -> None:
    assert {known.form for known in PRIMITIVES if known.form} == set(FORMATS)


def test_only_integers_have_bounds() -> None:
    assert all((known.json_type == "integer") == (known.bounds is not None) for known in PRIMITIVES)
    bounds = {known.name: known.bounds for known in PRIMITIVES}
    assert (bounds["Byte"], bounds["SByte"], bounds["Int16"]) == ((0, 255), (-128, 127), (-32768, 32767))
