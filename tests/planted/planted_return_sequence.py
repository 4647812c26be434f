"""Faults in how one SSDA903 episode follows another, and in short breaks and legal statuses that may not last."""

from typing import Any

from planted_places import HOME, PLACED, PLACED_NEXT, RESPITE
from planted_return_children import (
    ANY_PROVIDER,
    episode,
    fostered,
    newly_arrived,
    newly_in_care,
    on_short_breaks,
    placed_for_adoption,
    worker,
)
from planted_return_details import EPISODES
from planted_return_episodes import FIRST, SECOND, THIRD, both
from planting import Change, drop, plant, put


def new_worker(*days: str) -> Change:
    """Workers of newly_in_care, each from one of these days to the next."""
    spells = [
        worker(f"SW9{n}{day[-2:]}", day, end) for n, (day, end) in enumerate(zip(days, [*days[1:], ""], strict=True))
    ]
    return lambda child: child["now"].update(
        SWEpisodes=[{"DOB": child["now"]["Header"][0]["DOB"], **s} for s in spells]
    )


_BACK_ANEW = (put(f"{SECOND}.RNE", "S"), new_worker("2025-06-02", "2025-12-15"))


def _left(day: str, reason: str = "E4A") -> tuple[Change, ...]:
    return put(f"{FIRST}.DEC", day), put(f"{FIRST}.REC", reason), drop(f"{FIRST}.REASON_PLACE_CHANGE")


def _holidays(child: Any) -> list[dict[str, str]]:
    """Three stays elsewhere, with the same carers before, between and after."""
    days = ["2025-08-04", "2025-08-18", "2025-10-06", "2025-10-13", "2026-01-05", "2026-01-12"]
    rows = [child["now"]["Episodes"][0]]
    for n, day in enumerate(days):
        sort, where = (("T3", RESPITE), ("U4", PLACED_NEXT))[n % 2]
        end = (days[n + 1], "X1") if n + 1 < len(days) else None
        rows.append(episode(day, "P", "C2", sort, where, end))
    return rows


SEQUENCE = (
    plant(
        "CSC-307",
        newly_in_care,
        drop(*(f"{FIRST}.{name}" for name in ("DEC", "REC", "REASON_PLACE_CHANGE"))),
        *_BACK_ANEW,
    ),
    plant(
        "CSC-308",
        newly_in_care,
        *_left("2025-12-22"),
        *_BACK_ANEW,
        beside=("CSC-309",),
        note="a period of care that starts in another starts by its end",
    ),
    plant("CSC-309", newly_in_care, *_BACK_ANEW),
    plant("CSC-310", newly_in_care, *_left("2025-12-10"), put(f"{SECOND}.RNE", "")),
    plant(
        "CSC-311",
        newly_in_care,
        put(f"{SECOND}.DECOM", "2025-12-22"),
        beside=("CSC-312",),
        note="the gap is seen from both sides of it",
    ),
    plant("CSC-312", newly_in_care, put(f"{SECOND}.DEC", "2026-02-02"), put(f"{SECOND}.REC", "X1")),
    plant("CSC-313", newly_in_care, *_left("2025-12-08", "E15"), *_BACK_ANEW),
    plant("CSC-314", on_short_breaks, put(f"{FIRST}.RNE", "P")),
    plant(
        "CSC-315",
        placed_for_adoption,
        *both("PLACE", "K2"),
        *both("URN", ANY_PROVIDER),
        *both("PLACE_PROVIDER", "PR4"),
        put(f"{SECOND}.PLACE", "A3"),
        put(f"{SECOND}.RNE", "U"),
    ),
    plant("CSC-316", fostered, put(f"{THIRD}.PL_POST", PLACED)),
    plant("CSC-317", fostered, put(EPISODES, _holidays)),
    plant("CSC-318", newly_in_care, drop(f"{FIRST}.REASON_PLACE_CHANGE")),
    plant("CSC-319", fostered, put(f"{SECOND}.REASON_PLACE_CHANGE", "OTHER")),
    plant(
        "CSC-320",
        newly_in_care,
        drop(f"{FIRST}.REASON_PLACE_CHANGE"),
        put(f"{SECOND}.RNE", "L"),
        put(f"{SECOND}.LS", "C1"),
    ),
    plant("CSC-321", newly_in_care, put(f"{SECOND}.PLACE", "U1"), put(f"{SECOND}.PL_POST", PLACED)),
    plant("CSC-322", newly_in_care, put(f"{SECOND}.RNE", "U")),
)

_OF_BREAKS = {"HOME_POST": "", "URN": "", "PLACE_PROVIDER": "PR4"}


def _break(start: str, end: str | None = None, status: str = "V3", sort: str = "R1", **said: str) -> dict[str, str]:
    """A short break."""
    return episode(start, "S", status, sort, "", (end, "E4A") if end else None, **(_OF_BREAKS | said))


_WEEKS = (
    ("2025-07-07", "2025-07-23"),
    ("2025-08-04", "2025-08-20"),
    ("2025-09-01", "2025-09-17"),
    ("2025-10-06", "2025-10-22"),
    ("2025-11-03", "2025-11-19"),
)

BREAKS = (
    plant("903-214", on_short_breaks, put(f"{FIRST}.PLACE", "K2"), put(f"{FIRST}.URN", ANY_PROVIDER)),
    plant("903-365", on_short_breaks, put(EPISODES, [_break("2025-07-07", "2025-07-28")])),
    plant(
        "903-366",
        on_short_breaks,
        put(
            EPISODES,
            [
                _break("2025-07-07", "2025-07-14", REC="X1", REASON_PLACE_CHANGE="PLACE"),
                _break("2025-07-14", "2025-07-21", sort="R2", RNE="P"),
            ],
        ),
    ),
    plant("903-367", on_short_breaks, put(EPISODES, [_break(*days) for days in _WEEKS])),
    plant(
        "903-382",
        on_short_breaks,
        put(
            EPISODES,
            [
                _break("2025-07-07", "2025-08-04", "V4", REC="X1"),
                _break("2025-08-04", None, "V4", "T0", RNE="P", PLACE_PROVIDER=""),
            ],
        ),
    ),
    plant(
        "903-384",
        on_short_breaks,
        put(f"{FIRST}.PLACE", "U1"),
        beside=("903-218",),
        note="a foster carer needs a URN, which a short break may not have",
    ),
    plant("903-398", on_short_breaks, put(f"{FIRST}.HOME_POST", HOME)),
    plant(
        "903-420",
        on_short_breaks,
        put(f"{FIRST}.PL_POST", PLACED),
        beside=("903-214", "903-398"),
        note="all three say that a short break has no postcode",
    ),
    plant(
        "903-426",
        on_short_breaks,
        put(EPISODES, [_break("2025-07-07", "2025-07-14", "V4"), _break("2025-08-04", "2025-08-11")]),
    ),
    plant("903-361", newly_arrived, put(f"{FIRST}.LS", "L1")),
    plant("903-362", newly_arrived, put(f"{FIRST}.LS", "L2")),
    plant("903-363", newly_arrived, put(f"{FIRST}.LS", "L3")),
    plant("903-364", newly_arrived, put(f"{FIRST}.LS", "J2")),
)

PLANTS = (*SEQUENCE, *BREAKS)
