"""The receiver of this deployment, put together from the settings: what `csc serve` runs in each of its processes."""

import logging
from datetime import UTC, datetime

from starlette.applications import Starlette

from assets.records.payload_model import record_schema
from assets.records.quick_verdict import proven
from assets.records.structure import examine
from assets.stores import Stores
from assets.submissions.envelope import Fault
from assets.submissions.land import Places
from orchestration.full_disk import no_room
from orchestration.resources import stores_of
from orchestration.settings import Settings, load_settings
from receiver.app import receiver_app
from receiver.bodies import Limits
from receiver.children import Receiving
from receiver.credentials import FILE, read_credentials
from receiver.issuer_keys import IssuerKeys
from receiver.kept_reading import KeptReading
from receiver.senders import Senders
from receiver.signing_key import signing_key
from receiver.token_endpoint import Issuing, TokenServer
from receiver.tokens import OwnKey, TokenChecks

OWN_ISSUER = "csc-receiver"

log = logging.getLogger("receiver")


def app() -> Starlette:
    """The application on the settings in the environment: what the ASGI server calls."""
    return app_of(load_settings())


def app_of(settings: Settings) -> Starlette:
    """The application on these settings."""
    stores = stores_of(settings)
    folder = stores.deployment.home

    clients = KeptReading(folder / FILE, lambda: read_credentials(folder))
    register = KeptReading(stores.register_path, lambda: stores.register)
    tokens = None
    if settings.token_issuer is None:
        key = signing_key(stores.deployment.keys_dir)
        issuing = Issuing(OWN_ISSUER, settings.token_audience, settings.token_scope, settings.token_minutes * 60)
        tokens = TokenServer(issuing, key, clients, stores.now, settings.token_wrong_secrets_a_minute)
        key_of = OwnKey(key.public_key).key_of
    else:
        key_of = IssuerKeys(str(settings.token_jwks_url)).key_of
    receiving = Receiving(
        TokenChecks(
            settings.token_issuer or OWN_ISSUER,
            settings.token_audience,
            settings.token_scope,
            settings.token_skew_seconds,
            key_of,
        ),
        Senders(register, clients),
        lambda: Places(register(), stores.landing, stores.log, stores.removals.kept_from()),
        verdict,
        Limits(settings.receiver_max_mb * 1024**2, settings.receiver_body_seconds),
        settings.receiver_batches_a_second,
        stores.log.record_all,
        lambda: datetime.now(UTC),
    )
    return receiver_app(receiving, tokens, record_schema(), lambda: _can_store(stores))


def verdict(records: list[bytes]) -> list[Fault]:
    """What makes records unfit to store, by position; nothing when all are fit."""
    if proven(b"[" + b",".join(records) + b"]") is not None:
        return []
    return [
        Fault(fault.rule_id, f"{fault.path}: {fault.reason}" if fault.path else fault.reason, position)
        for position, (_, faults) in enumerate(examine(records))
        for fault in faults
    ]


def _can_store(stores: Stores) -> bool:
    """Whether landing and log can be reached, and there is room."""
    try:
        stores.landing.probe()
        stores.log.probe()
    except Exception:
        # whoever asks is told no more than that; the reason is for the log
        log.exception("batches cannot be stored")
        return False
    return not no_room(stores.deployment.home)
