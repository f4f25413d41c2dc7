"""The checks: one module per close family; a check's docstring is its page in the manual."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docextract.checks import (
    annotation,
    http,
    json_text,
    leftovers,
    members,
    pairing,
    reading,
    status,
    suppressions,
    tables,
    types,
    values,
)

if TYPE_CHECKING:
    from docextract.checks.base import Check

#: All checks, in the order of the manual.
CHECKS: tuple[Check, ...] = (
    reading.front_matter,
    reading.page_unreadable,
    reading.page_too_large,
    leftovers.unclosed_fence,
    leftovers.merge_conflict,
    leftovers.leftover,
    annotation.annotation_syntax,
    annotation.annotation_block_type,
    annotation.annotation_key,
    annotation.annotation_unbound,
    http.http_syntax,
    http.http_form,
    http.header_after_blank,
    status.reason_phrase,
    status.status_prose,
    status.body_unexpected,
    status.body_missing,
    status.content_type,
    status.content_length,
    status.content_type_empty,
    json_text.json_syntax,
    json_text.json_duplicate_member,
    pairing.missing_response,
    pairing.missing_request,
    pairing.half_annotated_exchange,
    pairing.duplicate_name,
    pairing.unknown_name,
    types.unknown_type,
    types.ambiguous_type,
    types.unresolved_type,
    types.type_mismatch,
    types.collection_undeclared,
    types.expected_collection,
    types.expected_object,
    types.wrapped_entity,
    types.unknown_base_type,
    types.base_type_cycle,
    members.undeclared_property,
    members.undeclared_open,
    members.open_near_miss,
    members.untagged_derived,
    members.property_case,
    members.missing_property,
    values.wrong_type,
    values.wrong_format,
    values.out_of_range,
    values.enum_value,
    values.enum_case,
    values.not_nullable,
    values.null_collection,
    values.placeholder,
    tables.table_row,
    tables.table_lost,
    tables.duplicate_property,
    suppressions.unused_suppression,
)
BY_ID: dict[str, Check] = {check.id: check for check in CHECKS}
