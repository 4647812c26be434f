"""What all rules cost on a CIN census and on an SSDA903, reading included, as `csc validate` asks them.

Run with `python -m benchmarks.return_rules`. CPU time and peak memory of a process each for every return; the returns
are made, and the postcode directory is, before that. There are two references: the plainest reading of the same files
(every element of the XML walked through, every CSV file read as text with its dates parsed), and as many plain
questions as there are rules (plain_questions.py).
"""

import json
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
from lxml import etree

from assets.findings.return_frames import References, ready_to_judge
from assets.returns.reader import Kind
from assets.validation.returns import Asked, Checked, check_return, read_whole
from benchmarks.dearest import dearest_rules
from benchmarks.large_returns import (
    LA_CODE,
    YEAR,
    large_census,
    large_ssda903,
    last_year_of,
    made_up_returns,
    providers_of,
)
from benchmarks.measuring import cpu_seconds, in_a_process_of_its_own, least_cpu_seconds, peak_memory_mb
from benchmarks.plain_questions import ask_plainly
from quality.reference.postcodes import PostcodeDirectory
from quality.rules.registry import rules_for

# Children judged in a CPU second, and megabytes held, that the returns are to stay within.
AIMED_PER_CPU_SECOND: dict[Kind, int] = {"cin": 6_000, "ssda903": 20_000}
AIMED_MB = 1536
_OF_AIM, _OF_MEMORY, _OF_GROWTH = "ratio_of_aim_to_measured", "ratio_of_memory_to_aim", "ratio_of_growth"
AIMS = {
    f"{kind}_{name}": aim
    for kind in AIMED_PER_CPU_SECOND
    for name, aim in ((_OF_AIM, 1.0), (_OF_MEMORY, 1.0), (_OF_GROWTH, 1.1))
}
_REPEATS = 3
# Enough for the cost of one rule to be told from none.
_SUBJECTS_BY_RULE = 30_000
_DATES = ("DOB", "DECOM", "DEC", "REVIEW", "MIS_START", "MIS_END", "DATE_INT", "DATE_MATCH", "DATE_PLACED", "DUC")


def run(children: int = 80_000, fewer: int = 8_000) -> dict[str, Any]:
    """For each kind: children a CPU second, seconds of reading and judging, memory, growth, and the dearest rules.

    with_last_year: judged with last year's return and the list of providers, so that the rules on them are asked too.
    growth: seconds a child with many children, over seconds a child with a tenth of them.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        in_a_process_of_its_own(_make, folder, (children, fewer))
        figures: dict[str, Any] = {}
        for kind in AIMED_PER_CPU_SECOND:
            figures |= {f"{kind}_{name}": figure for name, figure in _figures(kind, folder, children, fewer).items()}
        with_more = in_a_process_of_its_own(_judge, "ssda903", folder, children, True)
    figures["ssda903_with_last_year"] = with_more
    figures["ssda903_ratio_of_last_year_to_none"] = round(with_more["cpu_s"] / figures["ssda903_many"]["cpu_s"], 2)
    return figures


def _figures(kind: Kind, folder: Path, children: int, fewer: int) -> dict[str, Any]:
    many, few = (in_a_process_of_its_own(_judge, kind, folder, size) for size in (children, fewer))
    plain = in_a_process_of_its_own(_plainly_read, kind, _path(folder, kind, children))
    by_rule = in_a_process_of_its_own(_by_rule, kind, folder, children)
    speed = many["children_per_cpu_second"]
    return {
        "many": many,
        "few": few,
        "plain_reading_s": round(plain, 2),
        _OF_AIM: round(AIMED_PER_CPU_SECOND[kind] / speed, 2),
        _OF_MEMORY: round(many["peak_mb"] / AIMED_MB, 2),
        _OF_GROWTH: round(few["children_per_cpu_second"] / speed, 2),
        "ratio_of_reading_to_plain_reading": round(many["reading_s"] / plain, 2),
        "ratio_of_rules_to_plain_questions": round(by_rule["whole_s"] / by_rule["plain_questions_s"], 2),
        "by_rule": by_rule,
    }


def _path(folder: Path, kind: Kind, children: int) -> Path:
    return folder / (f"cin-{children}.xml" if kind == "cin" else f"ssda903-{children}")


def _last_year(folder: Path, children: int) -> Path:
    return folder / f"ssda903-{children}-last-year"


def _make(folder: Path, sizes: tuple[int, ...]) -> None:
    directory = PostcodeDirectory.open(folder)
    source = made_up_returns(folder / "made-up")
    for children in sizes:
        large_census(source / f"cin-{YEAR}.xml", _path(folder, "cin", children), children)
        large_ssda903(source / f"ssda903-{YEAR}", _path(folder, "ssda903", children), children, directory)
        last_year_of(_path(folder, "ssda903", children), _last_year(folder, children))


def _judge(kind: Kind, folder: Path, children: int, with_last_year: bool = False) -> dict[str, float]:
    """Judge the return several times; memory is that of the first time, seconds are the least."""
    rules = rules_for(kind)  # their modules are loaded before the clock starts
    path = _path(folder, kind, children)
    previous, providers = ([_last_year(folder, children)], providers_of(path)) if with_last_year else ([], None)
    references = References(PostcodeDirectory.open(folder), providers)
    judged, spent = _judge_once(Asked(kind, LA_CODE, YEAR, previous, references), path)
    peak = peak_memory_mb()
    for _ in range(_REPEATS - 1):
        again = _judge_once(Asked(kind, LA_CODE, YEAR, previous, references), path)[1]
        spent = min(spent, again, key=lambda seconds: seconds["cpu_s"])
    if "could_not_run" in judged.answers["outcome"]:
        raise RuntimeError("a rule could not run, so that the figures would not be of all rules")
    outcomes = judged.answers.filter(pl.col("outcome") != "not_applicable")
    return {
        "children": judged.children,
        "rules": len(rules),
        "rules_answered": outcomes["rule_id"].n_unique(),
        "findings": judged.answers.filter(pl.col("outcome") == "failed").height,
        "children_per_cpu_second": round(judged.children / spent["cpu_s"]),
        **{name: round(seconds, 2) for name, seconds in spent.items()},
        "peak_mb": round(peak),
    }


def _judge_once(asked: Asked, path: Path) -> tuple[Checked, dict[str, float]]:
    """What became of it, and its CPU seconds: of all, of reading up to where judging begins, and of the rest."""
    marks: dict[str, float] = {}
    start = cpu_seconds()
    judged = check_return([path], replace(asked, progress=lambda step: marks.update({step: cpu_seconds()})))
    end, read = cpu_seconds(), marks["judging"]
    return judged, {"cpu_s": end - start, "reading_s": read - start, "rules_s": end - read}


def _plainly_read(kind: Kind, path: Path) -> float:
    return least_cpu_seconds(lambda: _walked(path) if kind == "cin" else _read(path), _REPEATS)


def _walked(path: Path) -> int:
    """The characters of every element of an XML file, each element dropped when it has been read."""
    held = 0
    for _, element in etree.iterparse(path, events=("end",), remove_comments=True):
        held += len(element.text or "")
        element.clear()
    return held


def _read(folder: Path) -> int:
    """The rows of every CSV file, as text but for the dates."""
    rows = 0
    for file in folder.glob("*.csv"):
        table = pl.read_csv(file, infer_schema=False)
        dates = [name for name in _DATES if name in table.columns]
        rows += table.with_columns(pl.col(dates).str.to_date("%d/%m/%Y", strict=False)).height
    return rows


def _by_rule(kind: Kind, folder: Path, children: int) -> dict[str, Any]:
    """Rule by rule on part of the return, an SSDA903 with all that its rules may ask for; and the plain questions."""
    path = _path(folder, kind, children)
    providers = providers_of(path) if kind == "ssda903" else None
    earlier = read_whole(kind, [_last_year(folder, children)], LA_CODE, YEAR - 1) if kind == "ssda903" else None
    references = References(PostcodeDirectory.open(folder), providers)
    ready = ready_to_judge(kind, read_whole(kind, [path], LA_CODE, YEAR), YEAR, earlier, references)
    part = {name: _of_the_first(frame) for name, frame in ready.items()}
    rules = rules_for(kind)
    plainly = least_cpu_seconds(lambda: ask_plainly(part, rules), _REPEATS)
    return dearest_rules(part, kind, rules, YEAR) | {"plain_questions_s": round(plainly, 3)}


def _of_the_first(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.filter(pl.col("subject") < _SUBJECTS_BY_RULE) if "subject" in frame.columns else frame


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(), indent=2) + "\n")
