"""What was compared, how to read it, what it cannot say, and how it was done: the words around the figures."""

import polars as pl

from assets.reports import words
from assets.reports.cells import Column, Table, count, day, number, share, table, text
from assets.reports.disclosure import ROUND_TO, SUPPRESSED
from assets.reports.section import Section
from assets.reports.tables import ReportTables

_BYTES_A_MEGABYTE = 1_000_000


def compared_section(tables: ReportTables, routes: list[str], small_number: int) -> Section:
    """Streams, submissions and returns."""
    said = []
    if tables.streams.is_empty():
        said.append("No authority is sending live data yet.")
    if tables.returns.is_empty():
        said.append("No annual return has been loaded, so the feed cannot be compared with one.")
    missing = sorted(set(words.RETURNS) - set(tables.returns["kind"].to_list()))
    if missing and tables.returns.height:
        said.append(f"No {words.listed([words.RETURNS[kind] for kind in missing])} has been loaded for this year.")
    absent = [name for code, name in words.ROUTES.items() if code not in routes]
    if absent and routes:
        said.append(f"No authority is sending by this route: {words.listed(absent)}.")
    said += _windows(tables)
    made = [_by_route(tables, routes, small_number), _by_stream(tables, small_number)] if routes else []
    return Section("compared", "What was compared", tuple(said), (), tuple(made), tuple(made))


def _windows(tables: ReportTables) -> list[str]:
    """Streams whose data cannot cover the whole year, so that a low completeness is no surprise."""
    said = []
    streams = tables.pairs.unique("source_id")
    late = streams.filter(~pl.col("reaches_start")).height
    early = streams.filter(~pl.col("reaches_end")).height
    if late:
        said.append(
            f"{words.counted(late, 'stream')} cannot reach back to the beginning of the year: a feed carries about two "
            "years of history when it starts."
        )
    if early:
        said.append(
            f"{words.counted(early, 'stream')} sent nothing on or after 31 March, the returns' reference date, so the "
            "last part of the year may be missing."
        )
    return said


def _by_stream_frame(tables: ReportTables) -> pl.DataFrame:
    joined = tables.streams.join(tables.submissions, on="source_id", how="left")
    return joined.join(tables.set_aside, on="source_id", how="left").with_columns(
        pl.col("batches", "batches_refused", "records", "records_refused", "bytes", "records_set_aside").fill_null(0)
    )


def _by_route(tables: ReportTables, routes: list[str], small_number: int) -> Table:
    frame = _by_stream_frame(tables)
    lines = []
    for route in routes:
        of_route = frame.filter(pl.col("route") == route)
        batches, refused = int(of_route["batches"].sum()), int(of_route["batches_refused"].sum())
        accepted = max(1, batches - refused)
        lines.append(
            [
                text(words.route(route)),
                number(of_route["la_code"].n_unique()),
                number(batches),
                share(refused, batches, 0),
                count(int(of_route["records"].sum()), small_number),
                count(int(of_route["records_refused"].sum()) + int(of_route["records_set_aside"].sum()), small_number),
                number(int(of_route["records"].sum()) / accepted, 1),
                number(int(of_route["bytes"].sum()) / _BYTES_A_MEGABYTE, 1),
            ]
        )
    columns = [
        Column("Route"),
        Column("Authorities", "count"),
        Column("Batches received", "count"),
        Column("Batches refused", "share"),
        Column("Records accepted", "count"),
        Column("Records refused or set aside", "count"),
        Column("Records a batch", "number"),
        Column("Megabytes", "number"),
    ]
    note = "A refused batch is refused whole; its records are sent again. The smaller figures are 95% intervals."
    return table("submissions-route", "Submissions by route", columns, lines, note)


def _by_stream(tables: ReportTables, small_number: int) -> Table:
    names = dict(tables.local_authorities.rows())
    kinds = tables.returns.group_by("la_code").agg(pl.col("kind").unique().sort())
    loaded = {la: [words.RETURNS_SHORT[kind] for kind in of_la] for la, of_la in kinds.rows()}
    frame = _by_stream_frame(tables).sort("la_code", "route")
    lines = [
        [
            text(names.get(row["la_code"], row["la_code"])),
            text(words.route(row["route"])),
            day(row["first_day"]),
            day(row["last_day"]),
            number(row["batches"]),
            number(row["batches_refused"]),
            count(row["records"], small_number),
            text(words.listed(loaded.get(row["la_code"], [])) or "None"),
        ]
        for row in frame.iter_rows(named=True)
    ]
    columns = [
        Column("Local authority"),
        Column("Route"),
        Column("First submission", "date"),
        Column("Last submission", "date"),
        Column("Batches received", "count"),
        Column("Batches refused", "count"),
        Column("Records accepted", "count"),
        Column("Returns loaded"),
    ]
    return table("submissions-authority", "Streams and returns compared", columns, lines)


def reading(small_number: int) -> Section:
    """How to read the figures."""
    return Section(
        "reading",
        "How to read this report",
        (
            "The feed is what an authority sends every day through the interface. The return is what it sends once a "
            "year. The report takes the return as the yardstick, because it has been checked and signed off; where the "
            "two differ, either may be wrong.",
            "A share comes with a 95% interval (Wilson's score interval): if the true share were anywhere outside it, "
            "a result like this one would be unusual. Intervals treat rows as independent. Rows of one authority are "
            "not quite, so for a route with few authorities the truth is less certain than its interval says.",
            "Routes differ in the authorities that chose them and in their case management systems, so a difference "
            "between routes is not by itself the effect of the route.",
            f"“{SUPPRESSED}” is a number hidden because it, or one that could be worked out from it, is from 1 to "
            f"{small_number}. “95% or more” and “5% or less” stand for shares that rest on such a number. “–” means "
            "that there is nothing to show.",
        ),
    )


def caveats(*, is_synthetic: bool) -> Section:
    """What the report cannot say."""
    made_up = (
        ("The data are made up. No figure here is about a real child or a real authority.",) if is_synthetic else ()
    )
    return Section(
        "caveats",
        "What to keep in mind",
        (
            *made_up,
            "This is not a measure of how well a local authority performs. It measures a way of sending data. "
            "Authorities are listed in the order of their codes and are not ranked.",
            "A feed carries about two years of history when it starts, rounded back to a 1 April. Whatever needs a "
            "longer look back, such as the number of earlier protection plans, is not complete in it.",
            "The feed does not hold legal status, so short breaks (V3 and V4) cannot be left out of its counts of "
            "children looked after as they are in the published statistics.",
            "Some senders build one row a placement and give every placement of a period in care the same reasons for "
            "start and end. Low agreement on those two fields is often a trait of the route rather than of the record.",
            "A care leaver's activity and accommodation are as at a birthday in the return and as at the latest "
            "contact in the feed, so some difference is expected.",
            "Deletions are seldom sent. A row that an authority has deleted can live on in the feed and be counted as "
            "held by the feed only.",
        ),
    )


def method(small_number: int, tolerance_days: int, tolerance_pct: float) -> Section:
    """Definitions."""
    return Section(
        "method",
        "Definitions and method",
        (
            "Which rows: those whose start and end overlap the return's year, 1 April to 31 March, on the source's own "
            "dates. A child counts through such rows. In the feed, dates after 31 March and the codes that came with "
            "them are taken as not yet known. Rows of the children looked after return that only mark a change of "
            "legal status are joined to the row before.",
            "Which child: the authority's own child id in the form of a keyed code; for children left over on both "
            "sides, the unique pupil number in the form of a keyed code together with the date of birth.",
            "Which row: within a child the same date, or else the nearest within "
            f"{words.counted(tolerance_days, 'day')}, one row to one. Ids are not used, because senders' ids change "
            "and the returns have none. Of two feed rows of a child on one date the one received last counts.",
            "Completeness: rows found on both sides, divided by rows of the return. Agreement: pairs with the same "
            "value, divided by pairs in which both sides hold a value.",
            "Timeliness: days from the date of an event to the first day, London time, on which the feed held it, for "
            "events dated on or after the stream's first submission and still in the feed now.",
            "Indicators: numerator and denominator by one and the same calculation for feed and return; within "
            f"tolerance means a difference of at most {tolerance_pct:g}% of the return's value.",
            "Routes: counts of all their authorities are added up before a share is taken, so a large authority weighs "
            "more than a small one.",
            f"Disclosure control: counts from 1 to {small_number} are hidden, and with them every total or part from "
            "which they could be worked out, across the tables by route and by authority. What shares by field, event "
            f"and rule are taken of is rounded to the nearest {ROUND_TO}.",
        ),
    )
