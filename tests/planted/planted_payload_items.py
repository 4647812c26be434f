"""Episodes of a record and what hangs from them, as the feed sends them."""

from typing import Any

Record = dict[str, Any]


def episode(own_id: str, referral: str, source: str, closed: tuple[str, str] | None = None, **blocks: Any) -> Record:
    """An episode, with closure date and reason if it is closed; blocks are the arrays and objects in it."""
    said: Record = {
        "social_care_episode_id": own_id,
        "referral_date": referral,
        "referral_source": source,
        "referral_no_further_action_flag": False,
        "purge": False,
    }
    if closed:
        said |= {"closure_date": closed[0], "closure_reason": closed[1]}
    return said | blocks


def _item(own_id: str, name: str, start: str, **dates: Any) -> Record:
    return {name: own_id, "start_date": start, "purge": False} | {k: v for k, v in dates.items() if v is not None}


def worker(worker_id: str, start: str, end: str | None = None) -> Record:
    """A spell of a worker."""
    return {"worker_id": worker_id, "start_date": start} | ({"end_date": end} if end else {})


def assessment(own_id: str, start: str, authorised: str | None = None, factors: list[str] | None = None) -> Record:
    """An assessment, open where it is not authorised."""
    return _item(own_id, "child_and_family_assessment_id", start, authorisation_date=authorised, factors=factors)


def cin_plan(own_id: str, start: str, end: str | None = None) -> Record:
    """A child in need plan."""
    return _item(own_id, "child_in_need_plan_id", start, end_date=end)


def enquiry(own_id: str, start: str, end: str | None = None, conference: str | None = None, **said: Any) -> Record:
    """A section 47 enquiry; a conference was required if it was held, unless said otherwise."""
    required = {"icpc_required_flag": conference is not None} | said
    return _item(own_id, "section_47_assessment_id", start, icpc_date=conference, end_date=end, **required)


def cp_plan(own_id: str, start: str, end: str | None = None) -> Record:
    """A child protection plan."""
    return _item(own_id, "child_protection_plan_id", start, end_date=end)


def placement(
    own_id: str, start: str, reason: str, sort: str, where: str | None, end: tuple[str, str] | None = None, **said: Any
) -> Record:
    """A placement, with its end and the reason of that if it has ended."""
    ended = {"end_date": end[0], "end_reason": end[1]} if end else {}
    known = {"start_reason": reason, "placement_type": sort, "postcode": where}
    return _item(own_id, "child_looked_after_placement_id", start, **known, **ended, **said)
