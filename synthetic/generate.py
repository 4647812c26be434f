"""Makes a scenario: register, feed, returns and manifest, under one folder.

streams.csv                                             the stream register
feed/day=YYYY-MM-DD/stream=<id>/<UTC time>_<nnnn>.json  request bodies as sent
returns/<la_code>/cin-<year>.xml, ssda903-<year>/*.csv  the annual returns
manifest/                                               mistakes made, and what a comparison must find
"""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import polars as pl

from synthetic.cin_xml import write_census
from synthetic.draws import generator
from synthetic.facts import LOG, recorded
from synthetic.feed import FeedWriter, iter_feed
from synthetic.lifecycle import Truth, live
from synthetic.manifest import Manifest, ManifestBook, child_ids
from synthetic.returned import returns_of
from synthetic.scenario import PRESETS, Authority, Scenario
from synthetic.ssda903_files import write_ssda903
from synthetic.streams import sent_by

__all__ = ["PRESETS", "Manifest", "generate", "iter_feed"]

Progress = Callable[[str], None]

_REGISTER = (
    "stream_id",
    "la_code",
    "route",
    "cms_supplier",
    "environment",
    "payload_mode",
    "start_date",
    "end_date",
    "is_primary",
    "supplier_key_hash",
)


def _silent(_: str) -> None:
    """Say nothing."""


def generate(scenario: Scenario, out: Path, progress: Progress = _silent) -> Manifest:
    """Generate the scenario into `out`, replacing what an earlier generation left there."""
    for name in ("feed", "returns", "manifest"):
        shutil.rmtree(out / name, ignore_errors=True)
    out.mkdir(parents=True, exist_ok=True)
    _write_register(scenario, out / "streams.csv")
    manifest = Manifest(scenario, out)
    book = ManifestBook(scenario)
    ids = []
    for authority in scenario.authorities:
        progress(f"{authority.name}: lives")
        truth = live(authority, scenario)
        _generate_authority(truth, scenario, manifest, book, progress)
        ids.append(child_ids(truth))
    progress("manifest")
    manifest.frames = book.write(out / "manifest")
    pl.concat(ids).write_parquet(out / "manifest" / "detail_children.parquet")
    progress(f"{manifest.records} records in {manifest.files} files")
    return manifest


def _generate_authority(
    truth: Truth, scenario: Scenario, manifest: Manifest, book: ManifestBook, progress: Progress
) -> None:
    authority = truth.authority
    log, late = recorded(truth, scenario)
    for entity, event, count in late.iter_rows():
        book.faults.note("late_entry", authority.code, entity, event, count)
    mistaken = mistaken_rows(truth, scenario)
    returns = returns_of(truth, mistaken, scenario, book.faults)
    _write_returns(returns.cin, returns.ssda903, authority, scenario, manifest)
    logs = []
    for plan in authority.streams:
        progress(f"{authority.name}: {plan.stream_id}")
        sent = sent_by(plan, truth, log, mistaken, scenario, book.faults)
        written = FeedWriter(sent, truth, scenario, manifest.out, book.faults).write()
        manifest.files += written.files
        manifest.records += written.records
        manifest.size += written.size
        manifest.streams.append(plan.stream_id)
        logs.append(sent)
    book.add(truth, logs, returns)


def mistaken_rows(truth: Truth, scenario: Scenario) -> pl.DataFrame:
    """Plans and enquiries that staff enter in error and take out again; they never were, so no return has them."""
    rng = generator(scenario.seed, truth.authority.code, "mistaken")
    parts = []
    for entity in ("cin_plans", "s47_enquiries"):
        rows = truth[entity]
        rows = rows.filter(~pl.col("leads_to_plan")) if "leads_to_plan" in rows.columns else rows
        chosen = rows.filter(pl.Series(rng.random(rows.height) < scenario.faults.withdrawn_row, dtype=pl.Boolean))
        parts.append(chosen.select(entity=pl.lit(entity), row="row", child="child"))
    schema = {name: LOG[name] for name in ("entity", "row", "child")}
    return pl.concat(parts).cast(pl.Schema(schema))


def _write_returns(
    cin: dict[str, pl.DataFrame],
    ssda903: dict[str, pl.DataFrame],
    authority: Authority,
    scenario: Scenario,
    manifest: Manifest,
) -> None:
    folder, year = manifest.out / "returns" / authority.code, scenario.return_year
    write_census(cin, authority, scenario, folder / f"cin-{year}.xml")
    write_ssda903(ssda903, authority, scenario, folder / f"ssda903-{year}")
    manifest.returns += [f"{authority.code}-cin-{year}", f"{authority.code}-ssda903-{year}"]


def _write_register(scenario: Scenario, path: Path) -> None:
    """One live row a stream, in force from the first day on; no supplier key, since nothing goes over the network."""
    suppliers = {authority.code: authority.cms_supplier for authority in scenario.authorities}
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(_REGISTER)
        for plan in sorted(scenario.streams, key=lambda plan: plan.stream_id):
            primary = str(plan.is_primary).lower()
            begins = scenario.first_day.isoformat()
            supplier = suppliers[plan.la_code]
            writer.writerow(
                [plan.stream_id, plan.la_code, plan.route, supplier, "live", plan.payload_mode, begins, "", primary, ""]
            )
