"""Faults that only the SSDA903 of one other year is asked about, by that year.

Days are those of 2025/26, as everywhere here; the return is written with all of them moved to its own year.
"""

from typing import Any

from planted_return_adoption import decided, stands
from planted_return_children import CHILDRENS_HOME, fostered, in_home, newly_in_care, supported, went_home
from planted_return_details import NO_DAY, born
from planted_return_episodes import FIRST, both, every
from planting import Change, Plant, add, drop, plant, put

_ORDER = "now.DoLo"
_WORKER = "now.SWEpisodes.0"
_P2 = (*both("PLACE", "P2"), *both("URN", ""))
_REVERSED = (decided(("2024-10-14", "2025-06-02", "RD1")), decided(stands("2024-10-14"), before=True))
_SINCE_2005 = "who is a child now came under the order since"


def _ended_before_the_order() -> tuple[Change, ...]:
    return (
        put(f"{FIRST}.DEC", "2025-10-20"),
        put(f"{FIRST}.REC", "E4A"),
        put(f"{_WORKER}.SW_DEC", "2025-10-20"),
        drop("now.OC2"),
    )


def _in_home_at_birth(child: Any) -> None:
    """In a children's home from birth, and deprived of liberty from that day."""
    child["now"]["Episodes"][0] |= {"PLACE": "K2", "PLACE_PROVIDER": "PR4", "URN": CHILDRENS_HOME}
    child["now"]["DoLo"] = [{"DOLO_START": "2025-06-02", "DOLO_END": "2025-07-01"}]


OF_2024 = (
    plant(
        "CSC-224",
        went_home,
        *_P2,
        born("2008-08-23"),
        put(f"{FIRST}.DEC", "2025-10-30"),
    ),
    plant("CSC-234", went_home, *_P2),
    plant(
        "903-230",
        went_home,
        born("2008-08-23"),
        *both("PLACE", "H5"),
        *both("URN", ""),
        put(f"{FIRST}.DEC", "2025-11-10"),
    ),
    plant("903-445", went_home, *both("LS", "D1"), *_REVERSED),
    plant(
        "903-451",
        fostered,
        every("LS", "D1"),
        decided(stands("2024-08-06")),
        decided(stands("2024-08-06"), before=True),
        beside=("903-445",),
        note=_SINCE_2005,
    ),
    plant("903-555", fostered, every("LS", "D1"), beside=("903-445", "903-451"), note=_SINCE_2005),
    plant(
        "903-556",
        went_home,
        *both("LS", "D1"),
        decided(("2024-12-03", "2025-06-02", "RD1")),
        decided(stands("2024-12-03"), before=True),
        beside=("903-445",),
        note=_SINCE_2005,
    ),
    plant("903-SW01STG1", in_home, drop("now.SWEpisodes")),
    plant(
        "903-SW03STG1",
        went_home,
        put(f"{_WORKER}.SW_REASON", ""),
        beside=("903-SW13STG1",),
        note="both ask for a reason",
    ),
    plant("903-SW11aSTG2", fostered, put("now.SWEpisodes.1.SW_DECOM", "2025-09-07")),
    plant(
        "903-SW14STG2",
        fostered,
        put(f"{_WORKER}.SW_DEC", ""),
        beside=("CSC-324", "CSC-325"),
        note="a worker whom another follows should have ended, and then",
    ),
)
OF_2025 = (plant("CSC-052", in_home, put(f"{_WORKER}.SW_DECOM", "")),)
OF_2027 = (
    plant("903-700", in_home, put(f"{_ORDER}.0.DOLO_START", "")),
    plant("903-701", in_home, put(f"{_ORDER}.0.DOLO_END", NO_DAY)),
    plant("903-702", in_home, put(f"{_ORDER}.0.DOLO_END", "2025-11-10")),
    plant("903-703", in_home, put(f"{_ORDER}.0.DOLO_START", "2026-04-02"), put(f"{_ORDER}.0.DOLO_END", "")),
    plant("903-704", in_home, put(f"{_ORDER}.0.DOLO_END", "2026-04-10")),
    plant("903-705", in_home, add(_ORDER, {"DOLO_START": "2025-12-01", "DOLO_END": "2026-02-02"})),
    plant("903-706", in_home, put("before.DoLo", [{"DOLO_START": "2025-02-10"}])),
    plant("903-707", in_home, *_ended_before_the_order()),
    plant("903-708", newly_in_care, born("2025-06-02"), drop("now.Reviews"), _in_home_at_birth),
    plant("903-709", fostered, put(_ORDER, [{"DOLO_START": "2025-11-10", "DOLO_END": "2026-01-05"}])),
    plant(
        "903-710",
        supported,
        put(_ORDER, [{"DOLO_START": "2025-11-10", "DOLO_END": "2026-01-05"}]),
        beside=("903-709",),
        note="where there can be none, none is expected",
    ),
)

BY_YEAR: dict[int, tuple[Plant, ...]] = {2024: OF_2024, 2025: OF_2025, 2027: OF_2027}
