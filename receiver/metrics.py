"""How much the receiver does, for Prometheus: requests by what they asked for and how they ended, and how long it took.

Several processes share their figures through the folder named by PROMETHEUS_MULTIPROC_DIR. No label holds anything that
a sender said.
"""

import os
import time
from collections.abc import Awaitable, Callable

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from starlette.requests import Request
from starlette.responses import Response

from receiver.bodies import said_length

FOLDER_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)

Endpoint = Callable[[Request], Awaitable[Response]]


class Metrics:
    """The figures of this process, in a registry of their own."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "csc_receiver_requests", "Requests answered", ["endpoint", "status"], registry=self._registry
        )
        self._seconds = Histogram(
            "csc_receiver_seconds", "Seconds to an answer", ["endpoint"], registry=self._registry, buckets=_SECONDS
        )
        self._bytes = Counter("csc_receiver_bytes", "Bytes of bodies as announced", registry=self._registry)

    def counted(self, name: str, endpoint: Endpoint) -> Endpoint:
        """The endpoint, counted under that name."""

        async def counting(request: Request) -> Response:
            start = time.perf_counter()
            status = 500
            try:
                response = await endpoint(request)
                status = response.status_code
            finally:
                self._requests.labels(name, str(status)).inc()
                self._seconds.labels(name).observe(time.perf_counter() - start)
                self._bytes.inc(said_length(request))
            return response

        return counting

    async def tell(self, request: Request) -> Response:
        """All figures, those of the other processes included."""
        del request
        registry = self._registry
        if os.environ.get(FOLDER_VARIABLE):
            registry = CollectorRegistry()
            MultiProcessCollector(registry)
        return Response(generate_latest(registry), headers={"Content-Type": CONTENT_TYPE_LATEST})
