"""Base types: whence they are known, in which order, and where a chain ends."""

from __future__ import annotations

from collections import defaultdict

import pytest

from docextract.project.load import load
from tests.helpers import in_body, line_of, lines_above, run, write
from tests.pages import operation, resource, typed

ROW = ["|own|String|Its own.|"]
NOT_FOUND = "  a base type was not found or leads back to this type, so undeclared members are not reported"


def based(name, base):
    return resource(name, [f"|{name}Id|String|The id.|"], keys=f'"baseType": "microsoft.graph.{base}"')


PAGES = {
    "animal.md": resource("animal", ["|animalId|String|The id.|"]),
    "cat.md": based("cat", "animal"),
    "dog.md": based("dog", "animal"),
}


def said(page, text):
    return page.replace("## Properties", f"{text}\n\n## Properties")


#: The page of a type `own`, the types of its chain above it, and what is said of a chain without an end.
CHAINS = {
    "none": (resource("own", ROW), []),
    "the annotation's": (based("own", "cat"), ["cat", "animal"]),
    "the prose's": (said(resource("own", ROW), "Inherits from [cat](cat.md)."), ["cat", "animal"]),
    "a row's": (resource("own", [*ROW, "|catId|String|Inherited from [cat](cat.md).|"]), ["cat", "animal"]),
    "the annotation's before the prose's": (
        said(based("own", "cat"), "Inherits from [dog](dog.md)."),
        ["cat", "animal"],
    ),
    "the nearer of both, which is the prose's": (
        said(based("own", "animal"), "Inherits from [cat](cat.md)."),
        ["cat", "animal"],
    ),
    "the nearer of both, which is the prose's, in German": (
        said(based("own", "animal"), "Erbt von [cat](cat.md)."),
        ["cat", "animal"],
    ),
    "the nearer of both, which is the prose's, in Chinese": (
        said(based("own", "animal"), "\u7ee7\u627f\u81ea [cat](cat.md)\u3002"),
        ["cat", "animal"],
    ),
    "the nearer of both, which is the annotation's": (
        said(based("own", "cat"), "Inherits from [animal](animal.md)."),
        ["cat", "animal"],
    ),
    "the prose's where the annotation's is the root of all entities": (
        said(based("own", "entity"), "Inherits from [cat](cat.md)."),
        ["cat", "animal"],
    ),
    "the prose's before a row's": (
        said(resource("own", ["|id|String|Inherited from [dog](dog.md).|"]), "Inherits from [cat](cat.md)."),
        ["cat", "animal"],
    ),
    "of several rows' the nearest": (
        resource(
            "own",
            ["|animalId|String|Inherited from [animal](animal.md).|", "|catId|String|Inherited from [cat](cat.md).|"],
        ),
        ["cat", "animal"],
    ),
    "one that nothing defines": (based("own", "alien"), NOT_FOUND),
    "not the prose's where the annotation's is missing": (
        said(based("own", "alien"), "Inherits from [cat](cat.md)."),
        NOT_FOUND,
    ),
    "the prose's where it is found, a row's else": (
        said(resource("own", ["|catId|String|Inherited from [cat](cat.md).|"]), "Inherits from [alien](alien.md)."),
        ["cat", "animal"],
    ),
    "the root of all entities, which has no page": (based("own", "entity"), []),
    "itself": (based("own", "own"), NOT_FOUND),
}


def chain(folder):
    page = (folder / "own.md").read_text("utf-8")
    code, out, err = run("why", f"{folder / 'own.md'}:{line_of(page, 'blockType')}")
    assert (code, err) == (0, "")
    return out.split("\n")


@pytest.mark.parametrize(("page", "expected"), CHAINS.values(), ids=CHAINS)
def test_the_base_of_a_type(tmp_path, page, expected):
    lines = chain(write(tmp_path, {**PAGES, "own.md": page, "docextract.toml": ""}))
    names = [line.split()[0].removeprefix("microsoft.graph.") for line in lines if " is defined by " in line]
    assert names == ["own", *(expected if isinstance(expected, list) else [])]
    assert (NOT_FOUND in lines) is (expected == NOT_FOUND)


#: What the page of a base says of its heirs, and whether it says that much.
LISTED = {
    "a table": ("It is the base type for each kind of animal:\n\n|Kind|Text|\n|:---|:---|\n|[own](own.md)|Own.|", True),
    "a list": ("The base type of these:\n- [own](own.md)", True),
    "a table in German": ("Basistyp für jede Art:\n\n|Art|Text|\n|:---|:---|\n|[own](own.md)|Eigene.|", True),
    "a list in Chinese": (
        "\u5b83\u662f\u6bcf\u79cd\u52a8\u7269\u7684\u57fa\u7c7b\u578b\uff1a\n\n- [own](own.md)",
        True,
    ),
    "a table of others": (
        "It is the base type for each kind:\n\n|Kind|Text|\n|:---|:---|\n|[dog](dog.md)|Dog.|",
        False,
    ),
    "a table of something else": ("See each kind of animal:\n\n|Kind|Text|\n|:---|:---|\n|[own](own.md)|Own.|", False),
}


@pytest.mark.parametrize(("text", "said_so"), LISTED.values(), ids=LISTED)
def test_heirs_that_are_listed_below_the_sentence(tmp_path, text, said_so):
    body = '{\n  "@odata.type": "#microsoft.graph.own",\n  "animalId": "1"\n}'
    pages = {
        "animal.md": said(PAGES["animal.md"], text),
        "dog.md": PAGES["dog.md"],
        "own.md": resource("own", ROW),
        "api/op.md": operation(body, keys=typed("animal")),
    }
    keys = lines_above(pages["api/op.md"], body) - lines_above(
        pages["api/op.md"], '"@odata.type": "microsoft.graph.animal"'
    )
    wrong = [("type-mismatch", 1 - keys, 48), ("undeclared-property", 3, 3)]
    assert in_body(tmp_path, {**pages, "docextract.toml": ""}, body) == ([] if said_so else wrong)


def test_a_circle_has_no_end(tmp_path):
    pages = {"own.md": based("own", "cat"), "cat.md": based("cat", "dog"), "dog.md": based("dog", "own")}
    lines = chain(write(tmp_path, {**pages, "docextract.toml": ""}))
    assert NOT_FOUND in lines
    circle = " -> ".join(f"microsoft.graph.{name}" for name in ("own", "cat", "dog", "own"))
    assert f"error[base-type-cycle] the base types of microsoft.graph.own form a cycle: {circle}" in "\n".join(lines)


def by_rows(name, *bases):
    """Return the page of a type whose rows are inherited from others."""
    rows = [f"|{base}{name}|String|Inherited from [{base}]({base}.md).|" for base in bases]
    return resource(name, [f"|{name}Id|String|The id.|", *rows])


#: Pages of types that are each other's bases.
CIRCLES = {
    "by annotations": {"own.md": based("own", "cat"), "cat.md": based("cat", "own")},
    "by prose": {
        "own.md": said(resource("own", ["|ownId|String|The id.|"]), "Inherits from [cat](cat.md)."),
        "cat.md": said(resource("cat", ["|catId|String|The id.|"]), "Inherits from [own](own.md)."),
    },
    "by rows": {"own.md": by_rows("own", "cat"), "cat.md": by_rows("cat", "own")},
    "by rows of several": {
        "own.md": by_rows("own", "cat", "dog"),
        "cat.md": by_rows("cat", "own", "dog"),
        "dog.md": by_rows("dog", "own", "cat"),
    },
    "by annotation and prose": {
        "own.md": said(based("own", "cat"), "Inherits from [dog](dog.md)."),
        "cat.md": said(based("cat", "dog"), "Inherits from [own](own.md)."),
        "dog.md": said(based("dog", "own"), "Inherits from [cat](cat.md)."),
    },
    "by German prose": {
        "own.md": said(based("own", "animal"), "Erbt von [cat](cat.md)."),
        "cat.md": said(based("cat", "animal"), "Erbt von [own](own.md)."),
    },
}


@pytest.mark.parametrize("circle", CIRCLES)
def test_bodies_of_types_that_are_each_others_bases(tmp_path, circle):
    """What a type declares itself still holds; what it may inherit is not known unless its rows repeat it."""
    pages, body = CIRCLES[circle], '{\n  "ownId": 1,\n  "surplus": 1\n}'
    made = {**PAGES, **pages, "api/op.md": operation(body, keys=typed("own"))}
    surplus = [("undeclared-property", 3, 3)] if "rows" in circle else []
    assert in_body(tmp_path, made, body) == [("wrong-type", 2, 12), *surplus]


HEIRS = {
    "the base's page": ("It is the base type for [own](own.md) and [dog](dog.md).", ["cat", "animal"]),
    "another sentence": ("The derived types are [dog](dog.md), [own](own.md).", ["cat", "animal"]),
    "others": ("It is the base type for [dog](dog.md).", []),
    "an example": ("It is the base type for many, such as [own](own.md).", []),
}


@pytest.mark.parametrize(("text", "expected"), HEIRS.values(), ids=HEIRS)
def test_a_base_whose_page_names_what_derives_from_it(tmp_path, text, expected):
    pages = {**PAGES, "cat.md": said(PAGES["cat.md"], text), "own.md": resource("own", ROW), "docextract.toml": ""}
    lines = chain(write(tmp_path, pages))
    names = [line.split()[0].removeprefix("microsoft.graph.") for line in lines if " is defined by " in line]
    assert names == ["own", *expected]


def test_what_a_type_says_of_its_base_comes_first(tmp_path):
    cat = said(PAGES["cat.md"], "It is the base type for [own](own.md).")
    lines = chain(write(tmp_path, {**PAGES, "cat.md": cat, "own.md": based("own", "dog"), "docextract.toml": ""}))
    names = [line.split()[0].removeprefix("microsoft.graph.") for line in lines if " is defined by " in line]
    assert names == ["own", "dog", "animal"]


def test_the_heirs_of_types_are_all_whose_chains_have_them(corpus, monkeypatch):
    """They are sought among those whose texts mention them."""
    monkeypatch.chdir(corpus)
    docset = load(["."])[0].docset
    ancestry, heirs = docset.registry.ancestry, defaultdict(list)
    for root, names in docset.catalogue.index.type_names.items():
        for name in names:
            for base in ancestry.chain(root, name)[1:]:
                heirs[root, base].append(name)
        assert {name: ancestry.heirs(root, name) for name in names} == {name: heirs[root, name] for name in names}
    assert len(heirs) > 10
