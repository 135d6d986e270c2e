"""What an error of one typology is scored as in another: everything has a counterpart or is told."""

from __future__ import annotations

import pytest
from support_review import error

from aligner.review.typologies import TYPOLOGIES, convert, load
from aligner.review.typologies.mapping import tables

CORE, GOOGLE, ESA = load(), load("google-mqm"), load("esa")
NO_COUNTERPART = {
    "accuracy/creative reinterpretation", "locale convention/name format", "other", "non-translation", "source issue",
}  # fmt: skip


def test_every_name_in_a_table_is_one_of_its_typologies() -> None:
    known = {(load(name).id, load(name).version): load(name) for name in TYPOLOGIES}
    for (source, target), table in tables().items():
        made, wanted = known[source], known[target]
        assert set(table.severities) <= set(made.order)
        assert set(table.severities.values()) <= set(wanted.order)
        assert set(table.categories) <= {category.id for category in made.categories}
        assert set(table.categories.values()) <= {category.id for category in wanted.categories}


@pytest.mark.parametrize("severity", CORE.order)
@pytest.mark.parametrize("category", [category.id for category in CORE.categories])
def test_every_error_of_the_core_has_one_of_googles(category: str, severity: str) -> None:
    one = error(category, severity)
    (found,) = convert([one], GOOGLE).errors
    assert (found.id, found.source, found.target, found.typology) == (one.id, one.source, one.target, "google-mqm")
    assert found.severity == {"critical": "major"}.get(severity, severity)


def test_what_the_core_lacks_of_googles_is_told() -> None:
    made = [error(category.id, "minor", typology="google-mqm") for category in GOOGLE.categories]
    found = convert(made, CORE)
    assert {each.annotation.category for each in found.uncounted} == NO_COUNTERPART
    assert len(found.errors) + len(found.uncounted) == len(made)
    assert (
        "no counterpart of 'other' of google-mqm 2021"
        in {each.annotation.category: each.reason for each in found.uncounted}["other"]
    )


def test_severities_alone_lead_to_esa_and_nothing_leads_from_it() -> None:
    made = [error("accuracy/addition", severity) for severity in CORE.order]
    found = convert(made, ESA)
    assert [(each.category, each.severity) for each in found.errors] == [("", "minor"), ("", "major"), ("", "major")]
    assert [each.annotation.severity for each in found.uncounted] == ["neutral"]
    (left,) = convert([error("", "minor", typology="esa")], CORE).uncounted
    assert left.reason == "made in esa 2024, and no table leads from there to mqm-core 2.0"


def test_an_error_stays_as_it_is_in_its_own_typology() -> None:
    one = error("accuracy/addition", "critical")
    assert convert([one], CORE).errors == (one,)
