"""The weight of a finding, which may differ between the feed and the returns, and between the returns."""

import pytest

from quality.rules.catalogue import catalogue, entry_of

ROW = {
    "rule_id": "X-1", "category": "code", "severity": "error", "severity_return": "", "entity": "children",
    "fields": "sex", "applies_to": "payload;cin;ssda903", "judged_by": "rule", "dfe_code_cin": "", "dfe_code_903": "",
    "first_year": "", "last_year": "", "message": "m", "condition": "c", "notes": "",
}  # fmt: skip


@pytest.mark.parametrize(
    ("severity_return", "by_kind"),
    [
        ("", ("error", "error", "error")),
        ("warning", ("error", "warning", "warning")),
        ("cin:error;ssda903:warning", ("error", "error", "warning")),
        ("ssda903:warning", ("error", "error", "warning")),
        ("cin:reject", ("error", "reject", "error")),
    ],
)
def test_a_weight_in_returns_is_one_for_both_or_one_for_each(
    severity_return: str, by_kind: tuple[str, str, str]
) -> None:
    entry = entry_of(ROW | {"severity_return": severity_return})
    assert tuple(entry.severity_for(kind) for kind in ("payload", "cin", "ssda903")) == by_kind


@pytest.mark.parametrize("wrong", ["bad", "cin:bad", "payload:error", "903:error", "cin:error;warning", "cin:"])
def test_a_weight_that_is_none_is_an_error_that_names_the_rule(wrong: str) -> None:
    with pytest.raises(ValueError, match="X-1"):
        entry_of(ROW | {"severity_return": wrong})


@pytest.mark.parametrize("rule_id", ["CSC-103", "CSC-104"])
def test_what_is_only_a_rule_of_the_census_is_a_warning_in_the_other_return(rule_id: str) -> None:
    entry = catalogue()[rule_id]
    assert [entry.severity_for(kind) for kind in ("payload", "cin", "ssda903")] == ["error", "error", "warning"]
