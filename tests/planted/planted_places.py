"""Where planted children live and are placed: a directory of a few real postcodes, of town halls and the like."""

import polars as pl

from quality.reference.postcodes import PostcodeDirectory

LA = "373"
OTHER_LA = "383"

HOME, SECOND_HOME = "S1 2HH", "S8 0XN"
PLACED, PLACED_NEXT, RESPITE = "S10 2TN", "S6 1SW", "S35 2PY"
IN_OTHER_LA = "LS1 1UR"
IN_THIRD_LA = "DN1 3BU"
IN_WALES, FAR_AWAY = "CF10 4UW", "ZE1 0LX"
# On the Isle of Man, which has no place on the grid.
WITHOUT_PLACE = "IM1 2PP"
# Invented: so far away that it is in no part of the country.
OFF_THE_MAP = "QX1 1AA"
UNKNOWN = "S99 9ZZ"

_HELD = [
    ("S1 2HH", 435359, 387191, "E08000039"),
    ("S8 0XN", 434614, 384596, "E08000039"),
    ("S10 2TN", 434120, 387290, "E08000039"),
    ("S6 1SW", 433277, 390562, "E08000039"),
    ("S35 2PY", 435073, 397590, "E08000039"),
    ("LS1 1UR", 429833, 434079, "E08000035"),
    ("CF10 4UW", 319301, 175160, "W06000015"),
    ("ZE1 0LX", 447514, 1141712, "S12000027"),
    ("DN1 3BU", 457710, 402948, "E08000017"),
    ("IM1 2PP", None, None, "M99999999"),
    ("QX1 1AA", 2_500_000, 387_000, "E08000035"),
]


def directory() -> PostcodeDirectory:
    """The directory of these postcodes alone."""
    return PostcodeDirectory.of(pl.DataFrame(_HELD, ["postcode", "easting", "northing", "ons_code"], orient="row"))
