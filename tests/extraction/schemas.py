"""Bodies of fixtures held against the schemas that are written beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource

from docextract.contract.formats import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable


def format_checker() -> FormatChecker:
    """Return the forms of the primitives of OData."""
    checker = FormatChecker(formats=())
    for name, has_form in FORMATS.items():
        checker.checks(name)(has_form)
    return checker


def validator(bundle: dict[str, Any]) -> Callable[[dict[str, Any]], bool]:
    """Return the test whether the response of a fixture, as it was written, fits its schema."""
    Draft202012Validator.check_schema(bundle)
    checker = format_checker()
    by_reference: dict[str, Draft202012Validator] = {}

    def fits(fixture: dict[str, Any]) -> bool:
        reference = fixture["schema"]["$ref"]
        if reference not in by_reference:
            # Where the file of the fixture stands, the reference leads to the bundle.
            registry = Registry().with_resource("file:///schemas.json", Resource.from_contents(bundle))
            schema = {"$id": f"file:///{fixture['id']}.json", "$ref": reference}
            by_reference[reference] = Draft202012Validator(schema, registry=registry, format_checker=checker)
        return by_reference[reference].is_valid(fixture["response"]["body"])

    return fits
