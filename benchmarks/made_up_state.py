"""The merged state of many children, made with numpy as the frames that rules judge: plausible lives, none of anybody.

Everything in an episode lies within it and in order, ids are unique and codes valid, so that few rules find much.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import polars as pl

from benchmarks.large_returns import LA_CODE, pupil_numbers, real_postcodes
from quality.reference.postcodes import PostcodeDirectory
from quality.rules.logic.held_ids import OWN_IDS
from quality.rules.model import before, schema_of_frame

AS_OF = date(2026, 3, 31)
_LAST = np.datetime64(AS_OF)
_NEVER = np.datetime64("NaT")
_SCHOOL_AGE_DAYS, _BABY_DAYS = 4 * 366, 30
_OPEN, _NO_FURTHER_ACTION, _LOOKED_AFTER = 0.5, 0.15, 0.12

Columns = Mapping[str, Any]


def state_of(first: int, children: int, directory: PostcodeDirectory) -> dict[str, pl.DataFrame]:
    """The frames of this many children, and what was held of them when the day began; first: of their numbers."""
    maker = _Maker(first, children, np.random.default_rng(first), directory)
    frames = maker.frames()
    # all were held but what began on the day itself
    earlier = {name: frames[name] for name in ("children", *OWN_IDS)}
    return frames | {before(name): frame.filter(pl.col("row") % 100 > 0) for name, frame in earlier.items()}


@dataclass
class _Maker:
    """One lot of children."""

    first: int
    children: int
    rng: np.random.Generator
    directory: PostcodeDirectory

    def frames(self) -> dict[str, pl.DataFrame]:
        """Every table of the feed."""
        episodes = self._episodes()
        born = self._born(episodes)
        worked = _only(episodes, ~episodes["nfa"])
        in_care = _only(worked, self.rng.random(len(worked["of"])) < _LOOKED_AFTER)
        return {
            "children": self._details(born),
            "disabilities": self._disabilities(),
            "episodes": self._frame("episodes", episodes["of"], **_of_episodes(episodes)),
            **self._assessments(worked),
            **self._protection(worked),
            "care_workers": self._workers(worked),
            "placements": self._placements(in_care),
            **self._after_care(in_care, born),
        }

    def _draw(self, lowest: int, highest: int, count: int) -> np.ndarray:
        return self.rng.integers(lowest, highest + 1, count).astype("timedelta64[D]")

    def _pick(self, count: int, *codes: Any) -> np.ndarray:
        return np.array(codes)[self.rng.integers(0, len(codes), count)]

    def _frame(self, name: str, of: np.ndarray, **columns: Any) -> pl.DataFrame:
        """The table with what every frame carries; of: the child of each row."""
        keys = pl.Series([f"{self.first + number:064x}" for number in range(self.children)])
        subject = pl.Series("subject", of, dtype=pl.UInt32)
        carried = {
            "subject": subject,
            "row": np.arange(len(of), dtype=np.uint32),
            "child_key": keys.gather(subject),
            **{column: _series(values) for column, values in columns.items()},
        }
        types = schema_of_frame(name)
        frame = pl.DataFrame({column: pl.Series(values, dtype=types[column]) for column, values in carried.items()})
        return frame.with_columns(
            as_of=pl.lit(AS_OF),
            period_start=pl.lit(None, dtype=pl.Date),
            source_id=pl.lit(f"{LA_CODE}-d2i"),
            la_code=pl.lit(LA_CODE),
        )

    def _ids(self, letter: str, count: int) -> np.ndarray:
        return np.char.add(f"{letter}{self.first}-", np.arange(count).astype(str))

    def _episodes(self) -> dict[str, np.ndarray]:
        """One to three episodes a child, one after the other; the last of half of the children is open."""
        many = 1 + np.minimum(self.rng.poisson(0.4, self.children), 2)
        of = np.repeat(np.arange(self.children), many)
        is_last = np.append(of[1:] != of[:-1], True)
        is_open = is_last & (self.rng.random(len(of)) < _OPEN)
        lasts = np.where(is_open, self._draw(25, 700, len(of)), self._draw(25, 250, len(of)))
        after = np.where(is_open, np.timedelta64(0, "D"), self._draw(5, 200, len(of)))
        # counted back from the end, child by child
        spent = (lasts + after).astype(int)[::-1].cumsum()[::-1]
        behind = np.repeat(np.append(spent[np.flatnonzero(is_last)[:-1] + 1], 0), many)
        referred = _LAST - (spent - behind).astype("timedelta64[D]")
        closed = np.where(is_open, _NEVER, referred + lasts)
        nfa = ~is_open & (self.rng.random(len(of)) < _NO_FURTHER_ACTION)
        return {
            "of": of,
            "id": self._ids("episode", len(of)),
            "referred": referred,
            "closed": closed,
            "lasts": lasts,
            "nfa": nfa,
        }

    def _born(self, episodes: Columns) -> np.ndarray:
        first_of_child = np.flatnonzero(np.append(True, episodes["of"][1:] != episodes["of"][:-1]))
        return episodes["referred"][first_of_child] - self._draw(_BABY_DAYS, 16 * 365, self.children)

    def _details(self, born: np.ndarray) -> pl.DataFrame:
        at_school = (_LAST - born).astype(int) > _SCHOOL_AGE_DAYS
        numbers = np.array(pupil_numbers(self.first, self.children), dtype=object)
        return self._frame(
            "children",
            np.arange(self.children),
            date_of_birth=born,
            sex=self._pick(self.children, "M", "F"),
            ethnicity=self._pick(self.children, "WBRI", "ABAN", "MOTH", "NOBT"),
            unique_pupil_number=np.where(at_school, numbers, None),
            unique_pupil_number_unknown_reason=np.where(at_school, None, "UN1"),
            uasc_flag=np.zeros(self.children, dtype=bool),
            home_postcode=self._postcodes(self.children, in_la=True),
        )

    def _postcodes(self, count: int, *, in_la: bool) -> pl.Series:
        return real_postcodes(self.directory, self.rng, in_la=in_la, count=count)

    def _disabilities(self) -> pl.DataFrame:
        codes = self._pick(self.children, *["NONE"] * 8, "AUT", "LD")
        return self._frame("disabilities", np.arange(self.children), disability_code=codes)

    def _item(self, name: str, own_id: str, episodes: Columns, **columns: Any) -> pl.DataFrame:
        ids = {"social_care_episode_id": episodes["id"], own_id: self._ids(name, len(episodes["of"]))}
        return self._frame(name, episodes["of"], **ids, **columns)

    def _assessments(self, episodes: Columns) -> dict[str, pl.DataFrame]:
        began = episodes["referred"] + self._draw(0, 5, len(episodes["of"]))
        done = _until(began + self._draw(5, 40, len(began)), episodes["closed"])
        assessments = self._item(
            "assessments",
            "child_and_family_assessment_id",
            episodes,
            start_date=began,
            authorisation_date=done,
            has_factors=~np.isnat(done),
        )
        held = assessments.filter("has_factors").select("subject", "social_care_episode_id", _ASSESSMENT)
        several = pl.concat([held.with_columns(factor=pl.lit(code)) for code in ("1A", "2B", "3A")]).sort("subject")
        columns = {name: several[name] for name in several.columns[1:]}
        factors = self._frame("assessment_factors", several["subject"].to_numpy(), **columns)
        return {"assessments": assessments, "assessment_factors": factors}

    def _protection(self, episodes: Columns) -> dict[str, pl.DataFrame]:
        """Enquiries in two episodes of five; plans of the one kind or the other after half of the episodes."""
        asked = _only(episodes, self.rng.random(len(episodes["of"])) < 0.4)
        began = asked["referred"] + self._draw(0, 4, len(asked["of"]))
        met = _until(np.busday_offset(began.astype("datetime64[D]"), 10, roll="forward"), asked["closed"])
        needed = self.rng.random(len(began)) < 0.5
        conference = np.where(needed, met, _NEVER)
        planned = _only(asked | {"met": conference}, ~np.isnat(conference) & (self.rng.random(len(began)) < 0.8))
        others = _only(episodes, ~np.isin(episodes["id"], asked["id"]) & (self.rng.random(len(episodes["of"])) < 0.6))
        others_began = _until(others["referred"] + self._draw(6, 20, len(others["of"])), others["closed"])
        others = _only(others | {"began": others_began}, ~np.isnat(others_began))
        return {
            "s47_enquiries": self._item(
                *("s47_enquiries", "section_47_assessment_id", asked),
                start_date=began,
                end_date=met,
                icpc_required_flag=needed,
                icpc_date=conference,
            ),
            "cp_plans": self._item(
                *("cp_plans", "child_protection_plan_id", planned),
                start_date=planned["met"],
                end_date=planned["closed"],
            ),
            "cin_plans": self._item(
                *("cin_plans", "child_in_need_plan_id", others), start_date=others["began"], end_date=others["closed"]
            ),
        }

    def _workers(self, episodes: Columns) -> pl.DataFrame:
        """Two an episode, the second from half of it on."""
        changed = episodes["referred"] + episodes["lasts"] // 2
        of = np.concatenate([episodes["of"], episodes["of"]])
        return self._frame(
            "care_workers",
            of,
            social_care_episode_id=np.concatenate([episodes["id"], episodes["id"]]),
            worker_id=np.char.add("SW", self.rng.integers(1, 4000, len(of)).astype(str)),
            start_date=np.concatenate([episodes["referred"], changed]),
            end_date=np.concatenate([changed, episodes["closed"]]),
        )

    def _placements(self, episodes: Columns) -> pl.DataFrame:
        """Two in a row, from three days after the referral to the end of the episode."""
        count = len(episodes["of"])
        began = episodes["referred"] + np.timedelta64(3, "D")
        moved = began + (episodes["lasts"] - np.timedelta64(3, "D")) // 2
        near, far = self._postcodes(count, in_la=True), self._postcodes(count, in_la=False)
        return self._frame(
            "placements",
            np.concatenate([episodes["of"], episodes["of"]]),
            social_care_episode_id=np.concatenate([episodes["id"], episodes["id"]]),
            child_looked_after_placement_id=self._ids("placement", 2 * count),
            start_date=np.concatenate([began, moved]),
            end_date=np.concatenate([moved, episodes["closed"]]),
            start_reason=np.repeat(["S", "P"], count),
            end_reason=np.concatenate([np.repeat("X1", count), _where_ended(episodes["closed"], "E13")]),
            change_reason=np.concatenate([np.repeat("CHILD", count), np.full(count, None)]),
            placement_type=np.concatenate([self._pick(count, "U1", "U4"), self._pick(count, "K2", "U6")]),
            placement_postcode=pl.concat([near, far]),
        )

    def _after_care(self, episodes: Columns, born: np.ndarray) -> dict[str, pl.DataFrame]:
        """Questionnaires of those in care for long, adoptions decided on, and care leavers who are old enough."""
        aged = (_LAST - born[episodes["of"]]).astype(int)
        decided = _only(episodes, self.rng.random(len(aged)) < 0.1)
        left = _only(episodes, (aged > 17.1 * 366) & ~np.isnat(episodes["closed"]))
        for_long = np.isnat(episodes["closed"]) & (episodes["lasts"].astype(int) > 400)
        of_age = np.unique(_only(episodes, for_long & (aged > 6 * 366) & (aged < 16 * 365))["of"])
        return {
            "sdq_assessments": self._frame(
                *("sdq_assessments", of_age),
                date=_LAST - self._draw(0, 20, len(of_age)),
                score=self.rng.integers(0, 41, len(of_age)),
            ),
            "adoptions": self._frame(
                *("adoptions", decided["of"]),
                social_care_episode_id=decided["id"],
                initial_decision_date=decided["referred"] + np.timedelta64(5, "D"),
            ),
            "care_leavers": self._frame(
                *("care_leavers", left["of"]),
                social_care_episode_id=left["id"],
                contact_date=left["closed"],
                activity=self._pick(len(left["of"]), "F1", "G4"),
                accommodation=self._pick(len(left["of"]), "U", "K"),
            ),
        }


_ASSESSMENT = "child_and_family_assessment_id"


def _of_episodes(episodes: Columns) -> Columns:
    nfa = episodes["nfa"]
    return {
        "social_care_episode_id": episodes["id"],
        "referral_date": episodes["referred"],
        "referral_source": np.where(nfa, "1A", "6"),
        "referral_no_further_action_flag": nfa,
        "closure_date": episodes["closed"],
        "closure_reason": _where_ended(episodes["closed"], "RC7"),
    }


def _only(columns: Columns, chosen: np.ndarray) -> dict[str, np.ndarray]:
    return {name: values[chosen] for name, values in columns.items()}


def _until(day: np.ndarray, closed: np.ndarray) -> np.ndarray:
    """The day, or the day of closing where that is earlier; not yet known where it is still to come."""
    day = np.fmin(day, closed)
    return np.where(day > _LAST, _NEVER, day)


def _where_ended(ended: np.ndarray, code: str) -> np.ndarray:
    return np.where(np.isnat(ended), None, code)


def _series(values: Any) -> Any:
    """The values of a column: days as dates, numpy's missing days as nulls; text that may be missing as a list."""
    if not isinstance(values, np.ndarray):
        return values
    if values.dtype.kind == "M":
        return pl.Series(values.astype("datetime64[D]"))
    return values.tolist() if values.dtype.kind == "O" else values
