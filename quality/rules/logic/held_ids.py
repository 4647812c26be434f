"""Rules on ids as the source system hands them out: ids that changed over night, and ids held for two children."""

import polars as pl

from quality.rules.catalogue import rule
from quality.rules.model import BEFORE, ID_PEERS, Frames, before
from quality.rules.spells import failing
from quality.schemas.entities import ENTITIES, date_columns

EPISODE = "social_care_episode_id"
# Tables whose rows have an id of their own.
OWN_IDS = {
    "episodes": EPISODE,
    "assessments": "child_and_family_assessment_id",
    "cin_plans": "child_in_need_plan_id",
    "s47_enquiries": "section_47_assessment_id",
    "cp_plans": "child_protection_plan_id",
    "placements": "child_looked_after_placement_id",
}
# Ids shorter than this are taken for those of a system that numbers within an episode or a child (inferred).
SHORTEST_UNIQUE_ID = 6
_FIRST_DATE = {"episodes": "referral_date"}


def _with_changed_id(frames: Frames) -> pl.LazyFrame:
    """Episodes with an id, or an item, new today whose dates are those of a row held before under another id."""
    found = [_new_under_old_dates(frames, table, own_id) for table, own_id in OWN_IDS.items()]
    return failing(frames["episodes"].join(pl.concat(found), on=["subject", EPISODE], how="semi"))


def _new_under_old_dates(frames: Frames, table: str, own_id: str) -> pl.LazyFrame:
    dates = list(date_columns([table])[table])
    keys = ["subject", EPISODE, own_id] if own_id != EPISODE else ["subject", EPISODE]
    began = pl.col(_FIRST_DATE.get(table, "start_date")).is_not_null()
    held = frames[before(table)]
    new = frames[table].filter(began).join(held, on=keys, how="anti")
    told_again = new.join(held.select("subject", *dates), on=["subject", *dates], how="semi", nulls_equal=True)
    return told_again.select("subject", EPISODE)


def _of_another_child(frames: Frames) -> pl.LazyFrame:
    """Episodes with an id, their own or an item's, that another child of the source holds too."""
    held = [
        frames[table]
        .filter(pl.col(own_id).str.len_chars() >= SHORTEST_UNIQUE_ID)
        .select("source_id", "as_of", "subject", "child_key", EPISODE, _table(table), pl.col(own_id).alias("own_id"))
        for table, own_id in OWN_IDS.items()
    ]
    here = pl.concat(held)
    key = ["source_id", "as_of", "table", "own_id"]
    everyone = here.select(*key, "child_key")
    if ID_PEERS in frames:
        everyone = pl.concat([everyone, frames[ID_PEERS].select(*key, "child_key")])
    repeated = everyone.filter(pl.col("own_id").is_duplicated())  # most ids are there once, and need no more comparing
    shared = repeated.group_by(key).agg(pl.col("child_key").n_unique().alias("children")).filter(pl.col("children") > 1)
    claimed = here.join(shared, on=key, how="semi").select("subject", EPISODE)
    return failing(frames["episodes"].join(claimed, on=["subject", EPISODE], how="semi"))


def _known_by_id_alone(frames: Frames) -> pl.LazyFrame:
    """Episodes of which, or of an item of which, nothing is known but its id."""
    found = [frames[table].filter(_says_nothing(table)).select("subject", EPISODE) for table in OWN_IDS]
    return failing(frames["episodes"].join(pl.concat(found), on=["subject", EPISODE], how="semi"))


def _says_nothing(table: str) -> pl.Expr:
    said = [c for c in ENTITIES[table].columns if c.name not in ENTITIES[table].key and not c.return_only]
    value = {c.name: pl.col(c.name).eq(True) if c.name == "has_factors" else pl.col(c.name).is_not_null() for c in said}
    return ~pl.any_horizontal(each.fill_null(False) for each in value.values())


def _table(name: str) -> pl.Expr:
    return pl.lit(name).alias("table")


RULES = (
    rule("CSC-340", on="episodes", fails=_with_changed_id, reads=(f"{BEFORE}children",)),
    rule("CSC-341", on="episodes", fails=_of_another_child),
    rule("CSC-367", on="episodes", fails=_known_by_id_alone),
)
