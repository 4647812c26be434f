"""Cases of the rules on adopters."""

from functools import partial

from rule_building import Drawn, a_child, placed, the_adopters
from rule_cases import Cases, cases
from rule_cases import fails as fails_in
from rule_cases import passes as passes_in

passes, fails = partial(passes_in, kind="ssda903"), partial(fails_in, kind="ssda903")


def _adopted(former_carer: str | None, placement_type: str | None, **ended: str | None) -> Drawn:
    ended = {"end_reason": "E12"} | ended
    adopted = placed("2025-04-01", "2025-10-01", placement_type=placement_type, **ended)
    return a_child(adopted, the_adopters(foster_carer_adopter=former_carer))


def _codes(rule_id: str, column: str, good: tuple[str, ...], bad: tuple[str, ...]) -> Cases:
    """A column that must hold one of these codes, or none."""
    return cases(
        rule_id,
        passing=passes(the_adopters()),
        failing=fails(the_adopters(**{column: bad[0]})),
        boundary=(
            *(passes(the_adopters(**{column: code})) for code in good),
            *(fails(the_adopters(**{column: code})) for code in bad),
        ),
        null=passes(the_adopters(**{column: None})),
    )


def _status(rule_id: str, status: str, good: tuple[str, ...], bad: tuple[str, ...]) -> Cases:
    """A legal status that only adopters of some codes can have."""
    those = partial(the_adopters, adopter_legal_status=status)
    return cases(
        rule_id,
        passing=passes(those(adopter_sex=good[0])),
        failing=fails(those(adopter_sex=bad[0])),
        boundary=(
            *(passes(those(adopter_sex=code)) for code in good),
            *(fails(those(adopter_sex=code)) for code in bad),
            passes(the_adopters(adopter_legal_status="L9", adopter_sex=bad[0])),
        ),
        null=(fails(those(adopter_sex=None)), passes(the_adopters(adopter_legal_status=None, adopter_sex=bad[0]))),
    )


CASES = (
    _codes("903-114", "foster_carer_adopter", ("0", "1"), ("2", "Y")),
    cases(
        "903-151",
        passing=passes(the_adopters()),
        failing=fails(the_adopters(matched_date=None)),
        boundary=(
            fails(the_adopters(adopter_sex=None, adopter_number=None, adopter_legal_status=None, matched_date=None)),
            fails(the_adopters(ad1_decision_date=None)),
        ),
        null=passes(
            the_adopters(
                ad1_decision_date=None,
                matched_date=None,
                foster_carer_adopter=None,
                adopter_number=None,
                adopter_sex=None,
                adopter_legal_status=None,
            )
        ),
    ),
    _codes("903-175", "adopter_number", ("1", "2"), ("0", "3")),
    _codes("903-176", "adopter_sex", ("M1", "F1", "MM", "FF", "MF"), ("M", "FM")),
    _codes("903-177", "adopter_legal_status", ("L0", "L11", "L12", "L2", "L3", "L4"), ("L1", "L5")),
    cases(
        "903-335",
        passing=passes(_adopted("0", "A4")),
        failing=(fails(_adopted("0", "A3")), fails(_adopted("1", "A6"))),
        boundary=(
            passes(_adopted("1", "A2")),
            fails(_adopted("0", "A5", end_reason="E11")),
            fails(_adopted("1", "A1", end_reason="E1")),
            passes(_adopted("1", "A1", end_reason="E4A")),
            passes(_adopted("0", "U4")),
        ),
        null=(passes(_adopted(None, "A3")), passes(_adopted("0", None)), passes(_adopted("0", "A3", end_reason=None))),
    ),
    cases(
        "903-511",
        passing=passes(the_adopters(adopter_number="2", adopter_sex="MF")),
        failing=fails(the_adopters(adopter_number="2", adopter_sex="M1")),
        boundary=(
            fails(the_adopters(adopter_number="2", adopter_sex="F1")),
            passes(the_adopters(adopter_number="1", adopter_sex="F1")),
        ),
        null=(
            passes(the_adopters(adopter_number=None, adopter_sex="F1")),
            passes(the_adopters(adopter_number="2", adopter_sex=None)),
        ),
    ),
    _status("903-514", "L0", ("M1", "F1"), ("MF", "MM")),
    _status("903-517", "L3", ("MF",), ("MM", "F1")),
    _status("903-518", "L4", ("MM", "FF"), ("MF", "M1")),
    _status("903-519", "L2", ("MM", "FF", "MF"), ("M1", "F1")),
    _status("903-520", "L11", ("MF",), ("FF", "M1")),
    _status("903-524", "L12", ("MM", "FF"), ("MF", "F1")),
)
