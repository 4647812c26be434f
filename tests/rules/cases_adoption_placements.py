"""Cases of the rules on adoption and placements together."""

from functools import partial

from rule_building import Drawn, a_child, a_placing_decision, an_adoption, an_episode, placed, the_adopters
from rule_cases import Cases, cases, fails, passes

in_return = {"kind": "ssda903"}
before_2025 = {"kind": "ssda903", "as_of": "2024-03-31", "period_start": "2023-04-01"}
for_adoption = partial(placed, placement_type="A5")
adopted = partial(placed, placement_type="A5", end_reason="E12")
a_reversal = {"decision_reversed_date": "2025-12-01", "decision_reversed_reason": "RD1"}
# Someone else's, so that the table is among those sent.
another_child = a_child(a_placing_decision())


def _beside(*placements: Drawn, **dates: str | None) -> Drawn:
    """A child with these placements and an adoption with these dates, as a payload gives it."""
    return a_child(an_episode(*placements, an_adoption(**dates)))


def _decided(*placements: Drawn, **values: str | None) -> Drawn:
    return a_child(*placements, a_placing_decision(**values))


def _in_ad1(*placements: Drawn, **values: str | None) -> Drawn:
    return a_child(*placements, the_adopters(**values))


def _without_decision(rule_id: str, order: str, **options: str) -> Cases:
    """Episodes under an order that needs a standing decision."""
    under = partial(placed, "2025-09-01", legal_status=order)
    return cases(
        rule_id,
        passing=passes(_decided(under()), **options),
        failing=(
            fails(a_child(under()), another_child, **options),
            fails(_decided(under(), **a_reversal), **options),
        ),
        boundary=(
            fails(_decided(under(), decision_reversed_reason="RD1"), **options),
            passes(_decided(under("2025-11-01"), **a_reversal), **options),
            passes(a_child(placed("2025-09-01", legal_status="C2")), another_child, **options),
            fails(a_child(under(), the_adopters()), another_child, **options),
            # the table did not come
            passes(a_child(under(), the_adopters()), **options),
        ),
        null=passes(a_child(placed("2025-09-01", legal_status=None)), another_child, **options),
    )


def _decided_after(rule_id: str, order: str, **options: str) -> Cases:
    """Decisions held against the first episode under an order."""
    under = partial(placed, legal_status=order)
    return cases(
        rule_id,
        passing=passes(_decided(under("2025-09-01")), **options),
        failing=fails(_decided(under("2025-07-01"), under("2025-09-01")), **options),
        boundary=(
            passes(_decided(under("2025-08-01")), **options),
            fails(_decided(under("2025-07-31")), **options),
            passes(_decided(placed("2025-07-01", legal_status="C2")), **options),
        ),
        null=(
            passes(_decided(under(None)), **options),
            passes(_decided(under("2025-07-01"), placed_adoption_decision_date=None), **options),
        ),
    )


CASES = (
    cases(
        "CSC-270",
        passing=_beside(adopted("2025-10-01", "2026-01-01"), matched_date="2025-09-01"),
        failing=(
            _beside(adopted("2025-10-01", "2026-01-01"), matched_date="2025-11-01"),
            fails(_in_ad1(adopted("2025-08-01", "2026-01-01")), **in_return),
        ),
        boundary=(
            passes(_beside(adopted("2025-10-01", "2026-01-01"), matched_date="2025-10-01")),
            fails(_beside(adopted("2025-10-01", "2026-01-01", end_reason="E11"), matched_date="2025-10-02")),
            passes(_beside(for_adoption("2025-10-01", "2026-01-01", end_reason="E4A"), matched_date="2025-11-01")),
        ),
        null=(
            _beside(adopted("2025-10-01", "2026-01-01"), matched_date=None),
            _beside(adopted(None, "2026-01-01"), matched_date="2025-11-01"),
        ),
    ),
    cases(
        "CSC-271",
        passing=_beside(adopted("2025-10-01", "2026-01-01"), matched_date="2025-09-01"),
        failing=(
            _beside(adopted("2025-10-01", "2026-01-01"), matched_date="2026-01-01"),
            fails(_in_ad1(adopted("2025-08-01", "2025-09-01")), **in_return),
        ),
        boundary=(
            passes(_beside(adopted("2025-10-01", "2026-01-01"), matched_date="2025-12-31")),
            passes(_beside(for_adoption("2025-10-01", "2026-01-01", end_reason="E4A"), matched_date="2026-01-01")),
        ),
        null=(
            _beside(adopted("2025-10-01", None), matched_date="2026-01-01"),
            _beside(adopted("2025-10-01", "2026-01-01"), matched_date=None),
        ),
    ),
    cases(
        "CSC-272",
        passing=(_beside(for_adoption("2025-10-01")), passes(_decided(for_adoption("2025-10-01")), **in_return)),
        failing=(
            fails(for_adoption("2025-10-01"), severity="warning"),
            fails(a_child(for_adoption("2025-10-01")), another_child, severity="error", **in_return),
        ),
        boundary=(
            passes(placed("2025-10-01", placement_type="A2")),
            fails(placed("2025-10-01", placement_type="A6")),
            fails(a_child(for_adoption("2025-10-01"), the_adopters()), another_child, **in_return),
            passes(a_child(for_adoption("2025-10-01"), the_adopters()), **in_return),
        ),
        null=(
            placed("2025-10-01", placement_type=None),
            fails(_beside(for_adoption("2025-10-01"), initial_decision_date=None)),
            fails(_decided(for_adoption("2025-10-01"), placed_adoption_decision_date=None), **in_return),
        ),
    ),
    cases(
        "CSC-273",
        passing=(
            _beside(adopted("2025-10-01", "2026-01-01"), matched_date="2025-09-01"),
            passes(_in_ad1(adopted("2025-10-01", "2026-01-01")), **in_return),
        ),
        failing=(
            _beside(adopted("2025-10-01", "2026-01-01")),
            adopted("2025-10-01", "2026-01-01"),
            fails(_in_ad1(adopted("2025-10-01", "2026-01-01"), adopter_sex=None), **in_return),
        ),
        boundary=(
            fails(adopted("2023-01-01", "2023-04-01")),
            passes(adopted("2023-01-01", "2023-03-31")),
            passes(for_adoption("2025-10-01", "2026-01-01", end_reason="E4A")),
            fails(_in_ad1(adopted("2025-01-01", "2025-04-01"), matched_date=None), **in_return),
            passes(_in_ad1(adopted("2025-01-01", "2025-03-31"), matched_date=None), **in_return),
            passes(_decided(adopted("2025-10-01", "2026-01-01")), **in_return),
        ),
        null=(
            fails(_beside(adopted("2025-10-01", "2026-01-01"), initial_decision_date=None, matched_date="2025-09-01")),
            passes(adopted("2025-10-01", None)),
        ),
    ),
    cases(
        "CSC-274",
        passing=_beside(for_adoption("2025-10-01"), placed_date="2025-10-01"),
        failing=_beside(for_adoption("2025-10-01"), placed_date="2025-11-01"),
        boundary=(
            passes(_beside(for_adoption("2025-09-01"), for_adoption("2025-10-01"), placed_date="2025-10-01")),
            fails(_beside(for_adoption("2025-10-01"), placed_date="2025-10-02")),
            fails(_beside(placed("2025-10-01", placement_type="A2"), placed_date="2025-10-01")),
            fails(_beside(placed_date="2025-10-01")),
        ),
        null=(_beside(for_adoption("2025-10-01")), fails(_beside(for_adoption(None), placed_date="2025-10-01"))),
    ),
    cases(
        "CSC-275",
        passing=a_child(an_episode(adopted("2025-10-01", "2026-01-01"), closure_reason="RC1")),
        failing=a_child(an_episode(adopted("2025-10-01", "2026-01-01"), closure_reason="RC3")),
        boundary=(
            fails(a_child(an_episode(adopted("2025-10-01", "2026-01-01", end_reason="E11"), closure_reason="RC8"))),
            passes(
                a_child(an_episode(placed("2025-10-01", "2026-01-01", end_reason="E4A"), closure_reason="RC3")),
            ),
        ),
        null=(
            a_child(an_episode(adopted("2025-10-01", "2026-01-01"), closure_reason=None)),
            a_child(an_episode(placed("2025-10-01", end_reason=None), closure_reason="RC3")),
        ),
    ),
    _without_decision("903-553", "E1", **in_return),
    _decided_after("903-554", "E1", **in_return),
    _without_decision("903-555", "D1", **before_2025),
    _decided_after("903-556", "D1", **before_2025),
    cases(
        "903-557",
        passing=passes(_decided(for_adoption("2025-09-01", "2025-12-01", end_reason="E4A"), **a_reversal), **in_return),
        failing=(
            fails(_decided(for_adoption("2025-09-01", "2025-12-01", end_reason="E4A")), **in_return),
            fails(a_child(for_adoption("2025-09-01", "2025-12-01", end_reason="E4A")), another_child, **in_return),
        ),
        boundary=(
            passes(_decided(adopted("2025-09-01", "2025-12-01")), **in_return),
            passes(_decided(for_adoption("2025-09-01", "2025-12-01", end_reason="X1")), **in_return),
            passes(_decided(placed("2025-09-01", "2025-12-01", end_reason="E4A")), **in_return),
            fails(_decided(placed("2025-09-01", end_reason="E4A", legal_status="E1")), **in_return),
            passes(_decided(placed("2025-09-01", end_reason="E4A", legal_status="D1")), **in_return),
            fails(_decided(placed("2023-09-01", end_reason="E4A", legal_status="D1")), **before_2025),
            fails(
                _decided(
                    for_adoption("2025-09-01", "2025-12-01", end_reason="E4A"), decision_reversed_date="2025-12-01"
                ),
                **in_return,
            ),
            passes(
                a_child(for_adoption("2025-09-01", "2025-12-01", end_reason="E4A"), the_adopters()),
                **in_return,
            ),
        ),
        null=(
            passes(_decided(for_adoption("2025-09-01", "2025-12-01", end_reason=None)), **in_return),
            passes(_decided(placed("2025-09-01", placement_type=None, end_reason="E4A")), **in_return),
        ),
    ),
    cases(
        "903-558",
        passing=passes(_decided(adopted("2025-10-01", "2026-01-01")), **in_return),
        failing=fails(
            a_child(
                adopted("2025-10-01", "2026-01-01"),
                a_placing_decision(**a_reversal),
                a_placing_decision(decision_reversed_date="2025-12-02"),
            ),
            rows=(0, 1),
            **in_return,
        ),
        boundary=(
            passes(_decided(adopted("2025-10-01", "2026-01-01"), **a_reversal), **in_return),
            passes(
                a_child(
                    placed("2025-10-01", "2026-01-01", end_reason="E4A"),
                    a_placing_decision(**a_reversal),
                    a_placing_decision(**a_reversal),
                ),
                **in_return,
            ),
        ),
        null=passes(
            a_child(adopted("2025-10-01", "2026-01-01"), a_placing_decision(**a_reversal), a_placing_decision()),
            **in_return,
        ),
    ),
    cases(
        "903-602",
        passing=passes(_in_ad1(adopted("2025-10-01", "2026-01-01")), **in_return),
        failing=fails(_in_ad1(placed("2025-10-01", "2026-01-01", end_reason="E4A")), **in_return),
        boundary=(
            passes(_in_ad1(adopted("2025-01-01", "2025-04-01", end_reason="E11")), **in_return),
            fails(_in_ad1(adopted("2025-01-01", "2025-03-31")), **in_return),
            passes(_decided(placed("2025-10-01")), **in_return),
        ),
        null=(fails(_in_ad1(adopted("2025-10-01", None)), **in_return),),
    ),
)
