"""A generated scenario as a whole: repeatable, valid but for what was spoilt on purpose, and true to its manifest."""

import csv
import hashlib
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import polars as pl
import pytest

from assets.records.structure import examine
from assets.returns.reader import read_return
from assets.submissions.register_file import read_register
from synthetic.generate import Manifest, generate, iter_feed
from synthetic.scenario import HARTLEPOOL, PRESETS, RUTLAND

LONDON = ZoneInfo("Europe/London")
TINY = replace(
    PRESETS["small"],
    name="tiny",
    authorities=(replace(RUTLAND, population=400), replace(HARTLEPOOL, population=600)),
    last_day=PRESETS["small"].first_day + timedelta(days=40),
)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Manifest:
    return generate(PRESETS["small"], tmp_path_factory.mktemp("small"))


def _fingerprint(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def _frame(manifest: Manifest, name: str) -> pl.DataFrame:
    return manifest.frames[name]


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    for name, seed in (("one", 1), ("again", 1), ("other", 2)):
        generate(replace(TINY, seed=seed), tmp_path / name)
    assert _fingerprint(tmp_path / "one") == _fingerprint(tmp_path / "again")
    assert _fingerprint(tmp_path / "one") != _fingerprint(tmp_path / "other")


def test_generating_again_replaces_what_was_there(tmp_path: Path) -> None:
    generate(TINY, tmp_path)
    first = _fingerprint(tmp_path)
    generate(TINY, tmp_path)
    assert _fingerprint(tmp_path) == first


def test_every_record_is_a_child_record_except_those_spoilt_on_purpose(small: Manifest) -> None:
    refused: Counter[str] = Counter()
    seen = 0
    for stream_id, _, path in iter_feed(small.out):
        records = [bytes(raw) for raw in msgspec.json.decode(path.read_bytes(), type=list[msgspec.Raw])]
        assert 0 < len(records) <= small.scenario.batch_size
        seen += len(records)
        refused[stream_id] += sum(bool(faults) for _, faults in examine(records))
    noted = _frame(small, "faults").filter(pl.col("kind") == "record_refused")
    expected = dict(noted.group_by("stream").agg(pl.col("count").sum()).iter_rows())
    assert seen == small.records
    assert expected
    assert {stream: count for stream, count in refused.items() if count} == expected


def test_batches_come_in_time_order_on_their_london_day(small: Manifest) -> None:
    moments = []
    for stream_id, moment, path in iter_feed(small.out):
        assert path.parent.name == f"stream={stream_id}"
        assert path.parent.parent.name == f"day={moment.astimezone(LONDON).date().isoformat()}"
        moments.append(moment)
    assert moments == sorted(moments)
    assert any(moment.astimezone(LONDON).date() != moment.date() for moment in moments), "no batch around midnight"


def test_two_routes_of_one_authority_interleave(small: Manifest) -> None:
    first = small.scenario.first_day.isoformat()
    order = [stream for stream, _, path in iter_feed(small.out) if f"day={first}" in str(path) and stream[:3] == "204"]
    assert order != sorted(order)
    assert set(order) == {"204-d2i", "204-cms"}


def test_the_register_can_be_read_and_names_every_stream(small: Manifest) -> None:
    register = read_register(small.out / "streams.csv")
    assert register.ids() == sorted(small.streams)
    assert {row.route for row in register.rows} == {"build_your_own", "data_to_insight", "cms_supplier"}


@pytest.mark.parametrize("kind", ["cin", "ssda903"])
def test_returns_can_be_read_without_a_fault(small: Manifest, kind: str) -> None:
    class Plain:
        def child_keys(self, la_code: str, ids: pl.Series) -> pl.Series:
            return la_code + ids

        def hashed(self, values: pl.Series) -> pl.Series:
            return values

        def content_hash(self, raw: bytes) -> str:
            return hashlib.sha256(raw).hexdigest()

    year = small.scenario.return_year
    for authority in small.scenario.authorities:
        folder = small.out / "returns" / authority.code
        paths = [folder / f"cin-{year}.xml"] if kind == "cin" else sorted((folder / f"ssda903-{year}").iterdir())
        chunks = read_return(
            kind,  # type: ignore[arg-type]
            paths,
            return_id=f"{authority.code}-{kind}-{year}",
            la_code=authority.code,
            year=year,
            received_at=next(iter_feed(small.out))[1],
            pseudonyms=Plain(),
        )
        frames = list(chunks)
        assert sum(frame["faults"].height for frame in frames) == 0
        assert sum(frame["children"].height for frame in frames) > 0


def test_all_ten_tables_of_the_looked_after_return_are_there(small: Manifest) -> None:
    folder = small.out / "returns" / "204" / f"ssda903-{small.scenario.return_year}"
    rows = {path.stem: len(list(csv.reader(path.open(encoding="utf-8")))) - 1 for path in folder.iterdir()}
    assert set(rows) == {
        "header",
        "episodes",
        "reviews",
        "uasc",
        "oc2",
        "oc3",
        "ad1",
        "placed_for_adoption",
        "previous_permanence",
        "missing",
    }
    assert rows["episodes"] >= rows["header"] - rows["oc3"] > 0


def test_counts_of_the_manifest_add_up(small: Manifest) -> None:
    coverage = _frame(small, "expected_coverage")
    assert coverage.filter(pl.col("n_timely") != pl.col("n_both") + pl.col("n_timely_only")).is_empty()
    assert coverage.filter(pl.col("n_return") != pl.col("n_both") + pl.col("n_return_only")).is_empty()
    fields = _frame(small, "expected_field_agreement").join(coverage, on=["source_id", "return_id", "entity"])
    assert fields.filter(pl.col("n_compared") != pl.col("n_agree") + pl.col("n_differ")).is_empty()
    held = pl.col("n_compared") + pl.col("n_missing_timely") + pl.col("n_missing_return")
    assert fields.filter(held > pl.col("n_both")).is_empty()
    lags = _frame(small, "expected_lags").group_by("source_id", "entity", "event").agg(total=pl.col("n").sum())
    events = _frame(small, "expected_timeliness").join(lags, on=["source_id", "entity", "event"], how="full")
    assert events.filter(pl.col("n") != pl.col("total")).is_empty()
    assert events["n_within_1"].sum() < events["n_within_7"].sum() <= events["n_within_30"].sum() < events["n"].sum()


def test_detail_files_hold_the_rows_behind_the_counts(small: Manifest) -> None:
    detail = pl.read_parquet(small.out / "manifest" / "detail_comparison.parquet")
    counted = detail.group_by("source_id", "return_id", "entity").agg(
        pl.col("in_timely").sum(), pl.col("in_return").sum()
    )
    both = _frame(small, "expected_coverage").join(counted, on=["source_id", "return_id", "entity"], how="left")
    both = both.with_columns(pl.col("in_timely", "in_return").fill_null(0))
    assert both.filter(
        (pl.col("n_timely") != pl.col("in_timely")) | (pl.col("n_return") != pl.col("in_return"))
    ).is_empty()


def test_the_demonstration_makes_every_kind_of_mistake() -> None:
    rates = PRESETS["demo"].faults
    assert all(getattr(rates, name) > 0 for name in rates.__dataclass_fields__)


def test_the_demonstration_has_all_routes_and_the_year_end_inside() -> None:
    demo = PRESETS["demo"]
    assert {stream.route for stream in demo.streams} == {"build_your_own", "data_to_insight", "cms_supplier"}
    assert {stream.payload_mode for stream in demo.streams} == {"full", "delta"}
    assert demo.first_day < demo.year_end < demo.last_day
    assert demo.window_start.isoformat() == "2023-04-01"
