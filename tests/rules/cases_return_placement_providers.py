"""Cases of the rules on an SSDA903 episode beside the provider that Ofsted has under its URN."""

from functools import partial
from typing import Any

from rule_building import Drawn, a_placement, a_provider
from rule_cases import Verdict, cases, fails, passes

_passes = partial(passes, kind="ssda903")
_fails = partial(fails, kind="ssda903")
_OF_2025 = {"as_of": "2025-03-31", "period_start": "2024-04-01"}
_OF_2024 = {"as_of": "2024-03-31", "period_start": "2023-04-01"}
_OF_2023 = {"as_of": "2023-03-31", "period_start": "2022-04-01"}


def _with(judge: Any, *providers: Drawn, year: dict[str, str] | None = None, **values: Any) -> Verdict:
    """One episode at the provider's, judged beside these providers (default one with everything as in the episode)."""
    default = {
        "urn": "1234567",
        "placement_type": "K2",
        "placement_provider": "PR1",
        "placement_postcode": "ab1 2cd",
        "legal_status": "C2",
    }
    return judge(a_placement(**(default | values)), *(providers or (a_provider(),)), **(year or {}))


_OF_ANOTHER = a_provider(urn="7654321")
_IN_205 = a_provider(la_code="205")

CASES = (
    cases(
        "903-1008",
        passing=_with(_passes),
        failing=_with(_fails, urn="7654321"),
        boundary=(
            _with(_passes, urn="XXXXXXX"),
            _with(_passes, _OF_ANOTHER, a_provider()),
            _with(_fails, urn="123456"),
        ),
        null=(_with(_passes, urn=None), _passes(a_placement(urn="7654321"))),
    ),
    cases(
        "903-219",
        passing=_with(_passes),
        failing=_with(_fails, placement_type="U4"),
        boundary=(
            _with(_passes, urn="XXXXXXX", placement_type="U4"),
            _with(_passes, urn="7654321", placement_type="U4"),
            _with(_passes, a_provider(), a_provider(placement_types=["K1", "U4"]), placement_type="U4"),
        ),
        null=(
            _with(_fails, placement_type=None),
            _with(_passes, urn=None, placement_type="U4"),
            _with(_passes, a_provider(placement_types=None)),
            _with(_passes, a_provider(placement_types=[])),
        ),
    ),
    cases(
        "903-221",
        passing=_with(_passes),
        failing=_with(_fails, placement_postcode="AB1 2CE"),
        boundary=(
            _with(_passes, placement_postcode="AB1 2CE", legal_status="V3"),
            _with(_passes, placement_postcode="AB1 2CE", urn="7654321"),
            _with(_passes, placement_postcode="AB1 2CE", placement_type="U4"),
            _with(_passes, a_provider(), a_provider(postcode="AB12CE"), placement_postcode="AB1 2CE"),
            _with(_fails, placement_postcode="AB1 2CE", placement_type="S1"),
            _with(_fails, placement_postcode="AB1 2CE", placement_type="K3"),
            _with(_fails, placement_postcode="AB1 2CE", placement_type="K3", year=_OF_2025),
            _with(_passes, placement_postcode="AB1 2CE", placement_type="K3", year=_OF_2024),
            _with(_passes, placement_postcode="AB1 2CE", placement_type="H5", year=_OF_2025),
            _with(_fails, placement_postcode="AB1 2CE", placement_type="H5", year=_OF_2024),
            _with(_passes, placement_postcode="AB1 2CE", placement_type="H5", year=_OF_2023),
        ),
        null=(
            _with(_passes, placement_postcode=None),
            _with(_passes, a_provider(postcode=None)),
            _with(_fails, placement_postcode="AB1 2CE", legal_status=None),
            _with(_passes, placement_postcode="AB1 2CE", placement_type=None),
            _with(_passes, placement_postcode="AB1 2CE", urn=None),
        ),
    ),
    cases(
        "903-224",
        passing=_with(_passes),
        failing=_with(_fails, placement_provider="PR4"),
        boundary=(
            _with(_passes, a_provider(provider_codes=["PR1", "PR4"]), placement_provider="PR4"),
            _with(_passes, urn="7654321", placement_provider="PR4"),
            _with(_passes, urn="XXXXXXX", placement_provider="PR4"),
        ),
        null=(
            _with(_fails, placement_provider=None),
            _with(_passes, a_provider(provider_codes=None)),
            _with(_passes, urn=None, placement_provider="PR4"),
        ),
    ),
    cases(
        "903-227",
        passing=_with(_passes, a_provider(deregistered="2025-12-01"), start_date="2025-07-01"),
        failing=_with(_fails, a_provider(deregistered="2024-12-01"), start_date="2025-07-01"),
        boundary=(
            _with(_fails, a_provider(deregistered="2025-07-01"), start_date="2025-07-01"),
            _with(_passes, a_provider(deregistered="2025-07-02"), start_date="2025-07-01"),
            _with(_passes, a_provider(deregistered="2024-12-01"), a_provider(), start_date="2025-07-01"),
            _with(_passes, a_provider(deregistered="2024-12-01"), urn="XXXXXXX"),
        ),
        null=(
            _with(_passes, a_provider(deregistered=None)),
            _with(_passes, a_provider(deregistered="2024-12-01"), start_date=None),
            _with(_passes, a_provider(deregistered="2024-12-01"), urn=None),
        ),
    ),
    cases(
        "903-228",
        passing=_with(_passes, a_provider(deregistered="2025-12-01"), end_date="2025-09-01"),
        failing=_with(_fails, a_provider(deregistered="2025-12-01"), end_date="2026-01-01"),
        boundary=(
            _with(_passes, a_provider(deregistered="2025-12-01"), end_date="2025-12-01"),
            _with(_fails, a_provider(deregistered="2025-12-01"), end_date="2025-12-02"),
            _with(_fails, a_provider(deregistered="2026-03-30")),
            _with(_passes, a_provider(deregistered="2026-03-31")),
            _with(_passes, a_provider(deregistered="2025-12-01"), urn="XXXXXXX"),
        ),
        null=(
            _with(_passes, a_provider(deregistered=None)),
            _with(_fails, a_provider(deregistered="2025-12-01"), end_date=None),
            _with(_passes, a_provider(deregistered="2025-12-01"), urn=None),
        ),
    ),
    cases(
        "903-229",
        passing=(_with(_passes), _with(_passes, _IN_205, placement_provider="PR2")),
        failing=(_with(_fails, _IN_205), _with(_fails, placement_provider="PR2")),
        boundary=(
            _with(_passes, _IN_205, placement_provider="PR4"),
            _with(_passes, _IN_205, urn="7654321"),
            _with(_passes, _IN_205, a_provider()),
            _with(_passes, _IN_205, placement_type="K3"),
            _with(_fails, _IN_205, placement_type="K3", year=_OF_2025),
            _with(_passes, _IN_205, placement_type="T4"),
            _with(_fails, _IN_205, placement_type="T4", year=_OF_2025),
            _with(_passes, _IN_205, placement_type="Z11"),
        ),
        null=(
            _with(_passes, a_provider(la_code=None)),
            _with(_passes, _IN_205, placement_provider=None),
            _with(_fails, _IN_205, placement_type=None),
            _with(_passes, _IN_205, urn=None),
        ),
    ),
)
