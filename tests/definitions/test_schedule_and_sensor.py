"""What starts by itself: the schedule asks for yesterday, the sensor for days landed and not yet taken in."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import dagster as dg
import pytest

from assets.stores import Stores
from assets.submissions.land import Landed, land
from assets.submissions.register import Stream
from assets.submissions.register_file import add_stream

LONDON = ZoneInfo("Europe/London")
DAY = "2026-04-01"
# Just after midnight in London, and still the day before in UTC.
RECEIVED = datetime(2026, 3, 31, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("tick", "day"),
    [
        pytest.param(datetime(2026, 1, 15, 4, tzinfo=LONDON), "2026-01-14", id="winter"),
        pytest.param(datetime(2026, 3, 29, 4, tzinfo=LONDON), "2026-03-28", id="the clocks went forward that night"),
        pytest.param(datetime(2026, 3, 30, 4, tzinfo=LONDON), "2026-03-29", id="the short day"),
        pytest.param(datetime(2026, 7, 1, 4, tzinfo=LONDON), "2026-06-30", id="summer"),
        pytest.param(datetime(2025, 10, 26, 4, tzinfo=LONDON), "2025-10-25", id="the clocks went back that night"),
        pytest.param(datetime(2025, 10, 27, 4, tzinfo=LONDON), "2025-10-26", id="the long day"),
    ],
)
def test_the_schedule_asks_for_yesterday_in_london(definitions: dg.Definitions, tick: datetime, day: str) -> None:
    schedule = definitions.resolve_schedule_def("daily_yesterday")
    repository = definitions.get_repository_def()
    with dg.build_schedule_context(scheduled_execution_time=tick.astimezone(UTC), repository_def=repository) as context:
        requests = schedule.evaluate_tick(context).run_requests
    assert [(request.partition_key, request.run_key) for request in requests or ()] == [(day, day)]
    assert (schedule.execution_timezone, schedule.cron_schedule) == ("Europe/London", "0 4 * * *")


def test_the_sensor_asks_for_a_day_once_it_has_landed_and_until_it_is_taken_in(
    definitions: dg.Definitions, stores: Stores
) -> None:
    repository = definitions.get_repository_def()
    sensor = definitions.resolve_sensor_def("newly_landed_days")

    def tick() -> list[tuple[str | None, str | None]]:
        with dg.build_sensor_context(
            instance=instance, resources={"stores": stores}, repository_def=repository
        ) as context:
            evaluated = sensor.evaluate_tick(context)
        assert bool(evaluated.skip_message) != bool(evaluated.run_requests)
        return [(request.partition_key, request.run_key) for request in evaluated.run_requests or ()]

    with dg.DagsterInstance.ephemeral() as instance:
        assert tick() == []
        _land(stores, b'[{"la_child_id": "A1"}]')
        asked = tick()
        assert [day for day, _ in asked] == [DAY]
        assert tick() == asked, "the same state must keep its run key, or a failing day is hammered"
        _land(stores, b'[{"la_child_id": "A2"}]')
        assert [day for day, _ in tick()] == [DAY]
        assert tick() != asked, "a batch that came later must be asked for again"
        taken_in = definitions.resolve_job_def("daily").execute_in_process(
            instance=instance,
            partition_key=DAY,
            asset_selection=[dg.AssetKey(["lake", "records"])],
        )
        assert taken_in.success
        assert tick() == []


def _land(stores: Stores, body: bytes) -> None:
    if not stores.register.rows:
        row = Stream("204-d2i", "204", "data_to_insight", "live", "delta", RECEIVED.date(), None, "System C", True)
        add_stream(stores.register_path, row, stores.deployment.la_codes)
    assert isinstance(land(body, "204-d2i", RECEIVED, stores.submissions), Landed)
