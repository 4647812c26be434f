"""What postcodes tell about a child's home and placements, as columns of the frames that the engine judges.

Which columns these are is in model.PLACES. Where a postcode lies is the directory's business, what is doubtful about it
the rules'.
"""

from collections.abc import Mapping

import polars as pl

from quality.reference.postcodes import LOCATED, PostcodeDirectory, normalised
from quality.rules.model import BEFORE, PLACES

# DfE's codes for a placement outside England (code list placement_country). They stand where an LA's code would.
OUTSIDE_ENGLAND = {
    "Wales": "WAL",
    "Scotland": "SCO",
    "Northern Ireland": "NIR",
    "Channel Islands": "NUK",
    "Isle of Man": "NUK",
}

# DfE's formula for a placement's distance takes this for the kilometres of a mile.
_KM_A_MILE = 1.6093
_IRISH_GRID = "Northern Ireland"

_HOME, _PLACEMENT = "home_postcode", "placement_postcode"


def with_places(frames: Mapping[str, pl.DataFrame], directory: PostcodeDirectory | None) -> dict[str, pl.DataFrame]:
    """The frames, with the columns of PLACES on children and placements, also on those held from before.

    home_la and placement_la hold the upper-tier LA's code, or outside England the country's; null where the postcode is
    not found or has no place. Without a directory all columns are null but home_postcode_of_episode.
    """
    postcodes = {name: _postcodes(frames, name) for name in frames if name.removeprefix(BEFORE) in PLACES}
    places = _places([column for asked in postcodes.values() for column in asked], directory)
    added = dict(frames)
    for name, asked in postcodes.items():
        told = pl.concat([_at(places, column) for column in asked], how="horizontal")
        if _PLACEMENT in asked.columns:
            told = told.with_columns(asked[_HOME].alias("home_postcode_of_episode"), frames[name]["la_code"])
            told = told.with_columns(_of_placement())
        wanted = PLACES[name.removeprefix(BEFORE)]
        added[name] = frames[name].with_columns(told[column].cast(dtype) for column, dtype in wanted.items())
    return added


def _postcodes(frames: Mapping[str, pl.DataFrame], name: str) -> pl.DataFrame:
    """The normalised postcodes of each row of a frame: of the home, and of a placement its own."""
    home = _normalised(frames[name], _HOME)
    before = BEFORE if name.startswith(BEFORE) else ""
    if name == f"{before}children":
        return home.to_frame()
    return pl.DataFrame([_home_of_episode(frames, before, home), _normalised(frames[name], _PLACEMENT)])


def _normalised(frame: pl.DataFrame, column: str) -> pl.Series:
    """This column of postcodes; nulls where the frame has none."""
    none = pl.Series([None], dtype=pl.String).new_from_index(0, frame.height)
    given = frame.get_column(column, default=none).cast(pl.String)
    return given.alias(column).to_frame().select(normalised(pl.col(column))).to_series()


def _home_of_episode(frames: Mapping[str, pl.DataFrame], before: str, own: pl.Series) -> pl.Series:
    """The home postcode of each placement. A return has one an episode; a feed has one a child, told with the child."""
    children = frames.get(f"{before}children")
    if children is None:
        return own
    of_child = children.select("subject", _normalised(children, _HOME).alias("of_child"))
    rows = frames[f"{before}placements"].select("subject", own)
    rows = rows.join(of_child.unique("subject", keep="last"), on="subject", how="left", maintain_order="left")
    # where one episode of the child has its own, a gap in another is a gap: the child's is only a copy of one of them
    in_episodes = pl.col(_HOME).is_not_null().any().over("subject")
    return rows.select(pl.when(in_episodes).then(_HOME).otherwise("of_child").alias(_HOME)).to_series()


def _places(postcodes: list[pl.Series], directory: PostcodeDirectory | None) -> pl.DataFrame:
    """Each distinct postcode with where it is, looked up once."""
    distinct = pl.concat([pl.Series("postcode", [], dtype=pl.String), *postcodes]).drop_nulls().unique()
    if directory is None:
        located = pl.DataFrame(schema={"postcode": pl.String()} | LOCATED)
    else:
        located = distinct.to_frame().hstack(directory.located(distinct))
    abroad = pl.col("country").replace_strict(OUTSIDE_ENGLAND, default=None, return_dtype=pl.String)
    return located.with_columns(pl.coalesce("la_code", abroad).alias("la"))


def _at(places: pl.DataFrame, postcodes: pl.Series) -> pl.DataFrame:
    """Where each of these postcodes is, in their order: `home_found`, `placement_la` and so on."""
    of = postcodes.name.removesuffix("postcode")
    joined = postcodes.alias("postcode").to_frame().join(places, on="postcode", how="left", maintain_order="left")
    return joined.drop("postcode").rename(lambda name: of + name)


def _of_placement() -> list[pl.Expr]:
    """What follows from where home and placement are and from which LA tells it."""
    east = pl.col("home_easting").cast(pl.Float64) - pl.col("placement_easting")
    north = pl.col("home_northing").cast(pl.Float64) - pl.col("placement_northing")
    # between the two grids no distance can be taken
    one_grid = (pl.col("home_country") == _IRISH_GRID) == (pl.col("placement_country") == _IRISH_GRID)
    miles = ((east.pow(2) + north.pow(2)).sqrt() / 1000 / _KM_A_MILE).round(1)
    return [
        (pl.col("placement_country") == "England").alias("placement_in_england"),
        (pl.col("placement_la") == pl.col("la_code")).alias("placement_is_in_la"),
        pl.when(one_grid).then(miles).alias("distance_miles"),
    ]
