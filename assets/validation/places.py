"""The postcode directory for an LA's own file: the user's copy of it, and what is left out where there is none."""

from importlib.metadata import PackageNotFoundError

import polars as pl

from quality.reference.postcodes import PostcodeDirectory, default_folder
from quality.rules.model import PLACES, Kind
from quality.rules.registry import rules_for

# Told by what a postcode is written like, or by another column.
_WITHOUT_DIRECTORY = {"home_postcode_of_episode"}
# Columns that the directory tells, and facts that are made of them.
_LOOKED_UP = {name for columns in PLACES.values() for name in columns} - _WITHOUT_DIRECTORY
_FACTS = {"an_unknown_home_postcode", "placed_at_ended_postcode"}


class NoDirectoryError(Exception):
    """The postcode directory is not at hand; why."""


def users_directory() -> PostcodeDirectory:
    """The directory in the user's own cache, made there the first time, which takes seconds.

    Raises NoDirectoryError where it cannot be kept or made.
    """
    try:
        return PostcodeDirectory.open(default_folder())
    except OSError as error:
        raise NoDirectoryError(f"it cannot be kept in the user's cache folder ({error.strerror})") from None
    except PackageNotFoundError as error:
        raise NoDirectoryError(f"the package {error.name} is not installed") from None


def rules_on_places(kind: Kind) -> list[str]:
    """The rules that ask where a postcode is, or whether it exists: without the directory they see less or nothing."""
    return [rule.id for rule in rules_for(kind) if _names(rule.logic_for(kind), rule.when) & (_LOOKED_UP | _FACTS)]


def _names(*parts: object) -> set[str]:
    """The columns that these expressions read, without the prefix that tells whose they are."""
    named = {name for part in parts if isinstance(part, pl.Expr) for name in part.meta.root_names()}
    return {name.rpartition(".")[2] for name in named}
