"""The last step of erasure, when history and all that follows have been made anew: the warehouse's free space."""

from assets.stores import Stores
from assets.warehouse.free_space import rewrite


def finish(stores: Stores) -> int:
    """Note that the warehouse has followed, and write it anew; how many tombstones that was for."""
    places = stores.deployment
    pending = stores.tombstones.pending("free_space").join(
        stores.tombstones.pending("lake"), on="tombstone_id", how="anti"
    )
    if pending.is_empty():
        return 0
    stores.progress(f"writing the warehouse anew, without what {pending.height} purges erased")
    followed = pending.join(stores.tombstones.pending("warehouse"), on="tombstone_id", how="semi")
    stores.tombstones.note(followed["tombstone_id"], "warehouse", stores.now())
    rewrite(places.warehouse_url, threads=places.threads, memory_limit_gb=places.memory_limit_gb)
    stores.tombstones.note(pending["tombstone_id"], "free_space", stores.now())
    return pending.height
