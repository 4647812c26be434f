"""Refusals as problem details (RFC 9457). The index of a record is the only number in square brackets anywhere in them.

Sending programs find the records at fault by looking for exactly that in the text.
"""

from collections.abc import Mapping, Sequence
from http import HTTPStatus

from starlette.responses import JSONResponse

from assets.submissions.envelope import Fault

MEDIA_TYPE = "application/problem+json"
# Of a batch in which everything is wrong, this many faults are told one by one; every record at fault is named.
MOST_TOLD = 200


def problem(status: int, detail: str, headers: Mapping[str, str] | None = None, **more: object) -> JSONResponse:
    """A refusal: its status, what is wrong and what to do."""
    said = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail} | more
    return JSONResponse(said, status, dict(headers or {}), MEDIA_TYPE)


def refused_batch(status: int, faults: Sequence[Fault]) -> JSONResponse:
    """A refused batch: each fault with its record, rule and message; none of the records was stored."""
    told = [_plain(fault) for fault in faults[:MOST_TOLD]]
    untold = {fault.position for fault in faults[MOST_TOLD:] if fault.position is not None}
    detail = "nothing of this batch was stored; correct what is named and send it again"
    if len(faults) > MOST_TOLD:
        also = " ".join(f"[{position}]" for position in sorted(untold))
        detail += f"; {len(faults) - MOST_TOLD} more faults are not told one by one, in records {also}".rstrip(" ,")
    return problem(status, detail, errors=told)


def _plain(fault: Fault) -> dict[str, object]:
    said: dict[str, object] = {"rule": fault.rule_id, "message": fault.message}
    return said if fault.position is None else {"record": f"[{fault.position}]"} | said
