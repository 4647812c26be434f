"""What a fact is: one value for each child or episode, worked out once from the frames and read by any number of rules.

An expression reads a fact of a child as `child.<name>`, one of an episode as `episode.<name>`, and what a child's fact
was in the year (or the state) before as `before.<name>`. The facts themselves are in facts/.
"""

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import polars as pl

from quality.rules import facts
from quality.rules.model import Frames

VALUE = "value"
KEY: dict[str, tuple[str, ...]] = {"child": ("subject",), "episode": ("subject", "social_care_episode_id")}


@dataclass(frozen=True)
class Fact:
    """One fact.

    of: whether it is said of a child or of an episode.
    compute: from the frames to one row a child (`subject`) or episode (and `social_care_episode_id`), with `value`.
    reads: the tables it is made from; a rule that reads the fact needs them too.
    otherwise: its value for those that compute gives no row for.
    """

    name: str
    of: Literal["child", "episode"]
    compute: Callable[[Frames], pl.LazyFrame]
    reads: tuple[str, ...]
    otherwise: Any = None


@cache
def all_facts() -> dict[tuple[str, str], Fact]:
    """Every fact by what it is of and its name. The same one twice is an error."""
    found: dict[tuple[str, str], Fact] = {}
    for module in pkgutil.iter_modules(facts.__path__):
        for fact in importlib.import_module(f"{facts.__name__}.{module.name}").FACTS:
            if (fact.of, fact.name) in found:
                raise ValueError(f"the fact {fact.name} of a {fact.of} is there twice")
            found[fact.of, fact.name] = fact
    return found
