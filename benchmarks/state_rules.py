"""What the rules on the merged state of the feed cost, in chunks as the findings stage judges them.

Run with `python -m benchmarks.state_rules`. The state of many children is made chunk by chunk, outside the clock. The
reference is as many plain questions as there are rules (plain_questions.py) on the same frames.
"""

import json
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import Any

from assets.findings.judge import CHUNK_SUBJECTS
from benchmarks.dearest import dearest_rules
from benchmarks.made_up_state import state_of
from benchmarks.measuring import cpu_seconds, in_a_process_of_its_own, least_cpu_seconds, peak_memory_mb
from benchmarks.plain_questions import ask_plainly
from quality.reference.postcodes import PostcodeDirectory
from quality.rules.engine import run as run_rules
from quality.rules.model import SUBMISSION, Rule
from quality.rules.places import with_places
from quality.rules.registry import state_rules

AIMED_S = 30  # CPU seconds for 200,000 children
AIMED_FOR = 200_000
AIMED_MB = 1536
AIMS = {
    "ratio_of_seconds_to_aim": 1.0,
    "ratio_of_memory_to_aim": 1.0,
    "ratio_of_growth": 1.1,
    "ratio_to_plain_questions": 5.0,
}
_REPEATS = 2


def run(children: int = AIMED_FOR, chunk: int = CHUNK_SUBJECTS) -> dict[str, Any]:
    """CPU seconds of judging all children, memory, growth, and the dearest rules.

    growth: seconds a child of a whole chunk, over seconds a child of a tenth of one.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        in_a_process_of_its_own(_make_directory, folder)
        judged = in_a_process_of_its_own(_judge, folder, children, chunk)
        compared = in_a_process_of_its_own(_compare, folder, chunk)
        dearest = in_a_process_of_its_own(_dearest, folder, chunk)
    return {
        **judged,
        **compared,
        "ratio_of_seconds_to_aim": round(judged["cpu_s"] / (AIMED_S * children / AIMED_FOR), 2),
        "ratio_of_memory_to_aim": round(judged["peak_mb"] / AIMED_MB, 2),
        **dearest,
    }


def _make_directory(folder: Path) -> None:
    PostcodeDirectory.open(folder)


def _rules() -> list[Rule]:
    """As in the findings stage: a stream as a whole is judged by itself."""
    return [rule for rule in state_rules() if rule.on != SUBMISSION]


def _judge(folder: Path, children: int, chunk: int) -> dict[str, float]:
    directory, rules = PostcodeDirectory.open(folder), _rules()
    spent, findings = 0.0, 0
    for first in range(0, children, chunk):
        frames = state_of(first, min(chunk, children - first), directory)
        start = cpu_seconds()
        judgement = run_rules(with_places(frames, directory), "payload", rules)
        spent += cpu_seconds() - start
        findings += judgement.findings.height
        if "could_not_run" in judgement.outcomes["outcome"]:
            raise RuntimeError("a rule could not run, so that the figures would not be of all rules")
    return {
        "children": children,
        "findings": findings,
        "cpu_s": round(spent, 2),
        "children_per_cpu_second": round(children / spent),
        "peak_mb": round(peak_memory_mb()),
    }


def _compare(folder: Path, chunk: int) -> dict[str, float]:
    """A chunk against a tenth of one, child by child, and against plain questions."""
    directory, rules = PostcodeDirectory.open(folder), _rules()
    many, few = (with_places(state_of(0, count, directory), directory) for count in (chunk, chunk // 10))
    of_many, of_few = (
        least_cpu_seconds(partial(run_rules, frames, "payload", rules), _REPEATS) for frames in (many, few)
    )
    plainly = least_cpu_seconds(lambda: ask_plainly(many, rules), _REPEATS)
    return {
        "plain_questions_s": round(plainly, 2),
        "ratio_of_growth": round(of_many / (of_few * 10), 2),
        "ratio_to_plain_questions": round(of_many / plainly, 2),
    }


def _dearest(folder: Path, chunk: int) -> dict[str, Any]:
    directory = PostcodeDirectory.open(folder)
    return dearest_rules(with_places(state_of(0, chunk, directory), directory), "payload", _rules())


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(), indent=2) + "\n")
